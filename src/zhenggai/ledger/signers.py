"""Who could take a step (可办理人员): people found by their posts, judged by the one table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.accounts.holders import holders_of
from zhenggai.domain.actor import Role
from zhenggai.domain.case import ShortStep
from zhenggai.domain.ladder import StepKind, bodies_open, is_signed, signers, step_shown
from zhenggai.domain.messages import Message
from zhenggai.domain.policy import GRANTS, Action, Scope, body_signed_for, judge
from zhenggai.ledger.facts import facts_of, ladder_for, request_open
from zhenggai.ledger.signing import called_to, given_of, review_bodies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.ladder import Given, Step
    from zhenggai.domain.policy import Facts
    from zhenggai.ledger.models import Finding

    Holders = dict[tuple[Role, bool, tuple[str, ...]], list[Actor]]


def people_who_may(action: Action, facts: Facts, on: date) -> list[Actor]:
    """Everybody whom policy allows the action on the thing (可办理人员); three queries at most."""
    seats = [(role, path) for role, scope in GRANTS[action] for path in _paths(scope, facts)]
    is_led = (Role.RESPONSIBLE_LEADER, Scope.OWN) in GRANTS[action]
    leader_id = facts.responsible_leader_id if is_led else None
    within = [
        (role, path) for role, scope in GRANTS[action] if scope is Scope.REVIEW for path in facts.review_paths
    ]
    asked = holders_of(seats, on, leader_ids=[] if leader_id is None else [leader_id], within=within)
    return [actor for actor in asked if judge(actor, action, facts).allowed]


def _paths(scope: Scope, facts: Facts) -> list[str]:
    if scope in {Scope.OWN, Scope.REVIEW}:
        return []
    paths: tuple[str | None, ...] = {
        Scope.INSPECTOR: (facts.inspector_path,),
        Scope.UNIT: (facts.lead_unit_path,),
        Scope.UNITS: (facts.lead_unit_path, *facts.supporting_paths),
    }.get(scope, (facts.subject_path,))
    return [path for path in paths if path is not None]


def signers_possible(finding: Finding, on: date) -> list[Actor]:
    """Who could sign the step that comes next (可签批人员), of a finding from `finding_get`."""
    if request_open(finding) is None:
        return []
    return people_who_may(Action.CLOSURE_SIGN, facts_of(finding), on)


def called_for(finding: Finding, step: Step, submitter_id: int, on: date) -> list[int]:
    """Who is called to sign a step of several (应签人员), by id: everybody who could by a post of their own.

    Whose own step is another one of the ladder, as the responsible leader's, is left to that.
    """
    facts = _as_next(finding, step, submitter_id)
    leads = any(each.scope is Scope.OWN for each in ladder_for(finding.inspection))
    found = []
    for actor in people_who_may(Action.CLOSURE_SIGN, facts, on):
        own = replace(actor, grants=tuple(each for each in actor.grants if each.acting_for is None))
        is_leader = leads and actor.person_id == finding.responsible_leader_id
        if not is_leader and judge(own, Action.CLOSURE_SIGN, facts).allowed:
            found.append(actor.person_id)
    return sorted(found)


def steps_short(
    finding: Finding, submitter_id: int | None, on: date, holders: Holders | None = None
) -> tuple[ShortStep, ...]:
    """The steps of several for which there are too few people who could still sign (人数不足的步骤).

    Steps of one person are asked about by nobody: two queries for each step of several, none without, and
    none for a post that ``holders`` knows, which it keeps.
    """
    holders = {} if holders is None else holders
    request = request_open(finding)
    given = given_of(request)
    short: list[ShortStep] = []
    for step in ladder_for(finding.inspection):
        if not (step.calls or step.bodies):
            continue
        called = called_to(request, step) if request else None
        if request is None or not is_signed(step, given, called or ()):
            facts = replace(_as_next(finding, step, submitter_id), called_ids=called)
            able = [
                each
                for each in _holders(step, facts, on, holders)
                if judge(each, Action.CLOSURE_SIGN, facts).allowed
            ]
            short.extend(_short(step, facts, given, called, able))
    return tuple(short)


def _holders(step: Step, facts: Facts, on: date, known: Holders) -> list[Actor]:
    """Who holds the post that a step asks for, where it asks for it."""
    paths = tuple(path for _, path in facts.open_bodies) if step.bodies else tuple(_paths(step.scope, facts))
    key = (step.role, bool(step.bodies), paths)
    if key not in known:
        seats = [(step.role, path) for path in paths]
        known[key] = holders_of(() if step.bodies else seats, on, within=seats if step.bodies else ())
    return known[key]


def _short(
    step: Step,
    facts: Facts,
    given: tuple[Given, ...],
    called: frozenset[int] | None,
    able: list[Actor],
) -> Iterator[ShortStep]:
    if step.bodies:
        served = {
            body_signed_for(each, replace(facts, open_bodies=(body,)))
            for each in able
            for body in facts.open_bodies
        }
        yield from (
            ShortStep(Message("%(value)s", {"value": body.name}), 1, 0)
            for body in bodies_open(step, given)
            if body.organisation_id not in served
        )
        return
    heard = len([each for each in given if each.step == step.name])
    if step.kind is StepKind.ALL and called is not None:
        left = called - signers(given)
        missing = left - _for_whom(able, step)
        if missing:
            yield ShortStep(step_shown(step), len(called), len(called) - len(missing))
        return
    ready = heard + min(len(able), len(_for_whom(able, step)))
    if ready < step.needed:
        yield ShortStep(step_shown(step), step.needed, ready)


def _for_whom(able: Iterable[Actor], step: Step) -> set[int]:
    """In whose name the people could sign: their own, or theirs for whom they act."""
    return {
        each.person_id if grant.acting_for is None else grant.acting_for
        for each in able
        for grant in each.grants
        if grant.role is step.role
    }


def _as_next(finding: Finding, step: Step, submitter_id: int | None) -> Facts:
    """The facts as if the step came next, of a request of the submitter."""
    facts = facts_of(finding)
    reviewing = review_bodies(finding.inspection)
    given = given_of(request_open(finding))
    submitted = frozenset() if submitter_id is None else frozenset({submitter_id})
    return replace(
        facts,
        next_step=step,
        called_ids=None,
        submitter_id=submitter_id,
        worker_ids=facts.worker_ids | submitted,
        open_bodies=tuple(
            (each.organisation_id, reviewing.get(each.organisation_id, ""))
            for each in bodies_open(step, given)
        ),
    )
