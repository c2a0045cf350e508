"""Recording what was measured of an indicator (登记指标读数), and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.indicators import check_measured_on
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import StandsOtherwiseError
from zhenggai.ledger.models import IndicatorReading
from zhenggai.ledger.services.judging import criterion_standing
from zhenggai.ledger.services.standing import begin, cleaned, piece, text_required

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Evidence, Finding


@transaction.atomic
def reading_record(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    criterion_id: int,
    value: Decimal,
    measured_on: date,
    source: str,
    evidence_id: int | None = None,
) -> Finding:
    """Records a reading of a criterion's indicator (登记指标读数), in the indicator's unit.

    It judges nothing and closes nothing: whether the criterion is met is said by who judges it. A figure is a
    fact and no work, so it is recorded whether or not the plan is approved, the work suspended, or a stage of
    long-term work closed.

    :raises StandsOtherwiseError: when the criterion was dropped or has no indicator, or the evidence was
        withdrawn.
    :raises MeasuredDayError: when the day is still to come.
    :raises DayImpossibleError: when nobody can have meant that day.
    :raises MissingTextError: when no source is named.
    """
    change = begin(actor=actor, at=at, action=Action.READING_RECORD, finding_id=finding_id, version=version)
    finding = change.finding
    criterion = criterion_standing(finding, criterion_id)
    if not criterion.direction:
        raise StandsOtherwiseError(
            msg(
                "The criterion “%(text)s” is a sentence without an indicator, so there is nothing to "
                "measure. It is judged by what evidence shows; nothing was changed."
            ),
            text=criterion.text[:120],
        )
    evidence: Evidence | None = None if evidence_id is None else piece(finding, "evidence", evidence_id)
    if evidence is not None and evidence.withdrawn_at is not None:
        raise StandsOtherwiseError(
            msg("“%(title)s” was withdrawn and proves nothing any more. Name evidence that stands."),
            title=evidence.title,
        )
    check_measured_on(measured_on, timezone.localdate(at))
    row = IndicatorReading(
        finding=finding,
        criterion=criterion,
        value=value,
        measured_on=measured_on,
        figure_source=text_required(source, msg("Source of the figure"), 500),
        evidence=evidence,
        recorded_by_id=actor.person_id,
        recorded_at=at,
    )
    cleaned(row)
    row.save()
    change.say(
        LedgerEvent.READING_RECORDED,
        reading_id=row.pk,
        criterion_id=criterion.pk,
        text=criterion.text,
        value=f"{row.value:f}",
        measured_in=criterion.indicator_unit,
        measured_on=measured_on.isoformat(),
        figure_source=row.figure_source,
        evidence_id=evidence.pk if evidence else None,
    )
    return change.finish()


@transaction.atomic
def reading_withdraw(
    *, actor: Actor, at: datetime, finding_id: int, version: int, reading_id: int, reason: str
) -> Finding:
    """Withdraws a reading with its reason (撤回指标读数), by whoever recorded it; it stays to be seen.

    :raises StandsOtherwiseError: when it is withdrawn already, or a closing stands since.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.READING_WITHDRAW,
        finding_id=finding_id,
        version=version,
        author_of=("readings", reading_id),
    )
    row: IndicatorReading = piece(change.finding, "readings", reading_id)
    if row.withdrawn_at is not None:
        raise StandsOtherwiseError(msg("This reading is withdrawn already; nothing was changed."))
    if change.finding.closures.filter(at__gte=row.recorded_at).exists():
        raise StandsOtherwiseError(
            msg(
                "A stage was closed with this reading in sight, so it stays. Record another reading that "
                "sets it right, and say so in its source; nothing was changed."
            )
        )
    row.withdrawn_at = at
    row.withdrawn_by_id = actor.person_id
    row.withdrawn_reason = decision_reason(reason)
    cleaned(row)
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    change.say(
        LedgerEvent.READING_WITHDRAWN,
        reading_id=row.pk,
        criterion_id=row.criterion_id,
        value=f"{row.value:f}",
        reason=row.withdrawn_reason,
    )
    return change.finish()
