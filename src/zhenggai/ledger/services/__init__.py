"""Every change of the ledger (台账服务): keyword-only, with ``actor`` and ``at``; each one transaction."""

from __future__ import annotations

from zhenggai.ledger.services.amending import (
    amendment_send_back,
    amendment_sign,
    amendment_withdraw,
    plan_amend,
)
from zhenggai.ledger.services.arranging import measure_arrange
from zhenggai.ledger.services.assigning import finding_assign, finding_classify
from zhenggai.ledger.services.closing import (
    closure_request,
    closure_sign,
    closure_withdraw,
)
from zhenggai.ledger.services.commenting import comment_add, comment_withdraw
from zhenggai.ledger.services.evaluating import inspection_evaluate
from zhenggai.ledger.services.extending import (
    deadline_send_back,
    deadline_sign,
    deadline_withdraw,
    extension_request,
    long_term_request,
)
from zhenggai.ledger.services.handing_over import findings_hand_over
from zhenggai.ledger.services.importing import inspection_lock, ledger_import
from zhenggai.ledger.services.inspections import inspection_complete, inspection_create
from zhenggai.ledger.services.judging import (
    criterion_add,
    criterion_drop,
    criterion_judge,
    evidence_judge,
)
from zhenggai.ledger.services.measuring import (
    measure_add,
    measure_complete,
    measure_drop,
    task_report,
)
from zhenggai.ledger.services.measuring_indicators import reading_record, reading_withdraw
from zhenggai.ledger.services.outcomes import outcome_record, outcome_withdraw
from zhenggai.ledger.services.paper import signature_confirm, signature_record, signature_refuse
from zhenggai.ledger.services.placing import finding_place, group_move, heading_rename
from zhenggai.ledger.services.planning import plan_send_back, plan_sign, plan_submit, plan_withdraw
from zhenggai.ledger.services.preparing import Preparation, Prepared, findings_prepare
from zhenggai.ledger.services.profiles import profile_create, profile_revise
from zhenggai.ledger.services.proving import (
    evidence_add,
    evidence_carry_over,
    evidence_withdraw,
    requirement_answer,
    requirement_waive,
)
from zhenggai.ledger.services.rebounding import finding_rebound
from zhenggai.ledger.services.rechecking import recheck_record, recheck_set
from zhenggai.ledger.services.reporting import reports_remind, reports_request, reports_withdraw
from zhenggai.ledger.services.reporting_progress import (
    progress_judge,
    progress_report,
    progress_report_with_photo,
)
from zhenggai.ledger.services.restricting import (
    finding_reader_add,
    finding_reader_withdraw,
    finding_restrict,
    finding_unrestrict,
)
from zhenggai.ledger.services.returning import closure_send_back
from zhenggai.ledger.services.rounds import inspection_put_in_round, round_create, round_rename
from zhenggai.ledger.services.signing_many import closures_sign
from zhenggai.ledger.services.situating import situation_answer, situation_pass_up, situation_raise
from zhenggai.ledger.services.staging import stage_begin
from zhenggai.ledger.services.suspending import suspension_begin, suspension_end
from zhenggai.ledger.services.taking_on import finding_accept, finding_decline, finding_transfer
from zhenggai.ledger.services.undoing import edit_take_back
from zhenggai.ledger.services.weighing import finding_weigh
from zhenggai.ledger.services.working import (
    hold_clear,
    hold_open,
)

__all__ = [
    "Preparation",
    "Prepared",
    "amendment_send_back",
    "amendment_sign",
    "amendment_withdraw",
    "closure_request",
    "closure_send_back",
    "closure_sign",
    "closure_withdraw",
    "closures_sign",
    "comment_add",
    "comment_withdraw",
    "criterion_add",
    "criterion_drop",
    "criterion_judge",
    "deadline_send_back",
    "deadline_sign",
    "deadline_withdraw",
    "edit_take_back",
    "evidence_add",
    "evidence_carry_over",
    "evidence_judge",
    "evidence_withdraw",
    "extension_request",
    "finding_accept",
    "finding_assign",
    "finding_classify",
    "finding_decline",
    "finding_place",
    "finding_reader_add",
    "finding_reader_withdraw",
    "finding_rebound",
    "finding_restrict",
    "finding_transfer",
    "finding_unrestrict",
    "finding_weigh",
    "findings_hand_over",
    "findings_prepare",
    "group_move",
    "heading_rename",
    "hold_clear",
    "hold_open",
    "inspection_complete",
    "inspection_create",
    "inspection_evaluate",
    "inspection_lock",
    "inspection_put_in_round",
    "ledger_import",
    "long_term_request",
    "measure_add",
    "measure_arrange",
    "measure_complete",
    "measure_drop",
    "outcome_record",
    "outcome_withdraw",
    "plan_amend",
    "plan_send_back",
    "plan_sign",
    "plan_submit",
    "plan_withdraw",
    "profile_create",
    "profile_revise",
    "progress_judge",
    "progress_report",
    "progress_report_with_photo",
    "reading_record",
    "reading_withdraw",
    "recheck_record",
    "recheck_set",
    "reports_remind",
    "reports_request",
    "reports_withdraw",
    "requirement_answer",
    "requirement_waive",
    "round_create",
    "round_rename",
    "signature_confirm",
    "signature_record",
    "signature_refuse",
    "situation_answer",
    "situation_pass_up",
    "situation_raise",
    "stage_begin",
    "suspension_begin",
    "suspension_end",
    "task_report",
]
