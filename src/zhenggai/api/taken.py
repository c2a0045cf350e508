"""What the interface takes (接口提交内容). A field that is not named here is refused, never passed over."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from ninja import Schema
from pydantic import ConfigDict, Field

from zhenggai.domain.case import Requirement
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.indicators import READING_DIGITS, READING_PLACES
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.proving import DealtWith, Described
from zhenggai.domain.returning import ReturnGround

if TYPE_CHECKING:
    from zhenggai.domain.outcomes import OutcomeKind


class Body(Schema):
    """``version``: that of the finding as it was read; another one by now is refused."""

    model_config = ConfigDict(extra="forbid", str_max_length=100_000)

    version: int = Field(ge=1)


class ActionIn(Schema):
    """One action of a report (一是二是), for a measure where it carries one out."""

    model_config = ConfigDict(extra="forbid", str_max_length=100_000)

    text: str
    measure_id: int | None = None


class ProgressIn(Body):
    """A report of progress (进展反馈)."""

    progress: Progress
    narrative: str
    percent: int | None = None
    actions: list[ActionIn] = Field(default=[], max_length=1_000)
    evidence_ids: list[int] = Field(default=[], max_length=1_000)


class MeasureDoneIn(Body):
    """A measure that is done (措施完成)."""

    measure_id: int
    result: str


class TaskReportIn(Body):
    """A unit's part of a measure that is done (分工完成)."""

    task_id: int
    report: str


def _person(said: str) -> DealtWith:
    handling, _, person = said.partition(":")
    # a kind that is none is the service's to refuse
    return DealtWith(person, cast("OutcomeKind", handling))


class EvidenceIn(Body):
    """What is said of a file (佐证材料). ``amount`` in yuan (元); ``people`` as ``admonition:张某某``."""

    title: str = Field(max_length=300)
    proves: str
    proves_on: date
    kind: EvidenceKind
    amount: Decimal | None = Field(default=None, max_digits=16, decimal_places=2)
    document_number: str = Field(default="", max_length=100)
    issuer: str = Field(default="", max_length=200)
    measure_ids: list[int] = Field(default=[], max_length=1_000)
    criterion_ids: list[int] = Field(default=[], max_length=1_000)
    people: list[str] = Field(default=[], max_length=1_000)

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        described = Described(
            document_number=self.document_number,
            issuer=self.issuer,
            measure_ids=tuple(self.measure_ids),
            criterion_ids=tuple(self.criterion_ids),
            people=tuple(_person(each) for each in self.people),
        )
        of_itself = {each.name for each in fields(Described)}
        return {**self.model_dump(exclude=of_itself), "described": described}


class EvidenceReasonIn(Body):
    """Evidence that is withdrawn (撤回)."""

    evidence_id: int
    reason: str


class EvidenceOnlyIn(Body):
    """Evidence that is carried into this round (沿用)."""

    evidence_id: int


class ReadingIn(Body):
    """A reading of an indicator (指标读数), in the indicator's unit, with where the figure comes from."""

    criterion_id: int
    value: Decimal = Field(max_digits=READING_DIGITS, decimal_places=READING_PLACES)
    measured_on: date
    source: str
    evidence_id: int | None = None


class RequirementIn(Body):
    """A requirement met with evidence (落实情况)."""

    requirement: Requirement
    evidence_id: int


class SituationIn(Body):
    """A new situation (新情况新问题); ``follows_id`` is the answered one that it takes up again."""

    text: str
    follows_id: int | None = None


class SituationPassUpIn(Body):
    """A new situation passed up with its analysis (逐级上报)."""

    situation_id: int
    analysis: str


class SituationAnswerIn(Body):
    """The answer to a new situation (答复)."""

    situation_id: int
    text: str


class RequestIn(Body):
    """A request to close (申请销号); long-term work names goal and next re-check.

    ``promised`` affirms the promise of truth, where the rules of the inspection ask for one.
    """

    statement: str
    stage_goal: str = ""
    recheck_on: date | None = None
    promised: bool = False


class ExtensionIn(Body):
    """A request for a later due date (申请延期)."""

    new_due: date
    reason: str


class LongTermIn(Body):
    """A request for long-term rectification (申请长期整改)."""

    stage_goal: str
    recheck_on: date
    reason: str


class NoteIn(Body):
    """A signature (签批)."""

    note: str = ""


class ReasonIn(Body):
    """A decision with its reason (理由)."""

    reason: str


class CommentIn(Schema):
    """A comment (留言), or with ``answers_id`` an answer to one; ``named_ids`` are told of it."""

    model_config = ConfigDict(extra="forbid", str_max_length=100_000)

    text: str
    answers_id: int | None = Field(default=None, ge=1, le=2**63 - 1)
    named_ids: list[int] = Field(default=[], max_length=1_000)


class CommentWithdrawIn(Schema):
    """One's own comment taken back (撤回留言)."""

    model_config = ConfigDict(extra="forbid", str_max_length=100_000)

    comment_id: int = Field(ge=1, le=2**63 - 1)
    reason: str


class ReturnIn(ReasonIn):
    """A request to close sent back (退回): ``criterion_ids`` are judged again, the others carry over."""

    ground: ReturnGround = ReturnGround.OTHER
    criterion_ids: list[int] = Field(default=[], max_length=1_000)
    redo_by: date | None = None


class Plain(Schema):
    """A body of what has no version of its own."""

    model_config = ConfigDict(extra="forbid", str_max_length=100_000)


class ReportsIn(Plain):
    """A period on which the units report, and by when (填报通知)."""

    title: str = Field(max_length=200)
    first_on: date
    last_on: date
    due_on: date


class WhyIn(Plain):
    """A reason (理由)."""

    reason: str


class NothingIn(Plain):
    """Nothing besides the call itself."""
