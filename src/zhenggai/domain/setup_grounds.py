"""What the five steps rest on (启动条件): the inspection itself, and who leads, signs and oversees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.setup_facts import SetupStep, Standing, Step, StepState, Turn, Way
from zhenggai.domain.setup_points import NOBODY, done, missing, told

if TYPE_CHECKING:
    from zhenggai.domain.setup_facts import GroupStanding, Point, SetupFacts

_TURNS: Final[dict[Turn, str]] = {
    Turn.NOBODY: NOBODY,
    Turn.SYSTEM_ADMIN: msg(
        "It is the turn of the system administrator, who sets up leading groups and gives posts; a second "
        "person confirms those that sign. Tell that person what is missing."
    ),
    Turn.SECURITY_ADMIN: msg(
        "It is the turn of the security administrator, who confirms the head of the leading group."
    ),
}


def setup_grounds(facts: SetupFacts) -> tuple[Step, Step]:
    """What the steps rest on, as things stand (启动条件): the inspection, and its people."""
    return _inspection(facts), _people(facts)


def _inspection(facts: SetupFacts) -> Step:
    points = [done(msg("The inspection is open, with its organisation and its rules."))]
    if not facts.has_feedback_day:
        points.append(
            told(
                msg(
                    "No day of the feedback is entered, so no due days follow from it; the office enters it "
                    "below."
                )
            )
        )
    if not facts.has_inspecting_body:
        points.append(
            told(
                msg("No inspecting body that works here is named, so none of its people sees the inspection.")
            )
        )
    elif not facts.has_round:
        points.append(told(msg("The inspection stands in no round; it can be put in one at any time.")))
    wants_round = facts.has_inspecting_body and not facts.has_round
    return Step(
        SetupStep.INSPECTION,
        StepState.DONE,
        tuple(points),
        Turn.NOBODY,
        Message(NOBODY),
        Way.ROUNDS if wants_round else Way.LEDGER,
    )


def _people(facts: SetupFacts) -> Step:
    points = [*_group(facts.group)]
    for rung in facts.rungs:
        role = Message(rung.label)
        if rung.people:
            points.append(
                done(
                    msg("The step “%(role)s” can be signed today; people who can: %(count)s."),
                    *rung.people,
                    role=role,
                    count=len(rung.people),
                )
            )
        else:
            points.append(missing(msg("Nobody can sign the step “%(role)s” of the ladder today."), role=role))
    if facts.overseen < facts.units:
        points.append(
            told(
                msg(
                    "Units whose leader is known by oversight: %(overseen)s of %(units)s. For the others no "
                    "responsible leader is proposed; the office says who oversees them."
                ),
                overseen=facts.overseen,
                units=facts.units,
            )
        )
    elif facts.units:
        points.append(
            done(msg("Every unit has a leader who oversees it; units: %(units)s."), units=facts.units)
        )
    is_done = all(point.standing is not Standing.MISSING for point in points)
    turn = Turn.NOBODY if is_done else _turn_of_people(facts)
    state = StepState.DONE if is_done else StepState.OPEN
    return Step(SetupStep.PEOPLE, state, tuple(points), turn, Message(_TURNS[turn]), Way.GROUPS)


def _turn_of_people(facts: SetupFacts) -> Turn:
    waits_for_word = facts.group is not None and bool(facts.group.head) and not facts.group.is_head_confirmed
    return Turn.SECURITY_ADMIN if waits_for_word else Turn.SYSTEM_ADMIN


def _group(group: GroupStanding | None) -> tuple[Point, ...]:
    if group is None:
        return (missing(msg("No leading group stands over the inspected organisation.")),)
    stands = done(
        msg("The leading group “%(group)s” of %(organisation)s stands."),
        group=group.name,
        organisation=group.organisation,
    )
    if not group.head:
        head = missing(msg("The leading group has no head."))
    elif not group.is_head_confirmed:
        head = missing(msg("The head of the leading group is named and waits to be confirmed."))
    else:
        head = done(msg("The leading group has its head."), group.head)
    if not group.office:
        office = missing(msg("The office of the leading group is seated nowhere yet."))
    elif not group.office_head:
        office = missing(msg("The office, seated in %(office)s, has no head."), office=group.office)
    else:
        office = done(
            msg("The office, seated in %(office)s, has its head."), group.office_head, office=group.office
        )
    return stands, head, office
