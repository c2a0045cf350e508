"""Which finding of a file is which of the ledger (问题匹配): one to one, whatever order they come in.

What is sure is paired: by the key of the ledger, by equal words, by an equal number with words alike, by
words hardly changed. Everything else is asked about, with the findings it may be. The time grows with the
number of findings, never with its square: equal words are found by their signature, words alike by a few
short pieces of each text that both have.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from unicodedata import normalize
from zlib import crc32

from zhenggai.domain.messages import msg
from zhenggai.domain.ordering import number_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# a number with words this much alike is the same finding; a key needs hardly any
_NUMBERED: Final = 60
_KEYED: Final = 30
# words this much alike, and so much more than any others, are the same finding
_SURE: Final = 85
_AHEAD: Final = 10
_LIKE: Final = 45
CANDIDATES_MOST: Final = 5
# letters of a text that count, short pieces of it that stand for it, findings that share such a piece
_LETTERS_MOST: Final = 400
_PIECES: Final = 16
_SHARED_MOST: Final = 400
_SHARE: Final = 8
_LONG: Final = 8
_WORDS_LEAST: Final = 6
_REPEATED: Final = 0.8


class How(StrEnum):
    """By what a finding of a file was recognised (匹配依据)."""

    KEY = "key"
    WORDS = "words"
    NUMBER = "number"
    LIKENESS = "likeness"


HOW_LABELS: Final[dict[How, str]] = {
    How.KEY: msg("by the key of the ledger"),
    How.WORDS: msg("by its words"),
    How.NUMBER: msg("by its number"),
    How.LIKENESS: msg("by likeness"),
}


class Doubt(StrEnum):
    """Why a finding of a file is asked about (存疑原因)."""

    KEY_UNKNOWN = "key_unknown"
    KEY_TWICE = "key_twice"
    KEY_UNLIKE = "key_unlike"
    NUMBER_UNLIKE = "number_unlike"
    SEVERAL = "several"
    LIKE = "like"


DOUBT_SENTENCES: Final[dict[Doubt, str]] = {
    Doubt.KEY_UNKNOWN: msg("Its key names no finding that you see in this ledger."),
    Doubt.KEY_TWICE: msg("Several rows of the file have the same key."),
    Doubt.KEY_UNLIKE: msg("Its key names a finding with quite other words."),
    Doubt.NUMBER_UNLIKE: msg("A finding of the ledger has its number and quite other words."),
    Doubt.SEVERAL: msg("Several have these very words."),
    Doubt.LIKE: msg("A finding of the ledger is like it, and it is not sure that it is the same."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a finding is recognised by (匹配要素); ``position`` is its place on its side.

    ``key``: of a row of a file, the id of the finding that its key names, 0 for a key that names none of this
    inspection; None without a key.
    """

    id: int
    position: int
    number: str
    title: str
    problem: str = ""
    unit: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that are the same finding, by what, and how much alike from 0 to 100 (匹配结果)."""

    entry_id: int
    finding_id: int
    how: How
    likeness: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding of the ledger that it may be, and how much alike from 0 to 100 (可能的问题)."""

    finding_id: int
    likeness: int


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the file that nobody can place without being asked (待确认的匹配), the likeliest first."""

    entry_id: int
    why: Doubt
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Everything of both sides, each once (匹配): by the ids, in the order of their places.

    ``missing``: findings of the ledger that no row of the file is, or may be held to be without being asked.
    """

    pairs: tuple[Pair, ...]
    questions: tuple[Question, ...]
    new: tuple[int, ...]
    missing: tuple[int, ...]


def findings_matched(file: Iterable[Entry], ledger: Iterable[Entry]) -> Matching:
    """Recognise the findings of a file among those of a ledger (匹配); ids are unique on each side.

    Equal input gives an equal answer, in whatever order it comes.
    """
    return _Matcher(_read(file), _read(ledger)).matching()


def likeness(one: str, other: str) -> int:
    """How much two texts are alike (相似度), 0 to 100: the share of neighbouring letters that both have."""
    return _alike(_pairs(_plain(one)), _pairs(_plain(other)))


@dataclass(frozen=True, slots=True)
class _Read:
    entry: Entry
    number: str
    title: str
    problem: str
    unit: str
    whole: str

    @property
    def place(self) -> tuple[int, int]:
        return (self.entry.position, self.entry.id)

    def like(self, other: _Read) -> int:
        """How much alike; the letters of a hundred thousand texts are not all kept."""
        return 100 if self.whole == other.whole else _alike(_pairs(self.whole), _pairs(other.whole))

    def repeats(self, other: _Read) -> bool:
        """Whether one says nearly all that the other says, and more."""
        one, two = _pairs(self.whole), _pairs(other.whole)
        least = min(len(one), len(two))
        return least >= _WORDS_LEAST and len(one & two) >= least * _REPEATED


