"""Taking an edit of the ledger back (撤销): a change of its own that the trail names as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.messages import msg
from zhenggai.ledger.errors import EditStandsError, FindingNotFoundError
from zhenggai.ledger.office_words import in_chinese
from zhenggai.ledger.services.assigning import finding_assign, finding_classify
from zhenggai.ledger.services.extending import deadline_withdraw
from zhenggai.ledger.services.handing_over import findings_hand_over
from zhenggai.ledger.services.standing import finding_locked, stale
from zhenggai.ledger.undoing import edit_before, edit_of
from zhenggai.ledger.visibility import finding_seen
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.undoing import Before
    from zhenggai.trail.selectors import EventView

_REASON: Final = msg("Taken back in the ledger by whoever asked, before anybody decided on it.")


@transaction.atomic
def edit_take_back(*, actor: Actor, at: datetime, finding_id: int, version: int, seq: int) -> Finding:
    """Brings back what stood before an edit (撤销填写), by the service that makes such a change.

    ``seq`` is the edit's number in the trail. Whoever may make the change back may take it back, and every
    rule of that change holds; nothing is ever removed from the trail.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    :raises StalePageError: when the finding changed since ``version``.
    :raises EditStandsError: when there is no such edit, or what it set cannot be taken back any more.
    """
    finding = finding_locked(finding_id)
    if finding is None or not finding_seen(actor_standing(actor, timezone.localdate(at)), finding):
        raise FindingNotFoundError
    if finding.version != version:
        raise stale(finding, version)
    edit = edit_of(finding, seq)
    if edit is None:
        raise EditStandsError(EditStandsError.none_template)
    fresh = _bring_back(actor, at, finding, edit, edit_before(finding, edit))
    chain = ChainKey.inspection(finding.inspection_id)
    mine = events_of(chain, ("finding", finding.pk)).reverse().values_list("seq", flat=True)
    record(
        chain=chain,
        name=LedgerEvent.EDIT_TAKEN_BACK,
        actor=actor,
        at=at,
        subject=("finding", finding.pk),
        values={
            "taken_back": edit.name,
            "taken_back_seq": edit.seq,
            "by_seq": mine[0],
            "stage": fresh.stage,
            "version": fresh.version,
        },
    )
    return fresh


def _bring_back(actor: Actor, at: datetime, finding: Finding, edit: EventView, before: Before) -> Finding:
    if edit.name == LedgerEvent.FINDING_HANDED_OVER:
        return findings_hand_over(
            actor=actor,
            at=at,
            from_id=edit.values["leader_id"],
            to_id=before.leader_id or 0,
            versions={finding.pk: finding.version},
        )[0]
    if edit.name == LedgerEvent.FINDING_CLASSIFIED:
        return finding_classify(
            actor=actor,
            at=at,
            finding_id=finding.pk,
            version=finding.version,
            nature=Nature(before.nature),
        )
    if edit.name == LedgerEvent.FINDING_ASSIGNED:
        return finding_assign(
            actor=actor,
            at=at,
            finding_id=finding.pk,
            version=finding.version,
            leader_id=before.leader_id or 0,
            unit_id=before.unit_id or 0,
            due=finding.due,
            supporting_unit_ids=before.supporting_ids,
        )
    return deadline_withdraw(
        actor=actor, at=at, finding_id=finding.pk, version=finding.version, reason=in_chinese(_REASON)
    )
