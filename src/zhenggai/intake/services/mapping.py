"""Choosing what sheets and columns of a workbook hold (对应关系): the document is read anew by the choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from zhenggai.domain.messages import msg
from zhenggai.intake.access import draft_locked
from zhenggai.intake.book_errors import DraftEditedError, MappingChoiceError, NotAWorkbookError
from zhenggai.intake.book_selectors import draft_edits, rows_between
from zhenggai.intake.errors import DraftChangedError
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.models import HeaderMapping, IntakeBook
from zhenggai.intake.services.reading_job import AT_ONCE_MOST, reading_order
from zhenggai.intake.services.receiving import is_at_once, read_watched
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.states import IntakeState
from zhenggai.reading.workbook import SheetKind
from zhenggai.reading.workbook.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.intake.models import Intake

HEADER_ROWS_MOST: Final = 3
ROWS_MOST: Final = 1_048_576
_NO_SHEET: Final = msg("The workbook has no such sheet. Load the page again to see its sheets.")
_NO_KIND: Final = msg("“%(kind)s” is no kind of sheet; choose one from the list. Nothing was changed.")
_NO_ROLE: Final = msg(
    "“%(role)s” is nothing that a column of “%(sheet)s” can hold; choose from the list. Nothing was changed."
)
_NO_ROWS: Final = msg(
    "The header of “%(sheet)s” stands in one to three rows, named by their numbers, the first one first. "
    "Nothing was changed."
)
_EMPTY_ROWS: Final = msg(
    "The rows %(first)s to %(last)s of “%(sheet)s” hold nothing, so they cannot name columns. Look in the "
    "sheet beside it in which row the names stand. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What a person holds a sheet to be; ``sheet`` is its place in the workbook, from 0.

    ``header`` are the first and last row of its header, counted from 1, null as it stands; ``roles`` by the
    place of the column, an empty one for a column that is kept as it is printed.
    """

    sheet: int
    kind: str
    header: tuple[int, int] | None
    roles: Mapping[int, str]


def intake_map(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    version: int,
    chosen: Sequence[SheetChoice],
    may_lose: bool = False,
) -> Intake:
    """Reads a workbook anew by what a person says its sheets and columns hold (改对应关系), and remembers it.

    ``version`` is the draft as the person saw it; ``may_lose``: what people changed in the draft may be lost.
    A large workbook is read by the job.

    :raises NotAWorkbookError: when the document is none.
    :raises DraftChangedError: when somebody changed the draft after ``version``.
    :raises MappingChoiceError: when a sheet, kind, role or row is none that can be chosen.
    :raises DraftEditedError: when people changed the draft and that was not said to be lost.
    """
    with transaction.atomic():
        intake, book = _begun(actor, at, intake_id, version)
        choices = [_kept(book, number) for number in range(len(book.sheets))]
        for one in chosen:
            if not 0 <= one.sheet < len(choices):
                raise MappingChoiceError(_NO_SHEET)
            choices[one.sheet] = _taken(book, one)
        lost = _lost(intake, may_lose=may_lose)
        book.choices = choices
        book.uses_memory = True
        book.remembers = True
        _anew(actor, at, intake, book, {"sheets": _changed(book.sheets, choices), "lost": lost})
    return read_watched(actor, at, intake) if is_at_once(intake) else intake


def intake_map_back(
    *, actor: Actor, at: datetime, intake_id: int, version: int, may_lose: bool = False
) -> Intake:
    """Reads a workbook anew by the guess (恢复猜测); what is remembered of its headers is forgotten.

    :raises NotAWorkbookError: when the document is none.
    :raises DraftChangedError: when somebody changed the draft after ``version``.
    :raises DraftEditedError: when people changed the draft and that was not said to be lost.
    """
    with transaction.atomic():
        intake, book = _begun(actor, at, intake_id, version)
        lost = _lost(intake, may_lose=may_lose)
        prints = {one["fingerprint"] for one in book.sheets} - {""}
        forgotten, _rows = HeaderMapping.objects.filter(
            organisation_id=intake.organisation_id, fingerprint__in=prints
        ).delete()
        book.choices = []
        book.uses_memory = False
        book.remembers = False
        _anew(actor, at, intake, book, {"guess": True, "forgotten": forgotten, "lost": lost})
    return read_watched(actor, at, intake) if is_at_once(intake) else intake


