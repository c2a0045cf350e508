"""What administrators prepare before an office can begin (启用准备): five steps off people and posts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.setup_facts import Standing, StepState
from zhenggai.domain.setup_points import done, missing, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.domain.setup_facts import Point


class PreparingStep(StrEnum):
    """A step of the preparation (准备步骤), in their order."""

    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    CONFIRMING = "confirming"
    GROUP = "group"
    SIGN_IN = "sign_in"


PREPARING_LABELS: Final[dict[PreparingStep, str]] = {
    PreparingStep.ORGANISATIONS: msg("Enter organisations and units"),
    PreparingStep.PEOPLE: msg("Enter people and give posts"),
    PreparingStep.CONFIRMING: msg("Confirm posts"),
    PreparingStep.GROUP: msg("Set up the leading group"),
    PreparingStep.SIGN_IN: msg("Everybody signs in"),
}
# without one of each no finding can be taken in, led, worked on and decided
_NEEDED: Final[tuple[tuple[Role, ...], ...]] = (
    (Role.OFFICE_CLERK,),
    (Role.RESPONSIBLE_LEADER,),
    (Role.UNIT_HEAD, Role.HANDLER),
    # without it nobody can head a leading group
    (Role.LEADING_GROUP,),
)


@dataclass(frozen=True, slots=True)
class PreparingFacts:
    """What the steps are derived from (准备情况), below what an administrator looks after.

    ``units`` lie below the top. ``roles`` are held, confirmed or not; ``unconfirmed`` posts wait. ``astray``
    names holders whose posts hold for an office alone. Of the people with posts ``strangers`` still have the
    password that somebody else set; ``has_named``: a head of a leading group is named, ``has_head``: and
    confirmed; ``has_begun``: somebody of a rectification office has one of his own.
    """

    units: int = 0
    roles: frozenset[Role] = frozenset()
    astray: tuple[str, ...] = ()
    unconfirmed: int = 0
    has_group: bool = False
    has_named: bool = False
    has_head: bool = False
    strangers: int = 0
    has_begun: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step with its sentences, and which administrator's it is."""

    step: PreparingStep
    points: tuple[Point, ...]
    role: Role

    @property
    def state(self) -> StepState:
        """To do while something is missing."""
        lacks = any(point.standing is Standing.MISSING for point in self.points)
        return StepState.OPEN if lacks else StepState.DONE


def preparing_steps(facts: PreparingFacts) -> tuple[Prepared, ...]:
    """The five steps of the preparation, as things stand (启用准备五步)."""
    return (
        Prepared(PreparingStep.ORGANISATIONS, (_organisations(facts),), Role.SYSTEM_ADMIN),
        Prepared(PreparingStep.PEOPLE, tuple(_people(facts)), Role.SYSTEM_ADMIN),
        Prepared(PreparingStep.CONFIRMING, (_confirming(facts),), Role.SECURITY_ADMIN),
        Prepared(
            PreparingStep.GROUP,
            (_group(facts),),
            # a head that is named waits for the second hand
            Role.SECURITY_ADMIN if facts.has_named and not facts.has_head else Role.SYSTEM_ADMIN,
        ),
        Prepared(PreparingStep.SIGN_IN, (_sign_in(facts),), Role.SECURITY_ADMIN),
    )


def is_prepared(steps: Sequence[Prepared]) -> bool:
    """Whether nothing is missing any more (准备就绪)."""
    return all(each.state is StepState.DONE for each in steps)


def _organisations(facts: PreparingFacts) -> Point:
    if facts.units:
        return done(msg("Organisations below the top one: %(count)s."), count=facts.units)
    return missing(
        msg(
            "Nothing stands below the top organisation yet. Enter the inspected organisation, then, below "
            "it, the units that put findings right; the inspecting body too, if its people are to work here."
        )
    )


def _people(facts: PreparingFacts) -> list[Point]:
    points = [
        missing(
            msg("Nobody holds a post as “%(role)s” yet."),
            role=Message(ROLE_LABELS[either[0]]),
        )
        for either in _NEEDED
        if not facts.roles.intersection(either)
    ]
    if not points:
        points.append(done(msg("Rectification office, leaders, units and leading group have their people.")))
    if facts.astray:
        points.append(
            missing(
                msg(
                    "Posts that hold for an office alone, so that their holders see no inspection: "
                    "%(names)s. Give the post at the inspected organisation instead, and end the other one."
                ),
                names="、".join(facts.astray),
            )
        )
    if Role.AUDIT_ADMIN not in facts.roles:
        points.append(
            told(
                msg(
                    "Nobody is audit administrator yet: best a third person, who reads the trail of accounts "
                    "and sign-ins."
                )
            )
        )
    return points


def _confirming(facts: PreparingFacts) -> Point:
    if facts.unconfirmed:
        return missing(
            msg("Posts that do not hold before they are confirmed: %(count)s."), count=facts.unconfirmed
        )
    return done(msg("No post waits to be confirmed."))


def _group(facts: PreparingFacts) -> Point:
    if not facts.has_group:
        return missing(
            msg("There is no leading group yet. It approves plans, and its head confirms posts, too.")
        )
    if not facts.has_named:
        return missing(msg("A leading group stands, but nobody is named as its head yet."))
    if not facts.has_head:
        return missing(msg("The head of the leading group is named and waits to be confirmed."))
    return done(msg("A leading group stands, and its head is confirmed."))


def _sign_in(facts: PreparingFacts) -> Point:
    if not facts.has_begun:
        return missing(
            msg(
                "Nobody of a rectification office has signed in yet. Hand the one-time password over that "
                "was shown when the person was entered; where it is lost, set another one on the page of the "
                "person."
            )
        )
    if facts.strangers:
        return told(
            msg(
                "People with a post who still have a password set by somebody else: %(count)s. They set "
                "their "
                "own when they first sign in; a lost one-time password is set anew on the page of the person."
            ),
            count=facts.strangers,
        )
    return done(msg("Everybody with a post has a password of their own."))
