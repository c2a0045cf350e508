"""What one reading leaves (识别结果入库): blobs of the reading and its texts, and the rows of the draft."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.spans import EditKind
from zhenggai.files.services import blob_store
from zhenggai.intake.drafting import counts_of, facts_as_read
from zhenggai.intake.models import DraftFinding, DraftItem, DraftUnread, Intake, SourceWindow
from zhenggai.intake.services.shelving import AT_ONCE, Shelf, rows_clear
from zhenggai.intake.windows import Window, pages_begun, windows_cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from zhenggai.domain.reading import Reading, Unread
    from zhenggai.intake.drafting import Draft

_MEMORY_BYTES: Final = 8 * 1024 * 1024
_EDITS_AT_ONCE: Final = 5_000
_FINDINGS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """The blobs of one reading, and where each stretch stands in the one that pages are made from."""

    reading_sha256: str
    decoded_sha256: str
    text_sha256: str
    view_sha256: str
    windows: tuple[SourceWindow, ...]
    flags: tuple[int, ...]
    counts: dict[str, int]


def reading_store(reading: Reading, at: datetime, *, unread: Iterable[Unread] | None = None) -> Stored:
    """Keeps the reading, both texts and the stretches of the original as blobs (保存识别结果).

    ``unread`` is given instead of the reading's own where that is too much to be held at once: of a workbook,
    which has no pages.
    """
    edits = reading.edits
    windows: list[SourceWindow] = []
    flags: list[int] = []
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as view:
        pages = pages_begun(reading.places) if unread is None else ()
        for position, window in enumerate(windows_cut(reading.decoded, edits, pages=pages)):
            data = window.to_json()
            windows.append(
                SourceWindow(
                    position=position,
                    start=window.span.start,
                    end=window.span.end,
                    restored_start=window.restored.start,
                    restored_end=window.restored.end,
                    offset_bytes=view.tell(),
                    length_bytes=len(data),
                )
            )
            flags.extend(_flags(window))
            view.write(data)
        view.seek(0)
        view_sha256 = _blob(view, at)
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as file:
        for piece in _reading_json(reading, reading.unread if unread is None else unread):
            file.write(piece)
        file.seek(0)
        reading_sha256 = _blob(file, at)
    return Stored(
        reading_sha256=reading_sha256,
        decoded_sha256=_blob(_utf8(reading.decoded), at),
        text_sha256=_blob(_utf8(reading.text), at),
        view_sha256=view_sha256,
        windows=tuple(windows),
        flags=tuple(flags),
        counts=counts_of(edits),
    )


def _flags(window: Window) -> Iterator[int]:
    for edit in window.edits:
        if edit.kind is EditKind.FLAG:
            yield window.to_restored(edit.span).start


def _reading_json(reading: Reading, unread: Iterable[Unread]) -> Iterator[bytes]:
    """The reading in its schema, written piece by piece: a long source has edits by the hundred thousand.

    So has a long ledger findings, which are put into words a few at a time as well.
    """
    plain = replace(reading, edits=(), findings=(), unread=()).to_dict()
    bare = replace(reading, edits=(), findings=(), unread=(), sections=(), statistics=())
    for name in ("findings", "unread", "edits"):
        del plain[name]
    yield _utf8(json.dumps(plain, ensure_ascii=False))[:-1]
    for name, few, rows in (
        ("findings", _FINDINGS_AT_ONCE, iter(reading.findings)),
        ("unread", _FINDINGS_AT_ONCE, iter(unread)),
        ("edits", _EDITS_AT_ONCE, iter(reading.edits)),
    ):
        yield f', "{name}": ['.encode()
        is_first = True
        while some := tuple(islice(rows, few)):
            # one call for many, without the brackets of their list
            few_rows: dict[str, Any] = {name: some}
            words = json.dumps(replace(bare, **few_rows).to_dict()[name], ensure_ascii=False)[1:-1]
            yield (b"" if is_first else b", ") + _utf8(words)
            is_first = False
        yield b"]"
    yield b"}"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _blob(content: Any, at: datetime) -> str:
    # what is made from an accepted upload is kept whatever its size
    return blob_store(content, at=at, max_bytes=sys.maxsize).sha256


@dataclass(slots=True)
class Shelved:
    """The rows of one draft, made ready to be written; ``facts`` and the rest go onto the document's row."""

    draft: Draft
    findings: Shelf
    items: Shelf
    unread: Shelf
    windows: Shelf


def draft_shelve(draft: Draft, stored: Stored, on_row: Callable[[int], None]) -> Shelved:
    """Makes the rows of a draft ready (备好草稿), outside any transaction; ``on_row`` is told how many."""
    shelved = Shelved(draft, Shelf(DraftFinding), Shelf(DraftItem), Shelf(DraftUnread), Shelf(SourceWindow))
    for index, (finding, items) in enumerate(draft.findings):
        if not index % AT_ONCE:
            on_row(index)
        shelved.findings.add(finding)
        for item in items:
            shelved.items.add(item, finding_id=index)
    for stretch in draft.unread:
        shelved.unread.add(stretch)
    for window in stored.windows:
        shelved.windows.add(window)
    return shelved


def draft_fill(intake: Intake, reading: Reading, stored: Stored, shelved: Shelved) -> list[int]:
    """Writes the rows of the draft, and sets on the document's row, without saving it, what was read.

    Rows of an earlier reading are put away with everything that people changed in them. Gives the ids of the
    findings in their order.
    """
    draft = shelved.draft
    if intake.view_sha256:
        draft_clear(intake)
    for name, value in draft.facts.items():
        setattr(intake, name, value)
    intake.spans = draft.spans
    intake.why = draft.why
    intake.as_read = facts_as_read(draft.facts)
    intake.edits = {}
    intake.encoding = reading.source.encoding or ""
    intake.format = reading.source.format
    intake.truncated = reading.truncated
    intake.characters = len(reading.text)
    intake.counts = stored.counts
    intake.reading_sha256 = stored.reading_sha256
    intake.decoded_sha256 = stored.decoded_sha256
    intake.text_sha256 = stored.text_sha256
    intake.view_sha256 = stored.view_sha256

    def own(_nothing: Any) -> int:
        return int(intake.pk)

    shelved.windows.write(intake_id=own)
    shelved.findings.write(intake_id=own)
    ids = list(DraftFinding.objects.filter(intake=intake).order_by("position").values_list("pk", flat=True))
    shelved.items.write(finding_id=lambda index: ids[index])
    shelved.unread.write(intake_id=own)
    return ids


_OF_FINDINGS: Final = "finding_id IN (SELECT id FROM intake_draftfinding WHERE intake_id = %s)"
CLEARED: Final = {
    "intake_comparedfinding": "comparison_id IN (SELECT id FROM intake_comparison WHERE intake_id = %s)",
    "intake_comparison": "intake_id = %s",
    "intake_correction": "intake_id = %s",
    "intake_cellissue": "intake_id = %s",
    "intake_sheetwindow": "intake_id = %s",
    "intake_sourcewindow": "intake_id = %s",
    "intake_draftunread": "intake_id = %s",
    "intake_draftitem": _OF_FINDINGS,
    "intake_draftfinding": "intake_id = %s",
}
"""What hangs on a draft, table by table, in the order in which it can go."""


def draft_clear(intake: Intake) -> None:
    """Puts away every row that an earlier reading of this document made, and what people did to them."""
    rows_clear(CLEARED, int(intake.pk))
