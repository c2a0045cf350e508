"""What the pages say of evidence (佐证用语): where the same file stands for other findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.ledger.reuse import Reuse

SHOWN_MOST: Final = 5
_TITLE_MOST: Final = 40


def reuse_named(use: Reuse) -> str:
    """A finding as it is named on the page of another: number, title, and inspection where another's."""
    said = f"{use.number} {use.title[:_TITLE_MOST]}".strip()
    return (
        _("%(finding)s (%(inspection)s)") % {"finding": said, "inspection": use.inspection}
        if use.inspection
        else said
    )


def reuse_said(uses: Sequence[Reuse]) -> list[str]:
    """The warning to whoever files a file that stands elsewhere already."""
    if not uses:
        return []
    named = _(", ").join(reuse_named(each) for each in uses[:SHOWN_MOST])
    return [
        _(
            "This file already stands as evidence of other findings (%(count)s): %(findings)s. It is filed "
            "all the same; withdraw it where it does not prove this one."
        )
        % {"count": len(uses), "findings": named}
    ]
