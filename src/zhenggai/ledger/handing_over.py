"""Selectors for handing over (移交): what is open with whom, listed before anything is handed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from zhenggai.accounts.selectors import people_with_role, working_paths
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import TRANSITIONS, Stage
from zhenggai.domain.policy import GRANTS, Action
from zhenggai.ledger.models import Finding
from zhenggai.ledger.visibility import not_kept_from

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.accounts.models import Person
    from zhenggai.domain.actor import Actor

_STAGES: Final = sorted(stage.value for stage, action in TRANSITIONS if action is Action.FINDING_HAND_OVER)
_ROLES: Final = tuple(role for role, _ in GRANTS[Action.FINDING_HAND_OVER])


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is open with one leader (未了事项): findings led, of them those that ask for closing.

    ``holds`` says whether that person still holds the post of a responsible leader anywhere.
    """

    person_id: int
    name: str
    led: int
    requested: int
    holds: bool = True


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """A unit with open findings that nobody's post covers any more (无人经办的单位)."""

    unit_id: int
    name: str
    led: int


def work_open(actor: Actor, on: date) -> list[OpenWork]:
    """Leaders with open findings that the actor hands over, those whose post is gone first; two queries."""
    counted = (
        _open(actor)
        .order_by()
        .values("responsible_leader_id", "responsible_leader__name")
        .annotate(led=Count("pk"), requested=Count("pk", filter=Q(stage=Stage.CLOSURE_REQUESTED.value)))
    )
    rows = list(counted)
    holding = _holding({row["responsible_leader_id"] for row in rows}, on)
    found = [
        OpenWork(
            row["responsible_leader_id"],
            row["responsible_leader__name"],
            row["led"],
            row["requested"],
            row["responsible_leader_id"] in holding,
        )
        for row in rows
    ]
    return sorted(found, key=lambda work: (work.holds, -work.led, work.person_id))


def findings_led(actor: Actor, person_id: int) -> QuerySet[Finding]:
    """The open findings that a person leads and the actor hands over, in the documents' order."""
    return (
        _open(actor)
        .filter(responsible_leader_id=person_id)
        .select_related("inspection", "lead_unit", "responsible_leader")
        .order_by("inspection_id", "position")
    )


def leaders_to_take_over(actor: Actor, person_id: int, on: date) -> list[Person]:
    """Who can take over something that a person leads: responsible leaders about the inspected body."""
    paths = set(
        findings_led(actor, person_id)
        .order_by()
        .values_list("inspection__subject__path", flat=True)
        .distinct()
    )
    people = {
        each.pk: each
        for path in sorted(paths)
        for each in people_with_role(Role.RESPONSIBLE_LEADER, path, on)
        if each.pk != person_id
    }
    return list(people.values())


def units_unmanned(actor: Actor, on: date) -> list[OpenUnit]:
    """Units whose open findings are covered by nobody's post as handler or head; two queries."""
    counted = (
        _open(actor)
        .order_by("lead_unit__path")
        .values("lead_unit_id", "lead_unit__name", "lead_unit__path")
        .annotate(led=Count("pk"))
    )
    rows = list(counted)
    manned = working_paths({row["lead_unit__path"] for row in rows}, on)
    return [
        OpenUnit(row["lead_unit_id"], row["lead_unit__name"], row["led"])
        for row in rows
        if row["lead_unit__path"] not in manned
    ]


def open_with(person_id: int) -> tuple[int, int]:
    """How many open findings a person leads, and how many of them ask for closing: numbers, no contents.

    Those who administer see them, so restricted findings are not counted: whoever is listed hands them over.
    """
    rows = Finding.objects.filter(responsible_leader_id=person_id, stage__in=_STAGES, restricted="")
    found = rows.aggregate(
        led=Count("pk"), requested=Count("pk", filter=Q(stage=Stage.CLOSURE_REQUESTED.value))
    )
    return found["led"], found["requested"]


def _open(actor: Actor) -> QuerySet[Finding]:
    paths = () if actor.administers else actor.paths_of(*_ROLES)
    # an empty OR would let everything through
    below = reduce(or_, (Q(inspection__subject__path__startswith=path) for path in paths), Q(pk__in=[]))
    return Finding.objects.filter(below, not_kept_from(actor), stage__in=_STAGES)


def _holding(person_ids: set[int], on: date) -> set[int]:
    rows = people_with_role(Role.RESPONSIBLE_LEADER, "", on).filter(pk__in=person_ids)
    return set(rows.values_list("pk", flat=True))
