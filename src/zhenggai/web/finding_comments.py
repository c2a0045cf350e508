"""Comments on the page of a finding (问题页上的留言): how many there are, and the last of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.web.panels import Panel

_LAST: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """One comment as its page shows it, with what its reader may do about it."""

    row: Any
    panels: Sequence[Panel]


@dataclass(frozen=True, slots=True)
class FindingComments:
    """The comments of a finding from `finding_get`."""

    finding: Any
    panel: Panel | None = None

    @property
    def way_back(self) -> str:
        """What leads back to the page of the finding once a comment is written on it."""
        return "?" + urlencode({"next": reverse("finding", args=[self.finding.pk]) + "#comments"})

    @property
    def total(self) -> int:
        """How many there are, answers and withdrawn ones too."""
        return len(self.finding.comments.all())

    @property
    def last(self) -> Sequence[Any]:
        """The newest, the newest first."""
        return list(self.finding.comments.all())[: -_LAST - 1 : -1]
