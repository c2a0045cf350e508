"""Rounds of an inspecting body (轮次): opened, renamed, and inspections put in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing, organisation_get, organisation_root_id
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, Facts
from zhenggai.ledger.errors import (
    InspectionNotFoundError,
    NameTakenError,
    RoundDaysError,
    RoundNotFoundError,
    RoundOfOtherBodyError,
    StandsOtherwiseError,
)
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.models import Inspection, Round
from zhenggai.ledger.rounds import round_facts, rounds_visible
from zhenggai.ledger.services.standing import cleaned, text_required
from zhenggai.ledger.visibility import inspections_seen, permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor


@transaction.atomic
def round_create(
    *,
    actor: Actor,
    at: datetime,
    body_id: int,
    title: str,
    kind: InspectionKind,
    begins_on: date,
    ends_on: date | None = None,
) -> Round:
    """Opens a round of an inspecting body (建立轮次).

    :raises NotFoundError: when there is no such organisation, or it is closed.
    :raises ActionDeniedError: when the actor is neither of that body nor of the office over it.
    :raises NameTakenError: when the body has a round of this title.
    :raises RoundDaysError: when it would end before it begins.
    """
    body = organisation_get(body_id)
    actor = actor_standing(actor, timezone.localdate(at))
    permit(actor, Action.ROUND_CREATE, Facts(subject_path=body.path, inspector_path=body.path))
    if not body.is_active:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    row = Round(body=body, kind=InspectionKind(kind).value, created_at=at)
    _say(row, title, begins_on, ends_on)
    row.save()
    _tell(row, LedgerEvent.ROUND_CREATED, actor, at)
    return row


@transaction.atomic
def round_rename(
    *, actor: Actor, at: datetime, round_id: int, title: str, begins_on: date, ends_on: date | None = None
) -> Round:
    """Changes name and days of a round (修改轮次).

    :raises RoundNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the actor is neither of its body nor of the office over it.
    :raises NameTakenError: when the body has another round of this title.
    :raises RoundDaysError: when it would end before it begins.
    """
    actor = actor_standing(actor, timezone.localdate(at))
    row = (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("body")
        .filter(pk=round_id)
        .first()
    )
    if row is None or not rounds_visible(actor).filter(pk=row.pk).exists():
        raise RoundNotFoundError
    permit(actor, Action.ROUND_RENAME, round_facts(row))
    former = row.title
    _say(row, title, begins_on, ends_on)
    row.save()
    _tell(row, LedgerEvent.ROUND_RENAMED, actor, at, former=former)
    return row


@transaction.atomic
def inspection_put_in_round(
    *, actor: Actor, at: datetime, inspection_id: int, round_id: int | None, seen_id: int | None = None
) -> Inspection:
    """Puts an inspection in a round of its inspecting body (归入轮次), or with None in none.

    ``seen_id``: the round in which the page showed it, where it is taken out of one.

    :raises InspectionNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the actor is neither of its inspecting body nor of its office.
    :raises RoundNotFoundError: when there is no such round or the actor does not see it.
    :raises RoundOfOtherBodyError: when the round is another body's, or for another kind.
    :raises StandsOtherwiseError: when it stands in that round, or in none, already, or in another than seen.
    """
    actor = actor_standing(actor, timezone.localdate(at))
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True).filter(pk=inspection_id)
    row = rows.select_related("subject", "inspector_organisation", "round").first()
    if row is None or not Inspection.objects.filter(inspections_seen(actor), pk=row.pk).exists():
        raise InspectionNotFoundError
    permit(actor, Action.INSPECTION_PUT_IN_ROUND, inspection_facts(row))
    target = None if round_id is None else rounds_visible(actor).filter(pk=round_id).first()
    if round_id is not None and target is None:
        raise RoundNotFoundError
    if row.round_id == (target.pk if target else None):
        raise StandsOtherwiseError(
            msg("The inspection stands there already; nothing was changed. Choose another round.")
        )
    if seen_id is not None and row.round_id != seen_id:
        raise StandsOtherwiseError(
            msg("The inspection was put in another round meanwhile; nothing was changed. Look at that one.")
        )
    if target is not None and not _belongs(row, target):
        raise RoundOfOtherBodyError(
            title=target.title,
            body=target.body.name,
            kind=Message(INSPECTION_KIND_LABELS[InspectionKind(target.kind)]),
        )
    former = row.round.title if row.round else None
    row.round = target
    row.save(update_fields=["round"])
    record(
        chain=ChainKey.inspection(row.pk),
        name=LedgerEvent.INSPECTION_PUT_IN_ROUND,
        actor=actor,
        at=at,
        subject=("inspection", row.pk),
        values={
            "round_id": target.pk if target else None,
            "round": target.title if target else None,
            "former": former,
        },
    )
    return row


def _belongs(inspection: Inspection, round_: Round) -> bool:
    """Whether kind and body are the round's; a body that does not work here is only printed."""
    is_of_body = inspection.inspector_organisation_id in {None, round_.body_id}
    return is_of_body and inspection.kind == round_.kind


def _say(row: Round, title: str, begins_on: date, ends_on: date | None) -> None:
    row.title = text_required(title, msg("Title"), 200)
    row.begins_on = day_checked(begins_on, msg("Begins on"))
    row.ends_on = day_checked(ends_on, msg("Ends on"))
    if row.ends_on is not None and row.ends_on < row.begins_on:
        raise RoundDaysError(begins=row.begins_on.isoformat(), ends=row.ends_on.isoformat())
    if Round.objects.filter(body=row.body, title=row.title).exclude(pk=row.pk).exists():
        raise NameTakenError(title=row.title)
    cleaned(row)


def _tell(row: Round, event: LedgerEvent, actor: Actor, at: datetime, **values: str) -> None:
    record(
        chain=ChainKey.organisation(organisation_root_id(row.body.path)),
        name=event,
        actor=actor,
        at=at,
        subject=("round", row.pk),
        values={
            "title": row.title,
            "kind": row.kind,
            "organisation_id": row.body.pk,
            "organisation": row.body.name,
            "started_on": row.begins_on.isoformat(),
            "ended_on": row.ends_on.isoformat() if row.ends_on else None,
            **values,
        },
    )
