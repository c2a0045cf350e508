"""What happened to a finding since a page of it was shown (页面打开后的变化)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.ledger.errors import FindingNotFoundError
from zhenggai.ledger.models import Finding
from zhenggai.ledger.visibility import findings_shown
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor
    from zhenggai.trail.selectors import EventView

CHANGES_MOST: Final = 50


def finding_changes(actor: Actor, finding_id: int, after_seq: int) -> list[EventView]:
    """The events of a finding after one of its trail, the oldest first; the first 50.

    One query and nothing more of a finding that stands as it was shown.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    """
    seen = Finding.objects.filter(findings_shown(actor), pk=finding_id).order_by()
    inspection_id = seen.values_list("inspection_id", flat=True).first()
    if inspection_id is None:
        raise FindingNotFoundError
    events = events_of(ChainKey.inspection(inspection_id), ("finding", finding_id))
    return event_views(events.filter(seq__gt=after_seq)[:CHANGES_MOST])
