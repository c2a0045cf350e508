"""The unit's claim of progress beside the view of who verifies, on the finding's page (自评与认定)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zhenggai.domain.progress import GAP_LABELS, Gap
from zhenggai.ledger.progress_gaps import gap_of

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class FindingProgress:
    """What was claimed and seen last, the latest report first."""

    finding: Any

    @property
    def reports(self) -> Sequence[Any]:
        """The unit's reports, the latest first."""
        return list(reversed(self.finding.progress_reports.all()))

    @property
    def claim(self) -> Any | None:
        """The unit's last report."""
        return next(iter(self.reports), None)

    @property
    def views(self) -> Sequence[Any]:
        """What those who verify said, the latest first."""
        return list(reversed(self.finding.progress_views.all()))

    @property
    def view(self) -> Any | None:
        """The last of it."""
        return next(iter(self.views), None)

    @property
    def is_ahead(self) -> bool:
        """Whether the unit claims more than is seen."""
        return gap_of(self.finding) is Gap.AHEAD

    @property
    def gap(self) -> str:
        """How claim and view stand to each other, in words; empty where one is silent."""
        gap = gap_of(self.finding)
        return str(_(GAP_LABELS[gap])) if gap else ""
