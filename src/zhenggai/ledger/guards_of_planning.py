"""Triggers of the plan (方案保护): what is approved changes only through an approved amendment.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.planning import FIXING_STATES, PlanState
from zhenggai.trail.guards import Guard, json_count, json_holds, json_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBMITTED: Final = PlanState.SUBMITTED.value
_APPROVED: Final = PlanState.APPROVED.value
_FIXING: Final = ", ".join(f"'{state.value}'" for state in sorted(FIXING_STATES))

# Whether the plan of the row's finding leaves it free to change, or an approved amendment changes it.
FREE: Final = (
    "NOT EXISTS (SELECT 1 FROM ledger_finding JOIN ledger_plan ON ledger_plan.id = ledger_finding.plan_id"
    f" WHERE ledger_finding.id = {{finding}} AND ledger_plan.state IN ({_FIXING}))"
)
_CONTENT: Final = "ledger_planamendment.content"
# How an amendment names what it adds, by what it says of it, and what it drops, by its id.
_NAMES: Final = {
    "ledger_measure": (
        "measures",
        {"text": "NEW.text", "due": "@NEW.due", "requirement": "NEW.requirement"},
        "drop_measures",
    ),
    "ledger_criterion": ("criteria", {"text": "NEW.text"}, "drop_criteria"),
}


def _amended(amendment: str, says: str, finding: str = "NEW.finding_id") -> str:
    """Whether an approved amendment of the row's own finding says just this."""
    return (
        f"EXISTS (SELECT 1 FROM ledger_planamendment WHERE id = NEW.{amendment}"
        f" AND finding_id = {finding} AND state = '{_APPROVED}' AND {says})"
    )


def may_drop(table: str) -> str:
    """Whether a measure or criterion may be dropped: by hand while free, else as an amendment names it."""
    drops = json_lists(_CONTENT, _NAMES[table][2], "NEW.id")
    return f"({FREE.format(finding='NEW.finding_id')} OR {_amended('dropped_amendment_id', drops)})"


_ARRANGED: Final = {"leader_id": "NEW.leader_id", "due": "@NEW.due", "requirement": "NEW.requirement"}
# Whether a measure may be arranged: by hand while free, else once as a later amendment says, which arranges
# it anew or adds it so.
MAY_ARRANGE: Final = (
    f"(({FREE.format(finding='NEW.finding_id')}"
    " AND NEW.arranged_amendment_id IS NOT DISTINCT FROM OLD.arranged_amendment_id)"
    " OR ((OLD.arranged_amendment_id IS NULL OR NEW.arranged_amendment_id > OLD.arranged_amendment_id) AND ("
    + _amended("arranged_amendment_id", json_holds(_CONTENT, "arrange", measure="NEW.id", **_ARRANGED))
    + " OR (NEW.amendment_id = NEW.arranged_amendment_id AND "
    + _amended("arranged_amendment_id", json_holds(_CONTENT, "measures", text="NEW.text", **_ARRANGED))
    + "))))"
)
DROPPED: Final = ("dropped_at", "dropped_by_id", "dropped_reason", "dropped_amendment_id")
MEASURES_FINDING: Final = "(SELECT finding_id FROM ledger_measure WHERE id = NEW.measure_id)"
_UNIT: Final = {"unit_ids": "~NEW.unit_id"}
# Parts go by the amendment that arranged their measure last; an earlier one gives and takes none any more.
_LAST: Final = "(SELECT arranged_amendment_id FROM ledger_measure WHERE id = NEW.measure_id)"
_PART_GIVEN: Final = _amended(
    "amendment_id", json_holds(_CONTENT, "arrange", measure="NEW.measure_id", **_UNIT), MEASURES_FINDING
)
# a measure that the same amendment adds has no id in it
_PART_OF_NEW: Final = (
    "EXISTS (SELECT 1 FROM ledger_planamendment"
    " JOIN ledger_measure ON ledger_measure.amendment_id = ledger_planamendment.id"
    " WHERE ledger_planamendment.id = NEW.amendment_id AND ledger_measure.id = NEW.measure_id"
    f" AND ledger_planamendment.state = '{_APPROVED}'"
    f" AND {json_holds(_CONTENT, 'measures', text='ledger_measure.text', **_UNIT)})"
)
_ANEW: Final = json_holds(_CONTENT, "arrange", measure="NEW.measure_id")
_STAYS: Final = json_holds(_CONTENT, "arrange", measure="NEW.measure_id", **_UNIT)
# Whether a unit's part may be taken away: by hand while free, else by an amendment that arranges the measure
# without that unit.
MAY_TAKE: Final = (
    f"(({FREE.format(finding=MEASURES_FINDING)} AND NEW.dropped_amendment_id IS NULL)"
    f" OR (NEW.dropped_amendment_id = {_LAST} AND "
    + _amended("dropped_amendment_id", f"{_ANEW} AND NOT {_STAYS}", MEASURES_FINDING)
    + "))"
)
DECIDED: Final = ("decided_at", "state", "decided_by_id", "decided_reason")


