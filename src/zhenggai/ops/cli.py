"""``zhenggai``, the command (命令行入口). Each subcommand is imported only when it is called."""

from __future__ import annotations

import importlib
import sys
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from zhenggai import __version__
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.ops.help_pages import SpokenGroup
from zhenggai.ops.language import _, speak_everywhere, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

REFUSED, NOTHING_FOUND = 1, 3
READING = "zhenggai.ops.reading_commands"
HOUSE = "zhenggai.ops.house_commands"
SAMPLING = "zhenggai.ops.sampling"
PLACES: Mapping[str, tuple[str, str]] = {
    "read": (READING, "read"),
    "restore": (READING, "restore"),
    "garble": ("zhenggai.ops.garbling_command", "garble_command"),
    "schema": (READING, "schema"),
    "sample": (SAMPLING, "sample"),
    "demo": (HOUSE, "demo"),
    "serve": (HOUSE, "serve"),
    "worker": ("zhenggai.ops.worker_command", "worker"),
    "migrate": (HOUSE, "migrate"),
    "export": ("zhenggai.ops.export_command", "export"),
    "trail": (HOUSE, "trail"),
    "administrator": ("zhenggai.ops.administrator_command", "administrator"),
    "due": ("zhenggai.ops.due_command", "due"),
}


class Refusal(click.ClickException):
    """A refusal on its way to standard error: its whole sentence and nothing else, exit code 1."""

    exit_code = REFUSED

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the sentence."""
        click.echo(self.message, file=file or sys.stderr)


class LazyCommands(SpokenGroup):
    """A group whose commands live in modules that are imported on use, so that reading starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order in which one meets them."""
        del ctx
        return list(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        del ctx
        if cmd_name not in PLACES:
            return None
        module, name = PLACES[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal of any room becomes its sentence in the language of this command."""
        try:
            return super().invoke(ctx)
        except ZhenggaiError as refusal:
            raise Refusal(refusal.message.render(translate)) from refusal


@click.group(
    cls=LazyCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Inspection rectification, from the findings to a closure that anyone can check. Reads noisy "
        "notices, keeps the ledger, closes nothing unproved."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai read notice.txt\n"
        "  zhenggai read notice.html --format json > notice.json\n"
        "  zhenggai restore notice.txt --edits\n"
        "  zhenggai serve\n"
        "\n"
        "Exit codes: 0 done · 1 refused, with the reason on standard error · 2 wrong usage · "
        "3 read, but no finding in it"
    ),
)
@click.version_option(
    __version__,
    "-V",
    "--version",
    prog_name="zhenggai",
    message=translate("%(prog)s, version %(version)s"),
    help=translate("Show the version and exit."),
)
def zhenggai() -> None:
    """Only the group; each command is a module of its own."""


def main() -> NoReturn:
    """The entry point of the ``zhenggai`` program."""
    speak_everywhere()
    sys.exit(zhenggai.main(prog_name="zhenggai"))
