"""New situations (新情况新问题): where one waits, who passes it up or answers it, and by when.

Source: DOMAIN §1.4, 件件有着落，事事有回音.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Role
from zhenggai.domain.grants import INSPECTOR, OFFICE, Scope
from zhenggai.domain.messages import msg
from zhenggai.domain.posts_standing import stands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Facts
    from zhenggai.domain.working_days import WorkingCalendar


class Level(StrEnum):
    """Where a new situation waits (层级), the lowest first."""

    UNIT_HEAD = "unit_head"
    LEADER = "leader"
    OFFICE = "office"
    INSPECTOR = "inspector"


LEVEL_LABELS: Final[dict[Level, str]] = {
    Level.UNIT_HEAD: msg("head of the lead unit"),
    Level.LEADER: msg("responsible leader"),
    Level.OFFICE: msg("rectification office"),
    Level.INSPECTOR: msg("inspecting body"),
}
# The leading group answers where its office does: it stands over it, and what waits there waits for both.
LEVEL_POSTS: Final[dict[Level, tuple[tuple[Role, Scope], ...]]] = {
    Level.UNIT_HEAD: ((Role.UNIT_HEAD, Scope.UNIT),),
    Level.LEADER: ((Role.RESPONSIBLE_LEADER, Scope.OWN),),
    Level.OFFICE: (OFFICE, (Role.LEADING_GROUP, Scope.SUBJECT)),
    Level.INSPECTOR: (INSPECTOR,),
}
# From where a new situation waits it is passed up; there and above it is answered.
WAITS: Final[dict[Action, str]] = {
    Action.SITUATION_PASS_UP: msg(
        "The new situation waits with: %(level)s. Whoever it waits with can %(action)s."
    ),
    Action.SITUATION_ANSWER: msg(
        "The new situation waits with: %(level)s. Somebody there or above can %(action)s."
    ),
}
_LADDER: Final = tuple(Level)


class AnswerReminder(StrEnum):
    """When those at whom a new situation waits are reminded (催答档次), each once."""

    NEAR = "near"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """By when a new situation is answered (答复时限), in working days; both are *(default)* values.

    ``answer_working_days``: from the day after it was raised on; ``near_working_days``: how long before the
    due day those at whom it waits are reminded.
    """

    answer_working_days: int = 10
    near_working_days: int = 3


DEFAULT_ANSWERS: Final = AnswerRules()


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a new situation has waited, as of the day ``on`` (答复时钟); days of Asia/Shanghai.

    ``due`` is None where nothing says by when. ``is_reckoned``: it was raised before there was a clock, and
    its due day follows from the day it was raised and the rules.
    """

    raised_on: date
    due: date | None
    answered_on: date | None
    on: date
    is_reckoned: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it has no answer yet."""
        return self.answered_on is None

    @property
    def days_open(self) -> int:
        """Whole days from the day it was raised to its answer, or to the day (历时天数)."""
        return max(0, (self._end - self.raised_on).days)

    @property
    def days_late(self) -> int:
        """Whole days past the due day until the answer, or the day (逾期天数); 0 on the due day itself."""
        return 0 if self.due is None else max(0, (self._end - self.due).days)

    @property
    def is_late(self) -> bool:
        """Whether it is overdue, or was answered after its due day."""
        return self.days_late > 0

    @property
    def _end(self) -> date:
        return self.on if self.answered_on is None else self.answered_on


@dataclass(frozen=True, slots=True)
class Count:
    """How new situations were dealt with (新情况统计): every number is a part of ``raised``."""

    raised: int = 0
    answered: int = 0
    answered_late: int = 0
    open: int = 0
    overdue: int = 0
    undated: int = 0


def answer_due(raised_on: date, rules: AnswerRules, calendar: WorkingCalendar) -> date:
    """The day by which a new situation is answered (应答复日): the end of it; the day it was raised is day 0.

    :raises zhenggai.domain.working_days.TermTooLongError: for rules of more days than anybody means.
    """
    return calendar.after(raised_on, rules.answer_working_days)


def counted(clocks: Iterable[Clock]) -> Count:
    """How many were raised, answered, answered late, are open and overdue, or have no due day (统计)."""
    every = list(clocks)
    waiting = [each for each in every if each.is_open]
    done = [each for each in every if not each.is_open]
    return Count(
        raised=len(every),
        answered=len(done),
        answered_late=sum(each.is_late for each in done),
        open=len(waiting),
        overdue=sum(each.is_late for each in waiting),
        undated=sum(each.due is None for each in every),
    )


def reminder_come(
    due: date, on: date, rules: AnswerRules, calendar: WorkingCalendar
) -> AnswerReminder | None:
    """Which reminder has come on the day (催答档次), None while the due day is far.

    A day on which nothing ran is caught up by the step that has come by then, and not by the one before.
    """
    if on > due:
        return AnswerReminder.OVERDUE
    return AnswerReminder.NEAR if calendar.between(on, due) <= rules.near_working_days else None


def first_level(*, leads: bool, heads_unit: bool) -> Level:
    """Where what somebody raised waits first (首报层级): one level above whoever raised it."""
    if leads:
        return Level.OFFICE
    return Level.LEADER if heads_unit else Level.UNIT_HEAD


def levels_from(level: Level) -> tuple[Level, ...]:
    """The level and those above it, the lowest first (本级及以上)."""
    return _LADDER[_LADDER.index(level) :]


def levels_above(level: Level) -> tuple[Level, ...]:
    """Those above the level, the lowest first (上级)."""
    return levels_from(level)[1:]


def is_at(actor: Actor, level: Level, facts: Facts) -> bool:
    """Whether a post of the actor's stands at the level (是否在该层级)."""
    return any(stands(actor, role, scope, facts) for role, scope in LEVEL_POSTS[level])


def is_waited_for(actor: Actor, action: Action, facts: Facts) -> bool:
    """Whether the situation waits for the actor (是否待其处理): there, or for an answer above too."""
    if facts.waits_at is None:
        return True
    levels = levels_from(facts.waits_at) if action is Action.SITUATION_ANSWER else (facts.waits_at,)
    return any(is_at(actor, level, facts) for level in levels)


def level_reached(first: Level, is_manned: Callable[[Level], bool]) -> tuple[Level, tuple[Level, ...]]:
    """Where what is raised comes to (实际到达层级), and the levels passed over with nobody (缺位顺延).

    Where nobody is at any of them it waits at the office, which is the one to get somebody.
    """
    return level_above(levels_from(first), is_manned) or (
        Level.OFFICE,
        tuple(each for each in levels_from(first) if Level.OFFICE in levels_above(each)),
    )


def level_above(
    levels: Iterable[Level], is_manned: Callable[[Level], bool]
) -> tuple[Level, tuple[Level, ...]] | None:
    """The first of the levels with anybody at it and those passed over; None where nobody is at any."""
    passed: list[Level] = []
    for level in levels:
        if is_manned(level):
            return level, tuple(passed)
        passed.append(level)
    return None
