"""What the ledger stores; written by its services alone."""

from __future__ import annotations

from zhenggai.ledger.models.batches import Batch, BatchRow
from zhenggai.ledger.models.claims import ClaimUpdate, SourceMention
from zhenggai.ledger.models.closing import Closure, ClosureRequest, ReturnRecord, Signature
from zhenggai.ledger.models.commenting import Comment
from zhenggai.ledger.models.drafts import ProgressDraft
from zhenggai.ledger.models.evaluating import Evaluation
from zhenggai.ledger.models.evidence_links import EvidenceLink
from zhenggai.ledger.models.exporting import ExportChoice, LedgerExport
from zhenggai.ledger.models.extending import DeadlineRequest, DeadlineSignature, Suspension
from zhenggai.ledger.models.findings import (
    ActionTaken,
    Finding,
    Measure,
    MeasureTask,
)
from zhenggai.ledger.models.inspections import FindingGroup, Inspection, SourceDocument, Theme
from zhenggai.ledger.models.ordering import OrderKey
from zhenggai.ledger.models.outcomes import Outcome
from zhenggai.ledger.models.paper import SignatureRecord
from zhenggai.ledger.models.placing import FindingPlacing
from zhenggai.ledger.models.planning import (
    AmendmentSignature,
    Plan,
    PlanAmendment,
    PlanItem,
    PlanSignature,
    Refusal,
)
from zhenggai.ledger.models.profiles import Profile, ProfileVersion, Round
from zhenggai.ledger.models.progress import ProgressView
from zhenggai.ledger.models.proving import (
    Criterion,
    CriterionJudgement,
    Evidence,
    EvidenceJudgement,
    RequirementAnswer,
)
from zhenggai.ledger.models.readings import IndicatorReading
from zhenggai.ledger.models.rechecking import Rebound, Recheck, RecheckDate, StageStart
from zhenggai.ledger.models.reporting import ReportReminder, ReportRequest, ReportRequestItem
from zhenggai.ledger.models.restricting import FindingReader
from zhenggai.ledger.models.returning import CarriedJudgement
from zhenggai.ledger.models.signing import CalledSigner, ProfileBody, RequestStep
from zhenggai.ledger.models.standing import StateInterval
from zhenggai.ledger.models.units import FixingUnit, SupportingUnit
from zhenggai.ledger.models.viewing import ColumnChoice, LedgerView
from zhenggai.ledger.models.warning import DeadlineWarning
from zhenggai.ledger.models.working import (
    Hold,
    ProgressReport,
    Situation,
    SituationReminder,
    SituationStep,
)

__all__ = [
    "ActionTaken",
    "AmendmentSignature",
    "Batch",
    "BatchRow",
    "CalledSigner",
    "CarriedJudgement",
    "ClaimUpdate",
    "Closure",
    "ClosureRequest",
    "ColumnChoice",
    "Comment",
    "Criterion",
    "CriterionJudgement",
    "DeadlineRequest",
    "DeadlineSignature",
    "DeadlineWarning",
    "Evaluation",
    "Evidence",
    "EvidenceJudgement",
    "EvidenceLink",
    "ExportChoice",
    "Finding",
    "FindingGroup",
    "FindingPlacing",
    "FindingReader",
    "FixingUnit",
    "Hold",
    "IndicatorReading",
    "Inspection",
    "LedgerExport",
    "LedgerView",
    "Measure",
    "MeasureTask",
    "OrderKey",
    "Outcome",
    "Plan",
    "PlanAmendment",
    "PlanItem",
    "PlanSignature",
    "Profile",
    "ProfileBody",
    "ProfileVersion",
    "ProgressDraft",
    "ProgressReport",
    "ProgressView",
    "Rebound",
    "Recheck",
    "RecheckDate",
    "Refusal",
    "ReportReminder",
    "ReportRequest",
    "ReportRequestItem",
    "RequestStep",
    "RequirementAnswer",
    "ReturnRecord",
    "Round",
    "Signature",
    "SignatureRecord",
    "Situation",
    "SituationReminder",
    "SituationStep",
    "SourceDocument",
    "SourceMention",
    "StageStart",
    "StateInterval",
    "SupportingUnit",
    "Suspension",
    "Theme",
]
