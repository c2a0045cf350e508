"""Re-checks, next stages and rebounds (回头看、下一阶段、反弹): what comes after closing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.actions import Action
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from datetime import date


class ReboundGround(StrEnum):
    """What showed that a fault came back (反弹线索来源)."""

    RECHECK = "recheck"
    SPOT_CHECK = "spot_check"
    COMPLAINT = "complaint"
    OTHER = "other"


REBOUND_GROUND_LABELS: Final[dict[ReboundGround, str]] = {
    ReboundGround.RECHECK: msg("re-check"),
    ReboundGround.SPOT_CHECK: msg("spot check"),
    ReboundGround.COMPLAINT: msg("complaint"),
    ReboundGround.OTHER: msg("other ground"),
}
# A failing re-check registers its successor by itself; by hand, what came otherwise.
GROUNDS_BY_HAND: Final = tuple(each for each in ReboundGround if each is not ReboundGround.RECHECK)


class RecheckDayError(InvalidError):
    """A day of a re-check that cannot be (回头看日期无效)."""

    code = "recheck_day"
    template: ClassVar[str] = msg(
        "Long-term work is re-checked again and again: name the day of the next re-check. Nothing was "
        "changed."
    )
    fails_template: ClassVar[str] = msg(
        "A re-check that fails has no next day: the fault goes on as a finding of its own, and the re-check "
        "begins anew when that is closed. Leave the day empty; nothing was changed."
    )
    to_come_template: ClassVar[str] = msg(
        "The day of the re-check, %(on)s, is still to come. Give the day on which it was carried out; "
        "nothing was changed."
    )
    early_template: ClassVar[str] = msg(
        "The day of the re-check, %(on)s, lies before the closing on %(closed_on)s, and what was not closed "
        "yet was not re-checked. Give the day on which it was carried out; nothing was changed."
    )
    gone_template: ClassVar[str] = msg(
        "The next re-check, %(on)s, is past already. Name today, %(after)s, or a later day; nothing was "
        "changed."
    )
    past_template: ClassVar[str] = msg(
        "The next re-check, %(on)s, has to lie after %(after)s. Name a later day; nothing was changed."
    )


class RecheckPutOffError(NotAllowedNowError):
    """A day of a re-check that would be put off (回头看不得推迟)."""

    code = "recheck_put_off"
    template: ClassVar[str] = msg(
        "The next re-check stands for %(on)s already. A day that is set can be brought forward, and is never "
        "put off; nothing was changed."
    )


class ReboundStandsError(NotAllowedNowError):
    """A successor is open already (已有在办反弹问题)."""

    code = "rebound_stands"
    template: ClassVar[str] = msg(
        "The fault has come back already and is worked on as %(number)s, which is open. Until that is closed "
        "there is nothing to re-check and no second rebound; say there what else came to light. Nothing was "
        "changed."
    )


AFTER_CLOSING: Final = frozenset(
    {Action.RECHECK_SET, Action.RECHECK_RECORD, Action.STAGE_BEGIN, Action.FINDING_REBOUND}
)
"""What a fault that came back leaves without ground, until its successor is closed."""


def check_rebound(action: Action, open_number: str | None) -> None:
    """Refuses what comes after closing while a successor is open (反弹期间不办), named by its number.

    :raises ReboundStandsError: when one is.
    """
    if action in AFTER_CLOSING and open_number is not None:
        raise ReboundStandsError(number=open_number)


def rebound_number(number: str, times: int) -> str:
    """The number of a successor (反弹编号): the printed one with how many times the fault came back.

    ``times`` counts from 1. Source: DOMAIN §5 rule 7.
    """
    return f"{number}（反弹{times}）"


def recheck_day(on: date, *, closed_on: date, today: date) -> date:
    """The day on which a re-check was carried out (回头看日期).

    :raises RecheckDayError: when it is still to come, or lies before the closing.
    :raises DayImpossibleError: when nobody can have meant that day.
    """
    day_checked(on, msg("Day of the re-check"))
    if on > today:
        raise RecheckDayError(RecheckDayError.to_come_template, on=on.isoformat())
    if on < closed_on:
        values = {"on": on.isoformat(), "closed_on": closed_on.isoformat()}
        raise RecheckDayError(RecheckDayError.early_template, **values)
    return on


def next_recheck(next_on: date | None, *, holds: bool, is_long_term: bool, today: date) -> date | None:
    """The day of the next re-check (下次回头看日期): long-term work that holds has one, other work may.

    :raises RecheckDayError: when it is missing, not after today, or named for a re-check that fails.
    :raises DayImpossibleError: when nobody can have meant that day.

    Source: DOMAIN §3 (a re-check that holds sets the next date) and §5 rule 8.
    """
    if next_on is None:
        if holds and is_long_term:
            raise RecheckDayError
        return None
    if not holds:
        raise RecheckDayError(RecheckDayError.fails_template)
    day_checked(next_on, msg("Next re-check"))
    if next_on <= today:
        values = {"on": next_on.isoformat(), "after": today.isoformat()}
        raise RecheckDayError(RecheckDayError.past_template, **values)
    return next_on


def recheck_set_on(on: date, *, stands_on: date | None, today: date) -> date:
    """A day set by hand for the next re-check (设定回头看日期): today or later, never later than what stands.

    :raises RecheckDayError: when it is past.
    :raises RecheckPutOffError: when a day stands that is not later.
    :raises DayImpossibleError: when nobody can have meant that day.
    """
    day_checked(on, msg("Next re-check"))
    if on < today:
        values = {"on": on.isoformat(), "after": today.isoformat()}
        raise RecheckDayError(RecheckDayError.gone_template, **values)
    if stands_on is not None and on >= stands_on:
        raise RecheckPutOffError(on=stands_on.isoformat())
    return on
