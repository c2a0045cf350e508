"""By which day a new situation is answered (应答复日): the one it was given, or that of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.domain.situations import answer_due
from zhenggai.ledger.official_calendar import official_calendar

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.profiles import Profile as Rules
    from zhenggai.ledger.models import Situation


def answer_day(situation: Situation, rules: Rules | None = None) -> date:
    """The day by which a situation is to be answered (应答复日).

    What was raised before there was a clock has none in its row; it is reckoned from the day it was raised,
    by the rules of its inspection (``rules``, where the caller has them).
    """
    if situation.due_on is not None:
        return situation.due_on
    known = rules or situation.finding.inspection.rules
    return answer_due(timezone.localdate(situation.raised_at), known.answers, official_calendar())
