"""``zhenggai sample save`` (保存样本): a document with its structure, to teach the reader by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from zhenggai.ops.errors import SampleExistsError
from zhenggai.ops.help_pages import SpokenCommand, SpokenGroup
from zhenggai.ops.language import _, translate
from zhenggai.ops.sources import give, take
from zhenggai.ops.startup import ready_module


@click.group(cls=SpokenGroup, help=_("Documents with their structure, by which the reader can be taught."))
def sample() -> None:
    """Only the group."""


@sample.command(
    cls=SpokenCommand,
    help=_(
        "Save a document and its structure side by side: SOURCE and SOURCE.expected.json. A number is a "
        "draft of this server, with the structure as people corrected it; anything else is a file, with the "
        "structure as it is read now."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai sample save 12 --output samples\n"
        "  zhenggai sample save notice.txt --output samples\n"
        "\n"
        "Exit codes: 0 saved · 1 refused · 2 wrong usage"
    ),
)
@click.argument("source", metavar="DRAFT|FILE")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help=_("Folder to write to; the working folder unless said. Nothing in it is overwritten."),
)
def save(source: str, output: Path) -> None:
    """Save one sample."""
    is_draft = source.isascii() and source.isdecimal() and not Path(source).exists()
    name, data, expected, warning = _draft(int(source)) if is_draft else _file(source)
    written = output / name, output / expected[0]
    for path in written:
        if path.exists():
            raise SampleExistsError(path=str(path))
    output.mkdir(parents=True, exist_ok=True)
    give([data], written[0])
    give([expected[1]], written[1])
    click.echo(_("Saved: %(source)s and %(expected)s.", source=str(written[0]), expected=str(written[1])))
    click.echo(warning, err=True)


_Saved = tuple[str, bytes, tuple[str, bytes], str]


def _draft(number: int) -> _Saved:
    candidates: Any = ready_module("zhenggai.intake.candidates")
    files: Any = ready_module("zhenggai.files.selectors")
    intake, plain = candidates.candidate_of_id(number)
    expected = candidates.expected_name(intake.name), candidates.candidate_json(plain)
    return intake.name, files.blob_read(intake.sha256), expected, translate(candidates.SAMPLE_WARNING)


def _file(source: str) -> _Saved:
    from zhenggai.reading import read  # noqa: PLC0415 - asking for help does without it

    candidates: Any = ready_module("zhenggai.intake.candidates")
    given = take(source)
    plain = read(given.data, name=given.name, max_bytes=given.max_bytes).to_dict()
    expected = candidates.expected_name(given.name), candidates.candidate_json(plain)
    return given.name, given.data, expected, translate(candidates.SAMPLE_WARNING)
