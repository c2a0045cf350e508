"""What sheets and columns of a workbook hold (对应关系页): our guess beside values, changed by a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zhenggai.domain.errors import NotAllowedNowError, ZhenggaiError
from zhenggai.intake import selectors, services
from zhenggai.intake.book_errors import NotAWorkbookError
from zhenggai.intake.book_selectors import book_of, draft_edits
from zhenggai.intake.book_view import DOUBTFUL_BELOW, READ_KINDS
from zhenggai.intake.states import STATE_LABELS, IntakeState
from zhenggai.reading.workbook.grid import column_letters
from zhenggai.reading.workbook.mapping import SHEET_LABELS, SheetKind
from zhenggai.reading.workbook.roles import CHOSEN, LABELS
from zhenggai.web.intake.posted import whole_of
from zhenggai.web.refusals import Refusal, refusal_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from zhenggai.intake.models import Intake, IntakeBook
    from zhenggai.web.requests import WebRequest

_WHOLE = re.compile(r"\d{1,7}")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet: what it is held to be, and where the mapping comes from."""

    number: int
    name: str
    is_hidden: bool
    rows: int
    kind: str
    was_guessed: str
    header: str
    columns: int
    doubtful: int
    is_read: bool
    lacks_header: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: name, values, what it is held to be, how sure that is and why."""

    index: int
    letters: str
    name: str
    samples: Sequence[str]
    role: str
    why: str
    sure: str
    is_doubtful: bool
    was_guessed: str


@require_http_methods(["GET", "POST"])
def intake_mapping(request: WebRequest, intake_id: int) -> HttpResponse:
    """Shows the mapping of a workbook; what a person changes has the document read anew."""
    intake = selectors.intake_get(request.actor, intake_id)
    if request.method == "GET":
        return _page(request, intake)
    posted = request.POST.dict()
    try:
        intake = _act(request, intake_id, posted)
    except ZhenggaiError as error:
        return _page(request, selectors.intake_get(request.actor, intake_id), refusal_of(error), posted)
    if intake.state != IntakeState.DRAFT:
        return redirect("intake", intake_id=intake_id)
    count = selectors.figures_of(intake).findings
    messages.success(
        request,
        ngettext(
            "The document has been read anew by this mapping: %(count)s finding.",
            "The document has been read anew by this mapping: %(count)s findings.",
            count,
        )
        % {"count": count},
    )
    return redirect(f"{reverse('intake-mapping', args=[intake_id])}?sheet={whole_of(posted, 'sheet') or 1}")


def _act(request: WebRequest, intake_id: int, posted: Mapping[str, str]) -> Intake:
    common: dict[str, Any] = {
        "actor": request.actor,
        "at": request.at,
        "intake_id": intake_id,
        "version": whole_of(posted, "version") or 0,
        "may_lose": posted.get("may_lose") == "yes",
    }
    if posted.get("do") == "guess":
        return services.intake_map_back(**common)
    return services.intake_map(**common, chosen=_chosen(posted))


def _chosen(posted: Mapping[str, str]) -> list[services.SheetChoice]:
    """What the form says of each sheet; of one sheet also header and columns."""
    here = (whole_of(posted, "sheet") or 0) - 1
    first, last = whole_of(posted, "header_first"), whole_of(posted, "header_last")
    roles = {
        int(name[5:]): role
        for name, role in posted.items()
        if name.startswith("role-") and _WHOLE.fullmatch(name[5:])
    }
    return [
        services.SheetChoice(
            sheet=number,
            kind=kind,
            header=(first, last or first) if number == here and first is not None else None,
            roles=roles if number == here else {},
        )
        for name, kind in posted.items()
        if name.startswith("kind-") and _WHOLE.fullmatch(name[5:]) and (number := int(name[5:])) is not None
    ]


def _page(
    request: WebRequest,
    intake: Intake,
    refusal: Refusal | None = None,
    posted: Mapping[str, str] | None = None,
) -> HttpResponse:
    book = book_of(intake)
    if book is None:
        raise _refused(intake)
    posted = posted or {}
    here = _here(request, book, posted)
    shown = book.sheets[here]
    edits = draft_edits(intake) if intake.state == IntakeState.DRAFT else 0
    context = {
        "intake": intake,
        "labels": STATE_LABELS,
        "book": book,
        "refusal": refusal,
        "sheets": [_sheet(book, number, here, posted) for number in range(len(book.sheets))],
        "here": here + 1,
        "shown": shown,
        "is_read": _kind(shown, here, posted) in READ_KINDS,
        "columns": _columns(shown, posted),
        "header": shown["header"] or ["", ""],
        "kinds": [(kind.value, _(word)) for kind, word in SHEET_LABELS.items()],
        "roles": [(role.value, _(word)) for role, word in LABELS.items()],
        "remembered": _remembered(shown),
        "is_chosen": bool(book.choices),
        "edits": edits,
        "may_edit": intake.state == IntakeState.DRAFT,
        "typed": posted,
    }
    return render(request, "intake/mapping.html", context, status=refusal.status if refusal else 200)


def _refused(intake: Intake) -> NotAllowedNowError:
    return NotAWorkbookError(name=intake.name)


def _here(request: WebRequest, book: IntakeBook, posted: Mapping[str, str]) -> int:
    """The sheet whose columns are shown: the one asked for, else the first that is read."""
    asked = posted.get("sheet") or request.GET.get("sheet", "")
    if _WHOLE.fullmatch(asked) and 1 <= int(asked) <= len(book.sheets):
        return int(asked) - 1
    read = (number for number, one in enumerate(book.sheets) if one["kind"] in READ_KINDS)
    return next(read, 0)


def _kind(shown: Mapping[str, Any], number: int, posted: Mapping[str, str]) -> str:
    return posted.get(f"kind-{number}", shown["kind"])


def _sheet(book: IntakeBook, number: int, here: int, posted: Mapping[str, str]) -> SheetLine:
    shown = book.sheets[number]
    header = shown["header"]
    return SheetLine(
        number=number,
        name=shown["name"],
        is_hidden=shown["hidden"],
        rows=shown["rows"],
        kind=_kind(shown, number, posted),
        was_guessed=shown["guessed_kind"] if shown["guessed_kind"] != shown["kind"] else "",
        header="–".join(str(row) for row in dict.fromkeys(header)) if header else "",
        columns=len(shown["columns"]),
        doubtful=0 if shown["remembered"] else sum(_is_doubtful(column) for column in shown["columns"]),
        is_read=shown["kind"] in READ_KINDS,
        lacks_header=not header and shown["kind"] in {SheetKind.LEDGER, SheetKind.LIST},
        is_here=number == here,
    )


def _columns(shown: Mapping[str, Any], posted: Mapping[str, str]) -> list[ColumnLine]:
    """The columns of a sheet, those that somebody should look at first."""
    is_known = bool(shown["remembered"])
    lines = [
        _column(column, posted, is_known=is_known)
        for column in shown["columns"]
        if column["name"] or column["samples"]
    ]
    return sorted(lines, key=lambda line: not line.is_doubtful)


def _column(column: Mapping[str, Any], posted: Mapping[str, str], *, is_known: bool) -> ColumnLine:
    why = _(column["why"])
    if column["option"] and column["role"]:
        why = f"{why} ({column['option']})"
    return ColumnLine(
        index=column["index"],
        letters=column_letters(column["index"]),
        name=column["name"],
        samples=column["samples"],
        role=posted.get(f"role-{column['index']}", column["role"]),
        why=why,
        sure=_sure(column),
        is_doubtful=not is_known and _is_doubtful(column),
        was_guessed=column["guessed"] if column["guessed"] != column["role"] else "",
    )


def _is_doubtful(column: Mapping[str, Any]) -> bool:
    """Whether somebody should look: a guess that is not sure, or a column with values that is not known."""
    if column["why"] == CHOSEN:
        return False
    if not column["role"]:
        return bool(column["samples"])
    return bool(column["confidence"] < DOUBTFUL_BELOW)


def _sure(column: Mapping[str, Any]) -> str:
    """How sure a guess is, in words."""
    if column["why"] == CHOSEN:
        return _("chosen")
    if not column["role"]:
        return _("not known")
    if column["confidence"] >= 1:
        return _("sure")
    return _("likely") if column["confidence"] >= DOUBTFUL_BELOW else _("unsure")


def _remembered(shown: Mapping[str, Any]) -> tuple[str, datetime | None] | None:
    """Who saved, and when, the mapping that was taken for this sheet."""
    said = shown["remembered"]
    return (said["by"], parse_datetime(said["at"])) if said else None
