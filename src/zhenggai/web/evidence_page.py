"""What the page of a piece of evidence shows of its file (佐证预览): a picture, pages, or its text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from zhenggai.domain.messages import msg
from zhenggai.files.errors import BlobLostError, PreviewBusyError
from zhenggai.files.previews import (
    PICTURE,
    WHY_NONE,
    Preview,
    PreviewKind,
    pages_counted,
    picture_preview,
    preview_kind,
)
from zhenggai.files.texts import blob_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.files.models import BlobText
    from zhenggai.ledger.reuse import Reuse

PAGES_AT_ONCE: Final = 10
TEXT_MOST: Final = 20_000
"""Characters of a text that the page shows; the whole is in the file."""
_TAKING: Final = msg("The text of the file is being taken out; look again in a moment.")
_NO_TEXT: Final = msg("Files of this kind are not shown here. Download it to look at it.")
_WHY_NO_TEXT: Final[dict[str, str]] = {
    "reading.encrypted": WHY_NONE["encrypted"],
    "reading.damaged": WHY_NONE["damaged"],
    "reading.workbook_damaged": WHY_NONE["damaged"],
    "reading.workbook_too_costly": WHY_NONE["too_large"],
    "reading.incomplete": WHY_NONE["damaged"],
    "reading.too_large": WHY_NONE["too_large"],
    "reading.unpacks_too_large": WHY_NONE["too_large"],
    "reading.too_many_parts": WHY_NONE["too_large"],
    "reading.too_many_paragraphs": WHY_NONE["too_large"],
    "reading.too_deep": WHY_NONE["too_large"],
    "trying": _TAKING,
}


class FileShown:
    """What the file of a ``row`` shows; ``asked`` is the page of a PDF from which to show on.

    ``picture_name`` and ``page_name`` are the addresses at which its pictures stand. ``is_read``: whether a
    job takes the text out of such files.
    """

    row: Any
    asked: str
    picture_name = "evidence-picture"
    page_name = "evidence-pdf-page"
    is_read = True

    @property
    def kind(self) -> PreviewKind:
        """How the file is looked at."""
        return preview_kind(self.row.blob)

    @cached_property
    def preview(self) -> Preview:
        """Of a PDF how many pages it has, of a picture that it can be drawn; or why not."""
        try:
            if self.kind is PreviewKind.PICTURE:
                return picture_preview(self.row.blob, PICTURE)
            if self.kind is PreviewKind.PHONE_PICTURE:
                return Preview(refused=self.kind.value)
            return pages_counted(self.row.blob) if self.kind is PreviewKind.PAGES else Preview()
        except (PreviewBusyError, BlobLostError) as refused:
            return Preview(refused=refused.message.render(_))

    @cached_property
    def taken(self) -> BlobText | None:
        """The text of the file, where a job has taken it out already."""
        return blob_text(self.row.blob_id) if self.kind is PreviewKind.TEXT else None

    @property
    def text(self) -> str:
        """The beginning of its text."""
        return self.taken.text[:TEXT_MOST] if self.taken is not None else ""

    @property
    def is_cut(self) -> bool:
        """Whether there is more text than is shown."""
        return self.taken is not None and len(self.taken.text) > TEXT_MOST

    @property
    def why_none(self) -> str:
        """Why nothing is shown, in a whole sentence; empty where something is."""
        if self.kind is not PreviewKind.TEXT:
            refused = self.preview.refused
            return _(WHY_NONE[refused]) if refused in WHY_NONE else refused
        if self.taken is None:
            return _(_TAKING) if self.is_read else _(_NO_TEXT)
        if self.taken.fault_code:
            return _(_WHY_NO_TEXT.get(self.taken.fault_code, _NO_TEXT))
        return "" if self.text.strip() else _(_NO_TEXT)

    @property
    def first(self) -> int:
        """The first page of a PDF that is shown."""
        said = int(self.asked) if self.asked.isascii() and self.asked.isdigit() and len(self.asked) < 6 else 1
        return min(max(1, said), max(1, self.preview.pages))

    @property
    def numbers(self) -> range:
        """The pages of a PDF that are shown."""
        return range(self.first, min(self.first + PAGES_AT_ONCE, self.preview.pages + 1))

    @property
    def before(self) -> int | None:
        """From which page the pages before are shown."""
        return max(1, self.first - PAGES_AT_ONCE) if self.first > 1 else None

    @property
    def after(self) -> int | None:
        """From which page the pages after are shown."""
        last = self.first + PAGES_AT_ONCE
        return last if last <= self.preview.pages else None


@dataclass
class EvidencePage(FileShown):
    """The page of one piece of evidence for one reader."""

    finding: Any
    row: Any
    reuse: Mapping[int, tuple[Reuse, ...]]
    asked: str = ""


@dataclass
class KeptFilePage(FileShown):
    """The page of a file that was filed with something else (附件页): a scan, the file of a re-check.

    ``facts`` and ``said``: what is told of it.
    """

    finding: Any
    row: Any
    title: str
    facts: Sequence[tuple[str, str]]
    said: str
    download_name: str
    picture_name: str
    page_name: str
    asked: str = ""
    is_read = False
