"""What a closure needs of what must be dealt with (须落实事项保护): money, people, similar faults, cause.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import Final

from zhenggai.domain.case import Requirement

_OFFICE_SETS: Final = ("money_required", "people_required", "cause_required")
_NAMED: Final = ("money_to_recover", "people_to_deal_with")
_ANSWER: Final = (
    "answer.finding_id = NEW.finding_id AND answer.round = NEW.round AND answer.requirement = '{kind}'"
)
_WAIVED: Final = f"""
    EXISTS (SELECT 1 FROM ledger_requirementanswer AS answer WHERE {_ANSWER} AND answer.evidence_id IS NULL)
"""
_SHOWN: Final = f"""
    FROM ledger_requirementanswer AS answer JOIN ledger_evidence AS shown ON shown.id = answer.evidence_id
    WHERE {_ANSWER} AND shown.finding_id = NEW.finding_id AND shown.round = NEW.round
    AND shown.withdrawn_at IS NULL
"""


def _open(kind: Requirement) -> str:
    told = {"kind": kind.value}
    return f"NOT ({_WAIVED.format(**told)} OR EXISTS (SELECT 1 {_SHOWN.format(**told)}))"


_MONEY: Final = {"kind": Requirement.MONEY.value}
# in fen (分), since SQLite adds money as binary fractions; each file once
_MONEY_OPEN: Final = f"""
    NOT {_WAIVED.format(**_MONEY)} AND COALESCE((
        SELECT ROUND(SUM(once.amount) * 100)
        FROM (SELECT DISTINCT shown.blob_id, shown.amount {_SHOWN.format(**_MONEY)}) AS once
    ) < ROUND(asked.money_to_recover * 100), TRUE)
"""
REQUIREMENT_OPEN: Final = f"""
    {_open(Requirement.SIMILAR)} OR EXISTS (
        SELECT 1 FROM ledger_finding AS asked WHERE asked.id = NEW.finding_id AND (
            {" OR ".join(f"asked.{name} IS NULL" for name in _OFFICE_SETS)}
            OR (asked.people_required AND {_open(Requirement.PEOPLE)})
            OR (asked.cause_required AND {_open(Requirement.CAUSE)})
            OR (asked.money_required AND {_MONEY_OPEN})))
"""
"""A requirement that nobody set, or that is neither shown nor waived; money, too, where it falls short."""
REQUIREMENT_LOWERED: Final = " OR ".join(
    (
        *(f"(OLD.{name} AND NEW.{name} IS NOT TRUE)" for name in _OFFICE_SETS),
        *(f"(OLD.{name} IS NOT NULL AND (NEW.{name} IS NULL OR NEW.{name} < OLD.{name}))" for name in _NAMED),
    )
)
"""A requirement that applied and does not any more, or a number that was named and became less."""
