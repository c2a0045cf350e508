"""Every change of the ledger (台账服务): keyword-only, with ``actor`` and ``at``; each one transaction."""

from __future__ import annotations

from zhenggai.ledger.services.assigning import finding_accept, finding_assign, finding_classify
from zhenggai.ledger.services.closing import (
    closure_request,
    closure_send_back,
    closure_sign,
    closure_withdraw,
)
from zhenggai.ledger.services.handing_over import findings_hand_over
from zhenggai.ledger.services.importing import ledger_import
from zhenggai.ledger.services.inspections import inspection_create
from zhenggai.ledger.services.judging import criterion_add, criterion_judge, evidence_judge
from zhenggai.ledger.services.proving import (
    evidence_add,
    evidence_carry_over,
    evidence_withdraw,
    requirement_answer,
    requirement_waive,
)
from zhenggai.ledger.services.working import (
    hold_clear,
    hold_open,
    measure_add,
    measure_complete,
    progress_report,
    situation_answer,
    situation_raise,
)

__all__ = [
    "closure_request",
    "closure_send_back",
    "closure_sign",
    "closure_withdraw",
    "criterion_add",
    "criterion_judge",
    "evidence_add",
    "evidence_carry_over",
    "evidence_judge",
    "evidence_withdraw",
    "finding_accept",
    "finding_assign",
    "finding_classify",
    "findings_hand_over",
    "hold_clear",
    "hold_open",
    "inspection_create",
    "ledger_import",
    "measure_add",
    "measure_complete",
    "progress_report",
    "requirement_answer",
    "requirement_waive",
    "situation_answer",
    "situation_raise",
]
