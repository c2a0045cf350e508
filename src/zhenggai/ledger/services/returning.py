"""Sending a closure request back (退回): a new round, in which what was not found wanting stays good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.closing import RequestState, decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.domain.returning import ReturnGround, check_return
from zhenggai.ledger.carrying import judgement_standing
from zhenggai.ledger.facts import criteria_standing
from zhenggai.ledger.models import CarriedJudgement, ReturnRecord
from zhenggai.ledger.services.closing import request_decide, request_standing
from zhenggai.ledger.services.judging import criterion_standing
from zhenggai.ledger.services.standing import begin, cleaned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import CriterionJudgement, Finding


@transaction.atomic
def closure_send_back(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    reason: str,
    ground: ReturnGround = ReturnGround.OTHER,
    criterion_ids: Sequence[int] = (),
    redo_by: date | None = None,
) -> Finding:
    """Sends a closure request back (退回); a new round begins, without the signatures.

    The criteria named are judged again, and so are those judged not met; the others keep their judgement,
    with its judge, once the evidence it rests on is carried over. ``redo_by``: until when to work again, as
    the reviewer proposes; the due date stays.

    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    :raises PieceNotFoundError: when a criterion named is none of the finding's.
    :raises StandsOtherwiseError: when it was dropped.
    :raises ReturnUnfoundedError: or RedoDayError, as `check_return`.
    """
    change = begin(
        actor=actor, at=at, action=Action.CLOSURE_SEND_BACK, finding_id=finding_id, version=version
    )
    finding = change.finding
    request = request_standing(finding)
    chosen = {criterion_standing(finding, id_).pk for id_ in criterion_ids}
    judged = [(each, judgement_standing(finding, each)) for each in criteria_standing(finding)]
    failed = [each for each, said in judged if each.pk in chosen or (said is not None and not said.met)]
    ground = ReturnGround(ground)
    check_return(ground, [each.pk for each in failed], redo_by, timezone.localdate(at))
    record = ReturnRecord(
        request=request,
        by_id=actor.person_id,
        at=at,
        reason=decision_reason(reason),
        ground=ground.value,
        criteria=[each.pk for each in failed],
        redo_by=day_checked(redo_by, msg("Work again until")),
    )
    cleaned(record)
    record.save()
    request_decide(request, RequestState.SENT_BACK, at)
    carried = _carry(finding, [said for each, said in judged if each not in failed and said is not None])
    finding.round += 1
    change.say(
        LedgerEvent.CLOSURE_SENT_BACK,
        request_id=request.pk,
        reason=record.reason,
        round=finding.round,
        return_ground=record.ground,
        criteria=record.criteria,
        judged_again=[each.text for each in failed],
        redo_by=redo_by.isoformat() if redo_by else None,
        carried=[each.judgement_id for each in carried],
    )
    return change.finish()


def _carry(finding: Finding, judgements: Sequence[CriterionJudgement]) -> list[CarriedJudgement]:
    """Links judgements into the round that is about to begin."""
    rows = [CarriedJudgement(finding=finding, round=finding.round + 1, judgement=each) for each in judgements]
    for row in rows:
        cleaned(row)
        row.save()
    return rows
