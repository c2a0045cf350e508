"""What is asked about the workbook of an intake (查询): grid, cells, problems; one page's worth at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Count, Max, Min, Q

from zhenggai.domain.messages import Message
from zhenggai.files import selectors as files
from zhenggai.intake.grid import Cell, GridRow, GridWindow
from zhenggai.intake.models import (
    CellIssue,
    ComparedFinding,
    Correction,
    DraftFinding,
    DraftItem,
    DraftUnread,
    IntakeBook,
    SheetWindow,
)
from zhenggai.intake.states import ItemKind, Origin, UnreadState
from zhenggai.jobs.selectors import job_unfinished
from zhenggai.reading.workbook.check_words import RULES
from zhenggai.reading.workbook.grid import Merged, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from zhenggai.intake.models import Intake

ISSUES_PER_PAGE: Final = 50
ISSUES_OF_WINDOW: Final = 500
_CELL: Final = re.compile(r"(\d{1,4})!([A-Z]{1,3}\d{1,7})(?::([A-Z]{1,3}\d{1,7}))?")


class Asked(NamedTuple):
    """A cell or range that somebody asks for: ``sheet`` is its place in the workbook, from 0."""

    sheet: int
    cells: Merged

    @classmethod
    def of(cls, text: str) -> Asked | None:
        """What an address carries: sheet, counted from 1, and cell or range, as in ``2!B3:B6``."""
        found = _CELL.fullmatch(text)
        if found is None or not int(found[1]):
            return None
        top, left = place_of(found[2])
        bottom, right = place_of(found[3] or found[2])
        if min(top, bottom) < 0:
            return None
        cells = Merged(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
        return cls(int(found[1]) - 1, cells)

    def holds(self, cell: Cell) -> bool:
        """Whether a cell is among those asked for."""
        top, left, bottom, right = self.cells
        return self.sheet == cell.sheet and top <= cell.row <= bottom and left <= cell.column <= right


def book_of(intake: Intake) -> IntakeBook | None:
    """The workbook of an intake; nothing where it is none. One query."""
    return IntakeBook.objects.filter(intake=intake, grid_sha256__gt="").first()


def book_of_id(intake_id: int | None) -> IntakeBook | None:
    """The workbook that a ledger's document came from; the reader of that document may see it (台账原件)."""
    if intake_id is None:
        return None
    return IntakeBook.objects.filter(intake_id=intake_id, grid_sha256__gt="").first()


def grid_windows(book: IntakeBook) -> QuerySet[SheetWindow]:
    """Where the stretches of its sheets stand, in order."""
    return SheetWindow.objects.filter(intake_id=book.pk).order_by("position")


def grid_window_sought(
    book: IntakeBook, *, place: int | None = None, asked: Asked | None = None
) -> SheetWindow | None:
    """The stretch that holds a place of the text, or a cell; the one before it where no row is there."""
    rows = grid_windows(book)
    if asked is not None:
        of_sheet = rows.filter(sheet=asked.sheet)
        return of_sheet.filter(first_row__lte=asked.cells.top + 1).last() or of_sheet.first()
    if place is not None:
        return rows.filter(start__lte=place).order_by("start").last() or rows.first()
    return rows.first()


def grid_load(book: IntakeBook, row: SheetWindow) -> GridWindow:
    """The rows of one stretch."""
    with files.blob_open(book.grid_sha256) as stream:
        stream.seek(row.offset_bytes)
        return GridWindow.from_json(stream.read(row.length_bytes))


def grid_firsts(book: IntakeBook) -> list[tuple[int, int]]:
    """For every sheet with anything in it the position of its first stretch; one query."""
    rows = SheetWindow.objects.filter(intake_id=book.pk).order_by().values("sheet")
    return [(row["sheet"], row["first"]) for row in rows.annotate(first=Min("position")).order_by("sheet")]


def rows_between(book: IntakeBook, sheet: int, first: int, last: int) -> list[GridRow]:
    """The rows of a sheet with anything in them, from one number to another, counted from 1."""
    windows = grid_windows(book).filter(sheet=sheet, first_row__lte=last, last_row__gte=first)
    return [
        row for window in windows for row in grid_load(book, window).rows if first <= row.number + 1 <= last
    ]


