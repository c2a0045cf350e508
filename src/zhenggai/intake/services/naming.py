"""Saying whom and which units documents mean, and assigning by it (名称对应与批量交办)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.actions import Action
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.intake.access import intake_locked
from zhenggai.intake.errors import NameChoiceError
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.models import NameMeaning
from zhenggai.intake.names import AT_ONCE_MOST, names_of
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.states import NameKind
from zhenggai.ledger.services import finding_assign

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.messages import Message
    from zhenggai.intake.names import Assignable


@dataclass(frozen=True, slots=True)
class AssignedRow:
    """What came of one finding (逐条结果): assigned, or the sentence why not."""

    row: Assignable
    refusal: Message | None


@transaction.atomic
def names_say(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    meanings: Mapping[tuple[NameKind, str], int | None],
) -> int:
    """Remembers for the organisation what wordings mean (名称对应); how many answers are new.

    None says that a wording stays as stated. Nobody and nothing is ever created by it.

    :raises NotPermittedError: when the actor's posts do not let him confirm documents.
    :raises NotInLedgerError: when the document is in no ledger.
    :raises NameChoiceError: when a wording is none of the ledger's, or means somebody who cannot be meant.
    """
    intake = intake_locked(actor, at, intake_id, action=Action.INTAKE_CONFIRM)
    names = names_of(actor, intake_id, at)
    known = {(each.kind, each.text): each for each in names.wordings}
    said = []
    for (kind, text), meant in meanings.items():
        wording = known.get((kind, text))
        there = names.people if kind is NameKind.LEADER else names.units
        if wording is None or (meant is not None and meant not in there):
            raise NameChoiceError(wording=text[:60])
        if wording.is_said and wording.chosen == meant:
            continue
        NameMeaning.objects.update_or_create(
            organisation_id=intake.organisation_id,
            kind=kind.value,
            wording=text,
            defaults={
                "person_id": meant if kind is NameKind.LEADER else None,
                "unit_id": meant if kind is NameKind.UNIT else None,
                "said_by_id": actor.person_id,
                "said_at": at,
            },
        )
        name = there[meant].name if meant is not None else ""
        said.append({"kind": kind.value, "wording": text, "id": meant, "name": name})
    if said:
        intake_record(intake, IntakeEvent.NAMES_SAID, actor, at, {"names": said})
    return len(said)


def stated_assign(
    *, actor: Actor, at: datetime, intake_id: int, past_due_meant: bool = False
) -> list[AssignedRow]:
    """Assigns the registered findings whose leader and unit were said (按原件交办), 200 at a time.

    Each is assigned as by hand, or refused with its sentence; one refusal stops none of the others.

    :raises IntakeNotFoundError: when the document is not this actor's.
    :raises NotInLedgerError: when it is in no ledger.
    """
    done = []
    for row in names_of(actor, intake_id, at).ready[:AT_ONCE_MOST]:
        try:
            finding_assign(
                actor=actor,
                at=at,
                finding_id=row.finding_id,
                version=row.version,
                leader_id=row.leader_id or 0,
                unit_id=row.unit_id or 0,
                due=row.due,
                supporting_unit_ids=row.supporting_ids,
                past_due_meant=past_due_meant,
            )
        except ZhenggaiError as error:
            done.append(AssignedRow(row, error.message))
        else:
            done.append(AssignedRow(row, None))
    return done
