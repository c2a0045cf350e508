"""The text of a stored file (文件文本), taken out once in the background so that it can be searched."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import F

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.files.models import Blob, BlobText
from zhenggai.files.selectors import blob_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

TEXT_MOST: Final = 100_000
"""Characters that are kept: as many as the search takes."""
TRYING: Final = "trying"
FAULT: Final = "fault"
_TOO_LARGE: Final = "reading.too_large"
_TRIES_MOST: Final = 3
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNPACKED_MOST_BYTES: Final = 128 * 1024 * 1024
_WORKBOOK_SECONDS: Final = 60.0


def blob_text_take(*, blob_id: int, at: datetime) -> BlobText:
    """Takes the text out of a stored file (提取文本), once: what failed is noted with its code, never fatal.

    Each try is noted before the file is opened, so that a file that ends its workers is given up.
    """
    row, _ = BlobText.objects.get_or_create(blob_id=blob_id, defaults={"fault_code": TRYING, "taken_at": at})
    if row.fault_code != TRYING:
        return row
    BlobText.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    row.text, row.fault_code = _text_or_fault(row.blob) if row.tries < _TRIES_MOST else ("", FAULT)
    row.taken_at = at
    row.save(update_fields=["text", "fault_code", "taken_at"])
    return row


def blob_text(blob_id: int) -> BlobText | None:
    """The text of a stored file as far as it was taken out (已提取文本); None while that waits."""
    return BlobText.objects.filter(blob_id=blob_id).first()


def _text_or_fault(blob: Blob) -> tuple[str, str]:
    if blob.size_bytes > settings.ZHENGGAI_MAX_UPLOAD_BYTES:
        return "", _TOO_LARGE
    try:
        # what no database takes: a NUL, half a character
        text = _text(blob)[:TEXT_MOST].replace("\x00", "")
        return text.encode("utf-8", "replace").decode("utf-8"), ""
    except ZhenggaiError as refused:
        return "", refused.code
    except zipfile.BadZipFile:
        return "", "reading.damaged"
    except Exception:  # noqa: BLE001  # a stranger's file: whatever it does to a decoder, the evidence stands
        return "", FAULT


def _text(blob: Blob) -> str:
    from zhenggai.reading.decode import decode  # noqa: PLC0415  # its tables are read only where needed

    data = blob_read(blob.sha256)
    if blob.media_type == _WORKBOOK:
        return "\n".join(_lines(data))
    most = max(len(data), 1)
    return decode(data, name="file", max_bytes=most, max_pages=settings.ZHENGGAI_MAX_PDF_PAGES).text


def _lines(data: bytes) -> Iterator[str]:
    """The rows of every sheet, cells parted by a blank, until there is more than is kept."""
    from zhenggai.reading.workbook import book_lines  # noqa: PLC0415  # as above

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _UNPACKED_MOST_BYTES:
            raise zipfile.BadZipFile
    left = TEXT_MOST
    # a workbook of a kilobyte can ask for half a terabyte: it is opened in a process of its own
    with closing(book_lines(data, name="file", seconds=_WORKBOOK_SECONDS)) as lines:
        for line in lines:
            if line:
                yield line
                left -= len(line)
            if left < 0:
                return