def _begun(actor: Actor, at: datetime, intake_id: int, version: int) -> tuple[Intake, IntakeBook]:
    intake = draft_locked(actor, at, intake_id)
    book = IntakeBook.objects.filter(intake=intake).first()
    if book is None:
        raise NotAWorkbookError(name=intake.name)
    if intake.version != version:
        raise DraftChangedError(name=intake.name)
    return intake, book


def _lost(intake: Intake, *, may_lose: bool) -> int:
    count = draft_edits(intake)
    if count and not may_lose:
        raise DraftEditedError(name=intake.name, count=count)
    return count


def _anew(actor: Actor, at: datetime, intake: Intake, book: IntakeBook, values: Mapping[str, Any]) -> None:
    book.chosen_by = actor.label
    book.chosen_at = at
    book.save()
    intake.state = IntakeState.RECEIVED.value
    intake.version += 1
    intake.save()
    intake_record(intake, IntakeEvent.MAPPED, actor, at, values)
    # what is read at once takes it back; where the server is ended meanwhile, it is what reads
    later = at + AT_ONCE_MOST if is_at_once(intake) else None
    reading_order(intake, by_id=actor.person_id, at=at, run_after=later)


def _kept(book: IntakeBook, number: int) -> dict[str, Any]:
    """The choice that leaves a sheet as it is; whether somebody looked at its columns stays known."""
    shown = book.sheets[number]
    before = book.choices[number] if number < len(book.choices) else {}
    return {
        "looked": bool(before.get("looked")),
        "kind": shown["kind"],
        "header": shown["header"],
        "roles": [column["role"] for column in shown["columns"]],
    }


def _taken(book: IntakeBook, one: SheetChoice) -> dict[str, Any]:
    shown = book.sheets[one.sheet]
    if one.kind not in set(SheetKind):
        raise MappingChoiceError(_NO_KIND, kind=one.kind[:40])
    kept = _kept(book, one.sheet)
    header = list(one.header) if one.header is not None else kept["header"]
    if header is not None and header != kept["header"]:
        first, last = header
        if not 1 <= first <= last <= ROWS_MOST or last - first >= HEADER_ROWS_MOST:
            raise MappingChoiceError(_NO_ROWS, sheet=shown["name"])
        if not rows_between(book, one.sheet, first, last):
            raise MappingChoiceError(_EMPTY_ROWS, sheet=shown["name"], first=first, last=last)
        # other rows name other columns: what they hold is guessed anew
        return {"looked": False, "kind": one.kind, "header": header, "roles": []}
    roles = list(kept["roles"])
    for index, role in one.roles.items():
        if not 0 <= index < len(roles) or (role and role not in set(Role)):
            raise MappingChoiceError(_NO_ROLE, role=role[:40], sheet=shown["name"])
        roles[index] = role
    looked = kept["looked"] or bool(one.roles)
    return {"looked": looked, "kind": one.kind, "header": header, "roles": roles}


def _changed(
    shown: Sequence[Mapping[str, Any]], choices: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What is different now, for the trail."""
    found = []
    for before, now in zip(shown, choices, strict=True):
        columns = [
            {"column": column["name"], "before": column["role"], "now": role}
            for column, role in zip(before["columns"], now["roles"], strict=False)
            if column["role"] != role
        ]
        if columns or before["kind"] != now["kind"] or before["header"] != now["header"]:
            found.append(
                {
                    "sheet": before["name"],
                    "kind": now["kind"],
                    "header": now["header"] or [],
                    "columns": columns,
                }
            )
    return found