def planning_guards() -> Iterator[Guard]:
    """The triggers of plans, amendments and what they fix."""
    for table, (adds, said, _drops) in _NAMES.items():
        # the first amendments named what they add by its text alone
        says = f"({json_holds(_CONTENT, adds, **said)} OR {json_lists(_CONTENT, adds, 'NEW.text')})"
        # what was added by it and dropped since does not come back by it
        added = f"(SELECT COUNT(*) FROM {table} WHERE amendment_id = NEW.amendment_id)"
        says = f"{says} AND {added} < {json_count(_CONTENT, adds)}"
        yield Guard(
            table,
            "INSERT",
            "insert_planned",
            f"NOT ({FREE.format(finding='NEW.finding_id')}"
            f" OR COALESCE({_amended('amendment_id', says)}, FALSE))",
            "What a submitted or approved plan says changes only through an approved amendment.",
        )
    yield Guard(
        "ledger_findingplacing",
        "INSERT",
        "insert_planned",
        f"NOT {FREE.format(finding='NEW.finding_id')}",
        "What a submitted or approved plan has stays where it stands in the tree.",
    )
    yield Guard(
        "ledger_planitem",
        "INSERT",
        "insert_decided",
        "NOT EXISTS (SELECT 1 FROM ledger_plan"
        " JOIN ledger_finding ON ledger_finding.inspection_id = ledger_plan.inspection_id"
        f" WHERE ledger_plan.id = NEW.plan_id AND ledger_plan.state = '{_SUBMITTED}'"
        " AND ledger_finding.id = NEW.finding_id)",
        "A finding comes into a plan of its own inspection, and only while that is submitted.",
    )
    for table in ("ledger_progressreport", "ledger_evidence"):
        yield Guard(
            table,
            "INSERT",
            "insert_early",
            "EXISTS (SELECT 1 FROM ledger_finding"
            " JOIN ledger_inspection ON ledger_inspection.id = ledger_finding.inspection_id"
            " LEFT JOIN ledger_plan ON ledger_plan.id = ledger_finding.plan_id"
            " WHERE ledger_finding.id = NEW.finding_id AND ledger_inspection.plan_required"
            f" AND ledger_finding.nature <> '{Nature.IMMEDIATE.value}'"
            f" AND COALESCE(ledger_plan.state, '') <> '{_APPROVED}')",
            "Work counts once the required plan is approved.",
        )
    yield Guard(
        "ledger_measuretask",
        "INSERT",
        "insert_planned",
        f"NOT ({FREE.format(finding=MEASURES_FINDING)}"
        f" OR COALESCE(NEW.amendment_id = {_LAST} AND ({_PART_GIVEN} OR {_PART_OF_NEW}), FALSE))",
        "What a submitted or approved plan says changes only through an approved amendment.",
    )
    for table, signature, key in (
        ("ledger_plan", "ledger_plansignature", "plan_id"),
        ("ledger_planamendment", "ledger_amendmentsignature", "amendment_id"),
    ):
        yield Guard(
            table,
            "INSERT",
            "insert_decided",
            f"NEW.state <> '{_SUBMITTED}'",
            "A plan and its amendments begin submitted.",
        )
        yield Guard(
            table,
            "UPDATE",
            "update_unsigned",
            f"NEW.state = '{_APPROVED}' AND NOT EXISTS ("
            f"SELECT 1 FROM {signature} WHERE {key} = NEW.id AND by_id <> NEW.by_id)",
            "A plan is approved only by the signature of another than who submitted it.",
        )
        yield Guard(
            signature,
            "INSERT",
            "insert_own",
            f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.{key}"
            f" AND (by_id = NEW.by_id OR state <> '{_SUBMITTED}'))",
            "Nobody approves what he submitted himself, and nobody signs what is decided.",
        )
        yield Guard(
            signature,
            "INSERT",
            "insert_acted",
            f"EXISTS (SELECT 1 FROM {signature} WHERE {key} = NEW.{key}"
            " AND (acting_for_id IN (NEW.by_id, NEW.acting_for_id) OR by_id = NEW.acting_for_id))"
            f" OR EXISTS (SELECT 1 FROM {table} WHERE id = NEW.{key} AND by_id = NEW.acting_for_id)",
            "Nobody approves twice, nor for somebody who has approved, nor for who submitted.",
        )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_plan",
        "NEW.plan_id IS DISTINCT FROM OLD.plan_id AND (NEW.plan_id IS NULL OR NOT EXISTS ("
        "SELECT 1 FROM ledger_planitem WHERE plan_id = NEW.plan_id AND finding_id = NEW.id)"
        f" OR NOT {FREE.format(finding='OLD.id')})",
        "A finding comes into a plan as an item of it, and leaves none that is submitted or approved.",
    )
    yield Guard(
        "ledger_inspection",
        "UPDATE",
        "update_plan_required",
        "OLD.plan_required AND NOT NEW.plan_required",
        "That a plan is required is never taken back.",
    )
    yield Guard(
        "ledger_inspection",
        "UPDATE",
        "update_profile",
        "NEW.profile_version_id IS DISTINCT FROM OLD.profile_version_id"
        " AND EXISTS (SELECT 1 FROM ledger_finding WHERE inspection_id = NEW.id)",
        "An inspection with findings keeps the version of the profile it began with.",
    )
