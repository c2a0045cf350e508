"""What stands on the start page (我的待办): what waits, what is awaited, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.awaiting import AWAITED_LABELS, AwaitedKind
from zhenggai.ledger.waiting import redo_days
from zhenggai.web.finding_actions import ACTIONS, verb_of
from zhenggai.web.ledger_list import row_of
from zhenggai.web.timeline import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from zhenggai.domain.gates import GateResult
    from zhenggai.ledger.awaiting import Awaited, AwaitedRow
    from zhenggai.ledger.changed import Change
    from zhenggai.ledger.waiting import Waiting

WAITING_WORDS: Final[dict[Action, str]] = {
    Action.CLOSURE_SIGN: msg("Closure requests that wait for your signature"),
    Action.DEADLINE_SIGN: msg("Requests about deadlines that wait for your approval"),
    Action.SIGNATURE_CONFIRM: msg("Recorded signatures to confirm"),
    Action.FINDING_ASSIGN: msg("Findings to assign"),
    Action.FINDING_ACCEPT: msg("Assignments to accept"),
    Action.SITUATION_ANSWER: msg("New situations to answer or to pass up"),
    Action.PROGRESS_REPORT: msg("Findings to work on"),
    Action.EVIDENCE_JUDGE: msg("Evidence and criteria to judge"),
    Action.RECHECK_RECORD: msg("Re-checks whose day has come"),
}
# where on the finding's page the step is taken; its own form where none is named
_PLACES: Final[dict[Action, str]] = {
    Action.SIGNATURE_CONFIRM: "closing-heading",
    Action.SITUATION_ANSWER: "progress-heading",
    Action.EVIDENCE_JUDGE: "criteria-heading",
}
# what is done by pressing a button, without a word of one's own
_AT_ONCE: Final = frozenset({Action.FINDING_ACCEPT})
_AWAITED_ICONS: Final[dict[AwaitedKind, str]] = {
    AwaitedKind.CLOSURE: "rubber-stamp",
    AwaitedKind.DEADLINE: "calendar-due",
    AwaitedKind.SITUATION: "alert-circle",
    AwaitedKind.PLAN: "checklist",
    AwaitedKind.ACCEPTANCE: "user-check",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One finding that waits: its row, the step as a button or a way, ``redo_by`` after it was sent back.

    ``gates``: of a closure to sign the conditions, as far as they were asked for.
    """

    row: Any
    word: str
    icon: str
    address: str
    is_at_once: bool
    redo_by: date | None
    gates: Sequence[GateResult] = ()

    @property
    def gates_met(self) -> int:
        """How many gates do not stand in the way."""
        return sum(not gate.missing for gate in self.gates)

    @property
    def lacking(self) -> list[Any]:
        """What is missing, a sentence each."""
        return [lack for gate in self.gates for lack in gate.missing]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that wait for the same step; ``way`` leads to the page where several are done."""

    word: str
    icon: str
    number: int
    late: int
    steps: Sequence[Step]
    way: str

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.steps)


@dataclass(frozen=True, slots=True)
class AwaitedLine:
    """One thing that others have to decide: what, where it opens, with whom, for how many days."""

    words: str
    address: str
    whom: str
    days: int | None


@dataclass(frozen=True, slots=True)
class AwaitedGroup:
    """Things of one kind that others have to decide."""

    word: str
    icon: str
    number: int
    lines: Sequence[AwaitedLine]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.lines)


@dataclass(frozen=True, slots=True)
class News:
    """A finding that somebody changed, and the last thing that happened to it."""

    finding: Any
    what: str
    who: str
    at: datetime


def groups(
    waiting: Iterable[Waiting], on: date, gates: Mapping[int, Sequence[GateResult]] | None = None
) -> list[Group]:
    """What waits for the reader, step by step; what the reader raised waits for others.

    ``gates``: of closures to sign, by finding.
    """
    return [_group(each, on, gates or {}) for each in waiting if each.action in WAITING_WORDS]


def _group(waiting: Waiting, on: date, gates: Mapping[int, Sequence[GateResult]]) -> Group:
    act, redo = ACTIONS[verb_of(waiting.action)], redo_days(waiting.rows)
    is_at_once = waiting.action in _AT_ONCE
    steps = []
    for each in waiting.rows:
        page = reverse("finding", args=[each.pk])
        place = f"{page}#{_PLACES.get(waiting.action, act.verb)}"
        address, word, icon = place, str(act.button), act.icon
        if is_at_once:
            address = reverse("finding-action", args=[each.pk, act.verb])
        elif waiting.action is Action.PROGRESS_REPORT:
            address = f"{reverse('finding-report', args=[each.pk])}?next={reverse('home')}"
            word, icon = _("Report with photo"), "camera"
        row = row_of(each, on, each.inspection.rules)
        shown = gates.get(each.pk, ()) if waiting.action is Action.CLOSURE_SIGN else ()
        steps.append(Step(row, word, icon, address, is_at_once, redo.get(each.pk), shown))
    way = reverse("sign") if waiting.action is Action.CLOSURE_SIGN else ""
    word = _(WAITING_WORDS[waiting.action])
    return Group(word, act.icon, waiting.total, waiting.late, steps, way)


def awaited_groups(found: Iterable[Awaited], at: datetime) -> list[AwaitedGroup]:
    """What the reader waits for, kind by kind."""
    return [
        AwaitedGroup(
            _(AWAITED_LABELS[each.kind]),
            _AWAITED_ICONS[each.kind],
            each.total,
            [_awaited_line(row, at) for row in each.rows],
        )
        for each in found
    ]


def _awaited_line(row: AwaitedRow, at: datetime) -> AwaitedLine:
    if row.finding is None:
        words, address = row.inspection.title, reverse("inspection-plan", args=[row.inspection.pk])
    else:
        words = f"{row.finding.number} {row.finding.title}".strip()
        address = reverse("finding", args=[row.finding.pk])
    days = (at - row.since).days if row.since is not None else None
    return AwaitedLine(words, address, row.whom.render(_), days)


def news(changes: Iterable[Change]) -> list[News]:
    """What others did meanwhile, in words."""
    return [
        News(each.finding, title_of(each.event.name), each.event.actor or "", each.event.at)
        for each in changes
    ]
