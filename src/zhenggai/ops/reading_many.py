"""``zhenggai read`` with several documents (批量读取): one stream or a file each, and what became of them."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from zhenggai.documents.csv import csv_bytes, csv_row
from zhenggai.ops.errors import OutputNoFolderError, OutputUnwritableError
from zhenggai.ops.gathering import gather
from zhenggai.ops.interrupts import minded
from zhenggai.ops.language import _, translate
from zhenggai.ops.markdown import reading_markdown
from zhenggai.ops.sources import give, max_bytes
from zhenggai.ops.spreadsheet import findings_heading, findings_rows, reading_csv
from zhenggai.ops.tabulating import reading_lines
from zhenggai.ops.terminal import columns_of, printable, progress
from zhenggai.reading.many import read_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zhenggai.domain.reading import Reading
    from zhenggai.reading.many import Outcome
    from zhenggai.reading.named import Named

Written = bytes | list[tuple[str, ...]]
ENDINGS = {"table": ".txt", "json": ".json", "markdown": ".md", "csv": ".csv"}
FEW = 3
"""Up to so many documents other processes are not worth their start."""


class Counts(NamedTuple):
    """What became of several documents."""

    with_findings: int
    without: int
    refused: int
    repeated: int


def read_all(
    given: Sequence[str],
    *,
    form: str,
    output: Path | None,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
) -> Counts:
    """Read everything that ``given`` means; a refused document is named and stops no other.

    Raises:
        OutputNoFolderError: when ``output`` is a file.
    """
    if output is not None and output.exists() and not output.is_dir():
        raise OutputNoFolderError(path=str(output))
    found = gather(given)
    said = [refusal.message.render(translate) for refusal in found.refusals]
    counts = Counts(0, 0, len(found.refusals), 0)
    writer = _Files(output, form, _common(found.sources)) if output is not None else _Stream(form)
    processes = jobs or (1 if len(found.sources) <= FEW else os.cpu_count() or 1)
    outcomes = read_many(
        found.sources,
        jobs=processes,
        engine="dask" if scheduler else engine,
        scheduler=scheduler,
        max_bytes=max_bytes(),
        finish=partial(_written, form, output is None),
    )
    with minded() as look, _watched(len(found.sources)) as step:
        for outcome in outcomes:
            look()
            step()
            writer.take(outcome)
            if outcome.refusal is not None:
                said.append(_sentence(outcome))
            counts = _counted(counts, outcome)
    for sentence in said:
        click.echo(printable(sentence), err=True)
    click.echo(_summary(counts, found.passed_over), err=True)
    return counts


def _written(form: str, stream: bool, reading: Reading) -> Written:  # noqa: FBT001  # bound by partial, never by hand
    """What is written of one reading; made in the process that read it, so that little travels back."""
    if form == "json":
        return json.dumps(reading.to_dict(), ensure_ascii=False).encode("utf-8", "backslashreplace")
    if form == "csv":
        return findings_rows(reading) if stream else reading_csv(reading)
    if form == "markdown":
        return reading_markdown(reading).encode("utf-8", "replace")
    if stream:
        return (reading.title or "").encode("utf-8", "replace")
    return "".join(f"{line}\n" for line in reading_lines(reading)).encode("utf-8", "replace")


class _Stream:
    """Everything on standard output, each document as soon as it is its turn."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.begun = False

    def take(self, outcome: Outcome[Written]) -> None:
        """Write one document."""
        give(self._pieces(outcome), None)
        self.begun = True

    def _pieces(self, outcome: Outcome[Written]) -> Iterator[bytes]:
        value = outcome.value
        if self.form == "json":
            yield _json_line(outcome)
        elif self.form == "table":
            yield f"{_line(outcome)}\n".encode(sys.stdout.encoding or "utf-8", "replace")
        elif self.form == "csv":
            if not self.begun:
                yield csv_bytes((_("File"), *findings_heading()), [])
            rows = value if isinstance(value, list) else []
            yield from (csv_row((outcome.name, *row)) for row in rows)
        elif isinstance(value, bytes):
            yield b"\n" * self.begun + value


class _Files:
    """A file for each document, in the folders it came from."""

    def __init__(self, folder: Path, form: str, base: Path) -> None:
        self.folder = folder
        self.ending = ENDINGS[form]
        self.base = base
        self.taken: set[Path] = set()

    def take(self, outcome: Outcome[Written]) -> None:
        """Write one document; a refused one leaves no file."""
        value = outcome.value
        if not isinstance(value, bytes):
            return
        target = self._target(outcome.name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as refusal:
            raise OutputUnwritableError(path=str(target.parent), reason=refusal.strerror) from None
        give([value, b"\n" * (self.ending == ".json")], target)

    def _target(self, name: str) -> Path:
        path = Path(name)
        below = path.resolve().relative_to(self.base) if path.exists() else Path(path.name)
        target = self.folder / below.with_name(f"{below.name}{self.ending}")
        count = 1
        while target in self.taken:
            count += 1
            target = self.folder / below.with_name(f"{below.name}-{count}{self.ending}")
        self.taken.add(target)
        return target


def _common(sources: Sequence[Path | Named]) -> Path:
    """The folder that all files stand below."""
    folders = {source.resolve().parent for source in sources if not isinstance(source, tuple)}
    return Path(os.path.commonpath(folders)) if folders else Path()


def _json_line(outcome: Outcome[Written]) -> bytes:
    head: dict[str, Any] = {"path": outcome.name, "sha256": outcome.sha256, "same_as": outcome.same_as}
    if outcome.refusal is not None:
        head |= {"code": outcome.code, "refusal": outcome.refusal.render(translate), "reading": None}
        return json.dumps(head, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    begin = json.dumps(head, ensure_ascii=False).encode("utf-8", "backslashreplace")
    reading = outcome.value if isinstance(outcome.value, bytes) else b"null"
    return begin[:-1] + b', "reading": ' + reading + b"}\n"


def _line(outcome: Outcome[Written]) -> str:
    """One document on one line: how many findings, which file, which title."""
    name = printable(outcome.name)
    if outcome.refusal is not None:
        return f"{'–':>5}  {name}  {_('refused')}"
    title = printable(outcome.value.decode()) if isinstance(outcome.value, bytes) else ""
    same = f"  {_('the same as %(name)s', name=printable(outcome.same_as))}" if outcome.same_as else ""
    gap = " " * max(0, 40 - columns_of(name))
    return f"{outcome.findings:>5}  {name}{gap}  {title}{same}".rstrip()


def _sentence(outcome: Outcome[Written]) -> str:
    sentence = outcome.refusal.render(translate) if outcome.refusal else ""
    name = Path(outcome.name).name
    return sentence if outcome.name in sentence else sentence.replace(f"“{name}”", f"“{outcome.name}”", 1)


def _counted(counts: Counts, outcome: Outcome[Written]) -> Counts:
    return Counts(
        counts.with_findings + (outcome.refusal is None and outcome.findings > 0),
        counts.without + (outcome.refusal is None and outcome.findings == 0),
        counts.refused + (outcome.refusal is not None),
        counts.repeated + (outcome.same_as is not None),
    )


def _summary(counts: Counts, passed_over: int) -> str:
    return _(
        "Read with findings: %(with_findings)s · read without a finding: %(without)s · refused: "
        "%(refused)s · same bytes as another: %(repeated)s · other files passed over: %(passed_over)s",
        **counts._asdict(),
        passed_over=passed_over,
    )


@contextmanager
def _watched(length: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with progress(length, _("Reading %(count)s documents", count=length)) as step:
        yield step