def _read(entries: Iterable[Entry]) -> list[_Read]:
    rows = []
    for each in entries:
        title, problem = _plain(each.title), _plain(each.problem)
        # some ledgers keep title and details in two columns, some in one
        whole = title if problem in title else problem if title in problem else title + problem
        rows.append(_Read(each, number_key(each.number), title, problem, _plain(each.unit), whole))
    return sorted(rows, key=lambda row: row.place)


def _plain(text: str) -> str:
    """The letters that count, whatever their width and case, blanks and marks."""
    folded = normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum()) or folded.strip()


def _pairs(plain: str) -> frozenset[str]:
    text = plain[:_LETTERS_MOST]
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1))) - {""}


def _alike(one: frozenset[str], other: frozenset[str]) -> int:
    total = len(one) + len(other)
    return round(200 * len(one & other) / total) if total else 0


# from the strictest to the loosest; empty where it says too little, and what is empty makes no group
_SIGNATURES: Final[tuple[Callable[[_Read], tuple[str, ...]], ...]] = (
    lambda row: (row.number, row.title, row.problem, row.unit),
    lambda row: (row.title, row.problem),
    lambda row: (row.number, row.whole) if row.number else (),
    lambda row: (row.number, row.title) if row.number and row.title else (),
    lambda row: (row.whole, row.unit) if row.unit and row.whole else (),
    lambda row: (row.whole,),
    lambda row: (row.title,) if len(row.title) >= _WORDS_LEAST else (),
    lambda row: (row.problem,) if len(row.problem) >= _WORDS_LEAST else (),
)


class _Matcher:
    """Both sides in the order of their places, and what of them is not placed yet."""

    def __init__(self, file: list[_Read], ledger: list[_Read]) -> None:
        self.file = {row.entry.id: row for row in file}
        self.ledger = {row.entry.id: row for row in ledger}
        self.open_file = dict(self.file)
        self.open_ledger = dict(self.ledger)
        self.pairs: list[Pair] = []
        self.doubts: dict[int, tuple[Doubt, int | None]] = {}

    def matching(self) -> Matching:
        self._by_key()
        for place, signature in enumerate(_SIGNATURES):
            self._by_words(signature, is_whole=place == 0)
        self._by_number()
        index = _Index(self.open_ledger.values())
        found = {row.entry.id: self._candidates(row, index) for row in self._waiting()}
        self._by_likeness(found)
        questions, new = [], []
        for id_ in self.open_file:
            question = self._question(id_, found[id_])
            if question is None:
                new.append(id_)
            else:
                questions.append(question)
        order = {id_: place for place, id_ in enumerate(self.file)}
        return Matching(
            tuple(sorted(self.pairs, key=lambda pair: order[pair.entry_id])),
            tuple(questions),
            tuple(new),
            tuple(self.open_ledger),
        )

    def _waiting(self) -> list[_Read]:
        return list(self.open_file.values())

    def _pair(self, row: _Read, finding: _Read, how: How, alike: int | None = None) -> None:
        likely = row.like(finding) if alike is None else alike
        self.pairs.append(Pair(row.entry.id, finding.entry.id, how, likely))
        del self.open_file[row.entry.id]
        del self.open_ledger[finding.entry.id]

    def _by_key(self) -> None:
        times = Counter(row.entry.key for row in self.file.values())
        for row in self._waiting():
            key = row.entry.key
            if key is None:
                continue
            finding = self.ledger.get(key)
            if finding is None:
                self.doubts[row.entry.id] = (Doubt.KEY_UNKNOWN, None)
            elif times[key] > 1:
                self.doubts[row.entry.id] = (Doubt.KEY_TWICE, key)
            elif _is_like(row, finding):
                self._pair(row, finding, How.KEY)
            else:
                self.doubts[row.entry.id] = (Doubt.KEY_UNLIKE, key)

    def _undoubted(self) -> list[_Read]:
        return [row for row in self._waiting() if row.entry.id not in self.doubts]

    def _by_words(self, signature: Callable[[_Read], tuple[str, ...]], *, is_whole: bool) -> None:
        here, there = _grouped(self._undoubted(), signature), _grouped(self.open_ledger.values(), signature)
        for said, rows in here.items():
            findings = there.get(said, [])
            # twins that differ in nothing are told apart by their order, as they were written
            if len(rows) == len(findings) and (is_whole or len(rows) == 1):
                for row, finding in zip(rows, findings, strict=True):
                    self._pair(row, finding, How.WORDS)

    def _by_number(self) -> None:
        here = _grouped(self.file.values(), _number)
        there = _grouped(self.ledger.values(), _number)
        for row in self._undoubted():
            findings = there.get((row.number,), [])
            is_single = len(findings) == 1 and len(here.get((row.number,), [])) == 1
            if not is_single or findings[0].entry.id not in self.open_ledger:
                continue
            alike = row.like(findings[0])
            if alike >= _NUMBERED or row.repeats(findings[0]):
                self._pair(row, findings[0], How.NUMBER, alike)
            else:
                self.doubts[row.entry.id] = (Doubt.NUMBER_UNLIKE, findings[0].entry.id)

    def _candidates(self, row: _Read, index: _Index) -> list[Candidate]:
        found = [Candidate(finding.entry.id, row.like(finding)) for finding in index.near(row)]
        return sorted(found, key=lambda each: (-each.likeness, self.ledger[each.finding_id].place))

    def _by_likeness(self, found: dict[int, list[Candidate]]) -> None:
        """Pairs those whose best is far ahead of every other, seen from both sides."""
        wooers: dict[int, list[int]] = defaultdict(list)
        for candidates in found.values():
            for each in candidates:
                wooers[each.finding_id].append(each.likeness)
        for likes in wooers.values():
            likes.sort()
        for row in self._undoubted():
            candidates = found[row.entry.id]
            if not candidates or candidates[0].likeness < _SURE:
                continue
            best = candidates[0]
            rivals = wooers[best.finding_id]
            is_ahead = len(candidates) == 1 or candidates[1].likeness <= best.likeness - _AHEAD
            # its own likeness is among them
            near = len(rivals) - bisect_left(rivals, best.likeness - _AHEAD + 1)
            if is_ahead and near == 1:
                self._pair(row, self.ledger[best.finding_id], How.LIKENESS, best.likeness)

    def _question(self, id_: int, found: Sequence[Candidate]) -> Question | None:
        why, named = self.doubts.get(id_, (None, None))
        row = self.file[id_]
        left = [each for each in found if each.finding_id in self.open_ledger and each.likeness >= _LIKE]
        if named is not None and named in self.open_ledger:
            alike = row.like(self.ledger[named])
            left = [
                Candidate(named, alike),
                *(each for each in left if each.finding_id != named),
            ]
        if why is None:
            if not left:
                return None
            why = Doubt.SEVERAL if left[0].likeness == 100 else Doubt.LIKE
        return Question(id_, why, tuple(left[:CANDIDATES_MOST]))


