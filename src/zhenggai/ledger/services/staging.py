"""The next stage of long-term work (下一阶段): a new round of the same finding, with a goal and a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InvalidFieldError
from zhenggai.ledger.models import StageStart
from zhenggai.ledger.services.rebounding import ledger_lock, rebound_refused
from zhenggai.ledger.services.recheck_days import recheck_end
from zhenggai.ledger.services.standing import begin, cleaned, text_required

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding


@transaction.atomic
def stage_begin(
    *, actor: Actor, at: datetime, finding_id: int, version: int, goal: str, due: date
) -> Finding:
    """Begins the next stage of long-term work that is closed for one (开始下一阶段).

    The finding goes on in a new round: criteria are judged anew, evidence is filed anew, and what closed an
    earlier stage is carried over into no later one. Measures that are done stay done; what is to be done now
    is added, by hand or by an amendment of the plan. Earlier closures stay as they are, and so does the first
    due date.

    :raises InvalidFieldError: when the day of the stage is not after today.
    :raises ReboundStandsError: when the fault has come back and its successor is open.
    :raises MissingTextError: when no goal is named.
    """
    ledger_lock(finding_id)
    change = begin(actor=actor, at=at, action=Action.STAGE_BEGIN, finding_id=finding_id, version=version)
    finding, today = change.finding, timezone.localdate(at)
    rebound_refused(finding)
    day_checked(due, msg("Due date of the stage"))
    if due <= today:
        raise InvalidFieldError(
            msg(
                "The due date of the stage, %(due)s, has to lie after %(today)s, for the stage begins now. "
                "Name a later day; nothing was changed."
            ),
            due=due.isoformat(),
            today=today.isoformat(),
        )
    finding.round += 1
    row = StageStart(
        finding=finding,
        round=finding.round,
        goal=text_required(goal, msg("Goal of the stage")),
        due=due,
        by_id=actor.person_id,
        at=at,
    )
    cleaned(row)
    row.save()
    recheck_end(finding, at=at)
    finding.due = due
    finding.first_due = finding.first_due or due
    # what the unit claimed of the stage before it does not claim of this one
    finding.progress = ""
    change.say(LedgerEvent.STAGE_BEGUN, round=row.round, stage_goal=row.goal, due=due.isoformat())
    return change.finish()