WINDOWS_MOST: Final = 40
"""Stretches that are looked into to name the cells of one page of a draft."""


def cells_named(book: IntakeBook, places: Iterable[int]) -> dict[int, Cell]:
    """The cell of every place of the text (单元格定位), as far as few stretches hold them."""
    wanted = sorted(set(places))
    if not wanted:
        return {}
    starts = list(grid_windows(book).values_list("start", flat=True))
    by_window: dict[int, list[int]] = {}
    for place in wanted:
        by_window.setdefault(max(0, bisect_right(starts, place) - 1), []).append(place)
    found: dict[int, Cell] = {}
    for row in grid_windows(book).filter(position__in=sorted(by_window)[:WINDOWS_MOST]):
        window = grid_load(book, row)
        for place in by_window[row.position]:
            cell = window.cell_at(place)
            if cell is not None:
                found[place] = cell
    return found


class GridMarks(NamedTuple):
    """What of a draft has its place in one stretch of the sheets."""

    findings: list[DraftFinding]
    items: list[DraftItem]
    unread: list[DraftUnread]


def grid_marks(intake: Intake, window: SheetWindow) -> GridMarks:
    """The rows of the draft whose place lies in a stretch; few queries, whatever the length of the book."""
    standing = DraftFinding.objects.filter(intake=intake, dropped_at__isnull=True)
    before = standing.filter(span_start__lt=window.start).order_by("-span_start").first()
    inside = standing.filter(span_start__gte=window.start, span_start__lte=window.end)
    findings = [*([before] if before is not None else []), *inside.order_by("span_start")]
    of_findings = DraftItem.objects.filter(finding__in=findings, dropped_at__isnull=True)
    unread = DraftUnread.objects.filter(
        Q(span_start__lte=window.end, span_end__gte=window.start), intake=intake
    )
    return GridMarks(findings, list(of_findings), list(unread[:200]))