def _is_like(row: _Read, finding: _Read) -> bool:
    return (row.number == finding.number and row.number != "") or row.like(finding) >= _KEYED


def _number(row: _Read) -> tuple[str, ...]:
    return (row.number,)


def _grouped(
    rows: Iterable[_Read], signature: Callable[[_Read], tuple[str, ...]]
) -> dict[tuple[str, ...], list[_Read]]:
    groups: dict[tuple[str, ...], list[_Read]] = defaultdict(list)
    for row in rows:
        said = signature(row)
        if any(said):
            groups[said].append(row)
    return groups


class _Index:
    """Findings by a few short pieces of their text; a piece that very many have says little."""

    def __init__(self, findings: Iterable[_Read]) -> None:
        self.found: dict[int, list[_Read]] = defaultdict(list)
        for finding in findings:
            for piece in _sketch(finding.whole):
                self.found[piece].append(finding)

    def near(self, row: _Read) -> list[_Read]:
        """The findings that share most pieces with it, at most five; 400 of the rarest pieces are counted."""
        shared: Counter[int] = Counter()
        rows: dict[int, _Read] = {}
        left = _SHARED_MOST
        pieces = _sketch(row.whole)
        for having in sorted((self.found.get(piece, []) for piece in pieces), key=len):
            for finding in having[:left]:
                shared[finding.entry.id] += 1
                rows[finding.entry.id] = finding
            left = max(0, left - len(having))
        least = len(pieces) // _SHARE
        best = sorted(
            (id_ for id_, count in shared.items() if count > least),
            key=lambda id_: (-shared[id_], rows[id_].place),
        )
        return [rows[id_] for id_ in best[:CANDIDATES_MOST]]


def _sketch(whole: str) -> list[int]:
    """The pieces that stand for a text: of all its pieces of three letters, of short texts two, the least.

    Two texts that have most pieces in common have most of these in common.
    """
    text = whole[:_LETTERS_MOST].encode("utf-32-le", "replace")
    size = 12 if len(whole) >= _LONG else 8
    pieces = {crc32(text[at : at + size]) for at in range(0, max(1, len(text) - size + 4), 4) if text}
    return sorted(pieces)[:_PIECES]
