"""What the ledger stores; written by its services alone."""

from __future__ import annotations

from zhenggai.ledger.models.closing import Closure, ClosureRequest, ReturnRecord, Signature
from zhenggai.ledger.models.extending import DeadlineRequest, DeadlineSignature, Suspension
from zhenggai.ledger.models.findings import (
    ActionTaken,
    Finding,
    FixingUnit,
    Measure,
    MeasureTask,
    SupportingUnit,
)
from zhenggai.ledger.models.inspections import FindingGroup, Inspection, SourceDocument, Theme
from zhenggai.ledger.models.ordering import OrderKey
from zhenggai.ledger.models.planning import (
    AmendmentSignature,
    Plan,
    PlanAmendment,
    PlanItem,
    PlanSignature,
    Refusal,
)
from zhenggai.ledger.models.profiles import Profile, ProfileVersion, Round
from zhenggai.ledger.models.proving import (
    Criterion,
    CriterionJudgement,
    Evidence,
    EvidenceJudgement,
    RequirementAnswer,
)
from zhenggai.ledger.models.restricting import FindingReader
from zhenggai.ledger.models.warning import DeadlineWarning
from zhenggai.ledger.models.working import Hold, ProgressReport, Situation

__all__ = [
    "ActionTaken",
    "AmendmentSignature",
    "Closure",
    "ClosureRequest",
    "Criterion",
    "CriterionJudgement",
    "DeadlineRequest",
    "DeadlineSignature",
    "DeadlineWarning",
    "Evidence",
    "EvidenceJudgement",
    "Finding",
    "FindingGroup",
    "FindingReader",
    "FixingUnit",
    "Hold",
    "Inspection",
    "Measure",
    "MeasureTask",
    "OrderKey",
    "Plan",
    "PlanAmendment",
    "PlanItem",
    "PlanSignature",
    "Profile",
    "ProfileVersion",
    "ProgressReport",
    "Refusal",
    "RequirementAnswer",
    "ReturnRecord",
    "Round",
    "Signature",
    "Situation",
    "SourceDocument",
    "SupportingUnit",
    "Suspension",
    "Theme",
]
