"""Where a command reads from and writes to (输入与输出): a file, standard input, standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ops.errors import (
    OutputUnwritableError,
    SettingUnusableError,
    SourceIsFolderError,
    SourceMissingError,
    SourceUnreadableError,
)
from zhenggai.reading import refuse_unless_file
from zhenggai.reading.errors import SourceTooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD_INPUT = "-"
MEBIBYTE = 1024 * 1024
DEFAULT_MAX_MIB = 64
DEFAULT_MAX_PAGES = 2_000


class Given(NamedTuple):
    """The bytes of one source, its name, and the limit in bytes they were read under."""

    data: bytes
    name: str
    max_bytes: int


def max_bytes() -> int:
    """The size limit from ``ZHENGGAI_MAX_UPLOAD_MIB`` (default 64 MiB), in bytes.

    Raises:
        SettingUnusableError: when the variable holds no whole number from 1 up.
    """
    raw = os.environ.get("ZHENGGAI_MAX_UPLOAD_MIB", "").strip() or str(DEFAULT_MAX_MIB)
    if not raw.isdecimal() or int(raw) < 1:
        raise SettingUnusableError(name="ZHENGGAI_MAX_UPLOAD_MIB", value=raw)
    return int(raw) * MEBIBYTE


def max_pages() -> int:
    """The most pages of a PDF from ``ZHENGGAI_MAX_PDF_PAGES`` (default 2,000).

    Raises:
        SettingUnusableError: when the variable holds no whole number from 1 up.
    """
    raw = os.environ.get("ZHENGGAI_MAX_PDF_PAGES", "").strip() or str(DEFAULT_MAX_PAGES)
    if not raw.isdecimal() or int(raw) < 1:
        raise SettingUnusableError(name="ZHENGGAI_MAX_PDF_PAGES", value=raw)
    return int(raw)


def take(source: str) -> Given:
    """The bytes of a file or, for ``-``, of standard input; never more than one byte over the limit.

    Raises:
        SourceMissingError, SourceIsFolderError, SourceUnreadableError: when there is nothing to read.
        SourceTooLargeError: when the file is larger than the limit.
        NotAFileError: a named pipe or a device.
    """
    limit = max_bytes()
    if source == STANDARD_INPUT:
        return Given(sys.stdin.buffer.read(limit + 1), "stdin", limit)
    path = Path(source)
    try:
        refuse_unless_file(path, source)
        with path.open("rb") as file:
            if (size := os.fstat(file.fileno()).st_size) > limit:
                raise SourceTooLargeError(name=path.name, size_bytes=size, max_bytes=limit)
            return Given(file.read(limit + 1), path.name, limit)
    except FileNotFoundError:
        raise SourceMissingError(path=source) from None
    except IsADirectoryError:
        raise SourceIsFolderError(path=source) from None
    except (OSError, ValueError) as refusal:
        raise SourceUnreadableError(path=source, reason=_reason(refusal)) from None


def give(pieces: Iterable[bytes], output: Path | None) -> None:
    """Write to standard output as the pieces come, or to a file that appears whole or not at all.

    Raises:
        OutputUnwritableError: when the file cannot be written; an earlier one stays as it was.
    """
    if output is None:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    try:
        if output.exists() and not output.is_file():
            with output.open("wb") as device:
                device.writelines(pieces)
            return
        with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as file:
            unfinished = Path(file.name)
            try:
                file.writelines(pieces)
            except BaseException:
                unfinished.unlink()
                raise
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(output)
    except OSError as refusal:
        raise OutputUnwritableError(path=str(output), reason=_reason(refusal)) from None


def give_lines(lines: Iterable[str], output: Path | None) -> None:
    """The same for lines of text: UTF-8 in a file; on a terminal its encoding, ? for what it lacks."""
    encoding = "utf-8" if output is not None else sys.stdout.encoding or "utf-8"
    give((f"{line}\n".encode(encoding, "replace") for line in lines), output)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(refusal: Exception) -> str:
    return (refusal.strerror or str(refusal)) if isinstance(refusal, OSError) else str(refusal)
