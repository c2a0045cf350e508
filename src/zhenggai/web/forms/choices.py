"""Choices of closed lists (选项)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

Choice = tuple[str, Any]
NO_CHOICE: tuple[Choice, ...] = (("", _("— choose —")),)
# where a choice lacks what somebody looks for: whom to ask for it
MISSING_ORGANISATION: Final = _(
    "Only organisations for which you hold a post of the rectification office stand here. Where the "
    "inspected one is missing, ask your system administrator for a post there."
)
LEADERS_ONLY: Final = _(
    "Only people with a confirmed post as responsible leader stand here; the system administrator gives it."
)
UNIT_TOLD: Final = _("Its people are told at once, accept the finding and report on it.")
DUE_KEPT: Final = _("Until the end of that day. Once set it moves only by an approved extension.")


def words(labels: Mapping[Any, str]) -> list[Choice]:
    """Choices of a closed list, in the reader's language."""
    return [(str(value), _(label)) for value, label in labels.items()]
