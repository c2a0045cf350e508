"""One finding as plain values, moved by the rules of the domain alone (纯模型): no database, no clock.

A state is a value, about which the domain is asked whether somebody may do something now. What an act does to
the facts stands in `closing_moves`, as its service does it. The walk and the search go over the same states.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from closing_oracle import SeenClosing, SeenCriterion, SeenSignature, SeenStep
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Actor, Grant, Role
from zhenggai.domain.case import (
    CaseAnswer,
    CaseCriterion,
    CaseEvidence,
    CaseHold,
    CaseMeasure,
    CaseSituation,
    ClosureCase,
    HoldKind,
    Requirement,
)
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.extending import DeadlineFacts, DeadlineKind, check_deadline
from zhenggai.domain.fixing import Fixing, belongs
from zhenggai.domain.gates import check_gates, is_open
from zhenggai.domain.ladder import STEPS, Given, Step, StepKind, is_signed, signers
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Stage, next_stage
from zhenggai.domain.planning import Planning, PlanState, check_planning
from zhenggai.domain.policy import Facts, acted_for, judge, signs_step
from zhenggai.domain.rechecking import check_rebound

ON, LATER = date(2026, 3, 2), date(2026, 9, 1)
CITY, BODY, BUREAU = "0001", "00010002", "00010001"
UNIT, OTHER_UNIT = "000100010001", "000100010002"
FIXING = (Fixing(UNIT), Fixing(OTHER_UNIT))


def _person(number: int, *posts: tuple[Role, str] | tuple[Role, str, int]) -> Actor:
    grants = tuple(Grant(post[0], 1, post[1], post[2] if len(post) > 2 else None) for post in posts)
    return Actor(number, f"示例{number}", grants)


HANDLER, HEAD, LEADER, CLERK, GROUP, MEMBER, INSPECTOR, VERIFIER, TWO_POSTS, DEPUTY, ADMIN = range(1, 12)
PEOPLE = {
    HANDLER: _person(HANDLER, (Role.HANDLER, UNIT)),
    HEAD: _person(HEAD, (Role.UNIT_HEAD, UNIT)),
    LEADER: _person(LEADER, (Role.RESPONSIBLE_LEADER, BUREAU)),
    CLERK: _person(CLERK, (Role.OFFICE_CLERK, BUREAU)),
    GROUP: _person(GROUP, (Role.LEADING_GROUP, BUREAU)),
    MEMBER: _person(MEMBER, (Role.LEADING_GROUP, BUREAU)),
    INSPECTOR: _person(INSPECTOR, (Role.INSPECTOR, BODY)),
    VERIFIER: _person(VERIFIER, (Role.VERIFIER, BUREAU)),
    # does the work of a unit that helps, and holds posts that judge and confirm
    TWO_POSTS: _person(
        TWO_POSTS,
        (Role.HANDLER, OTHER_UNIT),
        (Role.VERIFIER, BUREAU),
        (Role.OFFICE_CLERK, BUREAU),
        (Role.RESPONSIBLE_LEADER, BUREAU),
    ),
    # acts for the leader and for one of the group
    DEPUTY: _person(DEPUTY, (Role.RESPONSIBLE_LEADER, BUREAU, LEADER), (Role.LEADING_GROUP, BUREAU, GROUP)),
    ADMIN: _person(ADMIN, (Role.SYSTEM_ADMIN, CITY), (Role.OFFICE_CLERK, BUREAU)),
}
INSIDERS = frozenset(n for n, each in PEOPLE.items() if belongs(each.belonging, FIXING))
QUORUM = Step(
    "leading_group",
    Role.LEADING_GROUP,
    STEPS["leading_group"].scope,
    confirms=True,
    kind=StepKind.QUORUM,
    count=2,
)
LADDERS = {
    "two": (STEPS["responsible_leader"], STEPS["office_clerk"]),
    "quorum": (STEPS["responsible_leader"], QUORUM, STEPS["office_clerk"]),
}
CALLED = frozenset({GROUP, MEMBER})
EXTENSION = LADDERS["two"]
AMENDING = (STEPS["leading_group"],)
TO_RECOVER = Decimal(80000)
TOLD_OF = frozenset({"李某某"})
KINDS = (Requirement.MONEY, Requirement.PEOPLE, Requirement.CAUSE)


class Rules(NamedTuple):
    """What stays the same while a finding goes its way."""

    ladder: str = "two"
    plan_required: bool = False
    leader: int = LEADER


class State(NamedTuple):
    """Everything a closing rests on, of one finding with one measure, criterion and piece of evidence."""

    stage: Stage = Stage.REGISTERED
    nature: Nature | None = None
    measure: str = ""  # "", open, done
    has_criterion: bool = False
    judged: tuple[bool, int, bool] | None = None  # met, by whom, on evidence that is the present one
    is_carried: bool = False
    evidence: str = ""  # "", live, withdrawn, old: of an earlier round; shut: of an earlier stage
    effect: tuple[bool, int] | None = None
    applies: tuple[bool | None, ...] = (None, None, None)  # of KINDS
    applies_by: tuple[int | None, ...] = (None, None, None)
    has_amount: bool = False  # whether it is named how much money is to be recovered, by who said it applies
    answered: frozenset[Requirement] = frozenset()
    waived: tuple[tuple[Requirement, int], ...] = ()
    situation: str = ""  # "", open, answered
    hold: str = ""  # "", office, inspector
    pending: DeadlineKind | None = None
    pending_by: int = 0
    pending_signed: tuple[int, ...] = ()
    is_suspended: bool = False
    plan: PlanState | None = None
    amended_by: int = 0
    is_taken_on: bool = False
    has_due: bool = False
    workers: frozenset[int] = frozenset()
    submitter: int = 0
    has_goal: bool = False
    signed: tuple[Given, ...] = ()
    record: tuple[str, int, int] | None = None  # step, signer, recorded by
    is_restricted: bool = False
    has_outcome: bool = False
    recheck: bool = False
    successor: str = ""  # "", open, closed
    round: int = 1
    closures: int = 0


# A rule is asked once for the same question: it is a function of what it is given, and nothing else.
@cache
def _may(actor: int, action: Action, state: State, rules: Rules) -> bool:
    return judge(PEOPLE[actor], action, facts_of(state, rules, action)).allowed


@cache
def _signs(actor: int, state: State, rules: Rules) -> Given | None:
    step = step_next(state, rules)
    facts = facts_of(state, rules, Action.CLOSURE_SIGN)
    if step is None or not signs_step(PEOPLE[actor], step, facts):
        return None
    acted = next(iter(acted_for(PEOPLE[actor], Action.CLOSURE_SIGN, facts)), None)
    return Given(step.name, actor, None, acted)


@cache
def _goes(stage: Stage, action: Action, nature: Nature | None) -> Stage | None:
    try:
        return next_stage(stage, action, nature)
    except ZhenggaiError:
        return None


@cache
def _plan_lets(action: Action, planning: Planning) -> bool:
    try:
        check_planning(action, planning)
    except ZhenggaiError:
        return False
    return True


@cache
def _deadline_lets(action: Action, facts: DeadlineFacts) -> bool:
    try:
        check_deadline(action, facts)
    except ZhenggaiError:
        return False
    return True


@cache
def _rebound_lets(action: Action, number: str | None) -> bool:
    try:
        check_rebound(action, number)
    except ZhenggaiError:
        return False
    return True


@cache
def _passes(case: ClosureCaseKey) -> bool:
    return is_open(check_gates(case_of(case)))


class ClosureCaseKey(NamedTuple):
    state: State
    rules: Rules
    submitter: int
    has_goal: bool
    signed: tuple[tuple[str, int], ...]


def planning_of(state: State, rules: Rules) -> Planning:
    return Planning(rules.plan_required, state.plan, state.nature, bool(state.amended_by), state.is_taken_on)


def deadline_of(state: State) -> DeadlineFacts:
    return DeadlineFacts(
        due=LATER if state.has_due else None,
        nature=state.nature,
        pending=state.pending,
        is_plan_waiting=state.plan is PlanState.SUBMITTED,
        is_suspended=state.is_suspended,
    )


def case_of(key: ClosureCaseKey) -> ClosureCase:
    state = key.state
    piece = ()
    if state.evidence:
        of_round = state.round if state.evidence in {"live", "withdrawn"} else state.round - 1
        effect, by = state.effect or (None, None)
        piece = (
            CaseEvidence(
                1, of_round, state.evidence == "withdrawn", effect, by, TO_RECOVER, "file", people=TOLD_OF
            ),
        )
    criteria = ()
    if state.has_criterion:
        met, judge_, stands = state.judged or (None, None, False)
        ids = () if met is None else ((1,) if stands else (9,))
        criteria = (CaseCriterion("台账一致", met, judge_, ids, state.is_carried),)
    return ClosureCase(
        on=ON,
        round=state.round,
        nature=state.nature,
        submitter_id=key.submitter,
        leader_id=key.rules.leader if state.stage is not Stage.REGISTERED else None,
        worker_ids=state.workers,
        insider_ids=INSIDERS,
        signer_ids=tuple(person for _, person in key.signed),
        confirmer_ids=tuple(person for step, person in key.signed if STEPS[step].confirms),
        measures=(CaseMeasure("核对台账", done=state.measure == "done"),) if state.measure else (),
        criteria=criteria,
        evidence=piece,
        required={**dict(zip(KINDS, state.applies, strict=True)), Requirement.SIMILAR: True},
        required_by={kind: by for kind, by in zip(KINDS, state.applies_by, strict=True) if by is not None},
        answers=(
            *(CaseAnswer(kind, evidence_id=1) for kind in state.answered),
            *(CaseAnswer(kind, waived_by=by, reason="全局只有这一处台账。") for kind, by in state.waived),
        ),
        situations=(CaseSituation("又见一笔", state.situation == "answered"),) if state.situation else (),
        open_holds=(CaseHold(HoldKind.OTHER, "示例"),) if state.hold else (),
        planning=planning_of(state, key.rules),
        deadline=deadline_of(state),
        money_to_recover=TO_RECOVER if state.has_amount else None,
        people_to_deal_with=len(TOLD_OF),
        stage_goal="每季核对一次" if key.has_goal else "",
        recheck_on=LATER if key.has_goal else None,
    )


def passes(
    state: State, rules: Rules, submitter: int, *, has_goal: bool, last: tuple[str, int] | None
) -> bool:
    """Whether no gate stands in the way of this request, with the signature that is being given."""
    given = tuple((each.step, each.person_id) for each in state.signed)
    # what no gate looks at is the same for every case, so that a case is asked for once
    plain = state._replace(
        signed=(), record=None, pending_signed=(), closures=0, recheck=False, successor="", has_outcome=False,
        is_restricted=False, submitter=0, has_goal=False,
    )  # fmt: skip
    key = ClosureCaseKey(plain, rules, submitter, has_goal, (*given, last) if last else given)
    return _passes(key)


def step_next(state: State, rules: Rules) -> Step | None:
    return next((step for step in LADDERS[rules.ladder] if not is_signed(step, state.signed, ())), None)


def facts_of(state: State, rules: Rules, action: Action) -> Facts:
    """What policy is told, as the services tell it."""
    submitter: int | None = state.submitter or None
    signer_ids: frozenset[int] = frozenset(each.person_id for each in state.signed)
    represented = signers(state.signed) - signer_ids
    step: Step | None = step_next(state, rules) if state.submitter else None
    called = CALLED if step is QUORUM else None
    author = None
    if action in {Action.DEADLINE_SIGN, Action.DEADLINE_SEND_BACK, Action.DEADLINE_WITHDRAW}:
        submitter, signer_ids, represented = (
            state.pending_by or None,
            frozenset(state.pending_signed),
            frozenset(),
        )
        step = EXTENSION[len(state.pending_signed)] if state.pending else None
        called = None
    elif action in {Action.AMENDMENT_SIGN, Action.AMENDMENT_SEND_BACK}:
        submitter, signer_ids, represented = state.amended_by or None, frozenset(), frozenset()
        step, called = AMENDING[0], None
    elif action is Action.SIGNATURE_CONFIRM and state.record:
        author = state.record[2]
    is_theirs = (action is Action.HOLD_CLEAR and state.hold == "inspector") or (
        (action in {Action.CRITERION_JUDGE, Action.CRITERION_DROP} and not state.is_carried)
        and state.judged is not None
        and state.judged[1] == INSPECTOR
    )
    given = state.stage is not Stage.REGISTERED
    return Facts(
        subject_path=BUREAU,
        inspector_path=BODY,
        lead_unit_path=UNIT if given else None,
        supporting_paths=(OTHER_UNIT,) if given else (),
        fixing=FIXING if given else (),
        responsible_leader_id=rules.leader if given else None,
        author_id=author,
        is_of_inspectors=is_theirs,
        worker_ids=state.workers,
        submitter_id=submitter,
        signer_ids=signer_ids,
        represented_ids=represented,
        next_step=step,
        called_ids=called,
    )


def _for_policy(state: State) -> State:
    """What policy looks at, and nothing else."""
    return State(
        stage=Stage.REGISTERED if state.stage is Stage.REGISTERED else Stage.ASSIGNED,
        judged=state.judged,
        is_carried=state.is_carried,
        hold=state.hold,
        pending=state.pending,
        pending_by=state.pending_by,
        pending_signed=state.pending_signed,
        amended_by=state.amended_by,
        workers=state.workers,
        submitter=state.submitter,
        signed=state.signed,
        record=state.record,
    )


def allowed(state: State, rules: Rules, action: Action, actor: int) -> Stage | None:
    """The stage after it, where policy, life cycle, plan and deadline let this person do it; else None."""
    target = _goes(state.stage, action, state.nature)
    if target is None or not _may(actor, action, _for_policy(state), rules):
        return None
    lets = (
        _plan_lets(action, planning_of(state, rules))
        and _deadline_lets(action, deadline_of(state))
        and _rebound_lets(action, "二/1（反弹1）" if state.successor == "open" else None)
    )
    return target if lets else None


def signs_as(state: State, rules: Rules, actor: int) -> Given | None:
    """The signature this person would give to the step that comes next; None where the step is not theirs."""
    return _signs(actor, _for_policy(state), rules)


def seen(before: State, after: State, rules: Rules, last: Given) -> SeenClosing:
    """The facts of a closing for the judge of it: those before the last signature, with that signature."""
    given = (*before.signed, last)
    ladder = tuple(SeenStep(step.name, step.confirms, step.needed) for step in LADDERS[rules.ladder])
    criteria = ()
    if before.has_criterion:
        met, by, stands = before.judged or (None, None, False)
        criteria = (SeenCriterion(met, by, stands and before.evidence == "live"),)
    shows = before.evidence == "live" and before.effect is not None and before.effect[0]
    return SeenClosing(
        stage=after.stage.value,
        nature=before.nature.value if before.nature else None,
        submitter=before.submitter or None,
        signatures=tuple(SeenSignature(each.step, each.person_id, each.acting_for_id) for each in given),
        ladder=ladder,
        workers=before.workers,
        insiders=INSIDERS,
        measures_done=(before.measure == "done",) if before.measure else (),
        criteria=criteria,
        effects_by=(before.effect[1],) if shows and before.effect else (),
        applies={kind.value: each for kind, each in zip(KINDS, before.applies, strict=True)},
        applies_by={kind.value: each for kind, each in zip(KINDS, before.applies_by, strict=True)},
        answered=frozenset(kind.value for kind in before.answered if before.evidence == "live"),
        waived_by={kind.value: by for kind, by in before.waived},
        money_named=TO_RECOVER if before.has_amount else None,
        money_shown=TO_RECOVER if before.evidence == "live" else Decimal(0),
        people_named=len(TOLD_OF),
        people_shown=TOLD_OF if before.evidence == "live" else frozenset(),
        situations_open=before.situation == "open",
        holds_open=bool(before.hold),
        deadline_waits=before.pending is not None,
        suspended=before.is_suspended,
        plan_required=rules.plan_required,
        plan_approved=before.plan is PlanState.APPROVED,
        plan_amended=bool(before.amended_by),
        has_goal=before.has_goal,
        has_recheck_to_come=before.has_goal,
    )


def is_final(state: State) -> bool:
    return state.stage in FINAL_STAGES
