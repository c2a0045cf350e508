"""What is wrong in the cells of a workbook (校验问题页), and what confirming would enter (预演)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from zhenggai.documents.csv import csv_pieces
from zhenggai.domain.file_names import file_name_safe
from zhenggai.files.selectors import blob_open
from zhenggai.intake import book_selectors as books
from zhenggai.intake import selectors, services
from zhenggai.intake.book_errors import MarkedNotReadyError, NotAWorkbookError
from zhenggai.intake.book_selectors import IssueFilter
from zhenggai.intake.book_view import READ_KINDS
from zhenggai.intake.states import STATE_LABELS, IntakeState
from zhenggai.reading.workbook.check_words import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpResponse

    from zhenggai.intake.models import CellIssue, Intake, IntakeBook
    from zhenggai.web.requests import WebRequest


_WORD = re.compile(r"%\([a-z_]+\)s")


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One problem: sheet and cell with the way there, what stands there, rule, repair, its finding."""

    sheet: str
    address: str
    cell: str
    value: str
    rule: str
    repair: str
    code: str
    is_question: bool
    finding_id: int | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule and how often it is broken."""

    code: str
    words: str
    is_question: bool
    cells: int


def issue_line(row: CellIssue) -> IssueLine:
    """A problem as a page shows it."""
    rule, repair = books.issue_words(row)
    return IssueLine(
        sheet=row.sheet_name,
        address=row.address,
        cell=f"{row.sheet + 1}!{row.address}" if row.address else "",
        value=row.value,
        rule=rule.render(_),
        repair=repair.render(_),
        code=row.code,
        is_question=row.is_question,
        finding_id=row.finding_id,
    )


@require_GET
def intake_issues(request: WebRequest, intake_id: int) -> HttpResponse:
    """All problems of a workbook, errors apart from questions, by sheet and rule, a page at a time."""
    intake, book = _book(request, intake_id)
    chosen = _filter(request.GET, book)
    page = Paginator(books.issues_of(intake, chosen), books.ISSUES_PER_PAGE).get_page(request.GET.get("page"))
    rules, by_sheet = books.issue_counts(intake)
    context = {
        "intake": intake,
        "labels": STATE_LABELS,
        "book": book,
        "page": page,
        "issues": [issue_line(row) for row in page],
        "rules": [RuleLine(one.code, rule_words(one.code), one.is_question, one.cells) for one in rules],
        "sheets": [
            (number, one["name"], by_sheet[number])
            for number, one in enumerate(book.sheets)
            if number in by_sheet
        ],
        "chosen": chosen,
        "is_filtered": chosen != IssueFilter(),
        "is_draft": intake.state == IntakeState.DRAFT,
        "query": request.GET.urlencode(),
        "marked": books.marked_of(intake, book, get_language() or "zh-hans"),
        "is_being_marked": books.is_being_marked(intake, get_language() or "zh-hans"),
    }
    return render(request, "intake/issues.html", context)


def rule_words(code: str) -> str:
    """A rule's name in a list: its sentence, without what differs from cell to cell."""
    rule = RULES.get(code)
    if rule is None:
        return code
    return _WORD.sub("…", _(rule.rule))


@require_safe
def intake_issues_file(request: WebRequest, intake_id: str, kind: str) -> StreamingHttpResponse:
    """The problems that are meant as a table (.csv) or as plain lines (.txt), all of them."""
    intake, book = _book(request, int(intake_id))
    chosen = _filter(request.GET, book)
    lines = (issue_line(row) for row in books.issues_walked(intake, chosen))
    pieces, media_type = (
        (_csv(lines), "text/csv; charset=utf-8")
        if kind == "csv"
        else (_text(lines), "text/plain; charset=utf-8")
    )
    response = StreamingHttpResponse(pieces, content_type=media_type)
    name = file_name_safe(f"{intake.name.rpartition('.')[0] or intake.name}-{_('problems of cells')}.{kind}")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(lines: Iterator[IssueLine]) -> Iterator[bytes]:
    heading = (_("Sheet"), _("Cell"), _("What stands there"), _("Kind"), _("Rule"), _("Repair"), _("Code"))
    return csv_pieces(
        heading,
        ((one.sheet, one.address, one.value, _kind(one), one.rule, one.repair, one.code) for one in lines),
    )


def _text(lines: Iterator[IssueLine]) -> Iterator[bytes]:
    for one in lines:
        where = "!".join(filter(None, (one.sheet, one.address)))
        value = f" “{one.value}”" if one.value else ""
        yield f"{where}{value} [{_kind(one)}] {one.rule} {one.repair} ({one.code})\n".encode(
            "utf-8", "replace"
        )


def _kind(one: IssueLine) -> str:
    return _("question") if one.is_question else _("error")


@require_POST
def intake_mark(request: WebRequest, intake_id: int) -> HttpResponse:
    """Has the marked copy made; a small one is taken away at once, for a large one the page waits."""
    is_there = services.book_mark(
        actor=request.actor, at=request.at, intake_id=intake_id, language=get_language() or "zh-hans"
    )
    if is_there:
        return redirect("intake-marked", intake_id=intake_id)
    messages.info(request, _("The marked copy is being made; this page offers it as soon as it is there."))
    return redirect("intake-issues", intake_id=intake_id)


@require_GET
def intake_marked(request: WebRequest, intake_id: int) -> FileResponse:
    """The marked copy, always to be saved."""
    intake, book = _book(request, intake_id)
    sha256 = books.marked_of(intake, book, get_language() or "zh-hans")
    if not sha256:
        raise MarkedNotReadyError(name=intake.name)
    stem = intake.name.rpartition(".")[0] or intake.name
    return FileResponse(
        blob_open(sha256),
        as_attachment=True,
        filename=file_name_safe(f"{stem}-{_('marked')}.xlsx"),
        content_type="application/octet-stream",
    )


@require_GET
def intake_trial(request: WebRequest, intake_id: int) -> HttpResponse:
    """What confirming the draft would enter, what not, and what is open before it."""
    intake, book = _book(request, intake_id)
    rules, _by_sheet = books.issue_counts(intake)
    context: dict[str, Any] = {
        "intake": intake,
        "labels": STATE_LABELS,
        "book": book,
        "trial": books.trial_of(intake),
        "rules": [RuleLine(one.code, rule_words(one.code), one.is_question, one.cells) for one in rules[:10]],
        "more_rules": max(0, len(rules) - 10),
        "unread_sheets": [one for one in book.sheets if one["kind"] not in READ_KINDS and one["rows"]],
        "is_draft": intake.state == IntakeState.DRAFT,
    }
    return render(request, "intake/trial.html", context)


def _book(request: WebRequest, intake_id: int) -> tuple[Intake, IntakeBook]:
    intake = selectors.intake_get(request.actor, intake_id)
    book = books.book_of(intake)
    if book is None:
        raise NotAWorkbookError(name=intake.name)
    return intake, book


def _filter(query: Mapping[str, str], book: IntakeBook) -> IssueFilter:
    sheet = query.get("sheet", "")
    number = int(sheet) - 1 if sheet.isascii() and sheet.isdigit() and len(sheet) < 6 else -1
    kind = query.get("kind", "")
    rule = query.get("rule", "")
    return IssueFilter(
        sheet=number if 0 <= number < len(book.sheets) else None,
        code=rule if rule in RULES else "",
        kind=kind if kind in {"error", "question"} else "",
    )
