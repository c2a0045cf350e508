"""Triggers that keep closing honest (销号保护), on SQLite and PostgreSQL alike.

Services hold the rules; these stand behind them: no statement from anywhere can edit a decision, close a
finding without its signatures, or change what a closure rests on. They are made with those of the trail, anew
after every migrate; a migration that rebuilds one of these tables on SQLite drops them first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.closing import RequestState
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_SIGNATURES: Final = 2

_FINAL: Final = ", ".join(f"'{stage.value}'" for stage in sorted(FINAL_STAGES))
_SETTLED: Final = f"'{Stage.CLOSURE_REQUESTED.value}', {_FINAL}"
_OPEN: Final = RequestState.OPEN.value
_GRANTED: Final = RequestState.GRANTED.value

# Decisions and claims: once written, never changed and never deleted.
_WRITTEN_ONCE: Final = (
    "ledger_closure",
    "ledger_signature",
    "ledger_returnrecord",
    "ledger_fixingunit",
    "ledger_criterion",
    "ledger_criterionjudgement",
    "ledger_criterionjudgement_evidence",
    "ledger_evidencejudgement",
    "ledger_requirementanswer",
    "ledger_progressreport",
)
# Rows with a second act of their own (done, withdrawn, answered, cleared, decided): the columns it writes.
_SECOND_ACT: Final = {
    "ledger_measure": ("done_at", ("done_at", "done_by_id", "result")),
    "ledger_evidence": ("withdrawn_at", ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),
    "ledger_situation": ("answered_at", ("answered_at", "answered_by_id", "answer")),
    "ledger_hold": ("cleared_at", ("cleared_at", "cleared_by_id", "cleared_reason")),
    "ledger_closurerequest": ("decided_at", ("decided_at", "state", "withdrawn_reason")),
}
_COLUMNS: Final = {
    "ledger_measure": (
        "id finding_id position text source stated_leader stated_unit stated_due_text due document_id "
        "span_start span_end added_by_id added_at"
    ),
    "ledger_evidence": (
        "id finding_id round blob_id file_name title proves proves_on kind amount uploaded_by_id uploaded_at "
        "carried_from_id"
    ),
    "ledger_situation": "id finding_id text raised_by_id raised_at",
    "ledger_hold": "id finding_id kind reference opened_by_id opened_at",
    "ledger_closurerequest": "id finding_id round by_id at statement stage_goal recheck_on",
}
# Which rows an insert must not take the place of, besides the row of the same id.
_UNIQUE: Final = {
    "ledger_finding": "(inspection_id = NEW.inspection_id AND position = NEW.position)",
    "ledger_closure": "request_id = NEW.request_id OR (finding_id = NEW.finding_id AND round = NEW.round)",
    "ledger_signature": "request_id = NEW.request_id AND (step = NEW.step OR by_id = NEW.by_id)",
    "ledger_returnrecord": "request_id = NEW.request_id",
    "ledger_fixingunit": "(finding_id = NEW.finding_id AND unit_id = NEW.unit_id)",
    "ledger_criterion": "(finding_id = NEW.finding_id AND position = NEW.position)",
    "ledger_measure": "(finding_id = NEW.finding_id AND position = NEW.position)",
    "ledger_criterionjudgement_evidence": (
        "(criterionjudgement_id = NEW.criterionjudgement_id AND evidence_id = NEW.evidence_id)"
    ),
    "ledger_closurerequest": f"(finding_id = NEW.finding_id AND state = '{_OPEN}' AND NEW.state = '{_OPEN}')",
    "ledger_evidence": (
        "(carried_from_id = NEW.carried_from_id AND round = NEW.round AND withdrawn_at IS NULL)"
    ),
    "ledger_requirementanswer": (
        "(finding_id = NEW.finding_id AND round = NEW.round AND requirement = NEW.requirement "
        "AND evidence_id = NEW.evidence_id)"
    ),
}
# How a row leads to its finding.
_FINDING_OF: Final = {
    "ledger_measure": "NEW.finding_id",
    "ledger_criterion": "NEW.finding_id",
    "ledger_evidence": "NEW.finding_id",
    "ledger_situation": "NEW.finding_id",
    "ledger_hold": "NEW.finding_id",
    "ledger_progressreport": "NEW.finding_id",
    "ledger_requirementanswer": "NEW.finding_id",
    "ledger_closurerequest": "NEW.finding_id",
    "ledger_criterionjudgement": "(SELECT finding_id FROM ledger_criterion WHERE id = NEW.criterion_id)",
    "ledger_criterionjudgement_evidence": (
        "(SELECT finding_id FROM ledger_criterion JOIN ledger_criterionjudgement"
        " ON ledger_criterionjudgement.criterion_id = ledger_criterion.id"
        " WHERE ledger_criterionjudgement.id = NEW.criterionjudgement_id)"
    ),
    "ledger_evidencejudgement": "(SELECT finding_id FROM ledger_evidence WHERE id = NEW.evidence_id)",
}
# What signatures rest on changes only while no request stands.
_RESTED_ON: Final = frozenset(
    {
        "ledger_measure",
        "ledger_criterion",
        "ledger_evidence",
        "ledger_progressreport",
        "ledger_requirementanswer",
        "ledger_closurerequest",
    }
)

_REQUIRED: Final = ("money_required", "people_required", "cause_required")
_CLOSURE_EARNED: Final = f"""
    EXISTS (
        SELECT 1 FROM ledger_closurerequest
        WHERE id = NEW.request_id AND finding_id = NEW.finding_id AND round = NEW.round
        AND state IN ('{_OPEN}', '{_GRANTED}'))
    AND (SELECT COUNT(DISTINCT by_id) FROM ledger_signature WHERE request_id = NEW.request_id) >=
    {LEAST_SIGNATURES} AND NOT EXISTS (
        SELECT 1 FROM ledger_signature
        JOIN ledger_closurerequest ON ledger_closurerequest.id = ledger_signature.request_id
        WHERE ledger_signature.request_id = NEW.request_id AND ledger_signature.by_id =
        ledger_closurerequest.by_id)
