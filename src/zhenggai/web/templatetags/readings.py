"""Template tags of readings of an indicator (指标读数标签)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from zhenggai.web.readings import IndicatorPart, distance_said

if TYPE_CHECKING:
    from zhenggai.ledger.readings import Reading

register = template.Library()


@register.simple_tag
def indicator_of(finding: Any, criterion: Any) -> IndicatorPart | None:
    """The indicator of a criterion with its readings; none of a sentence."""
    return IndicatorPart(finding, criterion) if criterion.direction else None


@register.simple_tag
def distance_of(reading: Reading, criterion: Any) -> str:
    """How a reading stands towards the target, in a sentence."""
    return distance_said(reading, criterion)
