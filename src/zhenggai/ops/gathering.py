"""Which documents a command is given (收集文件): files, folders and all below them, patterns, input."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.ops.errors import NothingToReadError, SourceMissingError, SourceUnreadableError
from zhenggai.ops.sources import STANDARD_INPUT, take
from zhenggai.reading import refuse_unless_file
from zhenggai.reading.named import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ENDINGS = (
    ".txt .text .md .html .htm .shtml .xhtml .mht .mhtml .eml .docx .pdf .doc .wps .rtf "
    ".xlsx .xlsm .xls .et .ods .csv .tsv .odt"
)
DOCUMENTS = frozenset(_ENDINGS.split())
"""Endings of what is taken from a folder: what is read, and what is refused with a sentence of its own."""
PAGE_ENDINGS = (".html", ".htm", ".shtml", ".xhtml")


@dataclass(slots=True)
class Gathered:
    """The documents in the order given, folders sorted; what was refused, and what passed over."""

    sources: list[Path | Named] = field(default_factory=list)
    refusals: list[ZhenggaiError] = field(default_factory=list)
    passed_over: int = 0


def is_many(given: Sequence[str]) -> bool:
    """Whether several documents are meant: more than one, a folder, or a pattern that no shell resolved."""
    return len(given) > 1 or Path(given[0]).is_dir() or _is_pattern(given[0])


def gather(given: Iterable[str]) -> Gathered:
    """Every document that is meant, each file once.

    Raises:
        NothingToReadError: when there is none.
    """
    found = Gathered()
    known: set[str] = set()
    for argument in given:
        for source in _meant(argument, found):
            place = source.name if isinstance(source, Named) else os.path.realpath(source)
            if place not in known:
                known.add(place)
                found.sources.append(source)
    if not found.sources and not found.refusals:
        raise NothingToReadError(passed_over=found.passed_over)
    return found


def _meant(argument: str, found: Gathered) -> Iterator[Path | Named]:
    if argument == STANDARD_INPUT:
        yield Named("stdin", take(argument).data)
        return
    # A pattern begins anywhere, an absolute one too, which Path.glob does not take.
    matches = sorted(glob.glob(argument, recursive=True)) if _is_pattern(argument) else [argument]  # noqa: PTH207
    for match in matches:
        path = Path(match)
        try:
            if path.is_dir():
                yield from _below(path, found)
            elif path.is_file():
                yield path
            elif path.exists():
                refuse_unless_file(path, match)
                # What the shell has opened can be read once, and only here.
                yield Named(match, take(match).data)
            else:
                found.refusals.append(SourceMissingError(path=match))
        except ZhenggaiError as refusal:
            found.refusals.append(refusal)
        except (OSError, ValueError) as refusal:
            found.refusals.append(SourceUnreadableError(path=match, reason=str(refusal)))


def _is_pattern(argument: str) -> bool:
    return glob.has_magic(argument) and not os.path.lexists(argument.replace("\0", ""))


def _below(folder: Path, found: Gathered) -> Iterator[Path]:
    """The documents below a folder; a link to a folder is not followed, so none leads round in a circle."""

    def refused(error: OSError) -> None:
        found.refusals.append(
            SourceUnreadableError(path=str(error.filename or folder), reason=error.strerror or str(error))
        )

    for place, folders, names in os.walk(folder, onerror=refused):
        pages = {name for name in names if name.lower().endswith(PAGE_ENDINGS)}
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not _belongs_to_a_page(name, pages)
        )
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith((".", "~$")):
                continue
            wanted = path.suffix.lower() in DOCUMENTS
            if wanted and path.is_file():
                yield path
            elif wanted and path.is_symlink() and not path.exists():
                found.refusals.append(SourceMissingError(path=str(path)))
            else:
                found.passed_over += 1


def _belongs_to_a_page(folder: str, pages: set[str]) -> bool:
    """Whether a browser made the folder beside a page it saved, for the page's pictures and scripts."""
    for mark in ("_files", ".files", "_文件"):
        if folder.endswith(mark):
            page = folder.removesuffix(mark)
            return any(f"{page}{ending}" in pages for ending in PAGE_ENDINGS)
    return False
