"""Triggers of the deadline (期限保护): a due date moves by a granted request alone, and the first one stays.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.closing import RequestState
from zhenggai.domain.extending import DeadlineKind
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_APPROVALS: Final = 2

_OPEN: Final = RequestState.OPEN.value
_LONG_TERM: Final = Nature.LONG_TERM.value
_GRANTED: Final = (
    "EXISTS (SELECT 1 FROM ledger_deadlinerequest WHERE finding_id = NEW.id"
    f" AND state = '{RequestState.GRANTED.value}' AND kind = '{{kind}}' AND due_before = OLD.due{{besides}})"
)
_EXTENDED: Final = _GRANTED.format(kind=DeadlineKind.EXTENSION.value, besides=" AND new_due = NEW.due")
_MADE_LONG_TERM: Final = _GRANTED.format(kind=DeadlineKind.LONG_TERM.value, besides="")
_NO_MORE: Final = f"NEW.due IS NULL AND NEW.nature = '{_LONG_TERM}' AND {_MADE_LONG_TERM}"
# the next stage of long-term work has a day of its own
_STAGED: Final = (
    "NEW.round = OLD.round + 1 AND EXISTS (SELECT 1 FROM ledger_stagestart"
    " WHERE finding_id = NEW.id AND round = NEW.round AND due = NEW.due)"
)
# set for the first time, and kept as the first from then on
_BEGUN: Final = "OLD.due IS NULL AND OLD.first_due IS NULL AND NEW.first_due = NEW.due"
_OF_REQUEST: Final = "(SELECT finding_id FROM ledger_closurerequest WHERE id = NEW.request_id)"
# What is no work while it is suspended, by the table that would tell of it.
_RESTING: Final = {
    "ledger_progressreport": "NEW.finding_id",
    "ledger_evidence": "NEW.finding_id",
    "ledger_requirementanswer": "NEW.finding_id",
    "ledger_outcome": "NEW.finding_id",
    "ledger_closurerequest": "NEW.finding_id",
    "ledger_signature": _OF_REQUEST,
    "ledger_signaturerecord": _OF_REQUEST,
}


def deadline_guards() -> Iterator[Guard]:
    """The triggers of due dates, requests about them and suspensions."""
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_due",
        "NEW.due IS DISTINCT FROM OLD.due"
        f" AND NOT COALESCE((({_BEGUN}) OR {_EXTENDED} OR ({_NO_MORE}) OR ({_STAGED})), FALSE)",
        "A due date changes only by a request that was granted.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_first_due",
        "NEW.first_due IS DISTINCT FROM OLD.first_due"
        " AND (OLD.first_due IS NOT NULL OR NEW.due IS DISTINCT FROM NEW.first_due)",
        "The first due date is kept.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_nature",
        f"NEW.nature = '{_LONG_TERM}' AND OLD.nature NOT IN ('', '{_LONG_TERM}') AND OLD.due IS NOT NULL"
        # before a unit takes the finding on, the office may correct itself
        f" AND OLD.stage NOT IN ('{Stage.REGISTERED.value}', '{Stage.ASSIGNED.value}')"
        f" AND NOT {_MADE_LONG_TERM}",
        "What is to be fixed by a date becomes long-term only by a request that was granted.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_long_term",
        f"OLD.nature = '{_LONG_TERM}' AND NEW.nature <> '{_LONG_TERM}' AND (EXISTS (SELECT 1"
        " FROM ledger_closure WHERE finding_id = NEW.id) OR EXISTS (SELECT 1 FROM ledger_deadlinerequest"
        f" WHERE finding_id = NEW.id AND state = '{RequestState.GRANTED.value}'"
        f" AND kind = '{DeadlineKind.LONG_TERM.value}'))",
        "What became long-term by a granted request, or is closed for a stage, stays long-term.",
    )
    yield Guard(
        "ledger_deadlinerequest",
        "INSERT",
        "insert_decided",
        f"NEW.state <> '{_OPEN}' OR NEW.due_before IS DISTINCT FROM"
        " (SELECT due FROM ledger_finding WHERE id = NEW.finding_id)",
        "A request about the deadline begins open, and names the due date in force.",
    )
    yield Guard(
        "ledger_deadlinerequest",
        "UPDATE",
        "update_unsigned",
        f"NEW.state = '{RequestState.GRANTED.value}' AND (SELECT COUNT(DISTINCT by_id)"
        " FROM ledger_deadlinesignature WHERE request_id = NEW.id AND by_id <> NEW.by_id)"
        f" < {LEAST_APPROVALS}",
        "A request about the deadline is granted by the signatures of two people, neither of them who asked.",
    )
    yield Guard(
        "ledger_deadlinesignature",
        "INSERT",
        "insert_own",
        "EXISTS (SELECT 1 FROM ledger_deadlinerequest"
        f" WHERE id = NEW.request_id AND (by_id = NEW.by_id OR state <> '{_OPEN}'))",
        "Nobody approves what he asked for himself, and nobody signs what is decided.",
    )
    yield Guard(
        "ledger_deadlinesignature",
        "INSERT",
        "insert_acted",
        "EXISTS (SELECT 1 FROM ledger_deadlinesignature WHERE request_id = NEW.request_id"
        " AND (acting_for_id IN (NEW.by_id, NEW.acting_for_id) OR by_id = NEW.acting_for_id))"
        " OR EXISTS (SELECT 1 FROM ledger_deadlinerequest"
        " WHERE id = NEW.request_id AND by_id = NEW.acting_for_id)",
        "Nobody approves twice, nor for somebody who has approved, nor for who asked.",
    )
    for table, finding in _RESTING.items():
        yield Guard(
            table,
            "INSERT",
            "insert_suspended",
            f"EXISTS (SELECT 1 FROM ledger_suspension WHERE finding_id = {finding} AND ended_at IS NULL)",
            "While the work is suspended there is neither work nor closing.",
        )
