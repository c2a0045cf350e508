"""``zhenggai worker`` (后台执行进程), kept thin."""

from __future__ import annotations

import click

from zhenggai.ops.help_pages import SpokenCommand
from zhenggai.ops.language import _
from zhenggai.ops.startup import ready_module


@click.command(
    cls=SpokenCommand,
    help=_(
        "Do background work: each job once, again after a fault, and what a worker that was killed left "
        "behind. Start as many as you like, on any machine that reaches the database; on SQLite “zhenggai "
        "serve” brings one along."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai worker\n"
        "  zhenggai worker --processes 4\n"
        "  zhenggai worker --until-idle\n"
        "\n"
        "SIGTERM and Ctrl+C end it once the jobs under way are finished; a second Ctrl+C ends it at once, "
        "and another worker does those jobs again."
    ),
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help=_("Processes, each doing one job at a time; one that dies is started again."),
)
@click.option("--until-idle", is_flag=True, help=_("Do what is ready now, say how much it was, and end."))
@click.option("--alone", is_flag=True, hidden=True)
@click.option("--until-parent-ends", is_flag=True, hidden=True)
def worker(*, processes: int, until_idle: bool, alone: bool, until_parent_ends: bool) -> None:
    """Do background work."""
    module = ready_module("zhenggai.ops.background")
    if until_idle or alone:
        module.labour(until_idle=until_idle, until_parent_ends=until_parent_ends)
    else:
        module.supervise(processes=processes, until_parent_ends=until_parent_ends)
