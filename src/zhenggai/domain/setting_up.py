"""The guided set-up of an inspection (整改启动引导): five steps, each derived from how things stand.

Nothing of it is stored: whoever comes back, or comes second, finds the steps as the ledger has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.actor import ROLE_LABELS
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import COVERAGE, PLAN_STATE_LABELS, PlanState
from zhenggai.domain.setup_facts import SETUP_STEP_LABELS, SetupStep, Step, StepState, Turn, Way
from zhenggai.domain.setup_points import NOBODY, done, lacking, missing, told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from zhenggai.domain.setup_facts import Lack, PlanStanding, Point, SetupFacts

_AFTER: Final = msg("It comes after step %(number)s.")
_NONE_YET: Final = msg("There is no finding yet, so there is nothing to assign and to date.")
# what is given by assigning; a due date stands in the same form and is asked for with the dates
_ASSIGNED: Final = frozenset({COVERAGE[1][0], COVERAGE[2][0]})


def setup_steps(facts: SetupFacts) -> tuple[Step, ...]:
    """The five steps of setting an inspection up, as things stand (启动五步).

    They stand before an inspection is open, too: the feedback that is confirmed opens it.
    """
    return _upload(facts), _confirm(facts), _assign(facts), _dates(facts), _go(facts)


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


def _upload(facts: SetupFacts) -> Step:
    points: list[Point] = []
    if facts.findings:
        points.append(
            done(
                msg("Findings in the ledger: %(count)s; documents they came from: %(documents)s."),
                count=facts.findings,
                documents=facts.documents,
            )
        )
    if facts.drafts:
        points.append(
            done(
                msg("Documents of this organisation that were read and wait to be confirmed: %(count)s."),
                count=facts.drafts,
            )
        )
    if facts.being_read:
        reads = msg("Documents of this organisation that wait to be read, or are being read: %(count)s.")
        points.append(done(reads, count=facts.being_read))
    if points:
        return Step(SetupStep.UPLOAD, StepState.DONE, tuple(points), Turn.NOBODY, Message(NOBODY), Way.INTAKE)
    points = [
        missing(
            msg("Nothing was handed in yet; findings come from the feedback, a plan, a notice or a ledger.")
        ),
        told(
            msg(
                "Word, Excel, WPS tables, PDF, saved web pages and text files are read; the words can "
                "also be pasted."
            )
        ),
    ]
    said = msg("It is the office's turn: upload the feedback, the file as it was received.")
    return Step(SetupStep.UPLOAD, StepState.OPEN, tuple(points), Turn.OFFICE, Message(said), Way.UPLOAD)


def _confirm(facts: SetupFacts) -> Step:
    if facts.findings:
        points = [done(msg("Findings that were confirmed into the ledger: %(count)s."), count=facts.findings)]
        if facts.drafts:
            more = msg("Further documents wait to be confirmed: %(count)s.")
            points.append(told(more, count=facts.drafts))
        state, turn, way, said = StepState.DONE, Turn.NOBODY, Way.LEDGER, Message(NOBODY)
    elif facts.drafts:
        points = [missing(msg("What was read is not confirmed yet: %(count)s."), count=facts.drafts)]
        state, turn, way = StepState.OPEN, Turn.OFFICE, Way.DRAFT
        said = Message(
            msg(
                "It is the office's turn: compare what was read with its original, correct it, and confirm "
                "it at the end of the page."
            )
        )
    elif facts.being_read:
        points = [told(msg("A document is being read."))]
        state, turn, way = StepState.OPEN, Turn.OFFICE, Way.READING
        said = Message(
            msg("A document is being read; as soon as its draft is there it is the office's turn to confirm.")
        )
    else:
        points = [told(msg("Nothing enters the ledger before somebody of the office has confirmed it."))]
        state, turn, way = StepState.LATER, Turn.NOBODY, Way.INTAKE
        said = Message(_AFTER, {"number": 1})
    return Step(SetupStep.CONFIRM, state, tuple(points), turn, said, way)


def _assign(facts: SetupFacts) -> Step:
    said = msg(
        "It is the office's turn: tick findings on the page of the plan and give all of them their leader "
        "and unit at once, or assign finding by finding."
    )
    whole = msg("Every finding to be planned has its leader and its unit: %(count)s.")
    return _covered(facts, SetupStep.ASSIGN, whole, said)


def _dates(facts: SetupFacts) -> Step:
    said = msg(
        "It is the office's turn: set what is missing for several findings at once on the page of the plan, "
        "or finding by finding."
    )
    whole = msg("Every finding to be planned has its nature, due date, measure and criterion: %(count)s.")
    return _covered(facts, SetupStep.DATES, whole, said)


def _lacks(facts: SetupFacts, step: SetupStep) -> list[Lack]:
    """What findings lack that the step gives."""
    wants = step is SetupStep.ASSIGN
    return [each for each in facts.lacks if (each.what in _ASSIGNED) is wants]


def _covered(facts: SetupFacts, step: SetupStep, whole: str, said: str) -> Step:
    if not facts.findings:
        after = Message(_AFTER, {"number": 2})
        return Step(step, StepState.LATER, (told(_NONE_YET),), Turn.NOBODY, after, Way.PLANNING)
    lacks = _lacks(facts, step)
    if lacks:
        first = told(msg("Findings to be planned: %(count)s."), count=facts.to_plan)
        points = (first, *(lacking(each) for each in lacks))
        return Step(step, StepState.OPEN, points, Turn.OFFICE, Message(said), Way.PLANNING)
    none = msg("No finding is left to plan: each stands in a plan, or in its closing.")
    point = done(whole, count=facts.to_plan) if facts.to_plan else done(none)
    return Step(step, StepState.DONE, (point,), Turn.NOBODY, Message(NOBODY), Way.PLANNING)


def _go(facts: SetupFacts) -> Step:
    points: list[Point] = []
    if not facts.is_plan_required:
        points.append(
            told(
                msg(
                    "This inspection asks for no approved plan: work begins with each assignment, which the "
                    "unit accepts."
                )
            )
        )
    if facts.planned:
        points.append(
            done(
                msg("Findings in an approved plan: %(planned)s of %(total)s."),
                planned=facts.planned,
                total=facts.findings,
            )
        )
    waits = facts.awaited is not None
    is_ready = facts.findings > 0 and not facts.uncovered
    is_planned = facts.findings > 0 and not facts.to_plan and not waits
    is_done = is_planned if facts.is_plan_required else is_ready
    if facts.plan is not None and (waits or not is_done):
        points.append(_plan_last(facts.plan))
    elif facts.is_plan_required and not is_done:
        # while an earlier step comes first, that is no reproach
        points.append((missing if is_ready else told)(msg("No plan was submitted yet.")))
    if not is_done and not all(rung.people for rung in facts.rungs):
        points.append(
            told(
                msg(
                    "Somebody has to be able to sign each step of the ladder; who is missing stands below, "
                    "under “%(label)s”."
                ),
                label=Message(SETUP_STEP_LABELS[SetupStep.PEOPLE]),
            )
        )
    if facts.findings and (facts.planned or not facts.is_plan_required):
        points.append(
            told(
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
    return Step(SetupStep.GO, state, tuple(points), turn, said, Way.PLAN if waits else Way.PLANNING)


def _plan_last(plan: PlanStanding) -> Point:
    values = {"number": plan.number, "state": Message(PLAN_STATE_LABELS[plan.state])}
    if plan.reason:
        return missing(msg("Plan %(number)s is %(state)s: “%(reason)s”."), **values, reason=plan.reason[:200])
    standing = done if plan.state is PlanState.APPROVED else missing
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
        return state, Turn.NOBODY, Message(NOBODY)
    if not facts.findings or facts.uncovered:
        number = 2 if not facts.findings else 3 if _lacks(facts, SetupStep.ASSIGN) else 4
        return StepState.LATER, Turn.NOBODY, Message(_AFTER, {"number": number})
    return state, Turn.OFFICE, Message(msg("It is the office's turn: submit the plan for approval."))
