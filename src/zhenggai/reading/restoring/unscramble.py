"""Searching for the characters whose bytes a mirror printed as something else (字节还原)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.restoring import damage
from zhenggai.reading.restoring.edits import Change
from zhenggai.reading.restoring.gbk_bytes import LEADS, folded, pair, printed
from zhenggai.reading.restoring.likelihood import (
    NUMBERED,
    NUMERALS,
    ODD,
    STOPS,
    Neighbours,
    by_lead,
    glyphs,
    is_odd,
    numbered_ways,
    vanishing_ways,
)
from zhenggai.reading.restoring.readings import HAN, SYLLABLE, is_han, spells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.reading.restoring.signs import Signs

WINDOW: Final = 60
"""Code points behind a sign that may still be out of step."""
_BEAM: Final = 64
_GONE_MOST: Final = 2
_GONE_WAYS: Final = 16
_GONE_COSTS: Final = (0.75, 1.6)
"""What each pair that prints nothing costs: two of them explain almost anything."""
_GONE_REACH: Final = 24
_PATIENCE: Final = 64
"""Signs of a page for which pairs that print nothing are thought of: the search for them is long."""
_LOOK_AHEAD: Final = 3
_ODD_COST: Final = 1.5
_SHORT: Final = 3
_SEARCHES: Final = 500
"""Different signs of a page that are looked into; the rest of a page so damaged is flagged."""
_RANKED: Final = 24
_DOUBT: Final = 0.25
_SLACK: Final = 1.5
_KNOWN_PAIR: Final = -0.9
_CUT: Final = frozenset("，；！？：。、,;!?:")
_LOST_READING: Final = re.compile(rf"\?([{SYLLABLE}]{{1,7}})[)）]")
_READING: Final = re.compile(rf"[(（]([{SYLLABLE}]{{1,7}})[)）]")
_READING_ENDS: Final = re.compile(rf"([{HAN}])[(（][{SYLLABLE}]{{1,7}}[)）]\Z")
_WEDGED: Final = re.compile(rf"[{HAN}][@-~](?=[{HAN}])")
"""One ASCII letter between Han letters: the second byte of a character out of step."""
_DOUBLED: Final = re.compile(rf"[?？][{HAN}]")
"""A second question mark with a letter right behind it: two halves of characters on a mirror's page."""
_LATIN: Final = re.compile("[A-Za-z]")
_NUMBER_ENDS: Final = re.compile(rf"（[{NUMERALS}]{{1,3}}）\Z")
_UNLIKELY: Final = re.compile(rf"（[^{NUMERALS}\d]")
_MOST_PER_CHAR: Final = 0.8


class _State(NamedTuple):
    cost: float
    at: int
    """How many code points of the print are explained."""
    lead: bytes
    """The bytes that the open half of a character may be; empty where no character is open."""
    text: str
    raw: bytes
    gone: int
    """Pairs in a row that printed nothing."""
    unsure: int
    """Where ``text`` has a ``?`` for a byte that is gone; -1 for nowhere."""


