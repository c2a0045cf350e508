"""What happens in the ledger, by the names the trail keeps (事件)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class LedgerEvent(StrEnum):
    """An event of the ledger (台账事件): past tense, dotted, never renamed once recorded."""

    INSPECTION_CREATED = "ledger.inspection.created"
    INSPECTION_COMPLETED = "ledger.inspection.completed"
    INSPECTION_PUT_IN_ROUND = "ledger.inspection.put_in_round"
    INSPECTION_EVALUATED = "ledger.inspection.evaluated"
    PROFILE_CREATED = "ledger.profile.created"
    PROFILE_REVISED = "ledger.profile.revised"
    ROUND_CREATED = "ledger.round.created"
    ROUND_RENAMED = "ledger.round.renamed"
    DOCUMENT_IMPORTED = "ledger.document.imported"
    FINDING_REGISTERED = "ledger.finding.registered"
    FINDING_RESTATED = "ledger.finding.restated"
    FINDING_PLACED = "ledger.finding.placed"
    GROUP_MOVED = "ledger.group.moved"
    HEADING_RENAMED = "ledger.heading.renamed"
    FINDING_CLASSIFIED = "ledger.finding.classified"
    FINDING_WEIGHED = "ledger.finding.weighed"
    FINDING_ASSIGNED = "ledger.finding.assigned"
    FINDING_ACCEPTED = "ledger.finding.accepted"
    FINDING_DECLINED = "ledger.finding.declined"
    FINDING_TRANSFERRED = "ledger.finding.transferred"
    FINDING_PLANNED = "ledger.finding.planned"
    FINDING_HANDED_OVER = "ledger.finding.handed_over"
    UNITS_FOLLOWED = "ledger.finding.units_followed"
    FINDING_RESTRICTED = "ledger.finding.restricted"
    FINDING_UNRESTRICTED = "ledger.finding.unrestricted"
    READER_ADDED = "ledger.reader.added"
    READER_WITHDRAWN = "ledger.reader.withdrawn"
    PROGRESS_REPORTED = "ledger.progress.reported"
    PROGRESS_JUDGED = "ledger.progress.judged"
    REPORTS_REQUESTED = "ledger.reports.requested"
    REPORTS_REMINDED = "ledger.reports.reminded"
    REPORTS_WITHDRAWN = "ledger.reports.withdrawn"
    MEASURE_ADDED = "ledger.measure.added"
    MEASURE_ARRANGED = "ledger.measure.arranged"
    MEASURE_DROPPED = "ledger.measure.dropped"
    TASK_REPORTED = "ledger.task.reported"
    MEASURE_COMPLETED = "ledger.measure.completed"
    CRITERION_ADDED = "ledger.criterion.added"
    CRITERION_DROPPED = "ledger.criterion.dropped"
    CRITERION_JUDGED = "ledger.criterion.judged"
    READING_RECORDED = "ledger.reading.recorded"
    READING_WITHDRAWN = "ledger.reading.withdrawn"
    EVIDENCE_ADDED = "ledger.evidence.added"
    EVIDENCE_WITHDRAWN = "ledger.evidence.withdrawn"
    EVIDENCE_CARRIED_OVER = "ledger.evidence.carried_over"
    EVIDENCE_JUDGED = "ledger.evidence.judged"
    REQUIREMENT_ANSWERED = "ledger.requirement.answered"
    REQUIREMENT_WAIVED = "ledger.requirement.waived"
    SITUATION_RAISED = "ledger.situation.raised"
    SITUATION_PASSED_UP = "ledger.situation.passed_up"
    SITUATION_ANSWERED = "ledger.situation.answered"
    COMMENT_ADDED = "ledger.comment.added"
    COMMENT_WITHDRAWN = "ledger.comment.withdrawn"
    HOLD_OPENED = "ledger.hold.opened"
    HOLD_CLEARED = "ledger.hold.cleared"
    PLAN_SUBMITTED = "ledger.plan.submitted"
    PLAN_SIGNED = "ledger.plan.signed"
    PLAN_SENT_BACK = "ledger.plan.sent_back"
    PLAN_WITHDRAWN = "ledger.plan.withdrawn"
    PLAN_APPROVED = "ledger.plan.approved"
    AMENDMENT_PROPOSED = "ledger.amendment.proposed"
    AMENDMENT_SIGNED = "ledger.amendment.signed"
    AMENDMENT_SENT_BACK = "ledger.amendment.sent_back"
    AMENDMENT_WITHDRAWN = "ledger.amendment.withdrawn"
    AMENDMENT_APPROVED = "ledger.amendment.approved"
    EXTENSION_REQUESTED = "ledger.extension.requested"
    EXTENSION_GRANTED = "ledger.extension.granted"
    LONG_TERM_REQUESTED = "ledger.long_term.requested"
    LONG_TERM_GRANTED = "ledger.long_term.granted"
    DEADLINE_SIGNED = "ledger.deadline.signed"
    DEADLINE_SENT_BACK = "ledger.deadline.sent_back"
    DEADLINE_WITHDRAWN = "ledger.deadline.withdrawn"
    SUSPENSION_BEGUN = "ledger.suspension.begun"
    SUSPENSION_ENDED = "ledger.suspension.ended"
    CLOSURE_REQUESTED = "ledger.closure.requested"
    CLOSURE_SIGNED = "ledger.closure.signed"
    SIGNATURE_RECORDED = "ledger.signature.recorded"
    SIGNATURE_CONFIRMED = "ledger.signature.confirmed"
    SIGNATURE_REFUSED = "ledger.signature.refused"
    CLOSURE_SENT_BACK = "ledger.closure.sent_back"
    CLOSURE_WITHDRAWN = "ledger.closure.withdrawn"
    FINDING_CLOSED = "ledger.finding.closed"
    FINDING_STAGE_CLOSED = "ledger.finding.stage_closed"
    OUTCOME_RECORDED = "ledger.outcome.recorded"
    OUTCOME_WITHDRAWN = "ledger.outcome.withdrawn"
    RECHECK_SET = "ledger.recheck.set"
    RECHECK_HELD = "ledger.recheck.held"
    RECHECK_FAILED = "ledger.recheck.failed"
    STAGE_BEGUN = "ledger.stage.begun"
    FINDING_REBOUNDED = "ledger.finding.rebounded"
    EDIT_TAKEN_BACK = "ledger.edit.taken_back"


# Shown where the comments are, and in the trail of the inspection; no step of the work.
COMMENT_EVENTS: Final = frozenset({LedgerEvent.COMMENT_ADDED, LedgerEvent.COMMENT_WITHDRAWN})
EVENT_LABELS: Final[dict[LedgerEvent, str]] = {
    LedgerEvent.INSPECTION_CREATED: msg("inspection opened"),
    LedgerEvent.INSPECTION_COMPLETED: msg("inspection completed with what it did not say"),
    LedgerEvent.INSPECTION_PUT_IN_ROUND: msg("inspection put in a round"),
    LedgerEvent.INSPECTION_EVALUATED: msg("rectification evaluated"),
    LedgerEvent.PROFILE_CREATED: msg("profile made"),
    LedgerEvent.PROFILE_REVISED: msg("new version of the profile made"),
    LedgerEvent.ROUND_CREATED: msg("round opened"),
    LedgerEvent.ROUND_RENAMED: msg("name or days of the round changed"),
    LedgerEvent.DOCUMENT_IMPORTED: msg("document entered into the ledger"),
    LedgerEvent.FINDING_REGISTERED: msg("finding registered"),
    LedgerEvent.FINDING_RESTATED: msg("words of a later document taken"),
    LedgerEvent.FINDING_PLACED: msg("finding put elsewhere in the tree"),
    LedgerEvent.GROUP_MOVED: msg("group put under another theme"),
    LedgerEvent.HEADING_RENAMED: msg("theme or group renamed"),
    LedgerEvent.FINDING_CLASSIFIED: msg("nature and requirements set"),
    LedgerEvent.FINDING_WEIGHED: msg("what the finding weighs set"),
    LedgerEvent.FINDING_ASSIGNED: msg("finding assigned"),
    LedgerEvent.FINDING_ACCEPTED: msg("finding accepted"),
    LedgerEvent.FINDING_DECLINED: msg("assignment declined"),
    LedgerEvent.FINDING_TRANSFERRED: msg("transfer asked for"),
    LedgerEvent.FINDING_PLANNED: msg("plan of the finding approved"),
    LedgerEvent.FINDING_HANDED_OVER: msg("finding handed over to another leader"),
    LedgerEvent.UNITS_FOLLOWED: msg("units that fixed kept after an organisation moved or merged"),
    LedgerEvent.FINDING_RESTRICTED: msg("finding restricted to listed people"),
    LedgerEvent.FINDING_UNRESTRICTED: msg("restriction lifted"),
    LedgerEvent.READER_ADDED: msg("person put on the list"),
    LedgerEvent.READER_WITHDRAWN: msg("person taken off the list"),
    LedgerEvent.PROGRESS_REPORTED: msg("progress reported"),
    LedgerEvent.PROGRESS_JUDGED: msg("how far the work is seen"),
    LedgerEvent.REPORTS_REQUESTED: msg("reports asked for"),
    LedgerEvent.REPORTS_REMINDED: msg("units reminded to report"),
    LedgerEvent.REPORTS_WITHDRAWN: msg("report request withdrawn"),
    LedgerEvent.MEASURE_ADDED: msg("measure added"),
    LedgerEvent.MEASURE_ARRANGED: msg("measure arranged"),
    LedgerEvent.MEASURE_DROPPED: msg("measure dropped"),
    LedgerEvent.TASK_REPORTED: msg("part of a measure reported"),
    LedgerEvent.MEASURE_COMPLETED: msg("measure completed"),
    LedgerEvent.CRITERION_ADDED: msg("acceptance criterion added"),
    LedgerEvent.CRITERION_DROPPED: msg("acceptance criterion dropped"),
    LedgerEvent.CRITERION_JUDGED: msg("acceptance criterion judged"),
    LedgerEvent.READING_RECORDED: msg("reading of an indicator recorded"),
    LedgerEvent.READING_WITHDRAWN: msg("reading of an indicator withdrawn"),
    LedgerEvent.EVIDENCE_ADDED: msg("evidence added"),
    LedgerEvent.EVIDENCE_WITHDRAWN: msg("evidence withdrawn"),
    LedgerEvent.EVIDENCE_CARRIED_OVER: msg("evidence carried over"),
    LedgerEvent.EVIDENCE_JUDGED: msg("effect of evidence judged"),
    LedgerEvent.REQUIREMENT_ANSWERED: msg("requirement met with evidence"),
    LedgerEvent.REQUIREMENT_WAIVED: msg("requirement declared not applicable"),
    LedgerEvent.SITUATION_RAISED: msg("new situation raised"),
    LedgerEvent.SITUATION_PASSED_UP: msg("new situation passed up"),
    LedgerEvent.SITUATION_ANSWERED: msg("new situation answered"),
    LedgerEvent.COMMENT_ADDED: msg("comment written"),
    LedgerEvent.COMMENT_WITHDRAWN: msg("comment withdrawn"),
    LedgerEvent.HOLD_OPENED: msg("put on hold"),
    LedgerEvent.HOLD_CLEARED: msg("hold cleared"),
    LedgerEvent.PLAN_SUBMITTED: msg("plan submitted"),
    LedgerEvent.PLAN_SIGNED: msg("plan signed"),
    LedgerEvent.PLAN_SENT_BACK: msg("plan sent back"),
    LedgerEvent.PLAN_WITHDRAWN: msg("plan withdrawn"),
    LedgerEvent.PLAN_APPROVED: msg("plan approved"),
    LedgerEvent.AMENDMENT_PROPOSED: msg("amendment of the plan proposed"),
    LedgerEvent.AMENDMENT_SIGNED: msg("amendment of the plan signed"),
    LedgerEvent.AMENDMENT_SENT_BACK: msg("amendment of the plan sent back"),
    LedgerEvent.AMENDMENT_WITHDRAWN: msg("amendment of the plan withdrawn"),
    LedgerEvent.AMENDMENT_APPROVED: msg("amendment of the plan approved"),
    LedgerEvent.EXTENSION_REQUESTED: msg("extension asked for"),
    LedgerEvent.EXTENSION_GRANTED: msg("extension granted"),
    LedgerEvent.LONG_TERM_REQUESTED: msg("long-term rectification asked for"),
    LedgerEvent.LONG_TERM_GRANTED: msg("long-term rectification granted"),
    LedgerEvent.DEADLINE_SIGNED: msg("request about the deadline signed"),
    LedgerEvent.DEADLINE_SENT_BACK: msg("request about the deadline sent back"),
    LedgerEvent.DEADLINE_WITHDRAWN: msg("request about the deadline withdrawn"),
    LedgerEvent.SUSPENSION_BEGUN: msg("work suspended"),
    LedgerEvent.SUSPENSION_ENDED: msg("work resumed"),
    LedgerEvent.CLOSURE_REQUESTED: msg("closure requested"),
    LedgerEvent.CLOSURE_SIGNED: msg("closure signed"),
    LedgerEvent.SIGNATURE_RECORDED: msg("signature on paper or decision of a meeting recorded"),
    LedgerEvent.SIGNATURE_CONFIRMED: msg("recorded signature confirmed"),
    LedgerEvent.SIGNATURE_REFUSED: msg("recorded signature refused"),
    LedgerEvent.CLOSURE_SENT_BACK: msg("closure request sent back"),
    LedgerEvent.CLOSURE_WITHDRAWN: msg("closure request withdrawn"),
    LedgerEvent.FINDING_CLOSED: msg("finding closed"),
    LedgerEvent.FINDING_STAGE_CLOSED: msg("finding closed for this stage"),
    LedgerEvent.OUTCOME_RECORDED: msg("outcome recorded"),
    LedgerEvent.OUTCOME_WITHDRAWN: msg("outcome withdrawn"),
    LedgerEvent.RECHECK_SET: msg("day of a re-check set"),
    LedgerEvent.RECHECK_HELD: msg("re-checked: it holds"),
    LedgerEvent.RECHECK_FAILED: msg("re-checked: it does not hold"),
    LedgerEvent.STAGE_BEGUN: msg("next stage begun"),
    LedgerEvent.FINDING_REBOUNDED: msg("rebound: a successor registered"),
    LedgerEvent.EDIT_TAKEN_BACK: msg("change taken back"),
}


# What somebody who is not listed reads instead of an event of a restricted finding; never recorded.
VEILED_EVENT: Final = "ledger.veiled"
_VEILED_LABEL: Final = msg("an event of a restricted finding")


def event_label(name: str) -> str:
    """The msgid under which an event is shown (事件名称); the name itself for an event of another room."""
    if name == VEILED_EVENT:
        return _VEILED_LABEL
    return EVENT_LABELS[LedgerEvent(name)] if name in set(LedgerEvent) else name
