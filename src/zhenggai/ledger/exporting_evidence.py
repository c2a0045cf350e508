"""Evidence as files have it (佐证材料导出). Part of `zhenggai.ledger.exporting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.documents.ledger import EvidenceRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.ledger.models import Evidence, Finding


def evidence_rows(finding: Finding) -> tuple[EvidenceRow, ...]:
    """Every piece of a finding loaded with `facts.PIECES`, with what it proves by place."""
    places = {
        **{("measure", each.pk): place for place, each in enumerate(finding.measures.all(), start=1)},
        **{("criterion", each.pk): place for place, each in enumerate(finding.criteria.all(), start=1)},
    }
    return tuple(_evidence(each, places) for each in finding.evidence.all())


def _evidence(evidence: Evidence, places: Mapping[tuple[str, int], int]) -> EvidenceRow:
    judged = list(evidence.judgements.all())
    links = list(evidence.links.all())
    return EvidenceRow(
        title=evidence.title,
        file_name=evidence.file_name,
        sha256=evidence.blob.sha256,
        kind=evidence.kind,
        round=evidence.round,
        proves=evidence.proves,
        proves_on=evidence.proves_on,
        amount=None if evidence.amount is None else f"{evidence.amount:f}",
        uploaded_by=evidence.uploaded_by.name,
        uploaded_at=timezone.localtime(evidence.uploaded_at),
        withdrawn_at=None if evidence.withdrawn_at is None else timezone.localtime(evidence.withdrawn_at),
        effect=judged[-1].effect if judged else None,
        document_number=evidence.document_number,
        issuer=evidence.issuer,
        measures=tuple(places["measure", each.measure_id] for each in links if each.measure_id is not None),
        criteria=tuple(
            places["criterion", each.criterion_id] for each in links if each.criterion_id is not None
        ),
        people=tuple((each.person, each.handling) for each in links if each.person),
    )
