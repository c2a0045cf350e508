"""The ledger as a workbook (台账工作簿导出): exactly the list that the actor sees, row after row."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils import timezone

from zhenggai.accounts.selectors import organisation_get, person_get
from zhenggai.documents.ledger_book import ledger_book
from zhenggai.documents.ledger_book.columns import SHORT_COLUMNS
from zhenggai.documents.ledger_book.content import BookChoice, BookHead, BookRow, BookSheet, ProcessRow
from zhenggai.documents.ledger_book.narrowed import narrowed_by_work, narrowed_words
from zhenggai.documents.words import MARKING_WORDS, NATURE_WORDS
from zhenggai.domain.deadlines import LIGHT_LABELS, light
from zhenggai.domain.events import event_label
from zhenggai.domain.figures import FIGURE_LABELS
from zhenggai.domain.lifecycle import FINAL_STAGES, NATURE_LABELS
from zhenggai.domain.markings import Marking
from zhenggai.domain.progress import GAP_LABELS
from zhenggai.ledger.deadlines import finished_on
from zhenggai.ledger.event_words import details_said
from zhenggai.ledger.exporting import row_of
from zhenggai.ledger.exporting_figures import figure_tables
from zhenggai.ledger.listing import ORDER_LABELS, FindingFilters, FindingOrder, Order, keys_of
from zhenggai.ledger.models import SourceDocument
from zhenggai.ledger.office_words import in_chinese
from zhenggai.ledger.selectors import (
    findings_visible,
    inspection_get,
    ledger_export_rows,
    themes_of,
    units_of,
)
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime
    from typing import IO, BinaryIO

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding, Inspection
    from zhenggai.trail.selectors import EventView

_AT_ONCE: Final = 500
_ERASED: Final = "（已依法删除）"


@dataclass(frozen=True, slots=True)
class BookWish:
    """Which workbook somebody wants (导出要求): of which findings, in which order, with what in it."""

    inspection_id: int
    filters: FindingFilters = field(default_factory=FindingFilters)
    order: Order = FindingOrder.POSITION
    choice: BookChoice = field(default_factory=lambda: BookChoice(SHORT_COLUMNS))


def ledger_book_count(actor: Actor, wish: BookWish) -> int:
    """How many findings the workbook would hold (导出条数).

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    return findings_visible(actor, wish.inspection_id, wish.filters, wish.order).count()


def ledger_book_write(
    target: BinaryIO,
    *,
    actor: Actor,
    at: datetime,
    wish: BookWish,
    on_row: Callable[[int, int], None] | None = None,
) -> int:
    """Write the workbook into ``target`` (导出台账工作簿); how many findings it holds.

    500 findings are in memory at a time, by as many queries for each 500. ``on_row`` is told how many are
    written and how many there are.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    inspection = inspection_get(actor, wish.inspection_id)
    seen = findings_visible(actor, inspection.pk, wish.filters, wish.order)
    total = seen.count()
    head = _head(actor, inspection, wish, at, total, is_restricted=seen.exclude(restricted="").exists())
    choice = _choice(wish.choice, head)
    rows = _rows(actor, inspection, wish, timezone.localdate(at))
    figures = (
        figure_tables(actor, inspection, timezone.localdate(at), wish.filters)
        if BookSheet.FIGURES in choice.sheets
        else ()
    )
    told = rows if on_row is None else _told(rows, total, on_row)
    ledger_book(target, head, told, choice, figures, folder=settings.FILE_UPLOAD_TEMP_DIR)
    return total


def ledger_book_file(*, actor: Actor, at: datetime, wish: BookWish) -> IO[bytes]:
    """The workbook in a file that is gone once it is closed (导出台账工作簿), to be read from its beginning.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - whoever reads it closes it
    try:
        ledger_book_write(file, actor=actor, at=at, wish=wish)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _told(rows: Iterable[BookRow], total: int, on_row: Callable[[int, int], None]) -> Iterator[BookRow]:
    for count, row in enumerate(rows, 1):
        yield row
        on_row(min(count, total), total)


def _choice(choice: BookChoice, head: BookHead) -> BookChoice:
    """The choice with the mark of restricted findings, which nobody takes away without it."""
    if not head.is_restricted or "restricted" in choice.columns:
        return choice
    return BookChoice((*choice.columns, "restricted"), choice.sheets, choice.is_merged)


def _head(
    actor: Actor, inspection: Inspection, wish: BookWish, at: datetime, total: int, *, is_restricted: bool
) -> BookHead:
    whole = wish.order is FindingOrder.POSITION
    return BookHead(
        inspection_id=inspection.pk,
        title=inspection.title,
        organisation=inspection.subject.name,
        inspector=inspection.inspector,
        marking=MARKING_WORDS[Marking(inspection.marking)],
        at=timezone.localtime(at),
        total=total,
        exported_by=actor.label,
        colours=tuple(inspection.rules.colours.items()),
        narrowed=_narrowed(actor, inspection.pk, wish.filters, is_any=total > 0),
        ordered="" if whole else _ordered(wish.order),
        is_restricted=is_restricted,
    )


