"""Taking an edit of the ledger back (撤销台账填写): which edit, what stood before it, what bars it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from zhenggai.domain.events import LedgerEvent, event_label
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import Message
from zhenggai.domain.planning import PlanState
from zhenggai.ledger.deadlines import deadline_request_open
from zhenggai.ledger.errors import EditStandsError
from zhenggai.ledger.facts import planning_of
from zhenggai.ledger.selectors import findings_visible
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_by, events_named, events_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding
    from zhenggai.trail.selectors import EventView

_REQUESTS: Final = frozenset({LedgerEvent.EXTENSION_REQUESTED, LedgerEvent.LONG_TERM_REQUESTED})
_ASSIGNS: Final = frozenset({LedgerEvent.FINDING_ASSIGNED, LedgerEvent.FINDING_HANDED_OVER})
EDITS: Final = frozenset({*_ASSIGNS, *_REQUESTS, LedgerEvent.FINDING_CLASSIFIED})
"""What an edit in the list leaves in the trail."""
# decisions of others that rest on what the edit set: behind none of them is it taken back
_RESTS: Final = frozenset(
    {
        LedgerEvent.FINDING_ACCEPTED,
        LedgerEvent.FINDING_DECLINED,
        LedgerEvent.FINDING_TRANSFERRED,
        LedgerEvent.FINDING_PLANNED,
        LedgerEvent.AMENDMENT_PROPOSED,
        LedgerEvent.AMENDMENT_SIGNED,
        LedgerEvent.AMENDMENT_APPROVED,
        LedgerEvent.DEADLINE_SIGNED,
        LedgerEvent.EXTENSION_GRANTED,
        LedgerEvent.LONG_TERM_GRANTED,
        LedgerEvent.CLOSURE_REQUESTED,
        LedgerEvent.CLOSURE_SIGNED,
        LedgerEvent.SIGNATURE_RECORDED,
        LedgerEvent.SIGNATURE_CONFIRMED,
        LedgerEvent.CLOSURE_SENT_BACK,
        LedgerEvent.FINDING_CLOSED,
        LedgerEvent.FINDING_STAGE_CLOSED,
        LedgerEvent.REQUIREMENT_WAIVED,
        LedgerEvent.CRITERION_JUDGED,
        LedgerEvent.EVIDENCE_JUDGED,
        LedgerEvent.PROGRESS_JUDGED,
        LedgerEvent.SITUATION_ANSWERED,
    }
)
_LOOKED_THROUGH: Final = 100
_REQUIREMENTS: Final = ("money_required", "people_required", "cause_required")


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before an edit (原值); of a request nothing is needed, it is withdrawn."""

    leader_id: int | None = None
    unit_id: int | None = None
    supporting_ids: tuple[int, ...] = ()
    nature: str = ""


def edit_latest(actor: Actor, inspection_id: int) -> EventView | None:
    """The actor's latest edit in an inspection that was not taken back (本人最近一次填写).

    One of the last 100; it is found in the trail, so that it is the same after a page is loaded anew and on
    another machine. The taking back of an edit is no edit to be taken back.
    """
    chain = ChainKey.inspection(inspection_id)
    views = event_views(events_by(chain, actor.person_id, EDITS).reverse()[:_LOOKED_THROUGH])
    # also what somebody else took back
    passed = _passed(
        event_views(events_named(chain, LedgerEvent.EDIT_TAKEN_BACK).reverse()[:_LOOKED_THROUGH])
    )
    for view in views:
        if view.seq not in passed and _is_seen(actor, inspection_id, view.subject_id):
            return view
    return None


def edit_of(finding: Finding, seq: int) -> EventView | None:
    """The edit of a finding with this number in the trail; none for any other event."""
    events = events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk))
    view = next(iter(event_views(events.filter(seq=seq))), None)
    return view if view is not None and view.name in EDITS else None


def edit_last(finding: Finding, person_id: int) -> EventView | None:
    """The last thing that happened to a finding, where it is this person's edit."""
    events = events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)).reverse()
    view = next(iter(event_views(events[:1])), None)
    return view if view is not None and view.name in EDITS and view.actor_id == person_id else None


