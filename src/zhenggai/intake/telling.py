"""Who is told that a document has been read (识别告知): whoever handed it in, and whoever had it read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction

from zhenggai.domain.messages import Message, msg
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.sending import send_or_log
from zhenggai.inbox.services import News
from zhenggai.intake.models import DraftFinding
from zhenggai.intake.states import IntakeState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenggai.intake.models import Intake

_READ: Final = msg("The document has been read: %(count)s findings wait for your confirmation.")
_COMPARED: Final = msg("The document has been compared with the ledger; its page shows what came of it.")
_TAKEN: Final = msg("Taking the document into the ledger has come to its end; its page says what came of it.")
_FAILED: Final = msg("The document could not be read; it is kept, and its page says why.")


def reading_tell(intake: Intake, *, by_id: int, at: datetime) -> None:
    """Tells, once the change is committed, that the reading in the background has come to its end."""
    news = partial(_news, intake, {intake.uploader_id, by_id})
    transaction.on_commit(partial(send_or_log, news, at, "intake", intake.pk))


def compared_tell(intake: Intake, step: str, *, by_id: int, at: datetime) -> None:
    """Tells the person, once the change is committed, that comparing or taking in has come to its end."""
    message = Message(_COMPARED if step == "compare" else _TAKEN)
    news = News(
        person_id=by_id,
        kind=NoticeKind.INTAKE,
        message=message,
        key=f"intake:{intake.pk}:{step}:{at.isoformat()}",
        target=(TargetKind.INTAKE, intake.pk),
    )
    transaction.on_commit(partial(send_or_log, partial(iter, [news]), at, "intake", intake.pk))


def _news(intake: Intake, people: set[int]) -> Iterator[News]:
    if intake.state == IntakeState.DRAFT:
        message = Message(_READ, {"count": DraftFinding.objects.filter(intake=intake).count()})
    else:
        message = Message(_FAILED)
    for person_id in sorted(people):
        yield News(
            person_id=person_id,
            kind=NoticeKind.INTAKE,
            message=message,
            key=f"intake:{intake.pk}:{intake.version}",
            target=(TargetKind.INTAKE, intake.pk),
        )
