"""Events of the trail in words (留痕事件的文字)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from zhenggai.accounts.events import ACCOUNT_EVENT_LABELS
from zhenggai.domain.events import VEILED_EVENT, event_label
from zhenggai.intake.events import INTAKE_EVENT_LABELS
from zhenggai.ledger.event_words import details_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from zhenggai.trail.selectors import EventView

_EVENT_LABELS: Final[Mapping[str, str]] = {**INTAKE_EVENT_LABELS, **ACCOUNT_EVENT_LABELS}
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the page says it; ``who`` is empty where the name was erased.

    ``acted_for`` names for whom that person acted (代理); ``signed`` is the request and step of a signature.
    ``is_veiled``: it is of a restricted finding, and who did what is kept from the reader.
    """

    at: datetime
    title: str
    who: str
    details: tuple[tuple[str, str], ...]
    seq: int
    hash: str
    subject: tuple[str, int]
    erased: tuple[str, ...]
    acted_for: str = ""
    signed: tuple[Any, Any] = (None, None)
    is_veiled: bool = False
    name: str = ""


def timeline_of(events: Iterable[EventView]) -> list[Entry]:
    """Events in words, newest first."""
    return [entry_of(event) for event in sorted(events, key=lambda each: -each.seq)]


def title_of(name: str) -> str:
    """What happened, by the event's name, in the reader's language."""
    return _(_EVENT_LABELS.get(name) or event_label(name))


def entry_of(event: EventView) -> Entry:
    """One event in words; values that only machines need are left out."""
    return Entry(
        at=event.at,
        title=title_of(event.name),
        who=event.actor or "",
        details=details_said(event.values, _, _LONGEST),
        seq=event.seq,
        hash=event.hash,
        subject=(event.subject_kind, event.subject_id),
        erased=event.erased,
        acted_for=str(event.values.get("acted_for") or ""),
        signed=(event.values.get("request_id"), event.values.get("step")),
        is_veiled=event.name == VEILED_EVENT,
        name=event.name,
    )
