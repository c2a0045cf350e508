"""Over what a post holds (任职效力): whether somebody stands in a role to a thing, or at a step of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.domain.grants import Scope

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor, Grant, Role
    from zhenggai.domain.ladder import Step
    from zhenggai.domain.policy import Facts


def stands(actor: Actor, role: Role, scope: Scope, facts: Facts) -> bool:
    """Whether the actor holds the role over what the scope names of the thing (是否在岗)."""
    if scope is Scope.OWN:
        # a post elsewhere in the tree makes nobody the leader here once the post here has ended
        return any(_leads_with(grant, actor.person_id, facts) for grant in actor.grants if grant.role is role)
    if scope is Scope.REVIEW:
        # each body signs by a person of its own: a post above it is none
        return any(_seated(grant, role, path) for grant in actor.grants for path in facts.review_paths)
    if scope is Scope.HEAD and actor.person_id not in facts.group_head_ids:
        return False
    return any(path is not None and actor.has(role, path) for path in _paths(scope, facts))


def body_signed_for(actor: Actor, facts: Facts) -> int | None:
    """The body for which the actor would sign the next step (代表单位), by id; None where there is none.

    A post inside the inspected organisation signs for no body: one that was merged into it since the rules
    were made is no other body any more.
    """
    if facts.next_step is None:
        return None
    role = facts.next_step.role
    grants = [grant for grant in actor.grants if not _is_inspected(grant, facts)]
    return next(
        (
            body_id
            for body_id, path in facts.open_bodies
            if any(_seated(grant, role, path) for grant in grants)
        ),
        None,
    )


def reviews_itself(actor: Actor, step: Step, facts: Facts) -> bool:
    """Whether the actor would sign a step for a body that is of the inspected organisation by now (自审)."""
    return any(
        _seated(grant, step.role, path) and _is_inspected(grant, facts)
        for grant in actor.grants
        for _, path in facts.open_bodies
    )


def _is_inspected(grant: Grant, facts: Facts) -> bool:
    return facts.subject_path is not None and grant.path.startswith(facts.subject_path)


def _seated(grant: Grant, role: Role, path: str) -> bool:
    return grant.role is role and grant.path.startswith(path)


def _leads_with(grant: Grant, person_id: int, facts: Facts) -> bool:
    """Whether a post makes its holder the finding's leader: named oneself, or acting for who is named."""
    about = facts.subject_path is not None and (
        grant.covers(facts.subject_path) or grant.path.startswith(facts.subject_path)
    )
    named = person_id if grant.acting_for is None else grant.acting_for
    return about and facts.responsible_leader_id == named


def _paths(scope: Scope, facts: Facts) -> tuple[str | None, ...]:
    if scope in {Scope.SUBJECT, Scope.HEAD}:
        return (facts.subject_path,)
    if scope is Scope.INSPECTOR:
        return (facts.inspector_path,)
    if scope is Scope.UNIT:
        return (facts.lead_unit_path,)
    return (facts.lead_unit_path, *facts.supporting_paths)


def signs_step(actor: Actor, step: Step, facts: Facts) -> bool:
    """Whether the step is the actor's (是否应签): by post, by name where called, for a body not heard yet.

    A post that one administrator alone has given signs no step.
    """
    actor = replace(actor, grants=tuple(grant for grant in actor.grants if grant.by_two))
    if step.bodies:
        return body_signed_for(actor, facts) is not None
    if facts.called_ids is None:
        return stands(actor, step.role, step.scope, facts)
    called = (
        grant
        for grant in actor.grants
        if (actor.person_id if grant.acting_for is None else grant.acting_for) in facts.called_ids
    )
    return stands(replace(actor, grants=tuple(called)), step.role, step.scope, facts)
