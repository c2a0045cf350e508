"""Triggers of returns (退回保护): what carries over into a new round is what the return left standing.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.closing import RequestState
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENT_BACK: Final = RequestState.SENT_BACK.value
# A judgement that counts in the round of a closure: the last one of it, else the one carried over into it.
JUDGED_MET: Final = """
    COALESCE((
        SELECT met FROM ledger_criterionjudgement
        WHERE criterion_id = ledger_criterion.id AND round = NEW.round ORDER BY id DESC LIMIT 1
    ), (
        SELECT met FROM ledger_carriedjudgement
        JOIN ledger_criterionjudgement ON ledger_criterionjudgement.id = ledger_carriedjudgement.judgement_id
        WHERE ledger_criterionjudgement.criterion_id = ledger_criterion.id
        AND ledger_carriedjudgement.finding_id = NEW.finding_id
        AND ledger_carriedjudgement.round = NEW.round ORDER BY ledger_carriedjudgement.id DESC LIMIT 1
    ), FALSE)
"""
# While a return is written its request is sent back already, and the finding still in that request's round.
_LEFT_STANDING: Final = f"""
    EXISTS (
        SELECT 1 FROM ledger_criterionjudgement
        JOIN ledger_criterion ON ledger_criterion.id = ledger_criterionjudgement.criterion_id
        JOIN ledger_finding ON ledger_finding.id = ledger_criterion.finding_id
        JOIN ledger_closurerequest ON ledger_closurerequest.finding_id = ledger_finding.id
            AND ledger_closurerequest.round = ledger_finding.round
        JOIN ledger_returnrecord ON ledger_returnrecord.request_id = ledger_closurerequest.id
        WHERE ledger_criterionjudgement.id = NEW.judgement_id AND ledger_criterionjudgement.met
        AND ledger_finding.id = NEW.finding_id AND ledger_finding.round = NEW.round - 1
        AND ledger_closurerequest.state = '{_SENT_BACK}' AND ledger_criterion.dropped_at IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM ledger_criterionjudgement AS later
            WHERE later.criterion_id = ledger_criterion.id AND later.id > NEW.judgement_id))
"""


def returning_guards() -> Iterator[Guard]:
    """The triggers of returns and of what they leave standing."""
    yield Guard(
        "ledger_carriedjudgement",
        "INSERT",
        "insert_carried",
        f"NOT COALESCE(({_LEFT_STANDING}), FALSE)",
        "A judgement carries over only with the return that leaves it standing, and only one that was met.",
    )
    yield Guard(
        "ledger_returnrecord",
        "INSERT",
        "insert_decided",
        "NOT EXISTS (SELECT 1 FROM ledger_closurerequest"
        f" WHERE id = NEW.request_id AND state = '{RequestState.OPEN.value}' AND by_id <> NEW.by_id)",
        "Only a request that waits is sent back, and never by whoever made it.",
    )
