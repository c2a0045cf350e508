"""``zhenggai garble`` (造噪): a clean notice spoiled the way mirrors do, for trying out and for showing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zhenggai.ops.help_pages import SpokenCommand
from zhenggai.ops.language import _
from zhenggai.ops.reading_commands import OUTPUT, SOURCE, json_pieces
from zhenggai.ops.sources import give, give_lines, take
from zhenggai.ops.tabulating import excerpt
from zhenggai.ops.terminal import Column, heading, screen_columns, table
from zhenggai.reading.decode import decode
from zhenggai.reading.garbling import Deed, Family, Noise, garble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zhenggai.reading.garbling import Garbled

LINE_FEED = "\n"
SCHEMA_ID = "zhenggai.garbled/1"
_OPTIONS = {
    Noise.DAMAGE: _(
        "Replace by bytes across characters and cut at marks, as some mirrors do; family b only."
    ),
    Noise.FURNITURE: _("Add the lines of a mirror above, between and below."),
    Noise.SPAM: _("Add a betting line."),
    Noise.LINKS: _("Add a link farm's line."),
    Noise.PORTAL: _("Add what a portal prints around a document."),
    Noise.COUNTERS: _("Put page numbers inside sentences."),
    Noise.WRAP: _("Break lines inside words."),
    Noise.MARKUP: _("Let tags of the page leak into the text."),
    Noise.RANDOM: _("Put random letters behind the ends of lines."),
    Noise.COMMAS: _("Double some commas."),
    Noise.INDENTS: _("Turn the indents of paragraphs into question marks."),
    Noise.SPACES: _("Lose the spaces between words."),
    Noise.DATES: _("Drop 年 or 月 from some dates."),
}


def _noise_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """A switch for every kind of noise that not every mirror has."""
    for kind, text in reversed(_OPTIONS.items()):
        command = click.option(f"--{kind.value}", is_flag=True, help=text)(command)
    return command


@click.command(
    "garble",
    cls=SpokenCommand,
    help=_(
        "Spoil a clean notice the way mirror pages do: Traditional letters and injected readings, more if "
        "asked for. The same seed spoils it the same way. For trying out what the reader bears."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai garble notice.txt > mirror.txt\n"
        "  zhenggai garble notice.txt --family b --damage --seed 7\n"
        "  zhenggai garble notice.txt --all --deeds\n"
        "  zhenggai garble notice.txt | zhenggai restore - --edits\n"
        "\n"
        "Exit codes: 0 done · 1 refused · 2 wrong usage"
    ),
)
@SOURCE
@click.option(
    "--family",
    type=click.Choice([family.value for family in Family]),
    default=Family.A.value,
    show_default=True,
    help=_("a: over-converted, readings anywhere; b: mainland style, readings behind chosen letters."),
)
@click.option("--seed", type=click.INT, default=0, show_default=True, help=_("Another number, other noise."))
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help=_("Of the characters (a, 0.09 if not said) or of the different letters (b, 0.4) that get readings."),
)
@click.option("--no-script", is_flag=True, help=_("Leave the letters Simplified."))
@click.option("--no-readings", is_flag=True, help=_("Inject no readings."))
@_noise_options
@click.option("--all", "every", is_flag=True, help=_("Every kind of noise that the family has."))
@click.option(
    "--deeds", is_flag=True, help=_("What was done and what was lost for good, instead of the text.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("text, or json with the text and, with --deeds, every deed."),
)
@OUTPUT
def garble_command(
    source: str,
    family: str,
    seed: int,
    share: float | None,
    form: str,
    output: Path | None,
    *,
    no_script: bool,
    no_readings: bool,
    every: bool,
    deeds: bool,
    **noise: bool,
) -> None:
    """Spoil one text."""
    kinds = set(_OPTIONS) if every else {kind for kind in _OPTIONS if noise[kind.value]}
    if noise[Noise.DAMAGE.value] and family != Family.B.value:
        raise click.UsageError(_("--damage is what mirrors of family b do: add --family b."))
    if family != Family.B.value:
        kinds.discard(Noise.DAMAGE)
    kinds |= {kind for kind, off in ((Noise.SCRIPT, no_script), (Noise.READINGS, no_readings)) if not off}
    given = take(source)
    clean = decode(given.data, name=given.name, max_bytes=given.max_bytes).text
    garbled = garble(clean, family=Family(family), kinds=kinds, share=share, seed=seed)
    if form == "json":
        give(json_pieces(_plain(garbled, with_deeds=deeds)), output)
    elif deeds:
        give_lines(_deed_lines(garbled), output)
    else:
        give_lines([garbled.text.removesuffix("\n")], output)


def _plain(garbled: Garbled, *, with_deeds: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"schema": SCHEMA_ID, "text": garbled.text, "lost": len(garbled.lost)}
    if with_deeds:
        plain["deeds"] = [deed._asdict() for deed in garbled.deeds]
    return plain


def _deed_lines(garbled: Garbled) -> Iterator[str]:
    yield from heading(_("Done: %(count)s kinds of change", count=len(garbled.deeds)))
    columns = (
        Column(_("Line"), right=True),
        Column(_("Noise")),
        Column(_("Times"), right=True),
        Column(_("Lost")),
        Column(_("Before → after"), weight=1),
    )
    yield from table(columns, [_row(deed) for deed in garbled.deeds], screen_columns())


def _row(deed: Deed) -> tuple[str, str, str, str, str]:
    return (
        str(deed.line or ""),
        deed.kind.value,
        str(deed.times),
        _("for good") if deed.is_lost else "",
        excerpt(f"{deed.before or '+'} → {deed.after.replace(LINE_FEED, '⏎')}"),
    )
