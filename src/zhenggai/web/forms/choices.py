"""Choices of closed lists (选项)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

Choice = tuple[str, Any]
NO_CHOICE: tuple[Choice, ...] = (("", _("— choose —")),)


def words(labels: Mapping[Any, str]) -> list[Choice]:
    """Choices of a closed list, in the reader's language."""
    return [(str(value), _(label)) for value, label in labels.items()]
