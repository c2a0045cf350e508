"""Sentences about a received document (收件说明)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from zhenggai.domain.messages import Message
from zhenggai.intake.states import IntakeState

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.intake.models import Intake


def moment(at: datetime) -> str:
    """A moment as this place's clocks show it."""
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def became_of(intake: Intake) -> str:
    """When and by whom the same bytes were received, and what became of them."""
    became = {
        IntakeState.RECEIVED: _("It waits to be read, or is being read."),
        IntakeState.FAILED: _("It was kept, but could not be read."),
        IntakeState.DRAFT: _("It waits for confirmation; this is its draft."),
        IntakeState.CONFIRMED: _("It was confirmed and is in the ledger."),
        IntakeState.ABANDONED: _("It was set aside and can be taken up again."),
    }[IntakeState(intake.state)]
    return _(
        "The same document was received before, as “%(name)s”, on %(when)s from %(who)s. %(became)s "
        "Nothing was stored a second time."
    ) % {
        "name": intake.name,
        "when": moment(intake.received_at),
        "who": intake.uploader.name,
        "became": became,
    }


def failure_of(intake: Intake) -> str:
    """Why the document could not be read, in the reader's language."""
    return message_kept(intake.failure).render(_) if intake.failure else ""


def message_kept(plain: dict[str, object]) -> Message:
    """A sentence that was kept as JSON, with the sentences inside it."""
    values = plain.get("values")
    inner = values if isinstance(values, dict) else {}
    return Message(
        str(plain.get("template", "")),
        {name: message_kept(value) if isinstance(value, dict) else value for name, value in inner.items()},
    )
