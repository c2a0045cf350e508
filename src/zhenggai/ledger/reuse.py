"""The same file as evidence of several findings (一证多用): shown as far as the reader sees the others.

Nothing is said of findings that the reader does not see, not even how many there are: a number would tell
whoever holds a file that somebody filed it where he may not look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.ledger.models import Evidence, Finding
from zhenggai.ledger.visibility import findings_shown

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor

REUSES_MOST: Final = 200
"""How many uses elsewhere are looked at for one finding."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """Another finding that the same file is filed for (一证多用); ``inspection`` where another's."""

    finding_id: int
    number: str
    title: str
    inspection: str = ""


def evidence_reuse(actor: Actor, finding: Finding) -> dict[int, tuple[Reuse, ...]]:
    """By stored file, the other findings that the actor sees and whose evidence it stands for; one query.

    Withdrawn evidence proves nothing and counts on neither side. The first 200 uses are told.
    """
    held = Evidence.objects.filter(finding_id=finding.pk, withdrawn_at__isnull=True)
    rows = (
        Finding.objects.filter(findings_shown(actor))
        .filter(evidence__withdrawn_at__isnull=True, evidence__blob__in=held.values("blob_id"))
        .exclude(pk=finding.pk)
        .order_by("inspection_id", "position", "pk")
        .values_list(
            "evidence__blob_id", "pk", "number", "title", "inspection_id", "inspection__title", named=True
        )
        .distinct()[:REUSES_MOST]
    )
    found: dict[int, tuple[Reuse, ...]] = {}
    for row in rows:
        elsewhere = row.inspection__title if row.inspection_id != finding.inspection_id else ""
        use = Reuse(row.pk, row.number, row.title, elsewhere)
        found[row.evidence__blob_id] = (*found.get(row.evidence__blob_id, ()), use)
    return found
