"""How the demonstration tells what happens (演示叙述): scenes, refusals, conditions, signatures."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from django.utils import timezone

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.gates import GATE_STATE_LABELS, GateState
from zhenggai.ops.language import _, translate
from zhenggai.ops.terminal import Column, screen_columns, strong, table, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from zhenggai.domain.gates import GateResult

MARKS = {GateState.MET: "✓", GateState.NOT_APPLICABLE: "–", GateState.NOT_MET: "✗"}
COLOURS = {GateState.MET: "green", GateState.NOT_APPLICABLE: None, GateState.NOT_MET: "red"}


def scene(title: str) -> None:
    """The heading of the next part."""
    click.echo("\n" + strong(f"━━ {title}", "cyan"))


def say(sentence: str, indent: int = 0) -> None:
    """One sentence, wrapped for this terminal and set in by some columns."""
    for line in wrap(sentence, screen_columns() - indent):
        click.echo(" " * indent + line)


def done(who: str, what: str) -> None:
    """Somebody did something."""
    say(_("%(name)s: %(value)s", name=who, value=what), indent=2)


def refused(refusal: ZhenggaiError) -> None:
    """The sentence of a refusal."""
    say(_("REFUSED: %(sentence)s", sentence=refusal.message.render(translate)), indent=4)


def lines(rows: Iterable[str]) -> None:
    """Lines that are laid out already."""
    for row in rows:
        click.echo(row)


@contextmanager
def refusal_expected(who: str, what: str) -> Iterator[None]:
    """Tell the refusal of what is tried inside; it is a fault of the program if nothing is refused."""
    try:
        yield
    except ZhenggaiError as refusal:
        done(who, what)
        refused(refusal)
    else:
        raise AssertionError(what)


def gate_lines(gates: Sequence[GateResult]) -> Iterator[str]:
    """Each condition with its state; below those not met, what is missing."""
    columns = (
        Column(""),
        Column(_("Condition"), weight=2),
        Column(_("State")),
        Column(_("Missing"), weight=3),
    )
    rows = [
        (
            MARKS[gate.state],
            gate.title.render(translate),
            translate(GATE_STATE_LABELS[gate.state]),
            "\n".join(sentence.render(translate) for sentence in gate.missing),
        )
        for gate in gates
    ]
    yield from (f"    {line}" for line in table(columns, rows, screen_columns() - 4))


def moment(at: datetime) -> str:
    """A moment as people in the office read it, Asia/Shanghai, to the second."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")
