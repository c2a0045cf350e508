"""Opening inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing, organisation_get
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.inspections import InspectionKind, plan_is_required
from zhenggai.domain.markings import Marking, marking_checked
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action, Facts
from zhenggai.ledger.models import Inspection
from zhenggai.ledger.models.inspections import profiled
from zhenggai.ledger.services.standing import cleaned, text_optional, text_required
from zhenggai.ledger.visibility import permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor


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
) -> Inspection:
    """Opens an inspection of an organisation (建立检查项目) and begins its chain in the trail.

    ``plan_required``: whether work counts only under an approved plan; None leaves it to the kind.

    :raises MarkingTooHighError: when the papers' marking (密级) is above what this system may hold.
    :raises NotFoundError: when one of the organisations does not exist.
    :raises ActionDeniedError: when the actor is not of the office over the organisation.
    """
    subject = organisation_get(subject_id)
    actor = actor_standing(actor, timezone.localdate(at))
    permit(actor, Action.INSPECTION_CREATE, Facts(subject_path=subject.path))
    if not subject.is_active:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    body = None if inspector_organisation_id is None else organisation_get(inspector_organisation_id)
    inspection = Inspection(
        title=text_required(title, msg("Title"), 300),
        kind=InspectionKind(kind).value,
        subject=subject,
        inspector=text_optional(inspector, msg("Inspecting body"), 200),
        inspector_organisation=body,
        feedback_on=day_checked(feedback_on, msg("Feedback on")),
        plan_required=(plan_is_required(InspectionKind(kind)) if plan_required is None else plan_required),
        marking=marking_checked(Marking(marking), Marking(settings.ZHENGGAI_MARKING_HIGHEST)).value,
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
            **{name: getattr(inspection, name) for name in profiled()},
        },
    )
    return inspection
