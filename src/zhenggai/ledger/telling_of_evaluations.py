"""Who is told of an evaluation (评估消息): the office of the inspected organisation. See `ledger.telling`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.sending import send_or_log
from zhenggai.inbox.services import News
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.models import Evaluation
from zhenggai.ledger.signers import people_who_may

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


def evaluation_tell(evaluation: Evaluation, *, by_id: int, at: datetime) -> None:
    """Tells the office of the inspected organisation, once the evaluation is committed."""
    news = partial(_news, evaluation.pk, by_id, at)
    transaction.on_commit(partial(send_or_log, news, at, "inspection", evaluation.inspection_id))


def _news(evaluation_id: int, by_id: int, at: datetime) -> Iterator[News]:
    row = Evaluation.objects.select_related(
        "inspection__subject", "inspection__inspector_organisation", "inspection__profile_version"
    ).get(pk=evaluation_id)
    office = people_who_may(Action.PLAN_SUBMIT, inspection_facts(row.inspection), timezone.localdate(at))
    values = {"grade": row.grade, "day": row.evaluated_on.isoformat()}
    for person_id in dict.fromkeys(each.person_id for each in office):
        yield News(
            person_id=person_id,
            kind=NoticeKind.EVALUATION,
            message=Message(_EVALUATED if row.number == 1 else _ANEW, values),
            key=f"evaluation:{row.pk}",
            target=(TargetKind.INSPECTION, row.inspection_id),
            by_id=by_id,
        )


_EVALUATED: Final = msg("The inspecting body evaluated the rectification as of %(day)s: “%(grade)s”.")
_ANEW: Final = msg(
    "The inspecting body evaluated the rectification anew, as of %(day)s: “%(grade)s”. The earlier "
    "evaluation is superseded and stays readable."
)