# ---- problems of cells ----


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Which problems are shown: of one sheet (its place from 0), of one rule, errors or questions alone."""

    sheet: int | None = None
    code: str = ""
    kind: str = ""

    def apply(self, rows: QuerySet[CellIssue]) -> QuerySet[CellIssue]:
        """The rows that are meant."""
        if self.sheet is not None:
            rows = rows.filter(sheet=self.sheet)
        if self.code:
            rows = rows.filter(code=self.code)
        if self.kind:
            rows = rows.filter(is_question=self.kind == "question")
        return rows


def issues_of(intake: Intake, chosen: IssueFilter | None = None) -> QuerySet[CellIssue]:
    """The problems of a workbook in the order of its cells (校验问题)."""
    rows = CellIssue.objects.filter(intake=intake).order_by("position")
    return chosen.apply(rows) if chosen is not None else rows


def issues_of_findings(intake: Intake, ids: Sequence[int]) -> dict[int, list[CellIssue]]:
    """The problems in the rows of some findings, by finding; one query."""
    found: dict[int, list[CellIssue]] = {}
    for row in CellIssue.objects.filter(intake=intake, finding_id__in=ids).order_by("position"):
        found.setdefault(row.finding_id or 0, []).append(row)
    return found


def issues_between(book: IntakeBook, sheet: int, first: int, last: int) -> list[CellIssue]:
    """The problems of some rows of a sheet, counted from 0; one query, a few hundred at most."""
    rows = CellIssue.objects.filter(intake_id=book.pk, sheet=sheet, row__gte=first, row__lte=last)
    return list(rows.order_by("position")[:ISSUES_OF_WINDOW])


class RuleCount(NamedTuple):
    """How often one rule is broken."""

    code: str
    is_question: bool
    cells: int


def issue_counts(intake: Intake) -> tuple[list[RuleCount], dict[int, int]]:
    """How many problems by rule, errors before questions, most first, and by sheet; two queries."""
    rows = CellIssue.objects.filter(intake=intake)
    by_rule = (
        rows.values("code", "is_question")
        .annotate(count=Count("pk"))
        .order_by("is_question", "-count", "code")
    )
    by_sheet = rows.values("sheet").annotate(count=Count("pk")).order_by("sheet")
    return (
        [RuleCount(row["code"], row["is_question"], row["count"]) for row in by_rule],
        {row["sheet"]: row["count"] for row in by_sheet},
    )


def issue_words(row: CellIssue) -> tuple[Message, Message]:
    """The rule that a cell breaks, with its words, and the repair; as sentences to be rendered."""
    rule = RULES.get(row.code)
    if rule is None:
        return Message(row.code), Message("")
    return Message(rule.rule, row.words), Message(rule.repair)


def issues_walked(intake: Intake, chosen: IssueFilter) -> Iterator[CellIssue]:
    """All problems that are meant, a few thousand at a time."""
    return issues_of(intake, chosen).iterator(chunk_size=2_000)


MARKS: Final = "zhenggai.intake.services.marking.book_mark_later"
"""The task that marks the cells of a workbook, by its dotted name."""


def marked_of(intake: Intake, book: IntakeBook, language: str) -> str:
    """The blob of the marked copy in a language, of the reading that stands; empty where there is none."""
    kept = book.marked.get(language, {})
    return str(kept["sha256"]) if kept.get("of") == intake.reading_sha256 else ""


def is_being_marked(intake: Intake, language: str) -> bool:
    """Whether a job has still to make the marked copy."""
    return job_unfinished(MARKS, f"{intake.pk}/{language}") is not None


# ---- what a draft would become ----


def draft_edits(intake: Intake) -> int:
    """How many parts of a draft people worked on: facts, findings, measures, stretches, rows compared."""
    findings = DraftFinding.objects.filter(intake=intake)
    items = DraftItem.objects.filter(finding__intake=intake)
    touched = Q(dropped_at__isnull=False) | Q(origin=Origin.ADDED.value) | ~Q(edits={})
    counted = (
        len(intake.edits)
        + findings.filter(touched).count()
        + items.filter(touched).count()
        + DraftUnread.objects.filter(intake=intake).exclude(state=UnreadState.OPEN.value).count()
        + ComparedFinding.objects.filter(comparison__intake=intake).exclude(chosen={}).count()
    )
    standing = Correction.objects.filter(intake=intake, undone_at__isnull=True)
    return counted or standing.count()


@dataclass(frozen=True, slots=True)
class Trial:
    """What confirming a draft would enter (预演), and what it would not."""

    findings: int
    dropped: int
    untitled: int
    measures: int
    actions: int
    said_closed: int
    said_done: int
    long_term: int
    without_unit: int
    without_due: int
    unread_open: int
    first_due: Any
    last_due: Any


def trial_of(intake: Intake) -> Trial:
    """The figures of a draft before it is confirmed (预演); three queries."""
    stands = Q(dropped_at__isnull=True)
    found = DraftFinding.objects.filter(intake=intake).aggregate(
        all=Count("pk", filter=stands),
        dropped=Count("pk", filter=~stands),
        untitled=Count("pk", filter=stands & Q(title="")),
        closed=Count("pk", filter=stands & Q(stated_closed=True)),
        done=Count("pk", filter=stands & Q(stated_progress="done")),
        long_term=Count("pk", filter=stands & Q(stated_nature="long_term")),
        unit=Count("pk", filter=stands & Q(lead_unit="")),
        due=Count("pk", filter=stands & Q(due_text="", due_on__isnull=True)),
        first=Min("due_on", filter=stands),
        last=Max("due_on", filter=stands),
    )
    items = DraftItem.objects.filter(
        finding__intake=intake, dropped_at__isnull=True, finding__dropped_at__isnull=True
    ).exclude(text="")
    kinds = dict(items.order_by().values_list("kind").annotate(count=Count("pk")))
    unread = DraftUnread.objects.filter(intake=intake, state=UnreadState.OPEN.value).count()
    return Trial(
        findings=found["all"],
        dropped=found["dropped"],
        untitled=found["untitled"],
        measures=kinds.get(ItemKind.MEASURE.value, 0),
        actions=kinds.get(ItemKind.ACTION.value, 0),
        said_closed=found["closed"],
        said_done=found["done"],
        long_term=found["long_term"],
        without_unit=found["unit"],
        without_due=found["due"],
        unread_open=unread,
        first_due=found["first"],
        last_due=found["last"],
    )
