"""What pages show of a profile (规则展示): its words, the days that follow from it, its lines by section."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from zhenggai.domain.deadlines import Light, days_overdue, light
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind
from zhenggai.domain.messages import msg
from zhenggai.domain.profile_lines import SECTION_LABELS, Section, profile_lines
from zhenggai.domain.profiles import Term
from zhenggai.domain.terms import MilestoneKind
from zhenggai.ledger.profiles import profiles_visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.profile_lines import Line
    from zhenggai.domain.profiles import Colour, Profile
    from zhenggai.domain.terms import Milestone

_DAYS: Final[dict[MilestoneKind, str]] = {
    MilestoneKind.PLAN: msg("%(plan)s due"),
    MilestoneKind.CONCENTRATED: msg("Concentrated period until"),
    MilestoneKind.REPORT: msg("%(report)s due next"),
    MilestoneKind.EVALUATION: msg("Evaluation until"),
}
# what became of a day, in time and late
_HANDED_IN: Final = (msg("handed in on %(day)s"), msg("handed in on %(day)s, %(days)s days late"))
_SAID: Final = {
    MilestoneKind.EVALUATION: (msg("evaluated on %(day)s"), msg("evaluated on %(day)s, %(days)s days late"))
}
# what the versions say of themselves that nobody made
NOTES: Final = (
    msg("Comes along; every value is a default."),
    msg("As it was set for these inspections before profiles had versions."),
)
# days that pass by themselves: nobody is late for them
_PASSES: Final = frozenset({MilestoneKind.CONCENTRATED})


@dataclass(frozen=True, slots=True)
class Day:
    """A day that follows from the feedback, with its light; ``said`` tells what became of it."""

    kind: MilestoneKind
    label: str
    due: date
    light: Light
    days_overdue: int
    days_left: int
    colour: Colour
    said: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Lit:
    """A due day with its light, of something that is not done yet."""

    light: Light
    days_overdue: int
    days_left: int
    colour: Colour
    is_closed: bool = False


def lit_of(due: date | None, on: date, rules: Profile) -> Lit:
    """A due day with its light on a day, at the days and in the colours of the rules."""
    lit = light(due, on, warning=rules.warning)
    return Lit(lit, days_overdue(due, on), (due - on).days if due else 0, rules.colours[lit])


def words_of(rules: Profile) -> dict[str, str]:
    """What every term is called, in the reader's language."""
    language = translation.get_language() or ""
    return {term.value: rules.word(term, language) for term in Term}


def days_of(found: Iterable[Milestone], on: date, rules: Profile) -> list[Day]:
    """The days in words, each with its light on a day."""
    words = words_of(rules)
    return [_day(each, on, rules, words) for each in found]


def _day(milestone: Milestone, on: date, rules: Profile, words: dict[str, str]) -> Day:
    due, done_on = milestone.due, milestone.done_on
    lit = light(due, on, done_on, rules.warning)
    late = days_overdue(due, on, done_on)
    said = ""
    if milestone.kind in _PASSES:
        if on > due:
            lit, said = Light.NONE, _("ended")
    elif done_on is not None:
        lit = Light.NONE
        in_time, too_late = _SAID.get(milestone.kind, _HANDED_IN)
        said = _(too_late if late else in_time) % {"day": done_on.isoformat(), "days": late}
    label = _(_DAYS[milestone.kind]) % words
    return Day(milestone.kind, label, due, lit, late, (due - on).days, rules.colours[lit], said)


def title_of(profile: Any) -> str:
    """The title of a profile; of one that comes along, in the reader's language."""
    if profile.owner_id is not None:
        return str(profile.title)
    kind = _(INSPECTION_KIND_LABELS[InspectionKind(profile.kind)])
    return _("Default rules: %(kind)s") % {"kind": kind}


def profile_choices(actor: Actor) -> list[tuple[int, str]]:
    """The profiles an inspection can begin with, each with its owner."""
    return [
        (row.pk, title_of(row) if row.owner is None else f"{row.title}（{row.owner.label}）")
        for row in profiles_visible(actor)
    ]


def sections_of(rules: Profile) -> list[tuple[str, list[Line]]]:
    """The rules line by line, by section."""
    grouped = groupby(profile_lines(rules), key=lambda line: line.section)
    return [(_(SECTION_LABELS[Section(section)]), list(lines)) for section, lines in grouped]
