"""The columns of the ledger list (台账栏目): which there are, what they sort by, and how a cell looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.template.loader import get_template
from django.utils.translation import gettext as _

from zhenggai.domain.messages import msg
from zhenggai.domain.policy import GRANTS
from zhenggai.ledger.cells import POSSIBLE
from zhenggai.ledger.listing import FindingOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.template.backends.django import Template

    from zhenggai.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its word and the two orders that pressing it takes turns with, if it sorts.

    ``related``: what its cells show of a finding besides what every list has, by a query where chosen.
    """

    name: str
    word: str
    up: FindingOrder | None = None
    down: FindingOrder | None = None
    related: tuple[str, ...] = ()

    @property
    def cell(self) -> Template:
        """The template of a cell, compiled once."""
        found: Template = get_template(f"inspection/cells/{self.name}.html").template  # type: ignore[attr-defined]
        return found


# number and finding stand first and always: a list without them is none
FIXED: Final = ("number", "title")
COLUMNS: Final[dict[str, ListColumn]] = {
    column.name: column
    for column in (
        ListColumn("number", msg("Number"), FindingOrder.NUMBER, FindingOrder.NUMBER_LAST),
        ListColumn("title", msg("Finding"), FindingOrder.TITLE, FindingOrder.TITLE_LAST),
        ListColumn("theme", msg("Theme"), FindingOrder.THEME, FindingOrder.THEME_LAST),
        ListColumn("group", msg("Group")),
        ListColumn("organisation", msg("Inspected organisation")),
        ListColumn("unit", msg("Responsible unit"), FindingOrder.UNIT, FindingOrder.UNIT_LAST),
        ListColumn("supporting", msg("Supporting units"), related=("supporting_units",)),
        ListColumn("leader", msg("Responsible leader"), FindingOrder.LEADER, FindingOrder.LEADER_LAST),
        ListColumn("due", msg("Due"), FindingOrder.DUE, FindingOrder.DUE_LAST),
        ListColumn("first_due", msg("First deadline")),
        ListColumn("overdue", msg("Days overdue in all")),
        ListColumn("stage", msg("Stage"), FindingOrder.STAGE, FindingOrder.STAGE_LAST),
        ListColumn("nature", msg("Nature")),
        ListColumn("requirements", msg("Must be dealt with")),
        ListColumn("progress", msg("Unit says")),
        ListColumn("round", msg("Round of work")),
        ListColumn("stated", msg("Document says"), FindingOrder.STATED, FindingOrder.STATED_LAST),
        ListColumn("changed", msg("Last changed"), None, FindingOrder.CHANGED),
    )
}
DEFAULT: Final = ("theme", "unit", "leader", "due", "stage", "stated")


def columns_read(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are columns one can choose, each once, in their order; those of the house for none."""
    known = tuple(name for name in dict.fromkeys(names) if name in COLUMNS and name not in FIXED)
    return known or DEFAULT


def columns_shown(chosen: Iterable[str]) -> tuple[str, ...]:
    """The names of all columns of a list, with those that stand first and always."""
    return (*FIXED, *columns_read(chosen))


def related_of(names: Iterable[str]) -> tuple[str, ...]:
    """What is loaded for these columns besides."""
    return tuple(related for name in names for related in COLUMNS[name].related)


def editable(actor: Actor) -> frozenset[str]:
    """The columns whose cells the actor's posts may edit somewhere; one finding is asked when opened."""
    roles = {grant.role for grant in actor.grants}
    return frozenset(
        cell.value
        for cell, actions in POSSIBLE.items()
        if any(role in roles for action in actions for role, _scope in GRANTS[action])
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """One column as it is offered: whether it is shown now, and at which place."""

    name: str
    word: str
    place: int | None


def offers(chosen: Sequence[str]) -> list[Offer]:
    """The columns that can be chosen: those that are, in their order, then the others."""
    others = [name for name in COLUMNS if name not in FIXED and name not in chosen]
    return [
        Offer(name, _(COLUMNS[name].word), chosen.index(name) + 1 if name in chosen else None)
        for name in (*chosen, *others)
    ]


def columns_posted(names: Iterable[str], places: dict[str, str]) -> tuple[str, ...]:
    """The ticked columns in the order of the numbers typed beside them; one without a number comes last."""
    ticked = [name for name in dict.fromkeys(names) if name in COLUMNS and name not in FIXED]
    numbers = {
        name: int(said) if (said := places.get(name, "").strip()).isdecimal() and len(said) < 4 else 1_000
        for name in ticked
    }
    return tuple(sorted(ticked, key=lambda name: numbers[name]))
