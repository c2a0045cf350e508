"""Who or which unit a wording in a cell may mean (人名、单位名称识别): proposals, never an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from zhenggai.domain.matching import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SURE: Final = 100
PROPOSALS_MOST: Final = 5
_LIKE: Final = 50
_CONTAINED: Final = 80
_SHORTENED: Final = 90
_NAME_LEAST: Final = 2
_APART: Final = re.compile(r"[、，,;；/\n\t]+|\s{2,}")
_ASIDE: Final = re.compile(r"[(（\[【][^()（）\[\]【】]{0,40}[)）\]】]")
_ENDINGS: Final = re.compile(r"(?:办公室|委员会|领导小组|股室|科室|局|科|股|处|室|办|部|委|组|中心)$")
_LEADS: Final = re.compile(r"^(?:责任|牵头|主要|配合)?(?:领导|单位|部门|科室|股室)?[:：]")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, or a unit, that a wording may mean (候选对象), with its short name if it has one.

    ``beside``: what tells it from others of the same name.
    """

    id: int
    name: str
    short_name: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One that may be meant (建议), and how surely from 0 to 100."""

    id: int
    confidence: int


def wordings_of(cell: str) -> tuple[str, ...]:
    """The single names in a cell (拆分名称): 张某某、李某某 are two; brackets behind a name are left out."""
    parts = (_LEADS.sub("", _ASIDE.sub("", part)).strip() for part in _APART.split(normalize("NFKC", cell)))
    return tuple(dict.fromkeys(part for part in parts if part))


def people_proposed(wording: str, people: Iterable[Named]) -> tuple[Proposal, ...]:
    """People whom a wording may mean (人员建议), the surest first; of one name all are as sure.

    A name with a title before or behind it (副局长张某某) is less sure than the name alone.
    """
    plain = _plain(wording)

    def confidence(one: Named) -> int:
        name = _plain(one.name)
        if name == plain:
            return SURE
        if len(name) >= _NAME_LEAST and (plain.startswith(name) or plain.endswith(name)):
            return _SHORTENED
        return 0

    return _ranked(people, confidence)


def units_proposed(wording: str, units: Iterable[Named]) -> tuple[Proposal, ...]:
    """Units that a wording may mean (单位建议): full or short name, without its ending, or within another."""
    plain = _plain(wording)
    bare = _bare(plain)

    def confidence(one: Named) -> int:
        names = [name for name in (_plain(one.name), _plain(one.short_name)) if name]
        if plain in names:
            return SURE
        if any(_bare(name) == bare for name in names):
            return _SHORTENED
        if any(len(name) > _NAME_LEAST and (plain.endswith(name) or name.endswith(plain)) for name in names):
            return _CONTAINED
        alike = max((likeness(plain, name) for name in names), default=0)
        return alike if alike >= _LIKE else 0

    return _ranked(units, confidence)


def is_sure(proposals: Sequence[Proposal]) -> bool:
    """Whether one is meant without doubt (可直接建议): the very name, and nobody else's."""
    return (
        len(proposals) > 0
        and proposals[0].confidence == SURE
        and all(each.confidence < SURE for each in proposals[1:])
    )


def _ranked(named: Iterable[Named], confidence: Callable[[Named], int]) -> tuple[Proposal, ...]:
    found = [Proposal(one.id, sure) for one in named if (sure := confidence(one))]
    return tuple(sorted(found, key=lambda each: (-each.confidence, each.id))[:PROPOSALS_MOST])


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _bare(plain: str) -> str:
    return _ENDINGS.sub("", plain) or plain
