"""Documents and pieces of evidence, to be looked at and opened (原件与佐证查阅)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import msg
from zhenggai.files.selectors import blob_open
from zhenggai.ledger.facts import HEAD, PIECES
from zhenggai.ledger.models import Evidence, Finding, SourceDocument
from zhenggai.ledger.visibility import finding_seen, findings_seen, sees_whole

if TYPE_CHECKING:
    from typing import BinaryIO

    from zhenggai.domain.actor import Actor


def document_get(actor: Actor, document_id: int) -> SourceDocument:
    """A source document of an inspection that the actor sees whole, or from which a finding of his came.

    :raises NotFoundError: when there is none or the actor cannot see it.
    """
    rows = SourceDocument.objects.select_related("inspection__subject", "inspection__inspector_organisation")
    document = rows.filter(pk=document_id).first()
    if document is not None:
        seen = findings_seen(actor, document.inspection)
        if sees_whole(actor, document.inspection) or document.findings.filter(seen).exists():
            return document
    raise NotFoundError(msg("There is no such document among those you can see."))


def evidence_get(actor: Actor, evidence_id: int) -> Evidence:
    """A piece of evidence of a finding that the actor sees, with its blob.

    :raises NotFoundError: when there is none or the actor cannot see its finding.
    """
    evidence = Evidence.objects.select_related("blob").filter(pk=evidence_id).first()
    if evidence is not None:
        rows = Finding.objects.select_related(*HEAD).prefetch_related(*PIECES)
        if finding_seen(actor, rows.get(pk=evidence.finding_id)):
            return evidence
    raise NotFoundError(msg("There is no such evidence among those you can see."))


def evidence_open(actor: Actor, evidence_id: int) -> tuple[Evidence, BinaryIO]:
    """A piece of evidence and its file, open for reading.

    :raises NotFoundError: as `evidence_get`.
    :raises BlobLostError: when the file is gone or damaged.
    """
    evidence = evidence_get(actor, evidence_id)
    return evidence, blob_open(evidence.blob.sha256)