def edit_before(finding: Finding, edit: EventView) -> Before:
    """What stood before an edit, by the trail, where it can be brought back.

    :raises EditStandsError: when others decided on it since, its value is no longer there, it was taken back
        already, or nothing stood before.
    """
    events = event_views(events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)))
    said = {
        "what": Message(event_label(edit.name)),
        "when": timezone.localtime(edit.at).strftime("%Y-%m-%d %H:%M"),
    }
    later = [each for each in events if each.seq > edit.seq]
    if any(each.values.get("taken_back_seq") == edit.seq for each in later):
        raise EditStandsError(EditStandsError.again_template, **said)
    rests = next((each for each in later if each.name in _RESTS), None)
    if rests is not None:
        raise EditStandsError(
            EditStandsError.decided_template,
            **said,
            later=Message(event_label(rests.name)),
            who=rests.actor or "—",
        )
    if planning_of(finding).state is PlanState.SUBMITTED:
        raise EditStandsError(EditStandsError.plan_template, **said)
    if not _is_as_left(finding, edit) or _is_set_anew(edit, later):
        raise EditStandsError(**said)
    before = _stood(edit, [each for each in events if each.seq < edit.seq])
    if before is None or _brought_more(edit, events):
        raise EditStandsError(EditStandsError.first_template, **said)
    return before


def _passed(views: Iterable[EventView]) -> set[int]:
    """Numbers of what was taken back, and of what took it back."""
    found: set[int] = set()
    for view in views:
        if view.name == LedgerEvent.EDIT_TAKEN_BACK:
            found |= {view.values.get("taken_back_seq", 0), view.values.get("by_seq", 0)}
    return found


def _is_set_anew(edit: EventView, later: Sequence[EventView]) -> bool:
    """Whether it was set again since, be it to the same: whoever did so decided it."""
    passed = _passed(later)
    same = _ASSIGNS if edit.name in _ASSIGNS else {edit.name}
    return any(each.name in same and each.seq not in passed for each in later)


def _brought_more(edit: EventView, events: Sequence[EventView]) -> bool:
    """Whether an assignment brought what would stay: a reader on the list, or the first due date."""
    if edit.name not in _ASSIGNS:
        return False
    if any(each.name == LedgerEvent.READER_ADDED and each.at == edit.at for each in events):
        return True
    assigned = [each for each in events if each.name == LedgerEvent.FINDING_ASSIGNED and each.seq < edit.seq]
    had_due = any(each.values.get("due") for each in assigned)
    return bool(edit.values.get("due")) and not had_due


def _is_seen(actor: Actor, inspection_id: int, finding_id: int) -> bool:
    return findings_visible(actor, inspection_id).filter(pk=finding_id).exists()


def _is_as_left(finding: Finding, edit: EventView) -> bool:
    """Whether the finding still has what the edit wrote (比较后撤销)."""
    values = edit.values
    if edit.name in _REQUESTS:
        request = deadline_request_open(finding)
        return request is not None and request.pk == values.get("deadline_request_id")
    if edit.name == LedgerEvent.FINDING_CLASSIFIED:
        return finding.nature == values.get("nature")
    if finding.responsible_leader_id != values.get("leader_id") or finding.stage == Stage.REGISTERED:
        return False
    if edit.name == LedgerEvent.FINDING_HANDED_OVER:
        return True
    units = [finding.lead_unit_id, *sorted(each.unit_id for each in finding.supporting.all())]
    left: list[int] = values.get("unit_ids") or []
    return units == [*left[:1], *sorted(left[1:])]


def _stood(edit: EventView, earlier: Sequence[EventView]) -> Before | None:
    if edit.name in _REQUESTS:
        return Before()
    if edit.name == LedgerEvent.FINDING_HANDED_OVER:
        return Before(leader_id=edit.values.get("former_leader_id"))
    if edit.name == LedgerEvent.FINDING_CLASSIFIED:
        return _nature_before(edit, earlier)
    stages = [each.values["stage"] for each in earlier if "stage" in each.values]
    if stages and stages[-1] == Stage.REGISTERED:
        # nobody had it then: it was new, or was declined
        return None
    leader_id: int | None = None
    unit_ids: list[int] = []
    for event in earlier:
        if event.name in _ASSIGNS:
            leader_id = event.values.get("leader_id")
        if event.name == LedgerEvent.FINDING_ASSIGNED:
            unit_ids = event.values.get("unit_ids") or []
    if leader_id is None or not unit_ids:
        return None
    return Before(leader_id=leader_id, unit_id=unit_ids[0], supporting_ids=tuple(unit_ids[1:]))


def _nature_before(edit: EventView, earlier: Sequence[EventView]) -> Before | None:
    """The nature before; none where requirements were set with it, which are never taken back."""
    natures = [each.values["nature"] for each in earlier if each.values.get("nature")]
    classified = [each.values for each in earlier if each.name == LedgerEvent.FINDING_CLASSIFIED]
    required: Mapping[str, Any] = classified[-1] if classified else {}
    # the amount is told only where it was named with the edit
    is_more = any(edit.values.get(name) != required.get(name) for name in _REQUIREMENTS)
    is_more = is_more or "money_to_recover" in edit.values
    if not natures or natures[-1] == edit.values.get("nature") or is_more:
        return None
    return Before(nature=natures[-1])
