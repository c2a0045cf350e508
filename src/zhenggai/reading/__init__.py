"""Reading (阅读): bytes → text → restored text → outline → ``Reading`` with spans; knows no database."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from zhenggai.domain.reading import Reading
    from zhenggai.reading.decode import Step
    from zhenggai.reading.restoring import Restored

__all__ = ["may_be_workbook", "read", "refuse_unless_file", "restore_text"]


def read(
    source: bytes | str | Path | BinaryIO,
    *,
    name: str | None = None,
    max_bytes: int | None = None,
    max_pages: int | None = None,
    on_page: Callable[[int, int], None] | None = None,
    on_step: Callable[[Step], None] | None = None,
    explain: bool = False,
) -> Reading:
    """Read a notice, report, plan or ledger (通报、报告、方案、台账): what it says, and where.

    A workbook is read as a ledger, with the mapping that is guessed; `zhenggai.reading.workbook` also gives
    that mapping, to be changed, and what is wrong in the cells.
    ``source`` is a path, the bytes of a file, an open binary file, or the text itself (a ``str`` is always
    text, never a path). ``name`` is shown as the source's name. ``max_bytes`` bounds the size;
    of a larger file no byte is read. ``max_pages`` bounds a PDF, ``on_page`` is told how far a long one is,
    ``on_step`` each step as it begins. What either of the two raises ends the reading and is not caught.
    With ``explain`` every field says which rule read it and where (``Reading.explained``).

    :raises zhenggai.domain.errors.InvalidError: where the source is empty, too large, binary or undecodable.
    """
    from zhenggai.reading.decode import DEFAULT_MAX_BYTES  # noqa: PLC0415 - importing the package must stay fast
    from zhenggai.reading.interpreting import interpret  # noqa: PLC0415 - as above

    data, known = _bytes(source, name, DEFAULT_MAX_BYTES if max_bytes is None else max_bytes)
    known = name or known
    if may_be_workbook(data, known):
        from zhenggai.reading import workbook  # noqa: PLC0415 - as above

        if workbook.is_workbook(data, known):
            if on_step is not None:
                on_step("interpret")
            book = workbook.open_book(data, name=known, max_bytes=max_bytes)
            return workbook.read_book(book, explain=explain).reading
    restored = restore_text(
        data, name=known, max_bytes=max_bytes, max_pages=max_pages, on_page=on_page, on_step=on_step
    )
    if on_step is not None:
        on_step("interpret")
    return interpret(restored, explain=explain)


def may_be_workbook(data: bytes, name: str) -> bool:
    """Whether these bytes are worth being looked at as a workbook (.xlsx, .xls, .csv …); loads nothing."""
    named = (".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".et", ".ods", ".xlt", ".ett")
    head = data[: 1 << 16]
    return (
        data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
        or name.lower().endswith(named)
        or b"schemas-microsoft-com:office:spreadsheet" in head
        or b"schemas-microsoft-com:office:excel" in head
        or b"Excel.Sheet" in head
    )


def restore_text(
    source: bytes | str | Path | BinaryIO,
    *,
    name: str | None = None,
    max_bytes: int | None = None,
    max_pages: int | None = None,
    on_page: Callable[[int, int], None] | None = None,
    on_step: Callable[[Step], None] | None = None,
) -> Restored:
    """Decode and restore a document without interpreting it; what was struck out stays in ``edits``.

    :raises zhenggai.domain.errors.InvalidError: where the source is empty, too large, binary or undecodable.
    """
    from zhenggai.reading.decode import DEFAULT_MAX_BYTES, decode  # noqa: PLC0415 - as above
    from zhenggai.reading.restoring import restore  # noqa: PLC0415 - as above

    most = DEFAULT_MAX_BYTES if max_bytes is None else max_bytes
    data, known = _bytes(source, name, most)
    decoded = decode(
        data, name=name or known, max_bytes=most, max_pages=max_pages, on_page=on_page, on_step=on_step
    )
    if on_step is not None:
        on_step("restore")
    return restore(decoded)


def _bytes(source: bytes | str | Path | BinaryIO, name: str | None, max_bytes: int) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, "document"
    if isinstance(source, str):
        return source.encode("utf-8", "surrogatepass"), "text"
    if isinstance(source, os.PathLike):
        refuse_unless_file(source, name)
        with open(source, "rb") as file:  # noqa: PTH123 - pathlib need not be imported for this
            return _bounded(file, name or os.path.basename(source), max_bytes)  # noqa: PTH119 - as above
    known = os.path.basename(str(getattr(source, "name", "") or "document"))  # noqa: PTH119 - as above
    return _bounded(source, name or known, max_bytes)


def refuse_unless_file(path: str | os.PathLike[str], name: str | None = None) -> None:
    """Refuse a named pipe, a socket or a device before it is opened: opening alone can wait for ever.

    A folder, or what is not there, is left to the opening, which says so.

    :raises zhenggai.reading.errors.NotAFileError: it is none of these and no ordinary file.
    """
    from zhenggai.reading.errors import NotAFileError  # noqa: PLC0415 - as above

    mode = os.stat(path).st_mode  # noqa: PTH116 - pathlib need not be imported for this
    # what the shell has opened already (<(…) is /dev/fd/63) has a writer and comes to an end
    opened = os.fspath(path).startswith(("/dev/fd/", "/proc/self/fd/"))
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode) and not opened:
        raise NotAFileError(name=name or os.fspath(path))


def _bounded(file: BinaryIO, name: str, max_bytes: int) -> tuple[bytes, str]:
    """All of ``file``; what says beforehand that it is too large is not read, nor what has no end."""
    from zhenggai.reading.errors import SourceTooLargeError  # noqa: PLC0415 - as above

    try:
        size = os.fstat(file.fileno()).st_size
    except (AttributeError, OSError):
        size = 0
    if size > max_bytes:
        raise SourceTooLargeError(name=name, size_bytes=size, max_bytes=max_bytes)
    data = file.read(max_bytes + 1)
    return data, name
