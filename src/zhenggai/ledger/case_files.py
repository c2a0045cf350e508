"""What the case file of a finding says of its trail (留痕凭据): by which entries it can be proved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min

from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of, records_of

if TYPE_CHECKING:
    from zhenggai.ledger.models import Finding


@dataclass(frozen=True, slots=True)
class FileProof:
    """Entries of one finding in the chain of its inspection, and how far that chain goes (留痕区间).

    ``last_hash`` is that of the finding's last entry; ``head_seq`` and ``head_hash`` are the chain's own.
    """

    count: int
    first_seq: int
    last_seq: int
    last_hash: str
    head_seq: int
    head_hash: str


def finding_proof(finding: Finding) -> FileProof:
    """By which entries everything in the file of a finding can be proved; three queries.

    The finding is one that the reader sees.
    """
    chain = ChainKey.inspection(finding.inspection_id)
    events = events_of(chain, ("finding", finding.pk))
    # without an order: an aggregate needs none, and the walk along the chain costs
    counted = events.order_by().aggregate(count=Count("pk"), first=Min("seq"), last=Max("seq"))
    last_hash = events.filter(seq=counted["last"]).values_list("hash", flat=True).first() or ""
    stands = records_of(chain)
    head = stands[0] if stands is not None else None
    return FileProof(
        count=counted["count"],
        first_seq=counted["first"] or 0,
        last_seq=counted["last"] or 0,
        last_hash=last_hash,
        head_seq=head.seq if head else 0,
        head_hash=head.hash if head else "",
    )
