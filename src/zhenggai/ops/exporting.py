"""Writing a ledger to a file for somebody (导出台账文件); imported once Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.ledger.export_choices import choice_of
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.exporting_book import BookWish, ledger_book_count, ledger_book_write
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ops.errors import ExportKindError, OutputUnwritableError, PersonUnknownError
from zhenggai.ops.language import _
from zhenggai.ops.telling import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.lifecycle import Stage

_STREAMED = {".csv": ledger_export_csv, ".json": ledger_export_json}


def export(
    *,
    inspection: int,
    target: Path,
    username: str,
    at: datetime,
    form: str,
    columns: Sequence[str],
    sheets: Sequence[str] | None,
    is_merged: bool,
    stage: Stage | None,
    is_overdue: bool,
    text: str,
) -> None:
    """Write the ledger as the person sees it; a file under that name is replaced once the new one is whole.

    Raises:
        ExportKindError: when the ending is none that is written.
        OutputUnwritableError: when the file cannot be written.
        PersonUnknownError: when nobody signs in under the name.
        InspectionNotFoundError: when there is none or the person cannot see it.
    """
    kind = target.suffix.lower()
    if kind not in {*_STREAMED, ".xlsx"}:
        raise ExportKindError(path=str(target))
    on = timezone.localdate(at)
    filters = FindingFilters(stage=stage, overdue_on=on if is_overdue else None, text=text)
    choice = choice_of(form, columns, sheets, is_merged=is_merged)
    wish = BookWish(inspection, filters, choice=choice)
    actor = _actor(username, at)
    count = ledger_book_count(actor, wish)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("w+b") as file:
            if kind == ".xlsx":
                count = ledger_book_write(file, actor=actor, at=at, wish=wish)
            else:
                file.writelines(_STREAMED[kind](actor, inspection, on, filters))
        part.replace(target)
    except OSError as refusal:
        raise OutputUnwritableError(path=str(target), reason=refusal.strerror) from None
    finally:
        part.unlink(missing_ok=True)
    say(
        _(
            "%(count)s findings were written to %(path)s, as %(name)s sees them.",
            count=count,
            path=target,
            name=actor.label,
        )
    )


def _actor(username: str, at: datetime) -> Actor:
    person = accounts.person_by_username(username)
    if person is None:
        raise PersonUnknownError(username=username)
    return accounts.actor_of(person, timezone.localdate(at))
