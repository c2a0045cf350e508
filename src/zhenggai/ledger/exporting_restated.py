"""Later documents and what was taken of them, as files have them. Part of `zhenggai.ledger.exporting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.documents.restated import ClaimChange, RestatedRow

if TYPE_CHECKING:
    from zhenggai.ledger.models import ClaimUpdate, Finding


def restated_rows(finding: Finding) -> tuple[RestatedRow, ...]:
    """What was taken of later documents, in order, then those of which nothing was (后来文件的说法).

    Of a finding loaded with `restated.RESTATED_SHOWN`.
    """
    taken = list(finding.claim_updates.all())
    known = {each.document_id for each in taken}
    silent = (each.document for each in finding.mentions.all() if each.document_id not in known)
    return (
        *map(_row, taken),
        *(RestatedRow(str(document), document.blob_sha256) for document in silent),
    )


def _row(update: ClaimUpdate) -> RestatedRow:
    return RestatedRow(
        document=str(update.document),
        sha256=update.document.blob_sha256,
        by=update.by.name,
        at=timezone.localtime(update.at),
        changes=tuple(
            ClaimChange(name, said.get("before"), said.get("after")) for name, said in update.fields.items()
        ),
    )
