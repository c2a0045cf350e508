"""Opening what lies behind a finding (调阅原件与佐证): its source document and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import msg
from zhenggai.files.selectors import blob_open
from zhenggai.ledger.facts import HEAD, WEIGHED
from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Evidence, Finding, Recheck, SignatureRecord, SourceDocument
from zhenggai.ledger.sight import places_hidden
from zhenggai.ledger.visibility import finding_seen, findings_seen, findings_shown, sees_whole

if TYPE_CHECKING:
    from typing import BinaryIO

    from zhenggai.domain.actor import Actor
    from zhenggai.files.models import Blob


def document_get(actor: Actor, document_id: int) -> SourceDocument:
    """A source document of an inspection that the actor sees whole, or from which a finding of his came.

    Not where it tells of a restricted finding that is kept from the actor, and nobody knows at which place.

    :raises NotFoundError: when there is none or the actor cannot see it.
    """
    rows = SourceDocument.objects.select_related("inspection__subject", "inspection__inspector_organisation")
    document = rows.filter(pk=document_id).first()
    if document is not None:
        seen = findings_seen(actor, document.inspection)
        is_theirs = sees_whole(actor, document.inspection) or document.findings.filter(seen).exists()
        if is_theirs and places_hidden(actor, document) is not None:
            return document
    raise NotFoundError(msg("There is no such document among those you can see."))


def evidence_get(actor: Actor, evidence_id: int) -> Evidence:
    """A piece of evidence of a finding that the actor sees, with its blob.

    :raises NotFoundError: when there is none or the actor cannot see its finding.
    """
    evidence = Evidence.objects.select_related("blob").filter(pk=evidence_id).first()
    if evidence is not None and _is_seen(actor, evidence.finding_id):
        return evidence
    raise NotFoundError(msg("There is no such evidence among those you can see."))


def evidence_shown(actor: Actor, evidence_id: int) -> Evidence:
    """As `evidence_get`, in one query: for the many small pictures of a page (缩略图)."""
    seen = Finding.objects.filter(findings_shown(actor))
    rows = Evidence.objects.select_related("blob").filter(pk=evidence_id, finding__in=seen)
    evidence = rows.first()
    if evidence is None:
        raise NotFoundError(msg("There is no such evidence among those you can see."))
    return evidence


def evidence_open(actor: Actor, evidence_id: int) -> tuple[Evidence, BinaryIO]:
    """A piece of evidence and its file, open for reading.

    :raises NotFoundError: as `evidence_get`.
    :raises BlobLostError: when the file is gone or damaged.
    """
    evidence = evidence_get(actor, evidence_id)
    return evidence, blob_open(evidence.blob.sha256)


def recheck_get(actor: Actor, recheck_id: int) -> tuple[Recheck, Blob]:
    """A re-check and the file that was filed with it (回头看佐证).

    :raises NotFoundError: when there is none, it has no file, or the actor cannot see its finding.
    """
    row = Recheck.objects.select_related("blob", "by").filter(pk=recheck_id).first()
    if row is None or row.blob is None or not _is_seen(actor, row.finding_id):
        raise NotFoundError(msg("There is no such evidence among those you can see."))
    return row, row.blob


def recheck_open(actor: Actor, recheck_id: int) -> tuple[Recheck, BinaryIO]:
    """As `recheck_get`, its file open for reading.

    :raises NotFoundError: as there.
    :raises BlobLostError: when the file is gone or damaged.
    """
    row, blob = recheck_get(actor, recheck_id)
    return row, blob_open(blob.sha256)


def signature_record_get(actor: Actor, record_id: int) -> SignatureRecord:
    """A signature given elsewhere, with its scan (线下签批扫描件).

    :raises NotFoundError: when there is none or the actor cannot see its finding.
    """
    rows = SignatureRecord.objects.select_related(
        "blob", "request", "signer", "recorded_by", "confirmed_by", "refused_by"
    )
    record = rows.filter(pk=record_id).first()
    if record is None or not _is_seen(actor, record.request.finding_id):
        raise NotFoundError(msg("There is no such signature among those you can see."))
    return record


def signature_scan_open(actor: Actor, record_id: int) -> tuple[SignatureRecord, BinaryIO]:
    """As `signature_record_get`, its scan open for reading.

    :raises NotFoundError: as there.
    :raises BlobLostError: when the file is gone or damaged.
    """
    record = signature_record_get(actor, record_id)
    return record, blob_open(record.blob.sha256)


def _is_seen(actor: Actor, finding_id: int) -> bool:
    finding = Finding.objects.select_related(*HEAD).get(pk=finding_id)
    pieces_load(finding, WEIGHED)
    return finding_seen(actor, finding)
