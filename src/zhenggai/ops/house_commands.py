"""``zhenggai serve``, ``demo``, ``migrate`` and ``trail`` (服务、演示、升级、留痕), kept thin.

What they do is imported once Django is set up; asking for help touches no data folder.
"""

from __future__ import annotations

from pathlib import Path

import click

from zhenggai.ops.help_pages import SpokenCommand, SpokenGroup
from zhenggai.ops.language import _
from zhenggai.ops.startup import ready_module

PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help=_("Port to listen on."),
)


@click.command(
    cls=SpokenCommand,
    help=_(
        "Serve the pages for real use. Starts with an empty database, prints the one-time token that sets up "
        "the first administrator, and brings an SQLite database up to date by itself."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai serve\n"
        "  ZHENGGAI_DATA_DIR=/srv/zhenggai zhenggai serve --port 8080\n"
        "  ZHENGGAI_DATABASE_URL=postgresql://zhenggai@db/zhenggai zhenggai serve"
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@PORT
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help=_("Processes; 1 on SQLite and 2 on PostgreSQL unless said."),
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help=_("Threads a process."),
)
def serve(host: str, port: int, workers: int | None, threads: int) -> None:
    """Serve the pages."""
    ready_module("zhenggai.ops.serving").serve(host=host, port=port, workers=workers, threads=threads)


@click.command(
    cls=SpokenCommand,
    help=_(
        "Show everything on invented data. Reads a noisy notice, takes it into a ledger, walks one finding "
        "to closed with every refusal on the way, then serves the pages; what is there already is recognised."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai demo\n"
        "  zhenggai demo --file notice.txt --no-serve\n"
        "  ZHENGGAI_DATA_DIR=/tmp/show zhenggai demo --port 8001"
    ),
)
@click.option(
    "--file",
    "notice",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Another notice instead of the invented one that comes along."),
)
@click.option("--no-serve", "silent", is_flag=True, help=_("Everything but the server."))
@PORT
def demo(notice: Path | None, port: int, *, silent: bool) -> None:
    """Show everything on invented data."""
    ready_module("zhenggai.ops.demo", demo=True).demonstrate(notice=notice, port=None if silent else port)


@click.command(
    cls=SpokenCommand,
    help=_("Bring the database up to the tables of this version. Stop the server and back up first."),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai migrate\n"
        "  ZHENGGAI_DATABASE_URL=postgresql://zhenggai@db/zhenggai zhenggai migrate"
    ),
)
def migrate() -> None:
    """Bring the database up to date."""
    ready_module("zhenggai.ops.migrating").migrate()


@click.group(cls=SpokenGroup, help=_("What happened, entry by entry, in chains that show a change."))
def trail() -> None:
    """Only the group."""


@trail.command(
    help=_(
        "Recompute every chain and name each entry that was changed, removed or swapped. No anchor outside "
        "the database is used: a tail cut off, or a whole chain rewritten, cannot be shown this way."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai trail verify\n"
        "  zhenggai trail verify --inspection 3\n"
        "\n"
        "Exit codes: 0 every chain holds · 1 at least one is broken · 2 wrong usage"
    ),
)
@click.option(
    "--inspection",
    type=click.IntRange(1),
    metavar="ID",
    help=_("Only the chain of this inspection."),
)
@click.pass_context
def verify(ctx: click.Context, inspection: int | None) -> None:
    """Recompute every chain."""
    if not ready_module("zhenggai.ops.trail_verifying").verify(inspection=inspection):
        ctx.exit(1)
