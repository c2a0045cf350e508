"""How long a new situation has waited (新情况时钟), for pages that show findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from zhenggai.ledger.situations import clock_of as clock

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.situations import Clock

register = template.Library()


@register.simple_tag
def clock_of(situation: Any, on: date) -> Clock:
    """The clock of a new situation on a day."""
    return clock(situation, on)
