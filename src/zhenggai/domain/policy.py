"""Who may do what: one table of grants, and the separation of duties (权限与职责分离)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from zhenggai.domain.actions import ACTION_LABELS, Action
from zhenggai.domain.actor import ROLE_LABELS, Actor
from zhenggai.domain.fixing import Fixing, Reach, belongs, reach_of
from zhenggai.domain.grants import GRANTS, INSPECTOR, OFFICE, Scope
from zhenggai.domain.ladder import StepKind
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy_sentences import (
    BY_ONE,
    DEPUTY,
    EVALUATES_ITSELF,
    FIXED_IT,
    MEETING,
    NOT_LISTED,
    OF_THE_INSPECTED,
    REVIEWS_ITSELF,
)
from zhenggai.domain.posts_standing import body_signed_for, reviews_itself, signs_step, stands
from zhenggai.domain.sentences import listing
from zhenggai.domain.situations import LEVEL_LABELS, WAITS, is_waited_for

if TYPE_CHECKING:
    from zhenggai.domain.ladder import Step
    from zhenggai.domain.lifecycle import Nature, Stage
    from zhenggai.domain.situations import Level

__all__ = [
    "GRANTS",
    "Action",
    "Facts",
    "Scope",
    "Verdict",
    "acted_for",
    "acting_for",
    "body_signed_for",
    "judge",
    "may_view",
    "signs_step",
    "stands",
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What `judge` needs to know of the thing acted upon; paths are materialised paths of organisations.

    ``subject_path``: the organisation the thing belongs to. ``fixing``: every unit to which the work was ever
    given, those of today among them. ``worker_ids``: everyone who fixed (reported, completed, uploaded,
    withdrew, requested) in any round. ``author_id``: who made the piece acted upon (the evidence judged, the
    situation answered). ``is_of_inspectors``: whether the inspecting body's word stands on that piece
    (a hold it opened, a criterion or evidence it judged in this round).
    ``submitter_id`` and ``signer_ids``: of the standing closure request; ``represented_ids``: for whom
    somebody acting has signed it. ``called_ids``: who was called to sign the next step, None where nobody is
    by name. ``review_paths``: the bodies of a joint review; ``open_bodies``: those that have not signed yet,
    by id. ``group_head_ids``: the confirmed heads of the leading groups of that organisation and of those
    above it. ``waits_at``: where the situation acted upon waits.
    ``reader_ids``: who is listed to see a restricted finding; None where it is not restricted.
    """

    subject_path: str | None = None
    inspector_path: str | None = None
    lead_unit_path: str | None = None
    supporting_paths: tuple[str, ...] = ()
    fixing: tuple[Fixing, ...] = ()
    responsible_leader_id: int | None = None
    stage: Stage | None = None
    nature: Nature | None = None
    author_id: int | None = None
    is_of_inspectors: bool = False
    worker_ids: frozenset[int] = frozenset()
    submitter_id: int | None = None
    signer_ids: frozenset[int] = frozenset()
    represented_ids: frozenset[int] = frozenset()
    next_step: Step | None = None
    called_ids: frozenset[int] | None = None
    review_paths: tuple[str, ...] = ()
    open_bodies: tuple[tuple[int, str], ...] = ()
    group_head_ids: frozenset[int] = frozenset()
    reader_ids: frozenset[int] | None = None
    waits_at: Level | None = None

    @property
    def units_fixing(self) -> tuple[Fixing, ...]:
        """Every unit whose work this is or was (整改单位)."""
        known = {unit.path for unit in self.fixing if unit.reach is not Reach.WORKING}
        today = (self.lead_unit_path, *self.supporting_paths)
        return (
            *self.fixing,
            *(
                Fixing(path, reach=reach_of(path, self.subject_path))
                for path in today
                if path and path not in known
            ),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is allowed, and if not, why: a sentence that a greyed button can show."""

    allowed: bool
    reason: Message | None = None


YES: Final = Verdict(allowed=True)

_READS: Final = frozenset(
    {Action.INSPECTION_VIEW, Action.INSPECTION_EXPORT, Action.FINDING_VIEW, Action.TRAIL_VIEW}
)
_ACCOUNTS: Final = frozenset(
    {
        Action.PERSON_MANAGE,
        Action.ORGANISATION_MANAGE,
        Action.PEOPLE_VIEW,
        Action.POST_GRANT,
        Action.POST_CONFIRM,
        Action.POST_END,
        Action.GROUP_VIEW,
        Action.GROUP_MANAGE,
        Action.OVERSIGHT_MANAGE,
        Action.PASSWORD_RESET,
        Action.LOCK_LIFT,
        Action.FACTOR_REMOVE,
        Action.ACCOUNTS_TRAIL_VIEW,
        Action.JOBS_MANAGE,
    }
)
# What those who approve an amendment of the plan do.
AMENDMENT_REVIEWS: Final = frozenset({Action.AMENDMENT_SIGN, Action.AMENDMENT_SEND_BACK})
# What those who decide on a request about the deadline do.
DEADLINE_REVIEWS: Final = frozenset({Action.DEADLINE_SIGN, Action.DEADLINE_SEND_BACK})
_REVIEWS: Final = (
    AMENDMENT_REVIEWS
    | DEADLINE_REVIEWS
    | {
        Action.CLOSURE_SIGN,
        Action.CLOSURE_SEND_BACK,
        Action.PLAN_SIGN,
        Action.PLAN_SEND_BACK,
    }
)
# Decisions about the work that those who did it never take themselves.
_JUDGEMENTS: Final = frozenset(
    {
        Action.FINDING_CLASSIFY,
        Action.FINDING_WEIGH,
        Action.MEASURE_DROP,
        Action.CRITERION_DROP,
        Action.CRITERION_JUDGE,
        Action.PROGRESS_JUDGE,
        Action.EVIDENCE_JUDGE,
        Action.REQUIREMENT_WAIVE,
        Action.HOLD_CLEAR,
        Action.RECHECK_SET,
        Action.RECHECK_RECORD,
        Action.STAGE_BEGIN,
        Action.FINDING_REBOUND,
        Action.SIGNATURE_RECORD,
        Action.SIGNATURE_CONFIRM,
        Action.SIGNATURE_REFUSE,
    }
)
_NOT_BY_WORKERS: Final = _JUDGEMENTS | _REVIEWS | {Action.SITUATION_ANSWER, Action.INSPECTION_EVALUATE}
# What only the person who asked takes back.
_ONLY_BY_SUBMITTER: Final[dict[Action, str]] = {
    Action.CLOSURE_WITHDRAW: msg(
        "Only the person who requested the closure can withdraw it; a reviewer can send it back."
    ),
    Action.DEADLINE_WITHDRAW: msg(
        "Only the person who asked can withdraw the request about the deadline; whoever signs next, or the "
        "office, can send it back."
    ),
}
# Who is to sign may be gone for good, and then somebody has to be able to send the request back.
_SENT_BACK_BY_OFFICE: Final = frozenset({Action.CLOSURE_SEND_BACK, Action.DEADLINE_SEND_BACK})
_NOT_BY_AUTHOR: Final = frozenset({Action.EVIDENCE_JUDGE, Action.SIGNATURE_CONFIRM, *WAITS})
# What only the person who made it takes back.
_ONLY_BY_AUTHOR: Final[dict[Action, str]] = {
    Action.READING_WITHDRAW: msg(
        "Only the person who recorded a reading withdraws it. Record another reading beside it, and say in "
        "its source what is right."
    ),
    Action.COMMENT_WITHDRAW: msg(
        "This comment is somebody else's, and only whoever wrote it can withdraw it. Answer it where "
        "something is wrong with it."
    ),
}
# Where the inspecting body's word stands, nobody below it says otherwise in the same round.
_JUDGED: Final = msg(
    "The inspecting body has judged this in the current round, and only that body judges it again. "
    "One of its people can %(action)s."
)
_INSPECTORS_WORD: Final[dict[Action, str]] = {
    Action.HOLD_CLEAR: msg(
        "The inspecting body put this finding on hold, and only that body takes it off again. "
        "One of its people can %(action)s."
    ),
    Action.CRITERION_JUDGE: _JUDGED,
    Action.CRITERION_DROP: msg(
        "The inspecting body has judged this in the current round, and only that body sets it aside."
    ),
    Action.EVIDENCE_JUDGE: _JUDGED,
}


def judge(actor: Actor, action: Action, facts: Facts) -> Verdict:
    """Whether this actor may ever do this to this thing (权限判断); stages are the life cycle's question.

    Roles first, by one table; then the separation of duties: nobody both administers and works on a ledger;
    whoever submitted or fixed never judges or signs; nobody signs two steps; the body that confirms is not
    the unit that fixed. What counts is the person, so a second post changes nothing.

    A restricted finding is for the listed people alone, whatever posts others hold.

    Source: DOMAIN §5 rule 1 and §15.
    """
    if action not in _READS and action not in _ACCOUNTS and actor.administers:
        return _no(
            msg(
                "You administer accounts, and nobody both administers and works on a ledger. "
                "A person without that post can %(action)s."
            ),
            action,
        )
    if facts.reader_ids is not None:
        if actor.person_id not in facts.reader_ids:
            return _no(NOT_LISTED, action)
        if action is Action.FINDING_VIEW and actor.grants and not actor.administers:
            # the list stands outside the tree: whoever is on it reads, with a post of any kind
            return YES
    standing = _for_who_may(actor, action, facts)
    if not any(stands(standing, role, scope, facts) for role, scope in GRANTS[action]):
        is_barred = any(stands(actor, role, scope, facts) for role, scope in GRANTS[action])
        return _no(DEPUTY, action) if is_barred else _no_role(action)
    separate = _evaluation if action is Action.INSPECTION_EVALUATE else _separation
    return separate(standing, action, facts)


def acting_for(actor: Actor, action: Action, facts: Facts) -> str:
    """For whom the actor acts in doing this (代理), by name; empty where a post of one's own allows it.

    To be asked of what `judge` allows.
    """
    return "、".join(acted_for(actor, action, facts).values())


def acted_for(actor: Actor, action: Action, facts: Facts) -> dict[int, str]:
    """As `acting_for`, the names by the people's ids (被代理人)."""
    own = replace(actor, grants=tuple(grant for grant in actor.grants if grant.acting_for is None))
    if own.grants == actor.grants or judge(own, action, facts).allowed:
        return {}
    return {
        grant.acting_for: grant.acting_for_label
        for grant in actor.grants
        if grant.acting_for is not None
        and judge(replace(own, grants=(*own.grants, grant)), action, facts).allowed
    }


def may_view(actor: Actor, facts: Facts) -> bool:
    """Whether the finding is this actor's to see (可见范围)."""
    return judge(actor, Action.FINDING_VIEW, facts).allowed


def _separation(actor: Actor, action: Action, facts: Facts) -> Verdict:
    me = actor.person_id
    if action in _ONLY_BY_SUBMITTER and facts.submitter_id not in {None, me}:
        return _no(_ONLY_BY_SUBMITTER[action], action)
    if action in _ONLY_BY_AUTHOR and facts.author_id not in {None, me}:
        return _no(_ONLY_BY_AUTHOR[action], action)
    if action in _NOT_BY_WORKERS and me == facts.submitter_id:
        return _no(
            msg("You submitted this, and whoever submits never approves. Another person can %(action)s."),
            action,
        )
    if action in _NOT_BY_AUTHOR and me == facts.author_id:
        return _no(
            msg("This is your own, and nobody decides on their own work. Another person can %(action)s."),
            action,
        )
    if action in _REVIEWS and me in facts.signer_ids:
        return _no(
            msg(
                "You have already signed a step of this, and nobody signs two. Another person can %(action)s."
            ),
            action,
        )
    if action in _REVIEWS and me in facts.represented_ids:
        return _no(
            msg(
                "Somebody acting for you has signed a step of this, and nobody signs two. Another person can "
                "%(action)s."
            ),
            action,
        )
    if action in _NOT_BY_WORKERS and me in facts.worker_ids:
        return _no(
            msg(
                "You took part in fixing this finding, and whoever fixes never judges. "
                "Another person can %(action)s."
            ),
            action,
        )
    return _bodies(actor, action, facts)


def _bodies(actor: Actor, action: Action, facts: Facts) -> Verdict:
    """What depends on where the actor belongs: the step of the ladder, the inspecting body, the units."""
    if action in WAITS and facts.waits_at is not None and not is_waited_for(actor, action, facts):
        return _no(WAITS[action], action, level=Message(LEVEL_LABELS[facts.waits_at]))
    if action in _REVIEWS and facts.next_step is not None:
        return _step(actor, action, facts.next_step, facts)
    if action in _INSPECTORS_WORD and facts.is_of_inspectors and not stands(actor, *INSPECTOR, facts):
        return _no(_INSPECTORS_WORD[action], action)
    if action in _JUDGEMENTS and _is_inside(actor, facts):
        return _fixed_it(action)
    return YES


def _evaluation(actor: Actor, action: Action, facts: Facts) -> Verdict:
    if _is_inside(actor, facts):
        return _no(OF_THE_INSPECTED, action)
    return _no(EVALUATES_ITSELF, action) if actor.person_id in facts.worker_ids else YES


def _step(actor: Actor, action: Action, step: Step, facts: Facts) -> Verdict:
    is_own = signs_step(actor, step, facts)
    is_offices = action in _SENT_BACK_BY_OFFICE and stands(actor, *OFFICE, facts)
    if not (is_own or is_offices):
        if reviews_itself(actor, step, facts):
            return _no(REVIEWS_ITSELF, action)
        is_by_one = any(each.role is step.role and not each.by_two for each in actor.grants)
        if is_by_one and stands(actor, step.role, step.scope, facts):
            return _no(BY_ONE, action, role=Message(step.label))
        return _no(
            msg("The next signature is the step “%(role)s”, which is not yours. That person can %(action)s."),
            action,
            role=Message(step.label),
        )
    if (step.confirms or not is_own) and _is_inside(actor, facts):
        return _fixed_it(action)
    if action is Action.CLOSURE_SIGN and step.kind is StepKind.COLLECTIVE:
        return _no(MEETING, action, role=Message(step.label))
    return YES


def _is_inside(actor: Actor, facts: Facts) -> bool:
    """Whether the actor belongs, or belonged since, to a unit that fixes or fixed."""
    return belongs(actor.belonging, facts.units_fixing)


def _fixed_it(action: Action) -> Verdict:
    return _no(FIXED_IT, action)


def _for_who_may(actor: Actor, action: Action, facts: Facts) -> Actor:
    """The actor without the posts held for somebody who could not do it (代理不得越权)."""
    if action not in _NOT_BY_WORKERS:
        return actor
    barred = {facts.submitter_id, *facts.worker_ids}
    if action in _NOT_BY_AUTHOR:
        barred.add(facts.author_id)
    if action in _REVIEWS:
        barred |= {*facts.signer_ids, *facts.represented_ids}
    grants = tuple(each for each in actor.grants if each.acting_for is None or each.acting_for not in barred)
    return actor if len(grants) == len(actor.grants) else replace(actor, grants=grants)


def _no_role(action: Action) -> Verdict:
    roles = list(dict.fromkeys(role for role, _ in GRANTS[action]))
    if not roles:
        return _no(
            msg("Nobody can close a finding by hand; the last signature on a closure request does."), action
        )
    return _no(
        msg("None of your posts lets you %(action)s here. It is for: %(roles)s."),
        action,
        roles=listing([Message(ROLE_LABELS[role]) for role in roles]),
    )


def _no(template: str, action: Action, **values: Message) -> Verdict:
    return Verdict(
        allowed=False, reason=Message(template, {"action": Message(ACTION_LABELS[action]), **values})
    )
