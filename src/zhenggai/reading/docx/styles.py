"""Styles of a Word document (样式), as far as they decide what is printed: numbering and hidden text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhenggai.reading.docx.names import Names, namespace_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_MOST_ANCESTORS: Final = 64
_MOST_LEVEL: Final = 8


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A paragraph's numbering as written: null is not said; ``list_key`` "0" takes it away."""

    list_key: str | None = None
    level: int | None = None


@dataclass(slots=True)
class Style:
    """One style; ``hidden`` is null where it says nothing."""

    key: str
    name: str
    based_on: str | None
    number: NumberOf
    hidden: bool | None
    is_character: bool


@dataclass(frozen=True, slots=True)
class StyledNumber:
    """Numbering that a style gives: its list, its level as written, and it with its ancestors."""

    list_key: str
    level: int | None
    styles: tuple[str, ...]


@dataclass(slots=True)
class Styles:
    """All styles by key; ``hiding`` holds the keys of styles whose text is not printed."""

    by_key: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    hiding: frozenset[str] = frozenset()
    _numbers: dict[str, StyledNumber | None] = field(default_factory=dict)

    def number(self, key: str | None) -> StyledNumber | None:
        """The numbering that a paragraph of this style has without any of its own; null for none."""
        key = self.default if key is None or key not in self.by_key else key
        if key is None:
            return None
        if key not in self._numbers:
            self._numbers[key] = self._styled(key)
        return self._numbers[key]

    def _styled(self, key: str) -> StyledNumber | None:
        level: int | None = None
        line = self.line(key)
        for style in line:
            level = style.number.level if level is None else level
            if style.number.list_key is not None:
                if style.number.list_key == "0":
                    return None
                return StyledNumber(style.number.list_key, level, tuple(one.key for one in line))
        return None

    def line(self, key: str) -> list[Style]:
        """A style and those it is based on, nearest first; a circle ends where it closes."""
        line: list[Style] = []
        seen: set[str] = set()
        here: str | None = key
        while here is not None and here not in seen and len(line) < _MOST_ANCESTORS:
            seen.add(here)
            style = self.by_key.get(here)
            if style is None:
                break
            line.append(style)
            here = style.based_on
        return line

    def name(self, key: str | None) -> str:
        """The name of a style in lower case; empty for none."""
        style = self.by_key.get(key or "")
        return style.name if style else ""


def read_styles(elements: Iterable[_Element]) -> Styles:
    """The styles among the ``style`` elements of ``styles.xml``; none for a document without."""
    styles = Styles()
    names = Names("")
    for element in elements:
        if namespace_of(element) != names.namespace:
            names = Names(namespace_of(element))
        key = names.get(element, "styleId")
        if not key or key in styles.by_key:
            continue
        based = names.find(element, "basedOn")
        title = names.find(element, "name")
        vanish = names.find(element, "rPr", "vanish")
        styles.by_key[key] = Style(
            key,
            ((names.get(title) if title is not None else None) or "").lower(),
            names.get(based) if based is not None else None,
            number_of(names, names.find(element, "pPr", "numPr")),
            None if vanish is None else names.is_on(vanish),
            names.get(element, "type") == "character",
        )
        if names.get(element, "default") in {"1", "true", "on"} and names.get(element, "type") == "paragraph":
            styles.default = key
    styles.hiding = frozenset(key for key in styles.by_key if _hides(styles, key))
    return styles


def _hides(styles: Styles, key: str) -> bool:
    said = (style.hidden for style in styles.line(key) if style.hidden is not None)
    return next(said, False)


def number_of(names: Names, numbering: _Element | None) -> NumberOf:
    """What a ``numPr`` says; nothing where there is none."""
    if numbering is None:
        return NumberOf()
    level = names.number(names.find(numbering, "ilvl"), most=_MOST_LEVEL)
    key = names.find(numbering, "numId")
    return NumberOf(
        (names.get(key) or "0").strip() if key is not None else None,
        None if level is None else max(level, 0),
    )
