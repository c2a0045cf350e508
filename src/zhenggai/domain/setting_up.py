"""The guided set-up of an inspection (整改启动引导): five steps, each derived from how things stand.

Nothing of it is stored: whoever comes back, or comes second, finds the steps as the ledger has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.actor import ROLE_LABELS
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import PLAN_STATE_LABELS, PlanState
from zhenggai.domain.setup_facts import Point, SetupStep, Standing, Step, StepState, Turn, Way

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from zhenggai.domain.setup_facts import GroupStanding, PlanStanding, SetupFacts

_NOBODY: Final = msg("Nobody has to do anything here now.")
_TURNS: Final[dict[Turn, str]] = {
    Turn.NOBODY: _NOBODY,
    Turn.SYSTEM_ADMIN: msg(
        "It is the turn of the system administrator, who sets up leading groups and gives posts; a second "
        "person confirms those that sign. Tell that person what is missing."
    ),
    Turn.SECURITY_ADMIN: msg(
        "It is the turn of the security administrator, who confirms the head of the leading group."
    ),
}


def setup_steps(facts: SetupFacts) -> tuple[Step, ...]:
    """The five steps of setting an inspection up, as things stand (启动五步)."""
    return (
        _inspection(facts),
        _people(facts),
        _findings(facts),
        _coverage(facts),
        _plan(facts),
    )


def is_set_up(steps: Sequence[Step]) -> bool:
    """Whether every step is done (启动完成)."""
    return all(each.state is StepState.DONE for each in steps)


def step_at(steps: Sequence[Step], turns: Collection[Turn]) -> Step | None:
    """The step to go on with (当前步骤): the first that waits for one of the turns, or else the first open.

    ``turns``: those that are the reader's. None when every step is done.
    """
    waiting = [each for each in steps if each.state is StepState.OPEN]
    mine = (each for each in waiting if each.turn in turns)
    return next(mine, next(iter(waiting), None))


def _done(template: str, *names: str, **values: object) -> Point:
    return Point(Standing.DONE, Message(template, values), names)


def _missing(template: str, **values: object) -> Point:
    return Point(Standing.MISSING, Message(template, values))


def _told(template: str, **values: object) -> Point:
    return Point(Standing.TOLD, Message(template, values))


def _inspection(facts: SetupFacts) -> Step:
    points = [_done(msg("The inspection is open, with its organisation and its rules."))]
    if not facts.has_feedback_day:
        points.append(
            _told(
                msg(
                    "No day of the feedback is entered, so no due days follow from it; the office enters it "
                    "below."
                )
            )
        )
    if not facts.has_inspecting_body:
        points.append(
            _told(
                msg("No inspecting body that works here is named, so none of its people sees the inspection.")
            )
        )
    elif not facts.has_round:
        points.append(_told(msg("The inspection stands in no round; it can be put in one at any time.")))
    wants_round = facts.has_inspecting_body and not facts.has_round
    return Step(
        SetupStep.INSPECTION,
        StepState.DONE,
        tuple(points),
        Turn.NOBODY,
        Message(_NOBODY),
        Way.ROUNDS if wants_round else Way.LEDGER,
    )


def _people(facts: SetupFacts) -> Step:
    points = [*_group(facts.group)]
    for rung in facts.rungs:
        role = Message(rung.label)
        if rung.people:
            points.append(
                _done(
                    msg("The step “%(role)s” can be signed today; people who can: %(count)s."),
                    *rung.people,
                    role=role,
                    count=len(rung.people),
                )
            )
        else:
            points.append(
                _missing(msg("Nobody can sign the step “%(role)s” of the ladder today."), role=role)
            )
    if facts.overseen < facts.units:
        points.append(
            _told(
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
            _done(msg("Every unit has a leader who oversees it; units: %(units)s."), units=facts.units)
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
        return (_missing(msg("No leading group stands over the inspected organisation.")),)
    stands = _done(
        msg("The leading group “%(group)s” of %(organisation)s stands."),
        group=group.name,
        organisation=group.organisation,
    )
    if not group.head:
        head = _missing(msg("The leading group has no head."))
    elif not group.is_head_confirmed:
        head = _missing(msg("The head of the leading group is named and waits to be confirmed."))
    else:
        head = _done(msg("The leading group has its head."), group.head)
    if not group.office:
        office = _missing(msg("The office of the leading group is seated nowhere yet."))
    elif not group.office_head:
        office = _missing(msg("The office, seated in %(office)s, has no head."), office=group.office)
    else:
        office = _done(
            msg("The office, seated in %(office)s, has its head."), group.office_head, office=group.office
        )
    return stands, head, office


def _findings(facts: SetupFacts) -> Step:
    points: list[Point] = []
    if facts.findings:
        points.append(
            _done(
                msg("Findings in the ledger: %(count)s; documents they came from: %(documents)s."),
                count=facts.findings,
                documents=facts.documents,
            )
        )
    else:
        points.append(
            _missing(
                msg("No finding is in the ledger yet; findings come from the feedback, or from a notice.")
            )
        )
    if facts.drafts:
        waits = msg("Documents of this organisation that were read and wait to be confirmed: %(count)s.")
        points.append((_told if facts.findings else _missing)(waits, count=facts.drafts))
    if facts.being_read:
        reads = msg("Documents of this organisation that wait to be read, or are being read: %(count)s.")
        points.append(_told(reads, count=facts.being_read))
    if facts.findings:
        state, turn, said, way = StepState.DONE, Turn.NOBODY, _NOBODY, Way.LEDGER
    elif facts.drafts:
        state, turn, way = StepState.OPEN, Turn.OFFICE, Way.DRAFT
        said = msg(
            "It is the office's turn: look at what was read beside its original, and confirm it into this "
            "inspection."
        )
    elif facts.being_read:
        state, turn, way = StepState.OPEN, Turn.OFFICE, Way.READING
        said = msg(
            "A document is being read; as soon as its draft is there it is the office's turn to confirm."
        )
    else:
        state, turn, way = StepState.OPEN, Turn.OFFICE, Way.UPLOAD
        said = msg("It is the office's turn: upload the feedback or a notice, and confirm what was read.")
    return Step(SetupStep.FINDINGS, state, tuple(points), turn, Message(said), way)


_AFTER: Final = msg("It comes after step %(number)s.")


def _coverage(facts: SetupFacts) -> Step:
    if not facts.findings:
        none = _told(msg("There is no finding yet, so there is nothing to plan."))
        after = Message(_AFTER, {"number": 3})
        return Step(SetupStep.COVERAGE, StepState.LATER, (none,), Turn.NOBODY, after, Way.PLANNING)
    if facts.uncovered:
        first = _missing(
            msg("Findings that lack something for the plan: %(count)s of %(total)s."),
            count=facts.uncovered,
            total=facts.to_plan,
        )
        lacks = (
            Point(
                Standing.MISSING,
                Message(
                    msg("Lacking %(what)s: %(count)s."), {"what": Message(each.what), "count": each.count}
                ),
                finding_id=each.finding_id,
                action=each.action,
            )
            for each in facts.lacks
        )
        said = msg(
            "It is the office's turn: set what is missing for several findings at once on the page of the "
            "plan, or finding by finding."
        )
        return Step(
            SetupStep.COVERAGE, StepState.OPEN, (first, *lacks), Turn.OFFICE, Message(said), Way.PLANNING
        )
    whole = (
        _done(
            msg(
                "Every finding to be planned has its nature, leader, unit, due date, measure and criterion: "
                "%(count)s."
            ),
            count=facts.to_plan,
        )
        if facts.to_plan
        else _done(msg("No finding is left to plan: each stands in a plan, or in its closing."))
    )
    return Step(SetupStep.COVERAGE, StepState.DONE, (whole,), Turn.NOBODY, Message(_NOBODY), Way.PLANNING)


def _plan(facts: SetupFacts) -> Step:
    points: list[Point] = []
    if not facts.is_plan_required:
        points.append(_done(msg("This inspection asks for no approved plan, so this step is complete.")))
    if facts.planned:
        points.append(
            _done(
                msg("Findings in an approved plan: %(planned)s of %(total)s."),
                planned=facts.planned,
                total=facts.findings,
            )
        )
    waits = facts.awaited is not None
    is_done = not facts.is_plan_required or (facts.findings > 0 and not facts.to_plan and not waits)
    if facts.plan is not None and (waits or not is_done):
        points.append(_plan_last(facts.plan))
    elif not is_done:
        # while an earlier step comes first, that is no reproach
        is_next = facts.findings and not facts.uncovered
        points.append((_missing if is_next else _told)(msg("No plan was submitted yet.")))
    if facts.findings and (facts.planned or not facts.is_plan_required):
        points.append(
            _told(
                msg(
                    "The work so far: to be accepted %(to_accept)s, being worked on %(working)s, closing "
                    "asked for %(requested)s, closed %(closed)s."
                ),
                to_accept=facts.to_accept,
                working=facts.working,
                requested=facts.requested,
                closed=facts.closed,
            )
        )
    state, turn, said = _turn_of_plan(facts, is_done=is_done)
    return Step(SetupStep.PLAN, state, tuple(points), turn, said, Way.PLAN if waits else Way.PLANNING)


def _plan_last(plan: PlanStanding) -> Point:
    values = {"number": plan.number, "state": Message(PLAN_STATE_LABELS[plan.state])}
    if plan.reason:
        return _missing(
            msg("Plan %(number)s is %(state)s: “%(reason)s”."), **values, reason=plan.reason[:200]
        )
    standing = _done if plan.state is PlanState.APPROVED else _missing
    return standing(msg("Plan %(number)s is %(state)s."), **values)


def _turn_of_plan(facts: SetupFacts, *, is_done: bool) -> tuple[StepState, Turn, Message]:
    state = StepState.DONE if is_done else StepState.OPEN
    if facts.awaited is not None:
        said = Message(
            msg("It is the turn of whoever signs the step “%(role)s”: the plan is approved or sent back."),
            {"role": Message(ROLE_LABELS[facts.awaited])},
        )
        return state, Turn.APPROVER, said
    if is_done:
        return state, Turn.NOBODY, Message(_NOBODY)
    if not facts.findings or facts.uncovered:
        return StepState.LATER, Turn.NOBODY, Message(_AFTER, {"number": 4 if facts.findings else 3})
    return state, Turn.OFFICE, Message(msg("It is the office's turn: submit the plan for approval."))
