"""Comparing the head of an inspection and its plans with the trail (检查项目、方案与留痕核对)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import PlanState
from zhenggai.domain.profiles import content_digest
from zhenggai.ledger.differing import Difference, DifferenceCode
from zhenggai.ledger.models import Inspection, Plan
from zhenggai.ledger.plan_content import plan_digest
from zhenggai.ledger.told import UNTOLD, told_maybe
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import EventView, event_views, events_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STATES: Final = {
    LedgerEvent.PLAN_SUBMITTED: PlanState.SUBMITTED,
    LedgerEvent.PLAN_SENT_BACK: PlanState.SENT_BACK,
    LedgerEvent.PLAN_WITHDRAWN: PlanState.WITHDRAWN,
    LedgerEvent.PLAN_APPROVED: PlanState.APPROVED,
}
_GONE: Final = msg("Inspection %(inspection)s: plan %(plan)s was submitted and is gone from the ledger.")
_UNRECORDED: Final = msg(
    "Inspection %(inspection)s: plan %(plan)s stands in the ledger, and no entry of the trail records it."
)
_CHANGED: Final = msg(
    "Inspection %(inspection)s: plan %(plan)s stands otherwise in the ledger than in the trail (%(field)s)."
)
_REQUIRED: Final = msg(
    "Inspection %(inspection)s: whether a plan is required stands otherwise in the ledger than in the trail."
)
_MARKED: Final = msg(
    "Inspection %(inspection)s: its secrecy marking stands otherwise in the ledger than in the trail."
)
_ENTERED: Final = msg(
    "Inspection %(inspection)s: its feedback day or inspecting body stands otherwise in the ledger than in "
    "the trail."
)
_RULES: Final = msg(
    "Inspection %(inspection)s: the version of its profile, or what that says, stands otherwise in the "
    "ledger than in the trail."
)


def plan_differences(inspection_id: int) -> Iterator[Difference]:
    """Every difference between an inspection with its plans and what the trail tells of them.

    The content is recomputed from the items and compared with the digest that was recorded.
    """
    chain = ChainKey.inspection(inspection_id)
    for view in event_views(events_named(chain, LedgerEvent.INSPECTION_CREATED)):
        row = Inspection.objects.select_related("profile_version").filter(pk=inspection_id).first()
        for name, sentence in (("plan_required", _REQUIRED), ("marking", _MARKED)):
            said = view.values.get(name)
            if said is not None and row is not None and said != getattr(row, name):
                yield Difference(DifferenceCode.ROW_CHANGED, Message(sentence, {"inspection": inspection_id}))
        if row is not None and not _rules_stand(row, view.values):
            yield Difference(DifferenceCode.ROW_CHANGED, Message(_RULES, {"inspection": inspection_id}))
    yield from _entered(inspection_id, chain)
    told: dict[int, dict[str, Any]] = {}
    for event, state in _STATES.items():
        for view in event_views(events_named(chain, event)):
            said = told.setdefault(view.subject_id, {"signatures": []})
            names = ("number", "digest", "statement")
            said |= {name: view.values[name] for name in names if name in view.values}
            said["state"] = state.value
            if "reason" in view.erased:
                said.pop("decided_reason", None)
            else:
                said["decided_reason"] = view.values.get("reason", "")
            if event is LedgerEvent.PLAN_SUBMITTED:
                said["by_id"] = view.actor_id
    for view in event_views(events_named(chain, LedgerEvent.PLAN_SIGNED)):
        told.setdefault(view.subject_id, {"signatures": []})["signatures"].append(
            (
                _told(view, "step"),
                view.actor_id,
                _told(view, "note"),
                told_maybe(view, "acting_for_id"),
            )
        )
    rows = {
        plan.pk: plan
        for plan in Plan.objects.filter(inspection_id=inspection_id).prefetch_related("signatures")
    }
    for pk in sorted(told.keys() | rows.keys()):
        yield from _plan(inspection_id, pk, told.get(pk), rows.get(pk))


def _entered(inspection_id: int, chain: ChainKey) -> Iterator[Difference]:
    """Whether feedback day and inspecting body are what was entered last."""
    row = Inspection.objects.filter(pk=inspection_id).first()
    views = [
        *event_views(events_named(chain, LedgerEvent.INSPECTION_CREATED)),
        *event_views(events_named(chain, LedgerEvent.INSPECTION_COMPLETED)),
    ]
    if row is None or not views:
        return
    day = row.feedback_on.isoformat() if row.feedback_on else None
    stands = {
        "feedback_on": day,
        "inspector": row.inspector,
        "inspector_organisation_id": row.inspector_organisation_id,
    }
    for name, value in stands.items():
        said = [view.values[name] for view in views if name in view.values]
        if said and said[-1] != value and not any(name in view.erased for view in views):
            yield Difference(DifferenceCode.ROW_CHANGED, Message(_ENTERED, {"inspection": inspection_id}))


def _rules_stand(row: Inspection, said: Mapping[str, Any]) -> bool:
    """Whether the inspection still has the version it was opened with, saying what it said then."""
    if said.get("profile_version_id") is None or said.get("profile_digest") is None:
        # opened before profiles had versions, or erased
        return True
    digest = content_digest(row.profile_version.content)
    return (row.profile_version_id, digest) == (said["profile_version_id"], said["profile_digest"])


def _plan(inspection_id: int, pk: int, told: dict[str, Any] | None, row: Plan | None) -> Iterator[Difference]:
    values = {"inspection": inspection_id, "plan": pk}
    if row is None:
        yield Difference(DifferenceCode.ROW_GONE, Message(_GONE, values))
        return
    if told is None:
        yield Difference(DifferenceCode.ROW_UNRECORDED, Message(_UNRECORDED, values))
        return
    items = set(row.items.values_list("finding_id", flat=True))
    held = set(row.findings.values_list("pk", flat=True))
    # an approved plan keeps its findings, and none stands in a plan without being an item of it
    if held - items or (row.state == PlanState.APPROVED and items - held):
        yield Difference(DifferenceCode.ROW_CHANGED, Message(_CHANGED, {**values, "field": "findings"}))
    contents = row.items.order_by("pk").values_list("content", flat=True)
    stands = {
        "number": row.number,
        "state": row.state,
        "by_id": row.by_id,
        "decided_reason": row.decided_reason,
        "digest": plan_digest(contents.iterator(chunk_size=500)),
        "statement": row.statement,
        "signatures": [
            (each.step, each.by_id, each.note, each.acting_for_id) for each in row.signatures.all()
        ],
    }
    for name, value in stands.items():
        if name in told and not _agree(told[name], value):
            shown = {**values, "field": name}
            yield Difference(DifferenceCode.ROW_CHANGED, Message(_CHANGED, shown))


def _told(view: EventView, name: str) -> Any:
    return UNTOLD if name in view.erased else view.values.get(name, "")


def _agree(told: Any, row: Any) -> bool:
    """Whether what is told is what stands; of several signatures, each, as far as it was not erased."""
    if not isinstance(told, list):
        return bool(told == row)
    return len(told) == len(row) and all(
        said is UNTOLD or said == value
        for pair in zip(told, row, strict=True)
        for said, value in zip(*pair, strict=True)
    )
