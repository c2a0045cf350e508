"""New situations (新情况新问题): raised, passed up level by level, and answered once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.actor import Role
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.grants import Scope
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, stands
from zhenggai.domain.situations import (
    LEVEL_LABELS,
    Level,
    answer_due,
    first_level,
    level_above,
    level_reached,
    levels_above,
)
from zhenggai.ledger.errors import NobodyAboveError, StandsOtherwiseError
from zhenggai.ledger.facts import facts_of
from zhenggai.ledger.models import Situation, SituationStep
from zhenggai.ledger.official_calendar import official_calendar
from zhenggai.ledger.services.standing import begin, cleaned, piece, text_required
from zhenggai.ledger.situations_at import people_at
from zhenggai.ledger.situations_due import situation_untell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def situation_raise(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    text: str,
    follows_id: int | None = None,
) -> Finding:
    """Raises a new situation (上报新情况新问题); the finding cannot be closed until it is answered.

    It waits one level above whoever raised it, or where there is nobody, at the next that has somebody.
    ``follows_id``: the answered one that it takes up again.

    :raises StandsOtherwiseError: when that has no answer yet.
    :raises PieceNotFoundError: when that is none of the finding's.
    """
    change = begin(actor=actor, at=at, action=Action.SITUATION_RAISE, finding_id=finding_id, version=version)
    finding, on = change.finding, timezone.localdate(at)
    if follows_id is not None:
        _answered(piece(finding, "situations", follows_id))
    due = answer_due(on, finding.inspection.rules.answers, official_calendar())
    facts = facts_of(finding)
    first = first_level(
        leads=stands(change.actor, Role.RESPONSIBLE_LEADER, Scope.OWN, facts),
        heads_unit=stands(change.actor, Role.UNIT_HEAD, Scope.UNITS, facts),
    )
    level, passed_over = level_reached(first, _manned(change, actor.person_id))
    situation = Situation(
        finding=finding,
        text=text_required(text, msg("New situation")),
        raised_by_id=actor.person_id,
        raised_at=at,
        level=level.value,
        due_on=due,
        follows_id=follows_id,
    )
    cleaned(situation)
    situation.save()
    _step(change, situation, passed_over=passed_over)
    change.say(
        LedgerEvent.SITUATION_RAISED,
        situation_id=situation.pk,
        text=situation.text,
        level=situation.level,
        passed_over=list(passed_over),
        due=due.isoformat(),
        follows_id=follows_id,
    )
    return change.finish()


@transaction.atomic
def situation_pass_up(
    *, actor: Actor, at: datetime, finding_id: int, version: int, situation_id: int, analysis: str
) -> Finding:
    """Passes a new situation up with its analysis (分析研判后逐级上报), to the next level that has somebody.

    The day by which it is answered stays.

    :raises StandsOtherwiseError: when it is answered already.
    :raises NobodyAboveError: when it waits at the last level, or nobody is at any above it.
    :raises ReasonTooShortError: for an analysis of fewer than 10 characters.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.SITUATION_PASS_UP,
        finding_id=finding_id,
        version=version,
        author_of=("situations", situation_id),
    )
    situation: Situation = piece(change.finding, "situations", situation_id)
    _unanswered(situation)
    before = Level(situation.level)
    found = level_above(levels_above(before), _manned(change, situation.raised_by_id))
    if found is None:
        raise NobodyAboveError(text=situation.text, level=Message(LEVEL_LABELS[before]))
    level, passed_over = found
    text = decision_reason(text_required(analysis, msg("Analysis")))
    situation.level = level.value
    _step(change, situation, before=before, passed_over=passed_over, analysis=text)
    cleaned(situation)
    situation.save(update_fields=["level"])
    situation_untell(situation.pk, at=at)
    change.say(
        LedgerEvent.SITUATION_PASSED_UP,
        situation_id=situation.pk,
        from_level=before.value,
        level=level.value,
        passed_over=list(passed_over),
        analysis=text,
    )
    return change.finish()


@transaction.atomic
def situation_answer(
    *, actor: Actor, at: datetime, finding_id: int, version: int, situation_id: int, text: str
) -> Finding:
    """Answers a new situation (答复新情况): whoever it waits with or above, never whoever raised it.

    :raises StandsOtherwiseError: when it is answered already.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.SITUATION_ANSWER,
        finding_id=finding_id,
        version=version,
        author_of=("situations", situation_id),
    )
    situation: Situation = piece(change.finding, "situations", situation_id)
    _unanswered(situation)
    situation.answer = text_required(text, msg("Answer"))
    situation.answered_by_id = actor.person_id
    situation.answered_at = at
    cleaned(situation)
    situation.save(update_fields=["answer", "answered_by", "answered_at"])
    situation_untell(situation.pk, at=at)
    change.say(LedgerEvent.SITUATION_ANSWERED, situation_id=situation.pk, answer=situation.answer)
    return change.finish()


def _unanswered(situation: Situation) -> None:
    if situation.answered_at is not None:
        raise StandsOtherwiseError(
            msg("The new situation “%(text)s” is answered already, and an answer is never changed."),
            text=situation.text,
        )


def _answered(situation: Situation) -> None:
    if situation.answered_at is None:
        raise StandsOtherwiseError(
            msg(
                "The new situation “%(text)s” waits for its answer still; what follows it is raised once "
                "it is answered. Nothing was changed."
            ),
            text=situation.text,
        )


def _manned(change: Change, raised_by_id: int) -> Callable[[Level], bool]:
    """Whether anybody but whoever raised it is at a level, on the day of the change."""
    facts = facts_of(change.finding, raised_by_id)
    on = timezone.localdate(change.at)
    return lambda level: bool(people_at(level, facts, on))


def _step(
    change: Change,
    situation: Situation,
    *,
    before: Level | None = None,
    passed_over: tuple[Level, ...],
    analysis: str = "",
) -> None:
    row = SituationStep(
        situation=situation,
        from_level=before.value if before else "",
        to_level=situation.level,
        passed_over=[each.value for each in passed_over],
        analysis=analysis,
        by_id=change.actor.person_id,
        at=change.at,
    )
    cleaned(row)
    row.save()
