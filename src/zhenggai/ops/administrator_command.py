"""``zhenggai administrator`` (应急): what administrators cannot do for each other on the pages."""

from __future__ import annotations

import click

from zhenggai.ops.help_pages import SpokenCommand
from zhenggai.ops.language import _
from zhenggai.ops.startup import ready_module


@click.command(
    cls=SpokenCommand,
    help=_(
        "Help an administrator who cannot sign in. Sets a one-time password and lifts a wait; with --appoint "
        "gives an administrator's post that nobody holds. Only at the server, since whoever could do this on "
        "a page could act as two administrators; it is recorded in the trail."
    ),
    epilog=_(
        "\b\nExamples:\n  zhenggai administrator zhang\n  zhenggai administrator zhang --appoint security"
    ),
)
@click.argument("username", metavar="USERNAME")
@click.option(
    "--appoint",
    type=click.Choice(["system", "security", "audit"]),
    help=_("Give this administrator's post, which nobody holds, instead of a password."),
)
def administrator(username: str, appoint: str | None) -> None:
    """Help an administrator who cannot sign in."""
    ready_module("zhenggai.ops.administering").administer(username=username, appoint=appoint)
