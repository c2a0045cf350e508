"""The fields of a draft that people edit (可编辑的字段): how each is shown, taken in and refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from zhenggai.domain.closing import shown_characters
from zhenggai.domain.days import DayImpossibleError, day_read, is_day_possible
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
from zhenggai.intake.states import KIND_LABELS

FIELD_CHARACTERS: Final = 20_000
TITLE_CHARACTERS: Final = 1_000
NUMBER_CHARACTERS: Final = 100


class Shape(StrEnum):
    """What a field holds."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """One editable field: its column, its word for people, what it holds and how much of it."""

    name: str
    label: str
    shape: Shape = Shape.LINE
    limit: int = TITLE_CHARACTERS
    choices: tuple[tuple[str, str], ...] = ()

    def show(self, value: Any) -> str:
        """The stored value as a form shows it."""
        if value is None:
            return ""
        if self.shape is Shape.YES_NO:
            return "yes" if value else "no"
        return value.isoformat() if isinstance(value, date) else str(value)

    def take(self, text: str) -> Any:
        """What a form sent, as the column holds it.

        :raises FieldError: when the text is too long, no day, or not among the choices.
        """
        plain = shown_characters(text.replace("\r\n", "\n")).strip()
        if self.shape in {Shape.LINE, Shape.TEXT}:
            return self._words(plain)
        if not plain:
            return None if self.shape in {Shape.DAY, Shape.YES_NO} else ""
        if self.shape is Shape.DAY:
            return self._day(plain)
        if plain not in {value for value, _ in self.choices}:
            raise FieldError(
                msg("“%(value)s” is none of the answers to “%(field)s”; choose one from the list."),
                value=plain[:40],
                field=Message(self.label),
            )
        return plain == "yes" if self.shape is Shape.YES_NO else plain

    def _words(self, plain: str) -> str:
        if len(plain) > self.limit:
            raise FieldError(
                msg(
                    "“%(field)s” has %(length)s characters and takes %(limit)s; shorten it. "
                    "Your text stays in the field until then."
                ),
                field=Message(self.label),
                length=len(plain),
                limit=self.limit,
            )
        return " ".join(plain.split("\n")) if self.shape is Shape.LINE else plain

    def _day(self, plain: str) -> date:
        day = day_read(plain)
        if day is None:
            raise FieldError(
                msg("“%(value)s” is no day of the calendar; “%(field)s” takes one like 2024-03-28."),
                value=plain[:40],
                field=Message(self.label),
            )
        if not is_day_possible(day):
            refusal = DayImpossibleError(day, self.label)
            raise FieldError(refusal.message.template, **refusal.message.values)
        return day


class FieldError(InvalidError):
    """What was typed cannot stand in this field; it is kept in the form, not stored."""

    code = "intake.field"


def fingerprint(shown: str) -> str:
    """A short mark of a shown value, by which a form says what it started from."""
    return hashlib.sha256(shown.replace("\r\n", "\n").strip().encode("utf-8", "replace")).hexdigest()[:12]


_PROGRESS: Final = (
    ("", ""),
    (StatedProgress.NOT_STARTED.value, msg("not started")),
    (StatedProgress.IN_PROGRESS.value, msg("in progress")),
    (StatedProgress.SUBSTANTIALLY_DONE.value, msg("substantially done")),
    (StatedProgress.DONE.value, msg("done")),
)
_NATURE: Final = (
    ("", ""),
    (StatedNature.IMMEDIATE.value, msg("immediate")),
    (StatedNature.TIME_BOUND.value, msg("by a date")),
    (StatedNature.LONG_TERM.value, msg("long-term")),
)
_CLOSED: Final = (
    ("", ""),
    ("yes", msg("says it is closed")),
    ("no", msg("says it is not closed")),
)
_KINDS: Final = tuple((kind.value, KIND_LABELS[kind.value]) for kind in DocumentKind)


def _table(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


DOCUMENT_FIELDS: Final = _table(
    Field("kind", msg("Kind of document"), Shape.CHOICE, choices=_KINDS),
    Field("title", msg("Title"), limit=500),
    Field("organisation_label", msg("Inspected organisation"), limit=200),
    Field("inspector", msg("Inspecting body"), limit=200),
    Field("on_site_from", msg("On site from"), Shape.DAY),
    Field("on_site_to", msg("On site to"), Shape.DAY),
    Field("feedback_on", msg("Feedback on"), Shape.DAY),
    Field("as_of", msg("Figures as of"), Shape.DAY),
    Field("published_on", msg("Published on"), Shape.DAY),
)
FINDING_FIELDS: Final = _table(
    Field("number", msg("Printed number"), limit=NUMBER_CHARACTERS),
    Field("theme", msg("Theme"), limit=500),
    Field("group", msg("Group"), limit=500),
    Field("title", msg("Finding")),
    Field("problem", msg("Problem"), Shape.TEXT, FIELD_CHARACTERS),
    Field("organisation_label", msg("Organisation"), limit=200),
    Field("status_text", msg("Status as printed"), limit=300),
    Field("stated_progress", msg("Stated progress"), Shape.CHOICE, choices=_PROGRESS),
    Field("stated_nature", msg("Stated nature"), Shape.CHOICE, choices=_NATURE),
    Field("stated_closed", msg("Stated closure"), Shape.YES_NO, choices=_CLOSED),
    Field("responsible_leader", msg("Responsible leader"), limit=200),
    Field("lead_unit", msg("Responsible unit"), limit=300),
    Field("supporting_units", msg("Supporting units"), limit=500),
    Field("due_text", msg("Due as printed"), limit=200),
    Field("due_on", msg("Due on"), Shape.DAY),
)
ITEM_FIELDS: Final = _table(Field("text", msg("Text"), Shape.TEXT, FIELD_CHARACTERS))
