"""Automatic numbering (自动编号): which number a paragraph bears, printed as Word prints it.

Source: ECMA-376 part 1, 17.9; lists of one abstract definition count on together, as in Word.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.docx.names import MC, Names, local_of, namespace_of
from zhenggai.reading.docx.numerals import printed
from zhenggai.reading.docx.symbols import bullet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from zhenggai.reading.docx.styles import NumberOf, Styles

LEVELS: Final = 9
_MOST_LINKS: Final = 16
_PLACE: Final = re.compile(r"%([1-9])")
_CLOSED: Final = tuple("、）．：。，】〕」》")
"""A label that ends so needs no blank before the words."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints."""

    start: int = 1
    numeral: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    sample: str | None = None
    restarts_after: int | None = None
    is_legal: bool = False
    is_hidden: bool = False
    style: str | None = None
    font: str | None = None


@dataclass(slots=True)
class _List:
    """One list (``num``): its abstract definition, and what it says otherwise."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level] = field(default_factory=dict)
    style_link: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    abstracts: dict[str, _Abstract] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)
    _found: dict[str, str | None] = field(default_factory=dict)

    def label(self, own: NumberOf, style: str | None, styles: Styles) -> str:
        """Count one paragraph and give its printed number with what stands before its words; empty for none.

        ``own`` is the paragraph's numbering as written, ``style`` the key of its style.
        """
        styled = styles.number(style)
        key, level = own.list_key, own.level
        if key is None:
            if styled is None:
                return ""
            key = styled.list_key
        if level is None and styled is not None:
            level = self._level_of_style(key, styled.styles)
            level = styled.level if level is None else level
        one = self.lists.get(key)
        if one is None:
            return ""
        return self._count(key, one, level or 0)

    def _level_of_style(self, key: str, styles: tuple[str, ...]) -> int | None:
        """The level that names one of ``styles``, the nearest first."""
        one = self.lists.get(key)
        abstract = self._abstract(one.abstract) if one else None
        if one is None or abstract is None:
            return None
        by_style = {
            level.style: depth
            for depth, level in sorted((self.abstracts[abstract].levels | one.levels).items())
            if level.style
        }
        return next((by_style[style] for style in styles if style in by_style), None)

    def _abstract(self, key: str) -> str | None:
        """The abstract definition that holds the levels, through links of list styles."""
        if key not in self._found:
            here: str | None = key
            for _ in range(_MOST_LINKS):
                abstract = self.abstracts.get(here or "")
                if abstract is None or abstract.style_link is None or abstract.levels:
                    break
                following = self.lists.get(self.linked.get(abstract.style_link, ""))
                here = following.abstract if following else None
            self._found[key] = here if here in self.abstracts else None
        return self._found[key]

    def _count(self, key: str, one: _List, depth: int) -> str:
        abstract = self._abstract(one.abstract)
        if abstract is None:
            return ""
        levels = self.abstracts[abstract].levels | one.levels
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if depth in one.starts and (key, depth) not in self._started:
            # a list that starts anew does so once, where the level is first met
            self._started.add((key, depth))
            counts[depth] = one.starts[depth] - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for place in list(counts):
            after = levels[place].restarts_after if place in levels else None
            if place > depth and (after is None or depth < after):
                del counts[place]
        return _printed(level, levels, counts)


def _printed(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.is_hidden:
        return ""
    if level.numeral == "bullet":
        text = bullet(level.text, level.font)
    else:

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            other = levels.get(place)
            if other is None or other.numeral in {"none", "bullet"}:
                return ""
            numeral = "decimal" if level.is_legal and other.numeral != "decimalZero" else other.numeral
            return printed(counts.get(place, other.start), numeral, other.sample)

        text = _PLACE.sub(number, level.text)
    if not text.strip():
        return ""
    text = text.rstrip()
    return text if level.suffix == "nothing" or text.endswith(_CLOSED) else f"{text} "


def read_numbering(elements: Iterable[_Element]) -> Numbering:
    """The lists among the ``abstractNum`` and ``num`` elements of ``numbering.xml``; none without it."""
    numbering = Numbering()
    names = Names("")
    for element in elements:
        if namespace_of(element) != names.namespace:
            names = Names(namespace_of(element))
        if local_of(element) == "abstractNum":
            key = names.get(element, "abstractNumId")
            if key is not None:
                link = names.find(element, "numStyleLink")
                levels = _levels(names, element)
                numbering.abstracts.setdefault(
                    key, _Abstract(levels, names.get(link) if link is not None else None)
                )
        else:
            key = names.get(element, "numId")
            abstract = names.find(element, "abstractNumId")
            if key is not None and abstract is not None and key != "0":
                one = _List(names.get(abstract) or "")
                _override(names, element, one)
                numbering.lists.setdefault(key, one)
    return numbering


def link_styles(numbering: Numbering, styles: Styles) -> None:
    """Let the lists that stand in for a list style (``numStyleLink``) find the list of that style."""
    numbering.linked = {
        key: style.number.list_key
        for key, style in styles.by_key.items()
        if style.number.list_key is not None
    }


def _override(names: Names, element: _Element, one: _List) -> None:
    for override in element:
        if local_of(override) != "lvlOverride":
            continue
        depth = names.number(override, "ilvl", most=LEVELS)
        if depth is None or not 0 <= depth < LEVELS:
            continue
        one.levels.update((depth, level) for level in _levels(names, override).values())
        start = names.number(names.find(override, "startOverride"))
        if start is not None:
            one.starts[depth] = start
            if depth in one.levels:
                one.levels[depth] = replace(one.levels[depth], start=start)


def _levels(names: Names, element: _Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for child in element:
        if local_of(child) != "lvl":
            continue
        depth = names.number(child, "ilvl", most=LEVELS)
        if depth is not None and 0 <= depth < LEVELS and depth not in levels:
            levels[depth] = _level(names, child)
    return levels


def _level(names: Names, element: _Element) -> Level:
    def said(*path: str) -> str | None:
        found = names.find(element, *path)
        return None if found is None else names.get(found)

    numeral, sample = _numeral(names, element)
    fonts = names.find(element, "rPr", "rFonts")
    start = names.number(names.find(element, "start"))
    return Level(
        # a level without a start counts from 0 by the standard; no writer leaves it out and means that
        start=1 if start is None else start,
        numeral=numeral,
        text=said("lvlText") or "",
        suffix=said("suff") or "tab",
        sample=sample,
        restarts_after=names.number(names.find(element, "lvlRestart"), most=LEVELS),
        is_legal=names.is_on(names.find(element, "isLgl")),
        is_hidden=names.is_on(names.find(element, "rPr", "vanish")),
        style=said("pStyle"),
        font=(names.get(fonts, "ascii") or names.get(fonts, "hAnsi")) if fonts is not None else None,
    )


def _numeral(names: Names, element: _Element) -> tuple[str, str | None]:
    """The format of a level's number; a custom one stands in an alternative beside one for older programs."""
    found = names.find(element, "numFmt")
    if found is None:
        found = next(iter(element.iterfind(f"{MC}AlternateContent/{MC}Choice/{names.tag('numFmt')}")), None)
    if found is None:
        return "decimal", None
    return names.get(found) or "decimal", names.get(found, "format")
