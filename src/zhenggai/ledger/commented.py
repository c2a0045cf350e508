"""How the comments of findings are loaded wherever they are shown whole (留言的载入).

No rule looks at comments, so they are among nothing that is weighed.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Prefetch

from zhenggai.ledger.models import Comment

COMMENTED: Final = (
    Prefetch("comments", Comment.objects.select_related("by", "withdrawn_by")),
    "comments__named",
)
