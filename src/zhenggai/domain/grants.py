"""Who may do what (权限表): one table of grants, each a role and what it must stand in relation to."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Role


class Scope(StrEnum):
    """What a role must stand in relation to (范围)."""

    SUBJECT = "subject"
    UNIT = "unit"
    UNITS = "units"
    OWN = "own"
    INSPECTOR = "inspector"
    HEAD = "head"
    REVIEW = "review"


OFFICE = (Role.OFFICE_CLERK, Scope.SUBJECT)
_GROUP = (Role.LEADING_GROUP, Scope.SUBJECT)
_VERIFIER = (Role.VERIFIER, Scope.SUBJECT)
INSPECTOR = (Role.INSPECTOR, Scope.INSPECTOR)
# of one of the bodies of a joint review
_REVIEWER = (Role.INSPECTOR, Scope.REVIEW)
_AUDITOR = (Role.AUDITOR, Scope.SUBJECT)
_LEADER = (Role.RESPONSIBLE_LEADER, Scope.OWN)
_LEAD_UNIT = ((Role.HANDLER, Scope.UNIT), (Role.UNIT_HEAD, Scope.UNIT))
_ANY_UNIT = ((Role.HANDLER, Scope.UNITS), (Role.UNIT_HEAD, Scope.UNITS))
_ALL_READERS = (
    OFFICE,
    _GROUP,
    _VERIFIER,
    _AUDITOR,
    (Role.PUBLISHER, Scope.SUBJECT),
    INSPECTOR,
    _REVIEWER,
    _LEADER,
    *_ANY_UNIT,
)
# whoever works in a finding in any way; who only reads or publishes does not write
_WRITERS = (OFFICE, _GROUP, _VERIFIER, INSPECTOR, _REVIEWER, _LEADER, *_ANY_UNIT)
_APPROVERS = (OFFICE, _GROUP, _VERIFIER, INSPECTOR)
_JUDGES = (OFFICE, _VERIFIER, INSPECTOR)
_SIGNERS = (_LEADER, (Role.UNIT_HEAD, Scope.UNIT), OFFICE, _GROUP, _VERIFIER, INSPECTOR, _REVIEWER)
_SYSTEM = (Role.SYSTEM_ADMIN, Scope.SUBJECT)
_SECURITY = (Role.SECURITY_ADMIN, Scope.SUBJECT)
_AUDIT = (Role.AUDIT_ADMIN, Scope.SUBJECT)

GRANTS: Final[dict[Action, tuple[tuple[Role, Scope], ...]]] = {
    Action.INSPECTION_VIEW: _ALL_READERS,
    Action.INSPECTION_CREATE: (OFFICE,),
    Action.INSPECTION_EXPORT: _ALL_READERS,
    Action.INSPECTION_COMPLETE: (OFFICE,),
    # the word of the body that inspected, never of who was inspected
    Action.INSPECTION_EVALUATE: (INSPECTOR,),
    Action.FINDINGS_PLACE: (OFFICE,),
    Action.INSPECTION_PUT_IN_ROUND: (OFFICE, INSPECTOR),
    # of the inspecting body itself: its people, or an office over it
    Action.ROUND_CREATE: (OFFICE, INSPECTOR),
    Action.ROUND_RENAME: (OFFICE, INSPECTOR),
    # Rules of the work are the office's of the organisation that owns them; who administers makes none.
    Action.PROFILE_CREATE: (OFFICE,),
    Action.PROFILE_REVISE: (OFFICE,),
    Action.FINDING_VIEW: _ALL_READERS,
    Action.FINDING_CLASSIFY: (OFFICE,),
    Action.FINDING_WEIGH: (OFFICE,),
    Action.FINDING_ASSIGN: (OFFICE,),
    Action.FINDING_ACCEPT: _LEAD_UNIT,
    Action.FINDING_DECLINE: _LEAD_UNIT,
    Action.FINDING_TRANSFER: _LEAD_UNIT,
    Action.FINDING_HAND_OVER: (OFFICE,),
    Action.FINDING_RESTRICT: (OFFICE,),
    # only by those who are listed themselves, as everything on a restricted finding
    Action.FINDING_UNRESTRICT: (OFFICE, _GROUP),
    Action.READER_ADD: (OFFICE, _GROUP),
    Action.READER_WITHDRAW: (OFFICE, _GROUP),
    Action.PROGRESS_REPORT: _ANY_UNIT,
    Action.PROGRESS_JUDGE: _JUDGES,
    Action.REPORTS_REQUEST: (OFFICE,),
    Action.REPORTS_WITHDRAW: (OFFICE,),
    Action.REPORTS_REMIND: (OFFICE,),
    Action.MEASURE_ADD: (OFFICE, *_LEAD_UNIT),
    Action.MEASURE_ARRANGE: (OFFICE, *_LEAD_UNIT),
    Action.MEASURE_DROP: (OFFICE,),
    Action.TASK_REPORT: _ANY_UNIT,
    Action.MEASURE_COMPLETE: _ANY_UNIT,
    Action.CRITERION_ADD: (OFFICE, _VERIFIER, (Role.UNIT_HEAD, Scope.UNIT)),
    Action.CRITERION_DROP: (OFFICE, _VERIFIER),
    Action.CRITERION_JUDGE: _JUDGES,
    # both sides measure; a reading judges nothing
    Action.READING_RECORD: (OFFICE, _VERIFIER, *_ANY_UNIT),
    Action.READING_WITHDRAW: (OFFICE, _VERIFIER, *_ANY_UNIT),
    Action.EVIDENCE_ADD: _ANY_UNIT,
    Action.EVIDENCE_WITHDRAW: _ANY_UNIT,
    Action.EVIDENCE_CARRY_OVER: _ANY_UNIT,
    Action.EVIDENCE_JUDGE: _JUDGES,
    Action.REQUIREMENT_ANSWER: _ANY_UNIT,
    Action.REQUIREMENT_WAIVE: (OFFICE,),
    Action.SITUATION_RAISE: (_LEADER, *_ANY_UNIT),
    # At which of these levels it waits is said by the situation.
    Action.SITUATION_PASS_UP: (OFFICE, _GROUP, _LEADER, (Role.UNIT_HEAD, Scope.UNIT)),
    Action.SITUATION_ANSWER: (OFFICE, _GROUP, _LEADER, (Role.UNIT_HEAD, Scope.UNIT), INSPECTOR),
    Action.HOLD_OPEN: (OFFICE, _GROUP, INSPECTOR),
    Action.HOLD_CLEAR: (OFFICE, _GROUP, INSPECTOR),
    Action.COMMENT_ADD: _WRITERS,
    # only one's own
    Action.COMMENT_WITHDRAW: _WRITERS,
    Action.CLOSURE_REQUEST: _LEAD_UNIT,
    # Which of these signs is said by the ladder's next step.
    Action.CLOSURE_SIGN: _SIGNERS,
    Action.SIGNATURE_RECORD: _APPROVERS,
    Action.SIGNATURE_CONFIRM: _APPROVERS,
    Action.SIGNATURE_REFUSE: _APPROVERS,
    Action.CLOSURE_SEND_BACK: _SIGNERS,
    Action.CLOSURE_WITHDRAW: _LEAD_UNIT,
    # Nobody closes: the last signature does.
    Action.CLOSURE_COMPLETE: (),
    Action.OUTCOME_RECORD: _ANY_UNIT,
    Action.OUTCOME_WITHDRAW: _ANY_UNIT,
    # After closing: whoever looks again never fixed it, and the office begins what comes next.
    Action.RECHECK_SET: (OFFICE, INSPECTOR),
    Action.RECHECK_RECORD: _JUDGES,
    Action.STAGE_BEGIN: (OFFICE,),
    Action.FINDING_REBOUND: (OFFICE, INSPECTOR),
    Action.PLAN_SUBMIT: (OFFICE,),
    # Which of these approves is said by the next step of the plan's ladder.
    Action.PLAN_SIGN: _APPROVERS,
    Action.PLAN_SEND_BACK: _APPROVERS,
    Action.PLAN_WITHDRAW: (OFFICE,),
    Action.PLAN_AMEND: (OFFICE, *_LEAD_UNIT),
    Action.AMENDMENT_SIGN: _APPROVERS,
    Action.AMENDMENT_SEND_BACK: _APPROVERS,
    Action.AMENDMENT_WITHDRAW: (OFFICE, *_LEAD_UNIT),
    Action.EXTENSION_REQUEST: _LEAD_UNIT,
    Action.LONG_TERM_REQUEST: _LEAD_UNIT,
    # Which of these approves is said by the next step of the extension's ladder.
    Action.DEADLINE_SIGN: (_LEADER, OFFICE, _GROUP, _VERIFIER, INSPECTOR),
    Action.DEADLINE_SEND_BACK: (_LEADER, OFFICE, _GROUP, _VERIFIER, INSPECTOR),
    Action.DEADLINE_WITHDRAW: _LEAD_UNIT,
    Action.SUSPENSION_BEGIN: (OFFICE, _GROUP),
    Action.SUSPENSION_END: (OFFICE, _GROUP),
    Action.TRAIL_VIEW: (OFFICE, _GROUP, _AUDITOR, INSPECTOR),
    Action.INTAKE_UPLOAD: (OFFICE,),
    Action.INTAKE_CONFIRM: (OFFICE,),
    # Three administrators, none of whom can do alone what gives power (三员分立).
    Action.PERSON_MANAGE: (_SYSTEM,),
    Action.ORGANISATION_MANAGE: (_SYSTEM,),
    Action.PEOPLE_VIEW: (_SYSTEM, _SECURITY),
    Action.POST_GRANT: (_SYSTEM,),
    Action.POST_CONFIRM: (_SECURITY,),
    # A post that signs is given by two administrators, or by one and the head of the leading group.
    Action.POST_SECOND: ((Role.LEADING_GROUP, Scope.HEAD),),
    Action.POST_END: (_SYSTEM, _SECURITY),
    Action.GROUP_VIEW: (_SYSTEM, _SECURITY, OFFICE, _GROUP, _AUDITOR),
    Action.GROUP_MANAGE: (_SYSTEM,),
    Action.OVERSIGHT_MANAGE: (_SYSTEM, OFFICE),
    Action.PASSWORD_RESET: (_SECURITY,),
    Action.LOCK_LIFT: (_SECURITY,),
    Action.FACTOR_REMOVE: (_SECURITY,),
    Action.ACCOUNTS_TRAIL_VIEW: (_AUDIT,),
    # of a root organisation: the work is the whole system's
    Action.JOBS_MANAGE: (_SYSTEM,),
}
