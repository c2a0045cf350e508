"""Selectors of new situations (新情况新问题): how long each waits, and how many were answered in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.domain.situations import Clock, Count, counted
from zhenggai.ledger.answer_days import answer_day
from zhenggai.ledger.models import Finding, Situation
from zhenggai.ledger.selectors import inspection_get
from zhenggai.ledger.standing_on import day_end
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.profiles import Profile as Rules
    from zhenggai.ledger.models import Inspection


@dataclass(frozen=True, slots=True)
class Line:
    """A new situation with its clock on a day (新情况明细)."""

    situation: Situation
    clock: Clock


@dataclass(frozen=True, slots=True)
class Sheet:
    """The new situations that the actor sees (新情况台账): open by due day, and answered."""

    inspection: Inspection
    open: Sequence[Line]
    answered: Sequence[Line]
    count: Count


def clock_of(situation: Situation, on: date, rules: Rules | None = None) -> Clock:
    """How long a situation has waited as the day ends (答复时钟); what comes later counts not yet.

    ``rules``: of its inspection, where the caller has them.
    """
    answered_on = timezone.localdate(situation.answered_at) if situation.answered_at else None
    return Clock(
        raised_on=timezone.localdate(situation.raised_at),
        due=answer_day(situation, rules),
        is_reckoned=situation.due_on is None,
        answered_on=answered_on if answered_on and answered_on <= on else None,
        on=on,
    )


def situations_of(actor: Actor, inspection_id: int, on: date) -> Sheet:
    """Every new situation of an inspection that the actor sees (新情况台账).

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    inspection = inspection_get(actor, inspection_id)
    lines = _lines(actor, inspection, on)
    waiting = [each for each in lines if each.clock.is_open]
    done = [each for each in lines if not each.clock.is_open]
    return Sheet(
        inspection=inspection,
        open=sorted(waiting, key=lambda each: (each.clock.due or on, each.situation.pk)),
        answered=sorted(
            done, key=lambda each: (each.clock.answered_on or on, each.situation.pk), reverse=True
        ),
        count=counted(each.clock for each in lines),
    )


def situations_counted(actor: Actor, inspection: Inspection, on: date) -> Count:
    """How many of those that the actor sees were raised, answered and late, as the day ended (新情况统计)."""
    return counted(each.clock for each in _lines(actor, inspection, on))


def _lines(actor: Actor, inspection: Inspection, on: date) -> list[Line]:
    seen = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection)
    rows = Situation.objects.filter(finding__in=seen.order_by().values("pk"), raised_at__lt=day_end(on))
    related = rows.select_related("finding", "raised_by", "answered_by").order_by("pk")
    return [Line(each, clock_of(each, on, inspection.rules)) for each in related]