"""
# Those who fixed, by every row that says so; the services count the same people.
_FIXED: Final = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE finding_id = ledger_closurerequest.finding_id"
    f" AND {column} = {{person}}{rest})"
    for table, column, rest in (
        ("ledger_progressreport", "by_id", ""),
        ("ledger_measure", "done_by_id", ""),
        ("ledger_evidence", "uploaded_by_id", ""),
        ("ledger_evidence", "withdrawn_by_id", ""),
        ("ledger_requirementanswer", "by_id", " AND evidence_id IS NOT NULL"),
    )
)
# What is left open stops a closure, whoever writes it: measures, criteria, situations, holds.
_LEFT_OPEN: Final = """
    NOT EXISTS (SELECT 1 FROM ledger_measure WHERE finding_id = NEW.finding_id)
    OR NOT EXISTS (SELECT 1 FROM ledger_criterion WHERE finding_id = NEW.finding_id)
    OR EXISTS (SELECT 1 FROM ledger_measure WHERE finding_id = NEW.finding_id AND done_at IS NULL)
    OR EXISTS (SELECT 1 FROM ledger_situation WHERE finding_id = NEW.finding_id AND answered_at IS NULL)
    OR EXISTS (SELECT 1 FROM ledger_hold WHERE finding_id = NEW.finding_id AND cleared_at IS NULL)
    OR EXISTS (
        SELECT 1 FROM ledger_criterion WHERE finding_id = NEW.finding_id AND NOT COALESCE((
            SELECT met FROM ledger_criterionjudgement
            WHERE criterion_id = ledger_criterion.id AND round = NEW.round ORDER BY id DESC LIMIT 1), FALSE))
    OR NOT EXISTS (
        SELECT 1 FROM ledger_evidencejudgement
        JOIN ledger_evidence ON ledger_evidence.id = ledger_evidencejudgement.evidence_id
        WHERE ledger_evidence.finding_id = NEW.finding_id AND ledger_evidence.round = NEW.round
        AND ledger_evidence.withdrawn_at IS NULL AND ledger_evidencejudgement.effect
        AND ledger_evidencejudgement.id = (
            SELECT MAX(later.id) FROM ledger_evidencejudgement AS later
            WHERE later.evidence_id = ledger_evidence.id))
"""
_NOT_FIXING: Final = (
    "NOT EXISTS (SELECT 1 FROM ledger_fixingunit WHERE finding_id = {finding} AND unit_id = {unit})"
)
_KEEPS_UNITS: Final = "The ledger keeps every unit that a finding was given to; this one is not among them."
_STAGE_EARNED: Final = f"""
    OLD.stage = '{Stage.CLOSURE_REQUESTED.value}' AND EXISTS (
        SELECT 1 FROM ledger_closure
        JOIN ledger_closurerequest ON ledger_closurerequest.id = ledger_closure.request_id
        WHERE ledger_closure.finding_id = NEW.id AND ledger_closure.round = NEW.round
        AND ledger_closure.kind = NEW.stage AND ledger_closurerequest.state = '{_GRANTED}')
