"""A ledger as files (台账导出): CSV with the columns that offices use, JSON with everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.documents.csv import csv_pieces
from zhenggai.documents.indicators import IndicatorRow
from zhenggai.documents.json import json_pieces
from zhenggai.documents.ledger_words import deadline_words, evidence_words, lines_of, situation_words
from zhenggai.documents.words import (
    NATURE_WORDS,
    PROGRESS_WORDS,
    STAGE_WORDS,
)
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Progress, Stage
from zhenggai.domain.reading import StatedNature, StatedProgress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from zhenggai.documents.comments import CommentRow
    from zhenggai.documents.restated import RestatedRow

LEDGER_SCHEMA: Final = "zhenggai.ledger/1"

# who has a restricted finding on his list takes it away in the file, so the file says so
RESTRICTED_WORD: Final = "限定人员"
LEDGER_HEADING: Final = (
    "序号",
    "编号",
    "方面",
    "问题类别",
    "反馈问题",
    "具体表现",
    "整改类型",
    "环节",
    "整改进度",
    "责任领导",
    "责任单位",
    "配合单位",
    "首次时限",
    "完成时限",
    "逾期天数",
    "期限申请",
    "整改措施",
    "整改标准",
    "佐证材料",
    "是否销号",
    "销号时间",
    "原件所称状态",
    "原件所称进度",
    "原件所称类型",
    "原件称已销号",
    "原件责任领导",
    "原件责任单位",
    "原件时限",
    "原件所称整改情况",
    "来源文件",
    "知悉范围",
    "反弹情况",
    "下次回头看",
    "指标读数",
    "未答复新情况",
)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure (整改措施)."""

    text: str
    source: str
    due: date | None
    done_at: datetime | None
    done_by: str | None
    result: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One acceptance criterion with its last judgement (验收标准), and its indicator where it has one."""

    text: str
    met: bool | None
    judged_by: str | None
    judged_at: datetime | None
    round: int | None
    note: str
    indicator: IndicatorRow | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence (佐证材料); ``amount`` in yuan as text.

    ``measures`` and ``criteria`` are those it proves, by their places from 1; ``people`` with what was done.
    """

    title: str
    file_name: str
    sha256: str
    kind: str
    round: int
    proves: str
    proves_on: date
    amount: str | None
    uploaded_by: str
    uploaded_at: datetime
    withdrawn_at: datetime | None
    effect: bool | None
    document_number: str = ""
    issuer: str = ""
    measures: tuple[int, ...] = ()
    criteria: tuple[int, ...] = ()
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature (签批): ``acting_for`` whom, and by what it was ``recorded`` when given elsewhere."""

    step: str
    by: str
    at: datetime
    note: str
    acting_for: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One closure request with its signatures, or why it was sent back (申请销号).

    ``failed``: the criteria that the return names.
    """

    round: int
    by: str
    at: datetime
    state: str
    statement: str
    signatures: tuple[SignatureRow, ...]
    returned_by: str | None
    returned_reason: str
    redo_by: date | None = None
    returned_at: datetime | None = None
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """One closure (销号), of the finding or of a stage."""

    kind: str
    round: int
    at: datetime
    stage_goal: str
    recheck_on: date | None


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One request about the deadline (延期、申请长期整改) with its approvals, or why it was not granted."""

    kind: str
    asked_on: date
    due_before: date
    new_due: date | None
    stage_goal: str
    recheck_on: date | None
    reason: str
    by: str
    state: str
    signatures: tuple[SignatureRow, ...]
    decided_by: str | None
    decided_reason: str


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """A time during which the work was suspended (暂停); ``ended_at`` is None while it is."""

    reason: str
    begun_by: str
    begun_at: datetime
    ended_by: str | None
    ended_at: datetime | None
    ended_reason: str


@dataclass(frozen=True, slots=True)
class RecheckRow:
    """One re-check of a closed finding (回头看)."""

    on: date
    holds: bool
    text: str
    by: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class StageRow:
    """The beginning of a later stage of long-term work (下一阶段)."""

    round: int
    goal: str
    due: date
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome in numbers (成效); ``quantity`` is yuan for money. Withdrawn or unproved it counts not."""

    kind: str
    quantity: str
    happened_on: date
    evidence: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class SituationRow:
    """A new situation (新情况新问题); ``level`` is where it waits, or waited when it was answered."""

    text: str
    raised_by: str
    raised_at: datetime
    level: str
    due: date | None
    answer: str
    answered_by: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class AfterwardsRow:
    """What came after closing (销号之后): of a successor its origin, of an origin its successors.

    ``is_back``: whether a successor is open, so that the finding counts as not closed.
    """

    origin: str = ""
    rebound: int | None = None
    successors: tuple[str, ...] = ()
    is_back: bool = False
    recheck_on: date | None = None
    rechecks: tuple[RecheckRow, ...] = ()
    stages: tuple[StageRow, ...] = ()

    @property
    def words(self) -> str:
        """Whether it came back, in the words of the ledger."""
        if self.origin or self.rebound:
            return f"反弹自{self.origin}"
        if not self.successors:
            return ""
        return ("已反弹：" if self.is_back else "曾反弹：") + "、".join(self.successors)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One finding with all that stands in the ledger (一问题一行).

    ``progress`` and ``percent`` are the unit's claim, ``progress_verified`` the last view of who verifies.
    ``restricted``: why only listed people see it, empty where everybody does whose post shows it.
    ``narrative``: what the last report says was done. ``money_to_recover`` in yuan (元).
    """

    id: int
    position: int
    number: str
    theme: str
    group: str
    title: str
    problem: str
    organisation_label: str
    nature: Nature | None
    stage: Stage
    progress: Progress | None
    responsible_leader: str
    lead_unit: str
    supporting_units: tuple[str, ...]
    due: date | None
    first_due: date | None
    days_overdue: int
    round: int
    stated_status: str
    stated_progress: StatedProgress | None
    stated_nature: StatedNature | None
    stated_closed: bool | None
    stated_leader: str
    stated_unit: str
    stated_due: str
    stated_actions: tuple[str, ...]
    document: str
    span: tuple[int, int] | None
    restricted: str
    measures: tuple[MeasureRow, ...]
    criteria: tuple[CriterionRow, ...]
    evidence: tuple[EvidenceRow, ...]
    requests: tuple[RequestRow, ...]
    closures: tuple[ClosureRow, ...]
    deadline_requests: tuple[DeadlineRow, ...] = ()
    suspensions: tuple[SuspensionRow, ...] = ()
    situations: tuple[SituationRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    afterwards: AfterwardsRow = AfterwardsRow()
    percent: int | None = None
    progress_verified: Progress | None = None
    comments: tuple[CommentRow, ...] = ()
    restated: tuple[RestatedRow, ...] = ()
    narrative: str = ""
    stated_supporting: str = ""
    emphasis: bool = False
    key_area: str = ""
    money_to_recover: Decimal | None = None
    people_to_deal_with: int | None = None


def ledger_csv(rows: Iterable[LedgerRow]) -> Iterator[bytes]:
    """The ledger as CSV, row by row (台账 CSV)."""
    return csv_pieces(LEDGER_HEADING, (_cells(row) for row in rows))


def ledger_json(inspection: Mapping[str, Any], rows: Iterable[LedgerRow]) -> Iterator[bytes]:
    """The ledger as JSON of schema ``zhenggai.ledger/1``, finding by finding (台账 JSON)."""
    return json_pieces({"schema": LEDGER_SCHEMA, "inspection": inspection}, "findings", rows)


def _cells(row: LedgerRow) -> tuple[object, ...]:
    # of long-term work in a later stage the closings of earlier ones say nothing of now
    closure = row.closures[-1] if row.closures and row.stage in FINAL_STAGES else None
    return (
        row.position,
        row.number,
        row.theme,
        row.group,
        row.title,
        row.problem,
        NATURE_WORDS[row.nature] if row.nature else "",
        STAGE_WORDS[row.stage],
        PROGRESS_WORDS[row.progress] if row.progress else "",
        row.responsible_leader,
        row.lead_unit,
        "、".join(row.supporting_units),
        row.first_due,
        row.due,
        row.days_overdue,
        lines_of(deadline_words(request) for request in row.deadline_requests),
        lines_of(measure.text for measure in row.measures),
        lines_of(criterion.text for criterion in row.criteria),
        lines_of(evidence_words(evidence) for evidence in row.evidence if evidence.withdrawn_at is None),
        row.stage is Stage.CLOSED,
        closure.at.date() if closure else None,
        row.stated_status,
        PROGRESS_WORDS[row.stated_progress] if row.stated_progress else "",
        NATURE_WORDS[row.stated_nature] if row.stated_nature else "",
        row.stated_closed,
        row.stated_leader,
        row.stated_unit,
        row.stated_due,
        lines_of(row.stated_actions),
        row.document,
        RESTRICTED_WORD if row.restricted else "",
        row.afterwards.words,
        row.afterwards.recheck_on,
        lines_of(each.indicator.words for each in row.criteria if each.indicator and each.indicator.words),
        lines_of(situation_words(each) for each in row.situations if each.answered_at is None),
    )
