"""``zhenggai export``: a ledger as a file, as one person sees it (命令行导出台账)."""

from __future__ import annotations

from pathlib import Path

import click

from zhenggai.domain.lifecycle import Stage
from zhenggai.ops.help_pages import SpokenCommand
from zhenggai.ops.language import _
from zhenggai.ops.startup import ready_module


@click.command(
    cls=SpokenCommand,
    help=_(
        "Write the ledger of an inspection to a file, as the person named by --as sees it: a workbook "
        "(.xlsx), CSV (.csv) or JSON (.json), by the ending of FILE. Whoever may run this reads the whole "
        "database; the file still holds nothing that this person may not see, and says who took it away."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai export 3 台账.xlsx --as xu\n"
        "  zhenggai export 3 台账.xlsx --as xu --form short --stage rectifying --overdue\n"
        "  zhenggai export 3 台账.xlsx --as xu --columns due,unit,measures --sheets tasks,guide\n"
        "  zhenggai export 3 ledger.csv --as xu"
    ),
)
@click.argument("inspection", type=click.IntRange(1), metavar="INSPECTION")
@click.argument("target", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE")
@click.option(
    "--as", "username", required=True, metavar="USER", help=_("The person whose sight it is, by user name.")
)
@click.option(
    "--form",
    type=click.Choice(["short", "full"]),
    default="full",
    show_default=True,
    help=_("Which columns a workbook has."),
)
@click.option("--columns", metavar="NAMES", help=_("Columns of a workbook by name, in order, instead."))
@click.option(
    "--sheets", metavar="NAMES", help=_("Sheets of a workbook beside the ledger, by name; all unless said.")
)
@click.option("--no-merge", "apart", is_flag=True, help=_("Do not merge the cells of themes and groups."))
@click.option(
    "--stage", type=click.Choice([each.value for each in Stage]), help=_("Only findings at this stage.")
)
@click.option("--overdue", is_flag=True, help=_("Only findings past their deadline today."))
@click.option("--text", default="", metavar="WORDS", help=_("Only findings with these words."))
def export(
    inspection: int,
    target: Path,
    username: str,
    form: str,
    columns: str | None,
    sheets: str | None,
    stage: str | None,
    text: str,
    *,
    apart: bool,
    overdue: bool,
) -> None:
    """Write a ledger to a file."""
    now = ready_module("django.utils.timezone").now()
    ready_module("zhenggai.ops.exporting").export(
        inspection=inspection,
        target=target,
        username=username,
        at=now,
        form="custom" if columns else form,
        columns=(columns or "").split(","),
        sheets=None if sheets is None else sheets.split(","),
        is_merged=not apart,
        stage=Stage(stage) if stage else None,
        is_overdue=overdue,
        text=text,
    )
