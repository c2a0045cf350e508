"""What the gates look at: one finding at the moment of closing, as plain values (销号时的全部事实)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.extending import DeadlineFacts
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import Planning

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from zhenggai.domain.lifecycle import Nature


class Requirement(StrEnum):
    """What must also be dealt with (须落实事项). Whether it applies is set by the office; unset is not met.

    Looking for the same fault elsewhere (举一反三) always applies.
    """

    MONEY = "money"
    PEOPLE = "people"
    SIMILAR = "similar"
    CAUSE = "cause"


REQUIREMENT_LABELS: Final[dict[Requirement, str]] = {
    Requirement.MONEY: msg("money to recover"),
    Requirement.PEOPLE: msg("people to deal with"),
    Requirement.SIMILAR: msg("same fault elsewhere"),
    Requirement.CAUSE: msg("cause to treat"),
}


class HoldKind(StrEnum):
    """What can hold a finding open (未了事项的种类)."""

    SUPERVISION_LETTER = "supervision_letter"
    SPOT_CHECK = "spot_check"
    EXTENSION = "extension"
    OTHER = "other"


HOLD_LABELS: Final[dict[HoldKind, str]] = {
    HoldKind.SUPERVISION_LETTER: msg("supervision letter"),
    HoldKind.SPOT_CHECK: msg("spot check"),
    HoldKind.EXTENSION: msg("extension"),
    HoldKind.OTHER: msg("other matter"),
}


@dataclass(frozen=True, slots=True)
class CaseMeasure:
    """One measure (整改措施), whether it is done, and the evidence of this round that says it proves it."""

    text: str
    done: bool
    evidence_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseCriterion:
    """One criterion (验收标准) with its last judgement of this round; ``met`` is None where there is none.

    ``is_carried``: whether that was given in an earlier round and carries over.
    """

    text: str
    met: bool | None = None
    judged_by: int | None = None
    evidence_ids: tuple[int, ...] = ()
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """One piece of evidence (佐证材料) with its last judgement of effect; ``amount`` in yuan (元).

    ``file`` tells equal files apart from others: the same receipt filed twice shows its money once.
    ``people``: who it says was dealt with, by name.
    """

    id: int
    round: int
    withdrawn: bool = False
    effect: bool | None = None
    effect_by: int | None = None
    amount: Decimal | None = None
    file: str = ""
    title: str = ""
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """An answer to a requirement: named evidence, or not applicable by the office's signature and reason."""

    requirement: Requirement
    evidence_id: int | None = None
    waived_by: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseSituation:
    """One new situation (新情况新问题)."""

    text: str
    answered: bool


@dataclass(frozen=True, slots=True)
class CaseHold:
    """One open hold (未了事项)."""

    kind: HoldKind
    reference: str


@dataclass(frozen=True, slots=True)
class ShortStep:
    """A step of several, or a body, that too few people could sign (人数不足): ``able`` of ``needed``."""

    label: Message
    needed: int
    able: int


@dataclass(frozen=True, slots=True)
class ClosureCase:
    """Everything a closing rests on. Criteria, answers and judgements are those of ``round`` only.

    ``submitter_id``: who requests, or whose request stands. ``worker_ids``: everyone who reported, completed,
    uploaded, withdrew or requested in any round. ``insider_ids``: which of those who judged, waived, set or
    signed belong, or belonged since, to a unit that fixes or fixed. ``confirmer_ids``: those of the signers
    whose step confirms. ``short``: steps of several for which people are missing. ``leader_may_sign``:
    whether the leader still holds the post. ``required`` has every `Requirement`, ``required_by`` who set
    it, of money who named the amount. ``money_to_recover`` in yuan (元) and ``people_to_deal_with`` are what
    the finding names, None where it names none. Measures and criteria that an amendment dropped are none.
    ``on``: the day, Asia/Shanghai.
    """

    on: date
    round: int
    nature: Nature | None = None
    submitter_id: int | None = None
    leader_id: int | None = None
    leader_may_sign: bool = True
    worker_ids: frozenset[int] = frozenset()
    insider_ids: frozenset[int] = frozenset()
    signer_ids: tuple[int, ...] = ()
    confirmer_ids: tuple[int, ...] = ()
    short: tuple[ShortStep, ...] = ()
    measures: tuple[CaseMeasure, ...] = ()
    criteria: tuple[CaseCriterion, ...] = ()
    evidence: tuple[CaseEvidence, ...] = ()
    required: Mapping[Requirement, bool | None] = field(
        default_factory=lambda: {
            Requirement.MONEY: None,
            Requirement.PEOPLE: None,
            Requirement.SIMILAR: True,
            Requirement.CAUSE: None,
        }
    )
    required_by: Mapping[Requirement, int] = field(default_factory=dict)
    answers: tuple[CaseAnswer, ...] = ()
    situations: tuple[CaseSituation, ...] = ()
    open_holds: tuple[CaseHold, ...] = ()
    planning: Planning = field(default_factory=Planning)
    deadline: DeadlineFacts = field(default_factory=DeadlineFacts)
    money_to_recover: Decimal | None = None
    people_to_deal_with: int | None = None
    stage_goal: str = ""
    recheck_on: date | None = None

    @property
    def live_evidence(self) -> tuple[CaseEvidence, ...]:
        """The evidence of this round that was not withdrawn."""
        return tuple(each for each in self.evidence if each.round == self.round and not each.withdrawn)
