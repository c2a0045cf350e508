"""Everything a person can do, by its stable name (动作)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class Action(StrEnum):
    """An action as policy, life cycle, pages and documents name it (动作)."""

    INSPECTION_VIEW = "inspection.view"
    INSPECTION_CREATE = "inspection.create"
    INSPECTION_EXPORT = "inspection.export"
    INSPECTION_COMPLETE = "inspection.complete"
    INSPECTION_EVALUATE = "inspection.evaluate"
    FINDINGS_PLACE = "findings.place"
    INSPECTION_PUT_IN_ROUND = "inspection.put_in_round"
    ROUND_CREATE = "round.create"
    ROUND_RENAME = "round.rename"
    PROFILE_CREATE = "profile.create"
    PROFILE_REVISE = "profile.revise"
    FINDING_VIEW = "finding.view"
    FINDING_CLASSIFY = "finding.classify"
    FINDING_WEIGH = "finding.weigh"
    FINDING_ASSIGN = "finding.assign"
    FINDING_ACCEPT = "finding.accept"
    FINDING_DECLINE = "finding.decline"
    FINDING_TRANSFER = "finding.transfer"
    FINDING_HAND_OVER = "finding.hand_over"
    FINDING_RESTRICT = "finding.restrict"
    FINDING_UNRESTRICT = "finding.unrestrict"
    READER_ADD = "reader.add"
    READER_WITHDRAW = "reader.withdraw"
    PROGRESS_REPORT = "progress.report"
    PROGRESS_JUDGE = "progress.judge"
    REPORTS_REQUEST = "reports.request"
    REPORTS_WITHDRAW = "reports.withdraw"
    REPORTS_REMIND = "reports.remind"
    MEASURE_ADD = "measure.add"
    MEASURE_ARRANGE = "measure.arrange"
    MEASURE_DROP = "measure.drop"
    TASK_REPORT = "task.report"
    MEASURE_COMPLETE = "measure.complete"
    CRITERION_ADD = "criterion.add"
    CRITERION_DROP = "criterion.drop"
    CRITERION_JUDGE = "criterion.judge"
    READING_RECORD = "reading.record"
    READING_WITHDRAW = "reading.withdraw"
    EVIDENCE_ADD = "evidence.add"
    EVIDENCE_WITHDRAW = "evidence.withdraw"
    EVIDENCE_CARRY_OVER = "evidence.carry_over"
    EVIDENCE_JUDGE = "evidence.judge"
    REQUIREMENT_ANSWER = "requirement.answer"
    REQUIREMENT_WAIVE = "requirement.waive"
    SITUATION_RAISE = "situation.raise"
    SITUATION_PASS_UP = "situation.pass_up"  # noqa: S105  # nothing is kept secret by it
    SITUATION_ANSWER = "situation.answer"
    HOLD_OPEN = "hold.open"
    HOLD_CLEAR = "hold.clear"
    COMMENT_ADD = "comment.add"
    COMMENT_WITHDRAW = "comment.withdraw"
    CLOSURE_REQUEST = "closure.request"
    CLOSURE_SIGN = "closure.sign"
    SIGNATURE_RECORD = "signature.record"
    SIGNATURE_CONFIRM = "signature.confirm"
    SIGNATURE_REFUSE = "signature.refuse"
    CLOSURE_SEND_BACK = "closure.send_back"
    CLOSURE_WITHDRAW = "closure.withdraw"
    CLOSURE_COMPLETE = "closure.complete"
    OUTCOME_RECORD = "outcome.record"
    OUTCOME_WITHDRAW = "outcome.withdraw"
    RECHECK_SET = "recheck.set"
    RECHECK_RECORD = "recheck.record"
    STAGE_BEGIN = "stage.begin"
    FINDING_REBOUND = "finding.rebound"
    PLAN_SUBMIT = "plan.submit"
    PLAN_SIGN = "plan.sign"
    PLAN_SEND_BACK = "plan.send_back"
    PLAN_WITHDRAW = "plan.withdraw"
    PLAN_AMEND = "plan.amend"
    AMENDMENT_SIGN = "amendment.sign"
    AMENDMENT_SEND_BACK = "amendment.send_back"
    AMENDMENT_WITHDRAW = "amendment.withdraw"
    EXTENSION_REQUEST = "extension.request"
    LONG_TERM_REQUEST = "long_term.request"
    DEADLINE_SIGN = "deadline.sign"
    DEADLINE_SEND_BACK = "deadline.send_back"
    DEADLINE_WITHDRAW = "deadline.withdraw"
    SUSPENSION_BEGIN = "suspension.begin"
    SUSPENSION_END = "suspension.end"
    TRAIL_VIEW = "trail.view"
    INTAKE_UPLOAD = "intake.upload"
    INTAKE_CONFIRM = "intake.confirm"
    PERSON_MANAGE = "person.manage"
    ORGANISATION_MANAGE = "organisation.manage"
    JOBS_MANAGE = "jobs.manage"
    PEOPLE_VIEW = "people.view"
    POST_GRANT = "post.grant"
    POST_CONFIRM = "post.confirm"
    POST_SECOND = "post.second"
    POST_END = "post.end"
    GROUP_VIEW = "group.view"
    GROUP_MANAGE = "group.manage"
    OVERSIGHT_MANAGE = "oversight.manage"
    ACCOUNTS_TRAIL_VIEW = "accounts.trail.view"
    PASSWORD_RESET = "password.reset"  # noqa: S105 - an action, no secret
    LOCK_LIFT = "lock.lift"
    FACTOR_REMOVE = "factor.remove"


ACTION_LABELS: Final[dict[Action, str]] = {
    Action.INSPECTION_VIEW: msg("view the inspection"),
    Action.INSPECTION_CREATE: msg("open an inspection"),
    Action.INSPECTION_EXPORT: msg("export the ledger"),
    Action.INSPECTION_COMPLETE: msg("complete what the inspection does not say yet"),
    Action.INSPECTION_EVALUATE: msg("evaluate the rectification"),
    Action.FINDINGS_PLACE: msg("arrange findings under themes and groups"),
    Action.INSPECTION_PUT_IN_ROUND: msg("put the inspection in a round"),
    Action.ROUND_CREATE: msg("open a round"),
    Action.ROUND_RENAME: msg("change name and days of a round"),
    Action.PROFILE_CREATE: msg("make a profile"),
    Action.PROFILE_REVISE: msg("make a new version of a profile"),
    Action.FINDING_VIEW: msg("view the finding"),
    Action.FINDING_CLASSIFY: msg("set nature and requirements"),
    Action.FINDING_WEIGH: msg("say what the finding weighs"),
    Action.FINDING_ASSIGN: msg("assign the finding"),
    Action.FINDING_ACCEPT: msg("accept the finding"),
    Action.FINDING_DECLINE: msg("decline the assignment"),
    Action.FINDING_TRANSFER: msg("ask for a transfer"),
    Action.FINDING_HAND_OVER: msg("hand findings over to another leader"),
    Action.FINDING_RESTRICT: msg("restrict the finding to listed people"),
    Action.FINDING_UNRESTRICT: msg("lift the restriction"),
    Action.READER_ADD: msg("put people on the list"),
    Action.READER_WITHDRAW: msg("take a person off the list"),
    Action.PROGRESS_REPORT: msg("report progress"),
    Action.PROGRESS_JUDGE: msg("say how far the work is"),
    Action.REPORTS_REQUEST: msg("ask the units to report"),
    Action.REPORTS_WITHDRAW: msg("withdraw a report request"),
    Action.REPORTS_REMIND: msg("remind the units that have not reported"),
    Action.MEASURE_ADD: msg("add a measure"),
    Action.MEASURE_ARRANGE: msg("arrange who carries out a measure"),
    Action.MEASURE_DROP: msg("drop a measure"),
    Action.TASK_REPORT: msg("report on a unit's part of a measure"),
    Action.MEASURE_COMPLETE: msg("complete a measure"),
    Action.CRITERION_ADD: msg("add an acceptance criterion"),
    Action.CRITERION_DROP: msg("drop an acceptance criterion"),
    Action.CRITERION_JUDGE: msg("judge an acceptance criterion"),
    Action.READING_RECORD: msg("record a reading of an indicator"),
    Action.READING_WITHDRAW: msg("withdraw a reading of an indicator"),
    Action.EVIDENCE_ADD: msg("add evidence"),
    Action.EVIDENCE_WITHDRAW: msg("withdraw evidence"),
    Action.EVIDENCE_CARRY_OVER: msg("carry evidence over"),
    Action.EVIDENCE_JUDGE: msg("judge the effect of evidence"),
    Action.REQUIREMENT_ANSWER: msg("meet a requirement with evidence"),
    Action.REQUIREMENT_WAIVE: msg("declare a requirement not applicable"),
    Action.SITUATION_RAISE: msg("raise a new situation"),
    Action.SITUATION_PASS_UP: msg("pass a new situation up"),
    Action.SITUATION_ANSWER: msg("answer a new situation"),
    Action.HOLD_OPEN: msg("put the finding on hold"),
    Action.HOLD_CLEAR: msg("clear a hold"),
    Action.COMMENT_ADD: msg("write a comment on the finding"),
    Action.COMMENT_WITHDRAW: msg("withdraw a comment"),
    Action.CLOSURE_REQUEST: msg("request closure"),
    Action.CLOSURE_SIGN: msg("sign the closure request"),
    Action.SIGNATURE_RECORD: msg("record a signature on paper or a meeting's decision"),
    Action.SIGNATURE_CONFIRM: msg("confirm a recorded signature"),
    Action.SIGNATURE_REFUSE: msg("refuse a recorded signature"),
    Action.CLOSURE_SEND_BACK: msg("send the closure request back"),
    Action.CLOSURE_WITHDRAW: msg("withdraw the closure request"),
    Action.CLOSURE_COMPLETE: msg("close the finding"),
    Action.OUTCOME_RECORD: msg("record an outcome"),
    Action.OUTCOME_WITHDRAW: msg("withdraw an outcome"),
    Action.RECHECK_SET: msg("set the day of a re-check"),
    Action.RECHECK_RECORD: msg("record a re-check"),
    Action.STAGE_BEGIN: msg("begin the next stage"),
    Action.FINDING_REBOUND: msg("register a rebound"),
    Action.PLAN_SUBMIT: msg("submit the plan"),
    Action.PLAN_SIGN: msg("approve the plan"),
    Action.PLAN_SEND_BACK: msg("send the plan back"),
    Action.PLAN_WITHDRAW: msg("withdraw the plan"),
    Action.PLAN_AMEND: msg("propose an amendment of the plan"),
    Action.AMENDMENT_SIGN: msg("approve the amendment"),
    Action.AMENDMENT_SEND_BACK: msg("send the amendment back"),
    Action.AMENDMENT_WITHDRAW: msg("withdraw the amendment"),
    Action.EXTENSION_REQUEST: msg("ask for an extension"),
    Action.LONG_TERM_REQUEST: msg("ask for long-term rectification"),
    Action.DEADLINE_SIGN: msg("approve the request about the deadline"),
    Action.DEADLINE_SEND_BACK: msg("send the request about the deadline back"),
    Action.DEADLINE_WITHDRAW: msg("withdraw the request about the deadline"),
    Action.SUSPENSION_BEGIN: msg("suspend the work"),
    Action.SUSPENSION_END: msg("resume the work"),
    Action.TRAIL_VIEW: msg("view the trail"),
    Action.INTAKE_UPLOAD: msg("upload a document"),
    Action.INTAKE_CONFIRM: msg("confirm a document into the ledger"),
    Action.PERSON_MANAGE: msg("manage people"),
    Action.ORGANISATION_MANAGE: msg("manage organisations"),
    Action.JOBS_MANAGE: msg("look after background work"),
    Action.PEOPLE_VIEW: msg("see people and posts"),
    Action.POST_GRANT: msg("give a post"),
    Action.POST_CONFIRM: msg("confirm a post"),
    Action.POST_SECOND: msg("confirm a post that signs beside one administrator"),
    Action.POST_END: msg("end a post"),
    Action.GROUP_VIEW: msg("see leading groups and oversight"),
    Action.GROUP_MANAGE: msg("set up a leading group"),
    Action.OVERSIGHT_MANAGE: msg("say who oversees which unit"),
    Action.ACCOUNTS_TRAIL_VIEW: msg("view the trail of accounts and sign-ins"),
    Action.PASSWORD_RESET: msg("set a one-time password"),
    Action.FACTOR_REMOVE: msg("take a lost second factor away"),
    Action.LOCK_LIFT: msg("lift the wait after failed sign-ins"),
}
