"""Making what a spreadsheet says, row by row through the services (逐行导入).

A trial is the same work taken back: so what it lists is what is made, by the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db import transaction

from zhenggai.accounts.errors import (
    PostStandsError,
    SeparationError,
    UsernameInvalidError,
    UsernameTakenError,
)
from zhenggai.accounts.importing.columns import KIND_WORDS, ROLE_WORDS, Row, SheetKind, folded
from zhenggai.accounts.importing.outcomes import Fault, Outcome, RowState
from zhenggai.accounts.importing.places import Places
from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.accounts.models import Organisation, Person
from zhenggai.accounts.services.organisations import organisation_create
from zhenggai.accounts.services.people import person_open
from zhenggai.accounts.services.posts import post_grant
from zhenggai.accounts.services.standing import reaches
from zhenggai.accounts.usernames import username_folded
from zhenggai.domain.actor import CONFIRMED_ROLES
from zhenggai.domain.days import day_read
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from zhenggai.domain.actor import Actor

_T = TypeVar("_T")
# whose cell a refusal of a service is about; of any other it is the first one
_CELL_OF: Final[dict[type[ZhenggaiError], str]] = {
    UsernameInvalidError: "username",
    UsernameTakenError: "username",
    SeparationError: "role",
}
_FIRST: Final = {
    SheetKind.ORGANISATIONS: "name",
    SheetKind.PEOPLE: "person",
    SheetKind.POSTS: "role",
}
_EMPTY: Final = msg("This cell is empty and must not be. Fill it in.")
_TWICE: Final = msg("This stands in row %(row)s of sheet “%(sheet)s” already. Take one of the two out.")
_NOT_KNOWN: Final = msg("“%(word)s” is not known here. Write one of: %(words)s.")


class _FaultyError(Exception):
    """Something is wrong in a cell of a row."""

    def __init__(self, column: str, sentence: Message) -> None:
        super().__init__(str(sentence))
        self.column = column
        self.sentence = sentence


@dataclass(slots=True)
class Run:
    """One pass over the rows: who does it, when, with which hashed passwords; what became of each row."""

    actor: Actor
    at: datetime
    passwords: Mapping[str, str]
    places: Places
    outcomes: list[Outcome] = field(default_factory=list)
    seen: dict[tuple[Any, ...], Row] = field(default_factory=dict)

    def organisations(self, rows: Iterable[Row]) -> None:
        """Makes organisations, those above before those below, wherever they stand in the file."""
        waiting = list(rows)
        while waiting:
            later = [row for row in waiting if self._waits(row, waiting)]
            now = [row for row in waiting if row not in later] or waiting
            for row in now:
                self._try(row, self._organisation)
            waiting = [row for row in waiting if row not in now]

    def people(self, rows: Iterable[Row]) -> None:
        """Opens accounts."""
        for row in rows:
            self._try(row, self._person)

    def posts(self, rows: Iterable[Row]) -> None:
        """Gives posts; those that sign or administer stay proposed."""
        for row in rows:
            self._try(row, self._post)

    def _waits(self, row: Row, waiting: list[Row]) -> bool:
        """Whether the one above is not there yet and stands in another row."""
        parent = row.text("parent")
        if isinstance(self.places.find(parent), Organisation):
            return False
        last = parent.replace("／", "/").rpartition("/")[2].strip()
        return any(
            last in {other.text("name"), other.text("short_name")} for other in waiting if other is not row
        )

    def _try(self, row: Row, make: Callable[[Row], Outcome]) -> None:
        try:
            with transaction.atomic():
                outcome = make(row)
        except _FaultyError as wrong:
            outcome = self._fault(row, wrong.column, wrong.sentence)
        except ZhenggaiError as refusal:
            outcome = self._fault(row, _CELL_OF.get(type(refusal), _FIRST[row.kind]), refusal.message)
        self.outcomes.append(outcome)

    def _fault(self, row: Row, column: str, sentence: Message) -> Outcome:
        cell = row.cells.get(column) or next(iter(row.cells.values()))
        fault = Fault(row.sheet, cell.address, cell.text, sentence)
        return Outcome(row, RowState.FAULT, _label(row), fault)

    def _organisation(self, row: Row) -> Outcome:
        name = _needed(row, "name")
        parent = self._place(row, "parent")
        self._once(row, "name", parent.pk, name)
        kind_word = row.text("kind")
        kind = _word(row, "kind", KIND_WORDS) if kind_word else OrganisationKind.UNIT
        there = self.places.child(parent, name)
        if there is not None:
            differs = (row.text("short_name") or there.short_name, kind if kind_word else there.kind) != (
                there.short_name,
                there.kind,
            )
            note = (
                Message(msg("It is entered with another short name or kind, which stays."))
                if differs
                else None
            )
            return Outcome(row, RowState.THERE, name, note=note)
        made = organisation_create(
            parent_id=parent.pk,
            name=name,
            short_name=row.text("short_name"),
            kind=kind,
            actor=self.actor,
            at=self.at,
        )
        self.places.add(made)
        return Outcome(row, RowState.MADE, f"{parent.name}/{made.name}")

    def _person(self, row: Row) -> Outcome:
        name = _needed(row, "person")
        username = username_folded(_needed(row, "username"))
        organisation = self._place(row, "organisation")
        self._once(row, "username", username)
        label = f"{name}（{username}）"
        there = Person.objects.filter(username=username).first()
        if there is not None:
            if (there.name, there.organisation_id) != (name, organisation.pk):
                raise UsernameTakenError(username=username)
            return Outcome(row, RowState.THERE, label)
        namesake = Person.objects.filter(name=name, organisation=organisation, is_active=True).first()
        person_open(
            organisation_id=organisation.pk,
            username=username,
            name=name,
            phone=row.text("phone"),
            hashed=self.passwords.get(username, "!"),
            actor=self.actor,
            at=self.at,
        )
        note = (
            Message(
                msg(
                    "Somebody of this name works there already, as “%(username)s”. See that it is "
                    "another person."
                ),
                {"username": namesake.username},
            )
            if namesake
            else None
        )
        return Outcome(row, RowState.MADE, label, note=note, username=username)

    def _post(self, row: Row) -> Outcome:
        username = username_folded(_needed(row, "username"))
        person = Person.objects.select_related("organisation").filter(username=username).first()
        if person is None or not reaches(self.actor, person.organisation.path):
            raise _FaultyError(
                "username",
                Message(
                    msg(
                        "Nobody signs in as “%(username)s”, and no row of this file opens that account. "
                        "Add one to the sheet of people."
                    ),
                    {"username": username},
                ),
            )
        if (name := row.text("person")) and name != person.name:
            raise _FaultyError(
                "person",
                Message(
                    msg(
                        "“%(username)s” belongs to somebody of another name. Correct the name or the "
                        "user name."
                    ),
                    {"username": username},
                ),
            )
        organisation = self._place(row, "organisation")
        _needed(row, "role")
        role = _word(row, "role", ROLE_WORDS)
        self._once(row, "role", person.pk, organisation.pk, role)
        label = f"{person.name} · {organisation.name} · {row.text('role')}"
        starts = day_read(row.text("started_on")) if row.text("started_on") else None
        if row.text("started_on") and starts is None:
            raise _FaultyError(
                "started_on",
                Message(
                    msg(
                        "“%(day)s” is not a day that can be read. Write it as 2026-03-31, or leave it empty."
                    ),
                    {"day": row.text("started_on")},
                ),
            )
        try:
            post_grant(
                person_id=person.pk,
                organisation_id=organisation.pk,
                role=role,
                title=row.text("title"),
                started_on=starts,
                actor=self.actor,
                at=self.at,
            )
        except PostStandsError:
            return Outcome(row, RowState.THERE, label)
        return Outcome(row, RowState.MADE, label, is_proposed=role in CONFIRMED_ROLES)

    def _place(self, row: Row, column: str) -> Organisation:
        found = self.places.find(_needed(row, column))
        if isinstance(found, Message):
            raise _FaultyError(column, found)
        return found

    def _once(self, row: Row, column: str, *key: Any) -> None:
        """Refuses what a row above says already."""
        before = self.seen.setdefault((row.kind, *key), row)
        if before is not row:
            raise _FaultyError(column, Message(_TWICE, {"row": before.number, "sheet": before.sheet}))


def _needed(row: Row, column: str) -> str:
    text = row.text(column)
    if not text:
        raise _FaultyError(column, Message(_EMPTY))
    return text


def _word(row: Row, column: str, words: Mapping[str, _T]) -> _T:
    found = words.get(folded(row.text(column)))
    if found is None:
        known = "、".join(word for word in words if not word.isascii())
        raise _FaultyError(column, Message(_NOT_KNOWN, {"word": row.text(column), "words": known}))
    return found


def _label(row: Row) -> str:
    return " · ".join(cell.text for cell in row.cells.values() if cell.text)[:100]
