"""Opening inspections, and entering later what they did not say (建立与补录检查项目)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing, inspecting_bodies, organisation_get
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind, plan_is_required
from zhenggai.domain.markings import Marking, marking_checked
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, Facts, Scope
from zhenggai.ledger.errors import (
    InspectionNotFoundError,
    InvalidFieldError,
    RoundOfOtherBodyError,
    StandsOtherwiseError,
)
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.models import Inspection
from zhenggai.ledger.services.profiles import version_chosen
from zhenggai.ledger.services.standing import cleaned, text_optional, text_required
from zhenggai.ledger.visibility import inspections_seen, permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.accounts.models import Organisation
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import ProfileVersion


@transaction.atomic
def inspection_create(
    *,
    actor: Actor,
    at: datetime,
    title: str,
    kind: InspectionKind,
    subject_id: int,
    inspector: str = "",
    inspector_organisation_id: int | None = None,
    feedback_on: date | None = None,
    plan_required: bool | None = None,
    marking: Marking = Marking.INTERNAL,
    profile_id: int | None = None,
) -> Inspection:
    """Opens an inspection of an organisation (建立检查项目) and begins its chain in the trail.

    ``plan_required``: whether work counts only under an approved plan; None leaves it to the kind.
    ``profile_id``: it begins with the newest version of these rules, and keeps it; None takes the default of
    its kind there.

    :raises MarkingTooHighError: when the papers' marking (密级) is above what this system may hold.
    :raises NotFoundError: when one of the organisations does not exist.
    :raises ActionDeniedError: when the actor is not of the office over the organisation.
    :raises ProfileNotFoundError: when there is no such profile, or the actor does not see it.
    :raises ProfileElsewhereError: when it does not hold for the organisation.
    :raises ProfileOfOtherKindError: when it is for another kind of inspection.
    :raises InvalidFieldError: when the inspecting body is part of what is inspected, its ladders ask for one
        and none works here, or the joint review names the inspected organisation itself.
    """
    subject = organisation_get(subject_id)
    actor = actor_standing(actor, timezone.localdate(at))
    permit(actor, Action.INSPECTION_CREATE, Facts(subject_path=subject.path))
    if not subject.is_active:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    body = None if inspector_organisation_id is None else organisation_get(inspector_organisation_id)
    _apart(body, subject)
    version = version_chosen(actor, InspectionKind(kind), subject, profile_id)
    _signable(version, body, subject)
    inspection = Inspection(
        title=text_required(title, msg("Title"), 300),
        kind=InspectionKind(kind).value,
        subject=subject,
        inspector=text_optional(inspector, msg("Inspecting body"), 200),
        inspector_organisation=body,
        feedback_on=day_checked(feedback_on, msg("Feedback on")),
        plan_required=(plan_is_required(InspectionKind(kind)) if plan_required is None else plan_required),
        marking=marking_checked(Marking(marking), Marking(settings.ZHENGGAI_MARKING_HIGHEST)).value,
        profile_version=version,
        created_at=at,
    )
    cleaned(inspection)
    inspection.save()
    record(
        chain=ChainKey.inspection(inspection.pk),
        name=LedgerEvent.INSPECTION_CREATED,
        actor=actor,
        at=at,
        subject=("inspection", inspection.pk),
        values={
            "title": inspection.title,
            "kind": inspection.kind,
            "subject_id": subject.pk,
            "subject": subject.name,
            "inspector": inspection.inspector,
            "inspector_organisation_id": body.pk if body else None,
            "feedback_on": feedback_on.isoformat() if feedback_on else None,
            "plan_required": inspection.plan_required,
            "marking": inspection.marking,
            "profile": version.profile.title,
            "profile_version": version.number,
            "profile_version_id": version.pk,
            "profile_digest": version.digest,
        },
    )
    return inspection


@transaction.atomic
def inspection_complete(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    feedback_on: date | None = None,
    inspector: str = "",
    inspector_organisation_id: int | None = None,
) -> Inspection:
    """Enters what an inspection does not say yet (补录项目信息): feedback day, inspecting body. Each once.

    Due days follow from the day, and the body's people see the inspection from then on.

    :raises InspectionNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the actor is not of the office over the organisation.
    :raises StandsOtherwiseError: when what is entered stands already, or nothing is entered.
    :raises NotFoundError: when no such inspecting body works here.
    :raises InvalidFieldError: when the inspecting body is part of what is inspected.
    :raises RoundOfOtherBodyError: when the inspection stands in a round of another body.
    """
    actor = actor_standing(actor, timezone.localdate(at))
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True).select_related(
        "subject", "inspector_organisation", "profile_version__profile", "round__body"
    )
    row = rows.filter(inspections_seen(actor), pk=inspection_id).order_by().first()
    if row is None:
        raise InspectionNotFoundError
    permit(actor, Action.INSPECTION_COMPLETE, inspection_facts(row))
    told: dict[str, Any] = {}
    if feedback_on is not None:
        _not_yet(row.feedback_on)
        row.feedback_on = day_checked(feedback_on, msg("Feedback on"))
        told["feedback_on"] = feedback_on.isoformat()
    if name := text_optional(inspector, msg("Inspecting body"), 200):
        _not_yet(row.inspector)
        row.inspector = told["inspector"] = name
    if inspector_organisation_id is not None:
        _not_yet(row.inspector_organisation_id)
        body = inspecting_bodies(actor).filter(pk=inspector_organisation_id).first()
        if body is None:
            raise NotFoundError(msg("There is no such organisation among those you can see."))
        _apart(body, row.subject)
        if row.round is not None and row.round.body_id != body.pk:
            raise RoundOfOtherBodyError(
                title=row.round.title,
                body=row.round.body.name,
                kind=Message(INSPECTION_KIND_LABELS[InspectionKind(row.kind)]),
            )
        row.inspector_organisation = body
        told |= {"inspector_organisation_id": body.pk, "inspector_organisation": body.name}
    if not told:
        raise StandsOtherwiseError(msg("Nothing was entered, so nothing was changed."))
    cleaned(row)
    row.save(update_fields=["feedback_on", "inspector", "inspector_organisation"])
    record(
        chain=ChainKey.inspection(row.pk),
        name=LedgerEvent.INSPECTION_COMPLETED,
        actor=actor,
        at=at,
        subject=("inspection", row.pk),
        values=told,
    )
    return row


def _not_yet(value: object) -> None:
    """Sees that nothing stands there: due days and sight follow from it, and nobody changes those."""
    if value not in {None, ""}:
        raise StandsOtherwiseError(
            msg(
                "The feedback day and the inspecting body are entered once, since due days and who sees the "
                "inspection follow from them; this one says it already. Nothing was changed."
            )
        )


def _apart(body: Organisation | None, subject: Organisation) -> None:
    """Sees that the inspecting body stands outside what it inspects: its word stands alone."""
    if body is not None and body.path.startswith(subject.path):
        raise InvalidFieldError(
            msg(
                "“%(body)s” is %(subject)s itself or a part of it, and nobody inspects what one belongs to. "
                "Choose the body that inspected from outside; nothing was changed."
            ),
            body=body.name,
            subject=subject.name,
        )


def _signable(version: ProfileVersion, body: Organisation | None, subject: Organisation) -> None:
    """Sees that every step of the ladders can be signed: rules and body stay for as long as it runs."""
    if any(each.organisation_id == subject.pk for step in version.rules.ladder for each in step.bodies):
        raise InvalidFieldError(
            msg(
                "“%(title)s” has %(organisation)s among the bodies of its joint review, and the body that "
                "confirms is never the one that was inspected. Choose other rules, or make a version without "
                "it; nothing was changed."
            ),
            title=version.profile.title,
            organisation=subject.name,
        )
    steps = (*version.rules.ladder, *version.rules.plan_ladder, *version.rules.extension_ladder)
    if body is None and any(step.scope is Scope.INSPECTOR for step in steps):
        raise InvalidFieldError(
            msg(
                "“%(title)s” asks for a signature of the inspecting body, and none that works here is named, "
                "so nothing could ever be closed or approved. Name the inspecting body among the "
                "organisations, or choose other rules; nothing was changed."
            ),
            title=version.profile.title,
        )
