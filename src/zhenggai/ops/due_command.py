"""``zhenggai due``: which day a deadline's wording means (时限推算)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from zhenggai.domain.due_texts import due_meaning
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.lifecycle import NATURE_LABELS
from zhenggai.domain.messages import msg
from zhenggai.ops.help_pages import SpokenCommand
from zhenggai.ops.language import _, translate
from zhenggai.ops.startup import ready_module

if TYPE_CHECKING:
    from zhenggai.domain.due_texts import DueMeaning


class DueUnknownError(InvalidError):
    """A wording that means no one day."""

    code = "due_unknown"
    template = msg(
        "“%(text)s” names no one day that can be computed: give the date itself, a month (2026年6月底前), a "
        "term (15个工作日内) or a phrase (立行立改, 长期坚持)."
    )


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(_("%(value)s is no day; write it as 2026-06-30.", value=str(value)), param, ctx)


@click.command(
    cls=SpokenCommand,
    help=_(
        "Say which day a deadline's wording means and how it was counted. Working days follow the official "
        "calendar with its make-up days; day 0 does not count."
    ),
    epilog=_(
        "\b\n"
        "Examples:\n"
        "  zhenggai due 2026年6月底前\n"
        "  zhenggai due 15个工作日内 --since 2026-02-05\n"
        "  ZHENGGAI_CALENDAR_FILE=days-2027.txt zhenggai due 10个工作日内\n"
        "\n"
        "Exit codes: 0 a day or a phrase · 1 the wording means no one day · 2 wrong usage"
    ),
)
@click.argument("text", metavar="TEXT")
@click.option(
    "--since",
    type=_Day(),
    help=_("Day from which terms run: the feedback or the day of assigning; today unless said."),
)
@click.option("--on", type=_Day(), help=_("Day on which it is said, for 今年 and 年底; today unless said."))
def due(text: str, since: date | None, on: date | None) -> None:
    """Say which day a deadline's wording means."""
    calendars = ready_module("zhenggai.ledger.official_calendar")
    today = ready_module("django.utils.timezone").localdate()
    meaning = due_meaning(text, on=on or today, since=since or today, calendar=calendars.official_calendar())
    if meaning is None:
        raise DueUnknownError(text=text)
    click.echo(" · ".join(_words(meaning)))
    if meaning.is_provisional:
        click.echo(
            _(
                "The official calendar of a year in between is not announced; there, Monday to Friday were "
                "counted. Load it with ZHENGGAI_CALENDAR_FILE and ask again."
            ),
            err=True,
        )


def _words(meaning: DueMeaning) -> list[str]:
    words = [meaning.due.isoformat()] if meaning.due else []
    if meaning.nature:
        words.append(translate(NATURE_LABELS[meaning.nature]))
    return [*words, meaning.why.render(translate)]
