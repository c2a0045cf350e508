"""One action on one finding among many (批量中的一项): the service of a single one, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai.domain.batches import ManyAction
from zhenggai.domain.case import REQUIREMENT_LABELS, Requirement
from zhenggai.domain.lifecycle import NATURE_LABELS, STAGE_LABELS, Nature, Stage
from zhenggai.domain.messages import Message, message_kept, msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import FindingNotFoundError, StandsOtherwiseError
from zhenggai.ledger.models import Finding
from zhenggai.ledger.services.assigning import finding_assign, finding_classify
from zhenggai.ledger.services.commenting import comment_add
from zhenggai.ledger.services.extending import extension_request
from zhenggai.ledger.services.handing_over import findings_hand_over
from zhenggai.ledger.services.judging import criterion_add
from zhenggai.ledger.services.measuring import measure_add
from zhenggai.ledger.services.standing import begin
from zhenggai.ledger.services.taking_on import finding_accept
from zhenggai.ledger.visibility import findings_shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.batch_wishes import BatchWish

Say = dict[str, Any]
Kept = list[list[Any]]
_YES, _NO, _UNSET = msg("yes"), msg("no"), msg("not set yet")
_TEXTS = {
    ManyAction.MEASURE: msg("Measure"),
    ManyAction.CRITERION: msg("Acceptance criterion"),
    ManyAction.COMMENT: msg("Comment"),
}


def finding_seen_by(actor: Actor, finding_id: int) -> Finding:
    """The finding with what a batch tells of it, as far as the actor sees it.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    """
    rows = Finding.objects.filter(findings_shown(actor), pk=finding_id)
    finding = rows.select_related("lead_unit", "responsible_leader").prefetch_related("supporting").first()
    if finding is None:
        raise FindingNotFoundError
    return finding


def one_done(
    actor: Actor, at: datetime, action: ManyAction, wish: BatchWish, finding: Finding, version: int
) -> None:
    """Does the action to one finding by the service that does it to a single one (逐项办理).

    :raises ZhenggaiError: whatever that service refuses.
    """
    key = {"actor": actor, "at": at, "finding_id": finding.pk, "version": version}
    _ACTS[action](key, wish, finding)


def change_of(action: ManyAction, wish: BatchWish, before: Finding, after: Finding) -> Kept:
    """What is otherwise than before, in words (变更对照): label, from, to, as JSON keeps it."""
    was, became = _facts(before), _facts(after)
    found = [[label, was[label], value] for label, value in became.items() if value != was[label]]
    if action is ManyAction.DUE and before.due is not None and wish.due is not None:
        found.append([msg("Extension asked for"), before.due.isoformat(), wish.due.isoformat()])
    if action in _TEXTS:
        found.append([_TEXTS[action], "", wish.text])
    return [[message_kept(each) for each in row] for row in found]


def _facts(finding: Finding) -> dict[str, Any]:
    unit, leader = finding.lead_unit, finding.responsible_leader
    asked = {
        Requirement.MONEY: finding.money_required,
        Requirement.PEOPLE: finding.people_required,
        Requirement.CAUSE: finding.cause_required,
    }
    return {
        msg("Responsible unit"): unit.name if unit else "",
        msg("Responsible leader"): leader.name if leader else "",
        msg("Due"): finding.due.isoformat() if finding.due else "",
        msg("Nature"): Message(NATURE_LABELS[Nature(finding.nature)]) if finding.nature else "",
        msg("Stage"): Message(STAGE_LABELS[Stage(finding.stage)]),
        **{REQUIREMENT_LABELS[each]: Message(_yes_no(value)) for each, value in asked.items()},
    }


def _yes_no(value: bool | None) -> str:  # noqa: FBT001 - a column of three values
    return _UNSET if value is None else (_YES if value else _NO)


def _assign(key: Say, wish: BatchWish, finding: Finding) -> None:
    leader_id = wish.leader_id or finding.responsible_leader_id
    unit_id = wish.unit_id or finding.lead_unit_id
    if leader_id is None or unit_id is None:
        # whoever may not assign at all is told that first
        begin(action=Action.FINDING_ASSIGN, **key)
        if unit_id is None:
            raise StandsOtherwiseError(
                msg(
                    "The finding has no responsible unit yet, and none was chosen. Choose one with the "
                    "assignment; nothing was changed."
                )
            )
        raise StandsOtherwiseError(
            msg(
                "The finding has no responsible leader yet, and none was chosen. Choose one with the "
                "assignment; nothing was changed."
            )
        )
    finding_assign(
        leader_id=leader_id,
        unit_id=unit_id,
        due=wish.due,
        # nobody said that those who support it should not do so any more
        supporting_unit_ids=[each.unit_id for each in finding.supporting.all()],
        past_due_meant=wish.past_due_meant,
        **key,
    )


def _classify(key: Say, wish: BatchWish, _finding: Finding) -> None:
    finding_classify(
        nature=wish.nature,
        money_required=wish.money_required,
        people_required=wish.people_required,
        cause_required=wish.cause_required,
        # amounts differ: each is named on its finding, which does not close before
        amount_follows=wish.money_required is True,
        **key,
    )


def _due(key: Say, wish: BatchWish, finding: Finding) -> None:
    if finding.due is None or wish.due is None:
        _assign(key, wish, finding)
    else:
        extension_request(new_due=wish.due, reason=wish.reason, **key)


def _hand_over(key: Say, wish: BatchWish, finding: Finding) -> None:
    findings_hand_over(
        actor=key["actor"],
        at=key["at"],
        # of one that nobody leads the stage says that it is assigned first
        from_id=finding.responsible_leader_id or 0,
        to_id=wish.leader_id or 0,
        versions={finding.pk: key["version"]},
    )


def _comment(key: Say, wish: BatchWish, finding: Finding) -> None:
    comment_add(actor=key["actor"], at=key["at"], finding_id=finding.pk, text=wish.text)


_ACTS: dict[ManyAction, Callable[[Say, BatchWish, Finding], object]] = {
    ManyAction.ASSIGN: _assign,
    ManyAction.CLASSIFY: _classify,
    ManyAction.DUE: _due,
    ManyAction.HAND_OVER: _hand_over,
    ManyAction.ACCEPT: lambda key, _wish, _finding: finding_accept(**key),
    ManyAction.MEASURE: lambda key, wish, _finding: measure_add(text=wish.text, **key),
    ManyAction.CRITERION: lambda key, wish, _finding: criterion_add(text=wish.text, **key),
    ManyAction.COMMENT: _comment,
}
