"""What a person wants in a workbook (导出选择): said by names, remembered until the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.documents.ledger_book.columns import FULL_COLUMNS, SHORT_COLUMNS, columns_chosen
from zhenggai.documents.ledger_book.content import BookChoice, BookSheet
from zhenggai.ledger.models import ExportChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.domain.actor import Actor

SHORT, FULL, CUSTOM = "short", "full", "custom"
FORMS: Final = {SHORT: SHORT_COLUMNS, FULL: FULL_COLUMNS}
"""The columns of the forms that nobody need choose."""


def choice_of(
    form: str, columns: Iterable[str] = (), sheets: Iterable[str] | None = None, *, is_merged: bool = True
) -> BookChoice:
    """The choice that somebody said by names (导出选择); what does not exist is left out.

    ``form``: ``short``, ``full``, or any other word for the columns named. All sheets where none are said.
    """
    said = set(BookSheet) if sheets is None else set(sheets)
    return BookChoice(
        columns_chosen(FORMS.get(form, columns)),
        tuple(each for each in BookSheet if each.value in said),
        is_merged=is_merged,
    )


def export_choice(actor: Actor) -> BookChoice:
    """What the actor chose last (上次选择); the short form with all its sheets where nothing was."""
    kept = ExportChoice.objects.filter(person_id=actor.person_id).first()
    if kept is None:
        return choice_of(SHORT)
    return choice_of(CUSTOM, kept.columns, kept.sheets, is_merged=kept.is_merged)


def export_choice_save(*, actor: Actor, choice: BookChoice) -> None:
    """Remembers what the actor chose (记住选择), for that person alone."""
    ExportChoice.objects.update_or_create(
        person_id=actor.person_id,
        defaults={
            "columns": list(choice.columns),
            "sheets": [each.value for each in choice.sheets],
            "is_merged": choice.is_merged,
        },
    )
