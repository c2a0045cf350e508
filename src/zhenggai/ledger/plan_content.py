"""What a plan says of a finding (方案内容): as it was submitted, in a form that has one digest."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from zhenggai.ledger.facts import criteria_standing, measures_standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.ledger.models import Criterion, Finding, Measure


def plan_content(finding: Finding) -> dict[str, Any]:
    """Everything the plan fixes of a finding loaded with measures, parts and criteria; days as ISO dates."""
    leader, unit = finding.responsible_leader, finding.lead_unit
    return {
        "finding": finding.pk,
        "number": finding.number,
        "title": finding.title,
        "nature": finding.nature,
        "leader": leader.name if leader else "",
        "unit": unit.name if unit else "",
        "supporting": [each.unit.name for each in finding.supporting.all()],
        "due": _day(finding.due),
        "measures": [_measure(each) for each in measures_standing(finding)],
        "criteria": [_criterion(each) for each in criteria_standing(finding)],
    }


def plan_digest(contents: Iterable[dict[str, Any]]) -> str:
    """The SHA-256 of a plan's contents in their order, in hex: equal contents, equal digest."""
    digest = hashlib.sha256()
    for content in contents:
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()


def texts_digest(texts: Iterable[str]) -> str:
    """The SHA-256 of several texts in their order, in hex, where the texts themselves would be long."""
    lines = json.dumps(list(texts), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(lines.encode()).hexdigest()


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.pk,
        "text": measure.text,
        "requirement": measure.requirement,
        "leader": measure.leader.name if measure.leader else "",
        "due": _day(measure.due),
        "units": [each.unit.name for each in measure.tasks.all() if each.dropped_at is None],
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    said: dict[str, Any] = {"id": criterion.pk, "text": criterion.text}
    if criterion.direction:
        said |= {
            "unit": criterion.indicator_unit,
            "direction": criterion.direction,
            "target": _number(criterion.target),
            "baseline": _number(criterion.baseline),
        }
    return said


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _number(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"
