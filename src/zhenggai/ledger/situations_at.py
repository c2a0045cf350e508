"""Who is at a level at which a new situation waits (各层级人员)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.domain.policy import Action
from zhenggai.domain.situations import Level, is_at
from zhenggai.ledger.signers import people_who_may

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Facts


def people_at(level: Level, facts: Facts, on: date) -> list[Actor]:
    """Everybody at the level with whom a situation of the finding could wait (待办人员); three queries.

    ``facts`` are of the finding, with whoever raised the situation as the author. Of a restricted finding
    only those who are listed.
    """
    # from the last level it goes nowhere: there it is answered
    action = Action.SITUATION_ANSWER if level is Level.INSPECTOR else Action.SITUATION_PASS_UP
    people = people_who_may(action, replace(facts, waits_at=level), on)
    return [each for each in people if is_at(each, level, facts)]
