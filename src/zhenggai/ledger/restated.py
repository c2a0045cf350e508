"""Which columns of a finding make up what is compared with a later document (比对项与栏位)."""

from __future__ import annotations

from typing import Final

from django.db.models import Prefetch

from zhenggai.domain.restating import Part
from zhenggai.ledger.models import ClaimUpdate, SourceMention

COLUMNS: Final[dict[Part, tuple[str, ...]]] = {
    Part.NUMBER: ("number",),
    Part.TITLE: ("title",),
    Part.PROBLEM: ("problem",),
    Part.THEME: ("theme", "group"),
    Part.ORGANISATION: ("organisation_label",),
    Part.STATUS: ("status_text", "stated_progress", "stated_nature", "stated_closed"),
    Part.LEADER: ("stated_leader",),
    Part.UNIT: ("stated_unit",),
    Part.SUPPORTING: ("stated_supporting",),
    Part.DUE: ("stated_due_text", "stated_due_on"),
    Part.RESULT: ("stated_result",),
}
PARTS_OF: Final[dict[str, Part]] = {
    **{name: part for part, names in COLUMNS.items() for name in names},
    "theme_id": Part.THEME,
    "group_id": Part.THEME,
    "measures": Part.MEASURES,
    "actions": Part.ACTIONS,
}

RESTATED_SHOWN: Final = (
    Prefetch("claim_updates", ClaimUpdate.objects.select_related("document", "by")),
    Prefetch("mentions", SourceMention.objects.select_related("document")),
)
"""What the page of a finding shows of later documents."""
