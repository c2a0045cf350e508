"""Triggers that keep closing honest (销号保护), on SQLite and PostgreSQL alike.

Services hold the rules; these stand behind them: no statement from anywhere can edit a decision, close a
finding without its signatures, or change what a closure rests on. They are made with those of the trail, anew
after every migrate; a migration that rebuilds one of these tables on SQLite drops them first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.closing import RequestState
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.planning import PlanState
from zhenggai.ledger.guards_of_closing import LEAST_SIGNATURES, closing_guards
from zhenggai.ledger.guards_of_commenting import commenting_guards
from zhenggai.ledger.guards_of_deadlines import deadline_guards
from zhenggai.ledger.guards_of_evaluating import EVALUATED_ONCE, evaluating_guards
from zhenggai.ledger.guards_of_planning import (
    DECIDED,
    DROPPED,
    MAY_ARRANGE,
    MAY_TAKE,
    MEASURES_FINDING,
    may_drop,
    planning_guards,
)
from zhenggai.ledger.guards_of_proving import LINK_ONCE, LINKS_FINDING, proving_guards
from zhenggai.ledger.guards_of_readings import MAY_WITHDRAW, reading_guards
from zhenggai.ledger.guards_of_rechecking import rechecking_guards
from zhenggai.ledger.guards_of_restricting import restricting_guards
from zhenggai.ledger.guards_of_returning import returning_guards
from zhenggai.ledger.guards_of_rows import row_guards
from zhenggai.ledger.guards_of_signing import FIXED, MAY_CONFIRM, signing_guards
from zhenggai.ledger.guards_of_situations import (
    MAY_ANSWER,
    MAY_RISE,
    STEP_ONCE,
    STEPS_FINDING,
    situation_guards,
)
from zhenggai.ledger.guards_of_standing import standing_guards
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["GUARDS", "LEAST_SIGNATURES"]

_FINAL: Final = ", ".join(f"'{stage.value}'" for stage in sorted(FINAL_STAGES))
_SETTLED: Final = f"'{Stage.CLOSURE_REQUESTED.value}', {_FINAL}"
_OPEN: Final = RequestState.OPEN.value
_SUBMITTED: Final = PlanState.SUBMITTED.value

# Decisions and claims: once written, never changed and never deleted.
_WRITTEN_ONCE: Final = (
    "ledger_closure",
    "ledger_signature",
    "ledger_returnrecord",
    "ledger_carriedjudgement",
    "ledger_fixingunit",
    "ledger_planitem",
    "ledger_plansignature",
    "ledger_amendmentsignature",
    "ledger_deadlinesignature",
    "ledger_refusal",
    "ledger_criterionjudgement",
    "ledger_criterionjudgement_evidence",
    "ledger_evidencejudgement",
    "ledger_evidencelink",
    "ledger_requirementanswer",
    "ledger_progressreport",
    "ledger_progressreport_evidence",
    "ledger_progressview",
    "ledger_profile",
    "ledger_profileversion",
    "ledger_recheck",
    "ledger_stagestart",
    "ledger_rebound",
    "ledger_requeststep",
    "ledger_calledsigner",
    "ledger_profilebody",
    "ledger_reportrequestitem",
    "ledger_comment_named",
    "ledger_situationstep",
    "ledger_sourcemention",
    "ledger_claimupdate",
    "ledger_findingplacing",
    "ledger_evaluation",
)


class _Act(NamedTuple):
    """What may be done to a row once it is written: the columns it writes, the first of them once.

    ``where``: what must hold besides; ``again``: whether it may be done again and again.
    """

    columns: tuple[str, ...]
    where: str = ""
    again: bool = False


# Rows with later acts of their own (done, dropped, withdrawn, answered, cleared, decided).
_ACTS: Final = {
    "ledger_measure": (
        _Act(
            ("done_at", "done_by_id", "result"),
            "OLD.dropped_at IS NULL AND NOT EXISTS (SELECT 1 FROM ledger_measuretask"
            " WHERE measure_id = NEW.id AND done_at IS NULL AND dropped_at IS NULL)",
        ),
        _Act(DROPPED, f"OLD.done_at IS NULL AND {may_drop('ledger_measure')}"),
        _Act(
            ("leader_id", "due", "requirement", "arranged_amendment_id"),
            f"OLD.done_at IS NULL AND OLD.dropped_at IS NULL AND {MAY_ARRANGE}",
            again=True,
        ),
    ),
    "ledger_measuretask": (
        _Act(("done_at", "done_by_id", "report"), "OLD.dropped_at IS NULL"),
        _Act(("dropped_at", "dropped_amendment_id"), f"OLD.done_at IS NULL AND {MAY_TAKE}"),
    ),
    "ledger_criterion": (_Act(DROPPED, may_drop("ledger_criterion")),),
    "ledger_evidence": (_Act(("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),),
    "ledger_situation": (
        _Act(("answered_at", "answered_by_id", "answer"), MAY_ANSWER),
        _Act(("level",), MAY_RISE, again=True),
    ),
    "ledger_hold": (_Act(("cleared_at", "cleared_by_id", "cleared_reason")),),
    "ledger_closurerequest": (_Act(("decided_at", "state", "withdrawn_reason")),),
    "ledger_signaturerecord": (
        _Act(("confirmed_at", "confirmed_by_id"), MAY_CONFIRM),
        _Act(("refused_at", "refused_by_id", "refused_reason"), "OLD.confirmed_at IS NULL"),
    ),
    "ledger_plan": (_Act(DECIDED),),
    "ledger_planamendment": (_Act(DECIDED),),
    "ledger_deadlinerequest": (_Act(DECIDED),),
    "ledger_suspension": (_Act(("ended_at", "ended_by_id", "ended_reason")),),
    "ledger_findingreader": (_Act(("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),),
    "ledger_stateinterval": (_Act(("until",)),),
    "ledger_recheckdate": (_Act(("ended_at",)), _Act(("warned_at",))),
    "ledger_outcome": (_Act(("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),),
    "ledger_indicatorreading": (_Act(("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), MAY_WITHDRAW),),
    "ledger_reportrequest": (_Act(("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),),
    "ledger_comment": (
        _Act(("withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "text"), "NEW.text = ''"),
    ),
}
_COLUMNS: Final = {
    "ledger_measure": (
        "id finding_id position text source stated_leader stated_unit stated_due_text document_id "
        "span_start span_end added_by_id added_at amendment_id"
    ),
    "ledger_measuretask": "id measure_id unit_id due amendment_id",
    "ledger_criterion": (
        "id finding_id position text added_by_id added_at indicator_unit baseline target direction "
        "amendment_id"
    ),
    "ledger_plan": "id inspection_id number statement digest by_id at",
    "ledger_planamendment": "id finding_id content reason by_id at",
    "ledger_deadlinerequest": (
        "id finding_id kind asked_on due_before new_due stage_goal recheck_on reason by_id at"
    ),
    "ledger_suspension": "id finding_id reason begun_by_id begun_at",
    "ledger_findingreader": "id finding_id person_id granted_by_id at",
    "ledger_evidence": (
        "id finding_id round blob_id file_name title proves proves_on kind amount uploaded_by_id uploaded_at "
        "carried_from_id document_number issuer"
    ),
    "ledger_signaturerecord": (
        "id request_id step kind signer_id number held_on note blob_id file_name recorded_by_id recorded_at "
        "form_code"
    ),
    "ledger_situation": "id finding_id text raised_by_id raised_at due_on follows_id",
    "ledger_hold": "id finding_id kind reference opened_by_id opened_at",
    "ledger_closurerequest": "id finding_id round by_id at statement promise stage_goal recheck_on",
    "ledger_stateinterval": "id finding_id inspection_id stage round nature progress due since source",
    "ledger_recheckdate": "id finding_id round due_on by_id at reason",
    "ledger_outcome": "id finding_id round kind quantity evidence_id happened_on by_id at",
    "ledger_indicatorreading": (
        "id finding_id criterion_id value measured_on figure_source evidence_id recorded_by_id recorded_at"
    ),
    "ledger_reportrequest": "id inspection_id title first_on last_on due_on digest by_id at",
    "ledger_comment": "id finding_id answers_id by_id at",
}
# Which rows an insert must not take the place of, besides the row of the same id.
_UNIQUE: Final = {
    "ledger_finding": (
        "(inspection_id = NEW.inspection_id AND position = NEW.position)"
        " OR (origin_id = NEW.origin_id AND rebound = NEW.rebound)"
    ),
    "ledger_recheckdate": "(finding_id = NEW.finding_id AND ended_at IS NULL)",
    "ledger_reportrequest": (
        "(inspection_id = NEW.inspection_id AND first_on = NEW.first_on AND last_on = NEW.last_on"
        " AND withdrawn_at IS NULL AND NEW.withdrawn_at IS NULL)"
    ),
    "ledger_reportrequestitem": (
        "(request_id = NEW.request_id AND finding_id = NEW.finding_id AND unit_id = NEW.unit_id)"
    ),
    "ledger_comment_named": "(comment_id = NEW.comment_id AND person_id = NEW.person_id)",
    "ledger_progressreport_evidence": (
        "(progressreport_id = NEW.progressreport_id AND evidence_id = NEW.evidence_id)"
    ),
    "ledger_stagestart": "(finding_id = NEW.finding_id AND round = NEW.round)",
    "ledger_rebound": "(finding_id = NEW.finding_id OR recheck_id = NEW.recheck_id)",
    "ledger_sourcemention": "(finding_id = NEW.finding_id AND document_id = NEW.document_id)",
    "ledger_claimupdate": "(finding_id = NEW.finding_id AND version = NEW.version)",
    "ledger_findingplacing": "(finding_id = NEW.finding_id AND version = NEW.version)",
    "ledger_closure": "request_id = NEW.request_id OR (finding_id = NEW.finding_id AND round = NEW.round)",
    "ledger_signature": "(record_id = NEW.record_id OR (request_id = NEW.request_id AND by_id = NEW.by_id))",
    "ledger_requeststep": "request_id = NEW.request_id AND (position = NEW.position OR step = NEW.step)",
    "ledger_calledsigner": "request_id = NEW.request_id AND step = NEW.step AND person_id = NEW.person_id",
    "ledger_profilebody": (
        "version_id = NEW.version_id AND step = NEW.step AND organisation_id = NEW.organisation_id"
    ),
    "ledger_returnrecord": "request_id = NEW.request_id",
    "ledger_carriedjudgement": (
        "(finding_id = NEW.finding_id AND round = NEW.round AND judgement_id = NEW.judgement_id)"
    ),
    "ledger_fixingunit": "(finding_id = NEW.finding_id AND unit_id = NEW.unit_id AND reach = NEW.reach)",
    "ledger_criterion": "(finding_id = NEW.finding_id AND position = NEW.position)",
    "ledger_measure": "(finding_id = NEW.finding_id AND position = NEW.position)",
    "ledger_measuretask": ("(measure_id = NEW.measure_id AND unit_id = NEW.unit_id AND dropped_at IS NULL)"),
    "ledger_plan": (
        "(inspection_id = NEW.inspection_id AND (number = NEW.number"
        f" OR (state = '{_SUBMITTED}' AND NEW.state = '{_SUBMITTED}')))"
    ),
    "ledger_profile": (
        "((owner_id IS NULL AND NEW.owner_id IS NULL AND kind = NEW.kind)"
        " OR (owner_id = NEW.owner_id AND kind = NEW.kind AND title = NEW.title))"
    ),
    "ledger_profileversion": "(profile_id = NEW.profile_id AND number = NEW.number)",
    "ledger_planitem": "(plan_id = NEW.plan_id AND finding_id = NEW.finding_id)",
    "ledger_plansignature": "(plan_id = NEW.plan_id AND (step = NEW.step OR by_id = NEW.by_id))",
    "ledger_planamendment": (
        f"(finding_id = NEW.finding_id AND state = '{_SUBMITTED}' AND NEW.state = '{_SUBMITTED}')"
    ),
    "ledger_amendmentsignature": (
        "(amendment_id = NEW.amendment_id AND (step = NEW.step OR by_id = NEW.by_id))"
    ),
    "ledger_deadlinerequest": (
        f"(finding_id = NEW.finding_id AND state = '{_OPEN}' AND NEW.state = '{_OPEN}')"
    ),
    "ledger_deadlinesignature": "(request_id = NEW.request_id AND (step = NEW.step OR by_id = NEW.by_id))",
    "ledger_suspension": "(finding_id = NEW.finding_id AND ended_at IS NULL AND NEW.ended_at IS NULL)",
    "ledger_findingreader": (
        "(finding_id = NEW.finding_id AND person_id = NEW.person_id AND withdrawn_at IS NULL)"
    ),
    "ledger_criterionjudgement_evidence": (
        "(criterionjudgement_id = NEW.criterionjudgement_id AND evidence_id = NEW.evidence_id)"
    ),
    "ledger_closurerequest": f"(finding_id = NEW.finding_id AND state = '{_OPEN}' AND NEW.state = '{_OPEN}')",
    "ledger_stateinterval": "(finding_id = NEW.finding_id AND until IS NULL)",
    "ledger_evidence": (
        "(carried_from_id = NEW.carried_from_id AND round = NEW.round AND withdrawn_at IS NULL)"
    ),
    "ledger_evidencelink": LINK_ONCE,
    "ledger_situationstep": STEP_ONCE,
    "ledger_evaluation": EVALUATED_ONCE,
    "ledger_requirementanswer": (
        "(finding_id = NEW.finding_id AND round = NEW.round AND requirement = NEW.requirement "
        "AND evidence_id = NEW.evidence_id)"
    ),
}
# How a row leads to its finding.
_FINDING_OF: Final = {
    "ledger_measure": "NEW.finding_id",
    "ledger_measuretask": MEASURES_FINDING,
    "ledger_criterion": "NEW.finding_id",
    "ledger_planamendment": "NEW.finding_id",
    "ledger_deadlinerequest": "NEW.finding_id",
    "ledger_suspension": "NEW.finding_id",
    "ledger_evidence": "NEW.finding_id",
    "ledger_situation": "NEW.finding_id",
    "ledger_hold": "NEW.finding_id",
    "ledger_progressreport": "NEW.finding_id",
    "ledger_progressview": "NEW.finding_id",
    "ledger_requirementanswer": "NEW.finding_id",
    "ledger_closurerequest": "NEW.finding_id",
    "ledger_outcome": "NEW.finding_id",
    "ledger_criterionjudgement": "(SELECT finding_id FROM ledger_criterion WHERE id = NEW.criterion_id)",
    "ledger_criterionjudgement_evidence": (
        "(SELECT finding_id FROM ledger_criterion JOIN ledger_criterionjudgement"
        " ON ledger_criterionjudgement.criterion_id = ledger_criterion.id"
        " WHERE ledger_criterionjudgement.id = NEW.criterionjudgement_id)"
    ),
    "ledger_evidencejudgement": "(SELECT finding_id FROM ledger_evidence WHERE id = NEW.evidence_id)",
    "ledger_evidencelink": LINKS_FINDING,
    "ledger_situationstep": STEPS_FINDING,
    "ledger_findingplacing": "NEW.finding_id",
}
# What signatures rest on changes only while no request stands.
_RESTED_ON: Final = frozenset(
    {
        "ledger_measure",
        "ledger_measuretask",
        "ledger_criterion",
        "ledger_planamendment",
        "ledger_deadlinerequest",
        "ledger_evidence",
        "ledger_evidencelink",
        "ledger_progressreport",
        "ledger_requirementanswer",
        "ledger_closurerequest",
        "ledger_outcome",
        "ledger_findingplacing",
    }
)


def _guards() -> Iterator[Guard]:
    tables = dict.fromkeys((*_WRITTEN_ONCE, *_ACTS, "ledger_finding"))
    for table in tables:
        yield from _kept(table)
    for table, finding in _FINDING_OF.items():
        yield _settled(table, "INSERT", finding)
    for table, acts in _ACTS.items():
        yield Guard(
            table,
            "UPDATE",
            "update",
            f"NOT COALESCE(({' OR '.join(_acted(table, act) for act in acts)}), FALSE)",
            f"The ledger keeps this row: only {' and '.join(acts[0].columns)} are written, and once.",
        )
        if table in _FINDING_OF and table != "ledger_closurerequest":
            yield _settled(table, "UPDATE", _FINDING_OF[table])
    yield from planning_guards()
    yield from closing_guards()
    yield from restricting_guards()
    yield from deadline_guards()
    yield from returning_guards()
    yield from signing_guards()
    yield from row_guards()
    yield from standing_guards()
    yield from rechecking_guards(FIXED)
    yield from proving_guards()
    yield from commenting_guards()
    yield from reading_guards()
    yield from situation_guards()
    yield from evaluating_guards()


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


def _acted(table: str, act: _Act) -> str:
    """That an update is this act: only its own columns change, its moment is written, its condition holds."""
    others = (each.columns for each in _ACTS[table] if each is not act)
    kept = [*_COLUMNS[table].split(), *(name for columns in others for name in columns)]
    same = [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in dict.fromkeys(kept)]
    moment = act.columns[0]
    once = [] if act.again else [f"OLD.{moment} IS NULL AND NEW.{moment} IS NOT NULL"]
    return f"({' AND '.join([*once, *same, *([act.where] if act.where else [])])})"


def _settled(table: str, verb: str, finding: str) -> Guard:
    stages = _SETTLED if table in _RESTED_ON else _FINAL
    return Guard(
        table,
        verb,
        f"{verb.lower()}_settled",
        f"EXISTS (SELECT 1 FROM ledger_finding WHERE id = {finding} AND stage IN ({stages}))",
        "What a closure rests on does not change while a request stands or after closing.",
    )


GUARDS: Final = tuple(_guards())
