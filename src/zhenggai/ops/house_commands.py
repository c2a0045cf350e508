"""``zhenggai serve``, ``demo``, ``migrate`` and ``trail`` (服务、演示、升级、留痕), kept thin.

What they do is imported once Django is set up; asking for help touches no data folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from zhenggai.ops.help_pages import SpokenCommand, SpokenGroup
from zhenggai.ops.language import _
from zhenggai.ops.startup import ready_module

PUBLIC_KEY_BYTES: Final = 32

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
        "the first two administrators, and brings an SQLite database up to date by itself."
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


class _PublicKey(click.ParamType[bytes]):
    name = "key"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        if isinstance(value, bytes):
            return value
        try:
            key = bytes.fromhex(str(value))
        except ValueError:
            key = b""
        if len(key) != PUBLIC_KEY_BYTES:
            self.fail(_("A key has 64 hexadecimal digits; zhenggai trail anchor prints it."), param, ctx)
        return key


@trail.command(
    help=_(
        "Recompute every chain and name each entry that was changed, removed or swapped. Heads kept "
        "outside the "
        "database (anchors) are compared too, so that a tail cut off or a chain written anew shows. Then the "
        "rows of the ledger are compared with what the trail says of them. With --export a file is checked "
        "and no database is needed."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai trail verify\n"
        "  zhenggai trail verify --inspection 3\n"
        "  zhenggai trail verify --files\n"
        "  zhenggai trail verify --anchor /media/copy/anchors.jsonl --key 1f3a…\n"
        "  zhenggai trail verify --export trail.jsonl --anchor anchors.jsonl --key 1f3a…\n"
        "\n"
        "Exit codes: 0 all holds · 1 a chain is broken or the ledger differs · 2 wrong usage"
    ),
)
@click.option(
    "--inspection",
    type=click.IntRange(1),
    metavar="ID",
    help=_("Only the chain of this inspection."),
)
@click.option(
    "--anchor",
    "anchor_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("A copy of the anchor file, kept elsewhere; without it this system's own is compared."),
)
@click.option(
    "--key", type=_PublicKey(), metavar="KEY", help=_("The public key that must have signed the anchors.")
)
@click.option(
    "--export",
    "export_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("Check this file, written by zhenggai trail export, instead of the database."),
)
@click.option(
    "--files",
    is_flag=True,
    help=_("Read every stored file of the ledger too and compare it with its hash; takes as long as that."),
)
@click.pass_context
def verify(
    ctx: click.Context,
    inspection: int | None,
    anchor_file: Path | None,
    key: bytes | None,
    export_file: Path | None,
    *,
    files: bool,
) -> None:
    """Recompute every chain."""
    if export_file is not None:
        from zhenggai.ops.trail_files import verify_file  # noqa: PLC0415 - only where a file is checked

        holds = verify_file(export=export_file, anchor_file=anchor_file, public=key)
    else:
        verifying = ready_module("zhenggai.ops.trail_verifying")
        holds = verifying.verify(inspection=inspection, anchor_file=anchor_file, public=key, files=files)
    if not holds:
        ctx.exit(1)


@trail.command(
    help=_(
        "Write the heads of all chains, signed, to the anchor file. Run it daily and keep copies of that "
        "file "
        "where the owner of the database cannot write; each closing and each export is anchored by itself."
    ),
    epilog=_("\b\nExample:\n  zhenggai trail anchor && cp /srv/zhenggai/anchors.jsonl /media/elsewhere/"),
)
def anchor() -> None:
    """Anchor every chain."""
    now = ready_module("django.utils.timezone").now()
    ready_module("zhenggai.ops.trail_verifying").anchor(at=now)


@trail.command(
    help=_(
        "Write the trail to a file that anybody can check with zhenggai trail verify --export, without this "
        "system. The file holds what was said and by whom: give it only to those who may read that, or leave "
        "the values out."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai trail export trail.jsonl --inspection 3\n"
        "  zhenggai trail export all.jsonl --without-values"
    ),
)
@click.argument("target", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE")
@click.option(
    "--inspection",
    type=click.IntRange(1),
    metavar="ID",
    help=_("Only the chain of this inspection."),
)
@click.option(
    "--without-values", "bare", is_flag=True, help=_("Only the digests, none of the texts and names.")
)
@click.option(
    "--with-restricted",
    "restricted",
    is_flag=True,
    help=_("Also the texts and names of restricted findings, which are left out otherwise."),
)
def export(target: Path, inspection: int | None, *, bare: bool, restricted: bool) -> None:
    """Write the trail to a file."""
    now = ready_module("django.utils.timezone").now()
    ready_module("zhenggai.ops.trail_verifying").export(
        inspection=inspection, target=target, at=now, with_values=not bare, with_restricted=restricted
    )