"""


def _guards() -> Iterator[Guard]:
    tables = dict.fromkeys((*_WRITTEN_ONCE, *_SECOND_ACT, "ledger_finding"))
    for table in tables:
        yield from _kept(table)
    for table, finding in _FINDING_OF.items():
        yield _settled(table, "INSERT", finding)
    for table, (moment, acted) in _SECOND_ACT.items():
        same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _COLUMNS[table].split())
        yield Guard(
            table,
            "UPDATE",
            "update",
            f"NOT COALESCE((OLD.{moment} IS NULL AND NEW.{moment} IS NOT NULL AND {same}), FALSE)",
            f"The ledger keeps this row: only {' and '.join(acted)} are written, and once.",
        )
        if table != "ledger_closurerequest":
            yield _settled(table, "UPDATE", _FINDING_OF[table])
    yield from _closing()


def _kept(table: str) -> Iterator[Guard]:
    unique = f" OR {_UNIQUE[table]}" if table in _UNIQUE else ""
    yield Guard(
        table,
        "INSERT",
        "insert_over",
        f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id{unique})",
        "The ledger keeps its rows: this one exists already.",
    )
    if table in _WRITTEN_ONCE:
        yield Guard(table, "UPDATE", "update", "", "The ledger keeps its rows: this one is never changed.")
    yield Guard(table, "DELETE", "delete", "", "The ledger keeps its rows: none is ever deleted.")
    yield Guard(table, "TRUNCATE", "truncate", "", "The ledger keeps its rows: it is never emptied.")


def _settled(table: str, verb: str, finding: str) -> Guard:
    stages = _SETTLED if table in _RESTED_ON else _FINAL
    return Guard(
        table,
        verb,
        f"{verb.lower()}_settled",
        f"EXISTS (SELECT 1 FROM ledger_finding WHERE id = {finding} AND stage IN ({stages}))",
        "What a closure rests on does not change while a request stands or after closing.",
    )


def _closing() -> Iterator[Guard]:
    yield Guard(
        "ledger_closurerequest",
        "INSERT",
        "insert_decided",
        f"NEW.state <> '{_OPEN}'",
        "A closure request begins open.",
    )
    yield Guard(
        "ledger_closurerequest",
        "UPDATE",
        "update_granted",
        f"NEW.state = '{_GRANTED}'"
        " AND NOT EXISTS (SELECT 1 FROM ledger_closure WHERE ledger_closure.request_id = NEW.id)",
        "A closure request is granted only with its closure.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_own",
        "EXISTS (SELECT 1 FROM ledger_closurerequest"
        f" WHERE id = NEW.request_id AND (by_id = NEW.by_id OR state <> '{_OPEN}'))",
        "Nobody signs his own closure request, and nobody signs one that is decided.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_fixed",
        "EXISTS (SELECT 1 FROM ledger_closurerequest"
        f" WHERE id = NEW.request_id AND ({_FIXED.format(person='NEW.by_id')}))",
        "Nobody signs for what he took part in fixing.",
    )
    yield Guard(
        "ledger_closure",
        "INSERT",
        "insert_open",
        f"COALESCE(({_LEFT_OPEN}), TRUE)",
        "A closure needs every measure done, every criterion met, an effect shown, and nothing left open.",
    )
    yield Guard(
        "ledger_closure",
        "INSERT",
        "insert_unearned",
        f"NOT COALESCE(({_CLOSURE_EARNED}), FALSE)",
        "A closure needs a request and the signatures of two people, neither of them who requested.",
    )
    yield Guard(
        "ledger_finding",
        "INSERT",
        "insert_closed",
        f"NEW.stage <> '{Stage.REGISTERED.value}'",
        "A finding begins registered, whatever a document says of it.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_closed",
        f"OLD.stage IN ({_FINAL})",
        "A closed finding is never changed; a fault that comes back is a finding of its own.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_requirement",
        " OR ".join(f"(OLD.{name} AND NEW.{name} IS NOT TRUE)" for name in _REQUIRED),
        "A requirement that applies is never taken back; the office signs that it does not apply.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_unit",
        "NEW.lead_unit_id IS NOT NULL AND NEW.lead_unit_id IS DISTINCT FROM OLD.lead_unit_id"
        f" AND {_NOT_FIXING.format(finding='NEW.id', unit='NEW.lead_unit_id')}",
        _KEEPS_UNITS,
    )
    yield Guard(
        "ledger_supportingunit",
        "INSERT",
        "insert_unit",
        _NOT_FIXING.format(finding="NEW.finding_id", unit="NEW.unit_id"),
        _KEEPS_UNITS,
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_unearned",
        f"NEW.stage IN ({_FINAL}) AND NOT COALESCE(({_STAGE_EARNED}), FALSE)",
        "A finding is closed only by its closure.",
    )


GUARDS: Final = tuple(_guards())
