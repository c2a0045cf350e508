"""Inspections whose ladders have steps of several, meetings and joint reviews, for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from zhenggai.accounts.models import Person, Post
from zhenggai.accounts.selectors import actor_of
from zhenggai.domain.actor import Actor, Role
from zhenggai.ledger.models import Finding, SignatureRecord

BODIES = ("县纪委监委示例", "县委组织部示例", "县委巡察示例办")


def members(world: Any, count: int) -> list[Actor]:
    """So many members of the leading group, the world's own first."""
    more = [
        world.person(f"member{n}", f"员示例{n}", (Role.LEADING_GROUP, world.bureau)) for n in range(1, count)
    ]
    return [world.group, *more]


def quorum(world: Any, count: int = 2, of: int = 3) -> list[Actor]:
    """The leader, then so many of the leading group, then the office; the group's members."""
    people = members(world, of)
    world.inspect_by(
        ladder=["responsible_leader", "leading_group", "office_clerk"],
        steps={"leading_group": {"kind": "quorum", "count": count}},
    )
    return people


def everybody(world: Any, of: int = 2) -> list[Actor]:
    """The leader, then all of the leading group, then the office; the group's members."""
    people = members(world, of)
    world.inspect_by(
        ladder=["responsible_leader", "leading_group", "office_clerk"],
        steps={"leading_group": {"kind": "all"}},
    )
    return people


def meeting(world: Any) -> None:
    """The leader, then the party committee by its minutes."""
    world.inspect_by(
        ladder=["responsible_leader", "party_committee"], steps={"party_committee": {"kind": "collective"}}
    )


def joint(world: Any) -> list[Actor]:
    """The leader, then a joint review of three bodies; one person of each."""
    bodies = [world._child(world.city, name) for name in BODIES]
    people = [
        world.person(f"reviewer{n}", f"审示例{n}", (Role.INSPECTOR, body)) for n, body in enumerate(bodies)
    ]
    world.review_bodies = bodies
    world.inspect_by(
        ladder=["responsible_leader", "joint_review"],
        steps={
            "joint_review": {
                "kind": "all",
                "bodies": [{"organisation_id": each.pk, "name": each.name} for each in bodies],
            }
        },
    )
    return people


def acting(world: Any, deputy: Actor, principal: Actor, role: Role, organisation: Any) -> Actor:
    """The deputy with a post held for the principal, as two others gave it."""
    granters = Person.objects.filter(username__startswith="granter").order_by("pk")
    if len(granters) < 2:
        world.grant(world.auditor.person_id, (Role.AUDITOR, world.city))
        granters = Person.objects.filter(username__startswith="granter").order_by("pk")
    Post.objects.create(
        person_id=deputy.person_id,
        organisation=organisation,
        role=role.value,
        started_on=date(2025, 1, 1),
        ended_on=date(2027, 1, 1),
        acting_for_id=principal.person_id,
        granted_by=granters[0],
        confirmed_by=granters[1],
        confirmed_at=world.at(),
    )
    return actor_of(Person.objects.get(pk=deputy.person_id), timezone.localdate(world.at()))


def end(world: Any, actor: Actor, role: Role) -> Actor:
    """The actor after that post of his has ended."""
    posts = Post.objects.filter(person_id=actor.person_id, role=role.value)
    posts.update(ended_on=timezone.localdate(world.at()))
    return actor_of(Person.objects.get(pk=actor.person_id), timezone.localdate(world.at()))


def recorded(world: Any, finding: Finding, actor: Actor, **values: Any) -> SignatureRecord:
    """A signature given elsewhere, as it stands recorded."""
    wanted = {
        "file": b"example scan",
        "file_name": "签批单.pdf",
        "held_on": date(2026, 3, 2),
        **values,
    }
    world.do("signature_record", actor, finding, **wanted)
    return SignatureRecord.objects.order_by("-pk")[0]