def _ordered(order: Order) -> str:
    return "，再".join(in_chinese(ORDER_LABELS[key]).replace("：", "") for key in keys_of(order))


def _led(filters: FindingFilters, *, known: bool) -> str:
    """Who leads what is listed; by number where nothing is listed, and so no name is anybody's to see."""
    unit_id = filters.under_id or filters.lead_id
    if unit_id is None:
        return "尚无责任单位" if filters.lead_unset else ""
    name = organisation_get(unit_id).name if known else unit_id
    return f"责任单位为“{name}”" + ("及其下属单位" if filters.under_id else "")


def _leader(leader_id: int, *, known: bool) -> str:
    return person_get(leader_id).name if known else str(leader_id)


def _source(inspection_id: int, document_id: int, *, known: bool) -> str:
    """The title of a document of the ledger; its number where nothing from it is listed."""
    named = SourceDocument.objects.filter(inspection=inspection_id, pk=document_id) if known else ()
    return next((each.title or each.name for each in named), str(document_id))


def _narrowed(actor: Actor, inspection_id: int, filters: FindingFilters, *, is_any: bool) -> str:
    theme = dict(themes_of(actor, inspection_id)) if filters.theme_id else {}
    unit = dict(units_of(actor, inspection_id)) if filters.unit_id else {}
    named = narrowed_words(
        stage=filters.stage,
        stated_progress=filters.stated_progress,
        stated_nature=NATURE_WORDS[filters.stated_nature] if filters.stated_nature else "",
        stated_closed=filters.stated_closed,
        is_unstated=filters.unstated,
        gap=in_chinese(GAP_LABELS[filters.gap]) if filters.gap else "",
        # what the actor may not see has no name here either
        theme=theme.get(filters.theme_id, str(filters.theme_id)) if filters.theme_id else "",
        unit=unit.get(filters.unit_id, str(filters.unit_id)) if filters.unit_id else "",
        overdue_on=filters.overdue_on,
        text=filters.text.strip(),
        figure=in_chinese(FIGURE_LABELS[filters.counted]) if filters.counted else "",
        figure_on=filters.counted_on,
    )
    worked = narrowed_by_work(
        led=_led(filters, known=is_any),
        leader=_leader(filters.leader_id, known=is_any) if filters.leader_id else "",
        light=in_chinese(LIGHT_LABELS[filters.light]) if filters.light else "",
        light_on=filters.light_on,
        due_from=filters.due_from,
        due_to=filters.due_to,
        nature=in_chinese(NATURE_LABELS[filters.nature]) if filters.nature else "",
        source=_source(inspection_id, filters.document_id, known=is_any) if filters.document_id else "",
    )
    chosen = "所选问题" if filters.selection_id else ""
    return "；".join(each for each in (chosen, named, worked) if each)


def _rows(actor: Actor, inspection: Inspection, wish: BookWish, on: date) -> Iterator[BookRow]:
    rules = inspection.rules
    findings = ledger_export_rows(actor, inspection.pk, wish.filters, wish.order)
    for some in _batches(findings):
        process = _process(inspection.pk, some) if BookSheet.PROCESS in wish.choice.sheets else {}
        for finding in some:
            lit = light(finding.due, on, finished_on(finding), rules.warning)
            is_open = finding.stage not in FINAL_STAGES
            yield BookRow(row_of(finding, on), lit if is_open else None, process.get(finding.pk, ()))


def _batches(findings: Iterator[Finding]) -> Iterator[list[Finding]]:
    while some := list(islice(findings, _AT_ONCE)):
        yield some


def _process(inspection_id: int, findings: Iterable[Finding]) -> dict[int, tuple[ProcessRow, ...]]:
    """What happened to findings, each from the first event on; two queries."""
    chain = ChainKey.inspection(inspection_id)
    views = event_views(events_about(chain, "finding", [each.pk for each in findings]))
    told: dict[int, list[ProcessRow]] = {}
    for view in sorted(views, key=lambda each: each.seq):
        told.setdefault(view.subject_id, []).append(_event(view))
    return {pk: tuple(rows) for pk, rows in told.items()}


def _event(view: EventView) -> ProcessRow:
    said = "\n".join(f"{label}：{text}" for label, text in details_said(view.values, in_chinese))
    return ProcessRow(
        at=timezone.localtime(view.at),
        by=view.actor or _ERASED,
        what=in_chinese(event_label(view.name)),
        said=said,
    )
