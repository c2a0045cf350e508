"""``zhenggai read``, ``restore`` and ``schema`` (读取、还原、格式): no database, no Django."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhenggai.ops.cli import NOTHING_FOUND, REFUSED
from zhenggai.ops.gathering import is_many
from zhenggai.ops.help_pages import SpokenCommand
from zhenggai.ops.language import _
from zhenggai.ops.markdown import reading_markdown
from zhenggai.ops.removals import removal_lines, restored_dict
from zhenggai.ops.sources import Given, give, give_lines, max_pages, take
from zhenggai.ops.spreadsheet import reading_csv
from zhenggai.ops.tabulating import reading_lines
from zhenggai.ops.terminal import progress
from zhenggai.reading import may_be_workbook, restore_text
from zhenggai.reading.interpreting import interpret
from zhenggai.reading.schema import schema as notice_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from zhenggai.domain.reading import Reading
    from zhenggai.reading.restoring import Restored


ENGINES = ("processes", "dask")
PROGRESS_FROM_BYTES = 1_000_000
SCHEMAS = {"notice": notice_schema}


class ReadForm(StrEnum):
    """How a reading comes out."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


class RestoreForm(StrEnum):
    """How a restored text comes out."""

    TEXT = "text"
    JSON = "json"


SOURCE = click.argument("source", metavar="FILE|-")
OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("Write there instead of to standard output; the file appears whole or not at all."),
)


@click.command(
    cls=SpokenCommand,
    help=_(
        "Read a notice and show its findings, what was cleaned and what was left unread. The file is a Word "
        "document (.docx), a PDF, a text or a saved web page (HTML, MHTML); - is standard input. Several "
        "files, folders with all below them and patterns are read at once: a line, a file or a "
        "JSON line for each."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai read notice.txt\n"
        "  zhenggai read ledger.docx\n"
        "  zhenggai read notice.html --format json --output notice.json\n"
        "  zhenggai read notice.pdf --format csv > findings.csv\n"
        "  zhenggai read notice.txt --explain\n"
        "  curl -s ADDRESS | zhenggai read -\n"
        "  zhenggai read notices --jobs 4 --format json > notices.jsonl\n"
        "  zhenggai read notices --format csv --output tables\n"
        "\n"
        "Exit codes: 0 findings were read · 1 refused; with several, at least one · 2 wrong usage · "
        "3 read, but no finding in any"
    ),
)
@click.argument("sources", metavar="PATH|-…", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in ReadForm]),
    default=ReadForm.TABLE.value,
    show_default=True,
    help=_("table for people, json after schema zhenggai.notice/1, markdown, or csv for a spreadsheet."),
)
@click.option(
    "--explain",
    is_flag=True,
    help=_(
        "Say of every field which rule read it, and where; with table and json only. The JSON of a workbook "
        "then also says what its columns were held to be and what is wrong in its cells."
    ),
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help=_(
        "Write there instead of to standard output: a file, which appears whole or not at all; for several "
        "documents a folder, with one file for each."
    ),
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("Processes for several documents; without it as many as this machine has processors."),
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help=_("What several documents are read on: processes of this machine, or a Dask cluster."),
)
@click.option(
    "--scheduler", metavar="ADDRESS", help=_("The scheduler of a Dask cluster, such as tcp://host:8786.")
)
@click.pass_context
def read(
    ctx: click.Context,
    sources: tuple[str, ...],
    form: str,
    output: Path | None,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    *,
    explain: bool,
) -> None:
    """Read one notice, or many."""
    if explain and ReadForm(form) not in {ReadForm.TABLE, ReadForm.JSON}:
        raise click.UsageError(
            _("--explain needs room for a sentence about each field: use it with table or json.")
        )
    if is_many(sources):
        if explain:
            raise click.UsageError(_("--explain is for one document at a time; name one file."))
        from zhenggai.ops.reading_many import read_all  # noqa: PLC0415 - one notice starts fast

        counts = read_all(sources, form=form, output=output, jobs=jobs, engine=engine, scheduler=scheduler)
        if counts.refused:
            ctx.exit(REFUSED)
        ctx.exit(0 if counts.with_findings else NOTHING_FOUND)
    given = take(sources[0])
    if may_be_workbook(given.data, given.name):
        from zhenggai.ops.reading_ledgers import read_ledger  # noqa: PLC0415 - one notice starts fast

        found = read_ledger(given, explain=explain)
        if found is not None:
            _give_reading(found.reading, ReadForm(form), output, found.more)
            found.tell()
            if not found.reading.findings:
                ctx.exit(NOTHING_FOUND)
            return
    with _steps(given, 2) as step:
        restored = _restored(given)
        step()
        reading = interpret(restored, explain=explain)
        step()
    _give_reading(reading, ReadForm(form), output)
    if not reading.findings:
        ctx.exit(NOTHING_FOUND)