class Page:
    """A damaged page."""

    def __init__(self, text: str, signs: Signs) -> None:
        self.text = text
        self.signs = signs
        self._neighbours = Neighbours(text, signs)
        self.is_mirror = signs.is_mirror_script
        """Whether a place without a known word is a mirror's rather than an author's."""
        self._patience = _PATIENCE
        self._searches = _SEARCHES + len(text) // 20_000
        self._found: dict[tuple[str, str], _State | None] = {}

    def mend_at(self, sign: int, mended: str) -> list[Change]:
        """What stood at the sign; a flag where the bytes do not tell; nothing where it is a question mark.

        ``mended``: what was put back right before the sign.
        """
        text = self.text
        stop = text.find("\n", sign)
        stop = min(len(text) if stop < 0 else stop, sign + WINDOW)
        reading = _READING_ENDS.search(text, max(0, sign - 12), sign)
        before = mended[-1:] or (reading.group(1) if reading else text[sign - 1 : sign])
        if self._is_honest(sign) and not self.signs.is_traditional:
            return []
        key = (before, text[sign:stop])
        if key not in self._found:
            self._searches -= 1
            if self._searches < 0:
                return self.flag(sign)
            found = self._search(sign, stop, before)
            self._found[key] = found and found._replace(at=found.at - sign)
        best = self._found[key]
        if best is None:
            return self.flag(sign)
        best = best._replace(at=best.at + sign)
        unknown, joints = self._joints(before + best.text + text[best.at : best.at + 1])
        if unknown * 2 > joints and not self.signs.is_traditional:
            return []
        changes = [Change(sign, best.at, best.text, EditKind.BYTES, damage.WHY_MENDED)]
        if best.unsure < 0 and (unknown or _UNLIKELY.search(best.text + text[best.at : best.at + 1])):
            # A flag without width behind what was put back: it stands, but a person should look.
            changes.append(Change(best.at, best.at, "", EditKind.FLAG, damage.WHY_UNSURE))
        if best.unsure >= 0:
            # The swallowed digit stays as its own flag behind what could be put back.
            changes = [
                Change(sign, best.at - 1, best.text[: best.unsure], EditKind.BYTES, damage.WHY_MENDED),
                Change(best.at - 1, best.at, "?", EditKind.FLAG, damage.WHY_LOST),
            ]
        return changes

    def _joints(self, words: str) -> tuple[int, int]:
        """How many characters stand side by side in no known word, of how many that do in any."""
        pairs = [(last, char) for last, char in itertools.pairwise(words) if is_han(last) and is_han(char)]
        return sum(not self._neighbours.knows(*pair) for pair in pairs), len(pairs)

    def _is_honest(self, sign: int) -> bool:
        """Whether the sign may well be a question mark, doubled or followed by another mark."""
        behind = self._behind(sign)
        follows_latin = bool(_LATIN.match(self.text, sign - 1)) if sign else False
        if ODD.search(behind) or _WEDGED.search(behind) or (self.is_mirror and any(map(is_odd, behind))):
            return False
        if self.is_mirror and _DOUBLED.match(behind):
            return False
        return behind[:1] in {"!", "?", "！", "？", ""} or follows_latin

    def _behind(self, sign: int) -> str:
        """The next few letters of the line, without whole readings."""
        return _READING.sub("", self.text[sign + 1 : sign + 20].partition("\n")[0])[:7]

    def flag(self, sign: int) -> list[Change]:
        """A flag where the sign is no honest question mark."""
        behind = self._behind(sign)
        if self._is_honest(sign) or not self.signs.is_traditional or self.signs.is_genuine:
            return []
        is_odd_print = any(map(is_odd, behind)) or ")" in behind or bool(_WEDGED.search(behind))
        if not self.is_mirror and not is_odd_print:
            return []
        return [Change(sign, sign + 1, "?", EditKind.FLAG, damage.WHY_LOST)]

    def _search(self, sign: int, stop: int, before: str) -> _State | None:
        """The likeliest original; pairs that print nothing are thought of where nothing simpler will do."""
        try:
            first = before.encode("gbk")
        except UnicodeEncodeError:
            first = b""
        start = _State(0.0, sign, b"", "", first if len(first) == 2 else b"", 0, -1)
        found: list[tuple[float, _State]] = []
        for gone in (_GONE_MOST, 0):
            if gone == 0 and self._patience == 0:
                break
            self._patience -= gone == 0
            reach = min(stop, sign + _GONE_REACH) if gone == 0 else stop
            best = self._best(self._paths(start._replace(gone=gone), reach, before), start, before)
            if best is not None:
                found.append(best)
                if best[0] <= 0 and best[1].at <= sign + _SHORT and not _UNLIKELY.search(best[1].text):
                    break
        return min(found)[1] if found and min(found)[1].text else None

    def _paths(self, start: _State, stop: int, before: str) -> list[_State]:
        done: list[_State] = []
        beam = [start]
        while beam:
            grown: dict[tuple[int, bytes, str, str], _State] = {}
            for state in beam:
                for new in self._grow(state, stop, before):
                    if new.unsure >= 0 or (not new.lead and new.at > start.at + 1):
                        done.append(new)
                        continue
                    key = (new.at, new.lead, new.text[:2], new.text[-1:])
                    if key not in grown or new.cost < grown[key].cost:
                        grown[key] = new
            most = min((state.cost for state in done), default=_SLACK) + _SLACK
            beam = sorted(state for state in grown.values() if state.cost <= most)[:_BEAM]
        return done

    def _best(self, done: list[_State], start: _State, before: str) -> tuple[float, _State] | None:
        """The cheapest that prints exactly what is printed; two equally likely ones leave a place open."""
        shown = _comparable(folded((before if start.raw else "") + self.text[start.at : start.at + WINDOW]))
        ranked = sorted((self._closing(state), number, state) for number, state in enumerate(done))
        fitting: list[tuple[float, _State]] = []
        for cost, _, state in ranked[:_RANKED]:
            if cost > _MOST_PER_CHAR * len(state.text) or (fitting and cost > fitting[0][0] + _DOUBT):
                break
            if fitting and state.text.rstrip("?") == fitting[0][1].text.rstrip("?"):
                continue
            if shown.startswith(_comparable(printed(state.raw))):
                fitting.append((cost, state))
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        cost, state = fitting[0]
        likely = [other.text for _, other in fitting if other.at == state.at]
        if any(text[:-1] != state.text[:-1] for text in likely) or self.text[state.at - 1] != "?":
            return cost, state._replace(text="")
        return cost, state._replace(text=state.text[:-1] + "?", unsure=len(state.text) - 1)

    def _closing(self, state: _State) -> float:
        """The cost with what follows taken as it stands: odd letters there speak against ending here."""
        following = self.text[state.at : state.at + _LOOK_AHEAD].partition("?")[0].partition("\n")[0]
        cost = state.cost + (self._neighbours.beside(state.text[-1:], following[0]) if following else 0.0)
        return cost + _ODD_COST * sum(is_odd(char) for char in following)

    def _grow(self, state: _State, stop: int, before: str) -> Iterator[_State]:
        if state.at >= stop:
            return
        mark = self.text[state.at]
        if state.lead and mark != "?" and state.gone < _GONE_MOST:
            yield from self._vanished(state, before)
        if mark == "?":
            yield from self._question(state, before)
            return
        reading = _READING.match(self.text, state.at)
        if reading and state.lead:
            yield state._replace(at=reading.end(), raw=state.raw + _bytes(reading.group()))
            return
        for raw in _ways(mark):
            yield from self._take(state, raw, state.at + 1, before)

    def _question(self, state: _State, before: str) -> Iterator[_State]:
        text = self.text
        lost = _LOST_READING.match(text, state.at)
        if lost:
            yield from self._lost_reading(state, lost, before)
            return
        following = text[state.at + 1 : state.at + 2]
        if state.lead:
            yield from self._take(state, b"\xa3\xbf", state.at + 1, before)
        if not following or following == "\n" or following in _CUT:
            if state.lead:
                yield from self._completed(state, before)
            else:
                yield state._replace(at=state.at + 1, lead=LEADS)
        if state.lead and following not in _CUT:
            for closed in self._completed(state, before):
                yield closed._replace(text=closed.text + "?", unsure=len(closed.text), raw=closed.raw + b"0")

    def _completed(self, state: _State, before: str) -> list[_State]:
        """The open character with any byte behind it: the likeliest ones."""
        last = state.text[-1:] or before
        sure = len(state.lead) == 1
        ways: list[tuple[float, str, int, int]] = []
        for lead in state.lead:
            for trail, glyph in by_lead().get(lead, ()):
                beside = self._neighbours.beside(last, glyph.char)
                if sure or beside <= _KNOWN_PAIR:
                    cost = state.cost + glyph.cost + beside + _unclosed(state, glyph.char)
                    ways.append((cost, glyph.char, lead, trail))
        return [
            _State(
                cost,
                state.at + 1,
                b"",
                state.text + char,
                self._opened(state, lead) + bytes((trail,)),
                state.gone,
                state.unsure,
            )
            for cost, char, lead, trail in sorted(ways)[:_RANKED]
            if cost <= _SLACK
        ]

    def _lost_reading(self, state: _State, lost: re.Match[str], before: str) -> Iterator[_State]:
        """``?shù)``: the byte before and the lost one are a character that is read so."""
        firsts = state.lead or state.raw[-1:]
        tail = b"(" + _bytes(lost.group()[1:])
        for first in firsts:
            for second in LEADS:
                char = pair(first, second)
                if not char or not spells(char, lost.group(1)):
                    continue
                if state.lead:
                    for closed in self._close(
                        state._replace(lead=bytes((first,))), second, lost.end(), before
                    ):
                        yield closed._replace(raw=closed.raw + tail)
                else:
                    # The open byte is known: it goes into the print at once.
                    yield state._replace(
                        at=lost.end(), lead=bytes((second,)), raw=state.raw + bytes((second,)) + tail
                    )

    def _vanished(self, state: _State, before: str) -> Iterator[_State]:
        """A pair that prints nothing: its first byte closes the open character, its second opens the next."""
        last = state.text[-1:] or before
        if len(state.lead) == 1:
            open_ways = [(state.lead[0], *way) for way in vanishing_ways().get(state.lead[0], ())]
        else:
            open_ways = [way for way in numbered_ways() if way[0] in state.lead]
        ways: list[tuple[float, str, int, int, bytes]] = []
        for lead, trail, glyph, seconds in open_ways:
            cost = state.cost + glyph.cost + self._neighbours.beside(last, glyph.char)
            cost += _unclosed(state, glyph.char) + _GONE_COSTS[state.gone]
            ways.append((cost, glyph.char, lead, trail, seconds))
        for cost, char, lead, trail, seconds in sorted(ways)[:_GONE_WAYS]:
            raw = self._opened(state, lead) + bytes((trail,))
            yield _State(cost, state.at, seconds, state.text + char, raw, state.gone + 1, state.unsure)

    def _take(self, state: _State, raw: bytes, at: int, before: str) -> Iterator[_State]:
        """Run known bytes into the open character and on."""
        states = [state]
        for byte in raw:
            grown: list[_State] = []
            for one in states:
                if one.lead:
                    grown += self._close(one, byte, at, before)
                elif byte >= 0x81:
                    grown.append(one._replace(at=at, lead=bytes((byte,))))
                else:
                    grown.append(one._replace(at=at, text=one.text + chr(byte), raw=one.raw + bytes((byte,))))
            states = grown
        yield from states

    def _close(self, state: _State, trail: int, at: int, before: str) -> Iterator[_State]:
        last = state.text[-1:] or before
        closing = glyphs().get(trail, {})
        for lead in state.lead if len(state.lead) < len(closing) else closing:
            glyph = closing.get(lead)
            if glyph is None or lead not in state.lead:
                continue
            opened = self._opened(state, lead)
            cost = (
                state.cost
                + glyph.cost
                + self._neighbours.beside(last, glyph.char)
                + _unclosed(state, glyph.char)
            )
            if cost <= _SLACK:
                yield _State(
                    cost, at, b"", state.text + glyph.char, opened + bytes((trail,)), state.gone, state.unsure
                )

    @staticmethod
    def _opened(state: _State, lead: int) -> bytes:
        """The bytes so far with the open one; a lost reading has put it there already."""
        if state.raw.endswith(b")") and b"(" in state.raw[-20:] and len(state.lead) == 1:
            return state.raw
        return state.raw + bytes((lead,))


def _unclosed(state: _State, char: str) -> float:
    """A number that a bracket opened wants its bracket closed, and a heading behind it: （一）加强."""
    if state.text[-2:-1] == "（" and state.text[-1] in NUMERALS and char not in NUMBERED:
        return 2.0
    return 2.0 if char in STOPS and _NUMBER_ENDS.search(state.text) else 0.0


def _ways(mark: str) -> Iterator[bytes]:
    """The bytes that may have printed ``mark``."""
    code = ord(mark)
    if 0x21 <= code <= 0x7E:
        wide = bytes((0xA3, code + 0x80))
        yield from (wide, mark.encode()) if mark in ",;:!" else (mark.encode(), wide)
        return
    try:
        yield mark.encode("gbk")
    except UnicodeEncodeError:
        if raw := _private(mark):
            yield raw


def _private(mark: str) -> bytes:
    raw = mark.encode("gb18030", "replace")
    return raw if len(raw) == 2 else b""


def _bytes(text: str) -> bytes:
    return text.encode("gbk", "replace")


def _comparable(text: str) -> str:
    return text.replace("0", "").replace(" ", "")