def _give_reading(
    reading: Reading, form: ReadForm, output: Path | None, more: Mapping[str, Any] | None = None
) -> None:
    if reading.explained:
        from zhenggai.ops.explaining import explained_dicts, explained_lines  # noqa: PLC0415 - reading starts fast

        if form is ReadForm.JSON:
            explained = {"explained": explained_dicts(reading), **(more or {})}
            give(json_pieces({**reading.to_dict(), **explained}), output)
        else:
            give_lines([*reading_lines(reading), "", *explained_lines(reading)], output)
    elif form is ReadForm.JSON:
        give(json_pieces(reading.to_dict()), output)
    elif form is ReadForm.CSV:
        give([reading_csv(reading)], output)
    elif form is ReadForm.MARKDOWN:
        give_lines([reading_markdown(reading).rstrip("\n")], output)
    else:
        give_lines(reading_lines(reading), output)


@click.command(
    cls=SpokenCommand,
    help=_(
        "Give the text back as it was before a mirror page damaged it. With --edits: what was removed or "
        "changed, where (line:column of the source) and why, with counts."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai restore page.txt > clean.txt\n"
        "  zhenggai restore page.txt --edits\n"
        "  zhenggai restore page.txt --edits --format json | jq .counts\n"
        "\n"
        "Exit codes: 0 done · 1 refused · 2 wrong usage"
    ),
)
@SOURCE
@click.option("--edits", is_flag=True, help=_("What was removed or changed and why, instead of the text."))
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in RestoreForm]),
    default=RestoreForm.TEXT.value,
    show_default=True,
    help=_("text, or json with the text and, with --edits, every change."),
)
@OUTPUT
def restore(source: str, form: str, output: Path | None, *, edits: bool) -> None:
    """Restore one text."""
    given = take(source)
    with _steps(given, 1) as step:
        restored = _restored(given)
        step()
    decoded = restored.decoded.text
    if RestoreForm(form) is RestoreForm.JSON:
        give(json_pieces(restored_dict(restored, with_edits=edits)), output)
    elif edits:
        give_lines(removal_lines(decoded, restored.edits), output)
    else:
        give_lines([restored.text.removesuffix("\n")], output)


@click.command(
    cls=SpokenCommand,
    help=_("Print the JSON Schema that every reading keeps to."),
    epilog=_("\b\nExample:\n  zhenggai schema notice > notice.schema.json"),
)
@click.argument("name", type=click.Choice(list(SCHEMAS)))
@OUTPUT
def schema(name: str, output: Path | None) -> None:
    """Print the schema of this name."""
    give([json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2).encode(), b"\n"], output)


def _restored(given: Given) -> Restored:
    return restore_text(
        given.data, name=given.name, max_bytes=given.max_bytes, max_pages=max_pages(), on_page=_on_page
    )


def _on_page(page: int, pages: int) -> None:
    """How far a long PDF is, on standard error where somebody watches; each line replaces the last."""
    if sys.stderr.isatty():
        end = "\n" if page == pages else "\r"
        click.echo(_("Reading page %(page)s of %(pages)s", page=page, pages=pages) + end, err=True, nl=False)


def json_pieces(plain: Mapping[str, Any]) -> Iterator[bytes]:
    """An object as JSON: a line for each key and each member of a list, to be read and compared."""
    begin = "{"
    for key, value in plain.items():
        yield f"{begin}\n  {json.dumps(key)}: ".encode()
        begin = ","
        if isinstance(value, list) and value:
            for place, member in enumerate(value):
                yield b",\n    " if place else b"[\n    "
                yield _compact(member)
            yield b"\n  ]"
        else:
            yield _compact(value)
    yield b"\n}\n"


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


@contextmanager
def _steps(given: Given, length: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error while a large text is read; silent for small ones and where nobody watches."""
    if len(given.data) < PROGRESS_FROM_BYTES or not sys.stderr.isatty():
        yield lambda: None
        return
    label = _("Reading %(megabytes)s MB", megabytes=f"{len(given.data) / 1_000_000:.1f}")
    with progress(length, label) as step:
        yield step
