"""What a finding weighs (问题分量): emphasis, key area, money, people, the cause behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.case import Requirement
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.services.requiring import amount_set
from zhenggai.ledger.services.standing import begin, text_optional

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding


@transaction.atomic
def finding_weigh(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    emphasis: bool = False,
    key_area: str = "",
    money_to_recover: Decimal | None = None,
    people_to_deal_with: int | None = None,
    systemic_cause: str = "",
) -> Finding:
    """Says what a finding weighs (问题分量), all of it anew.

    ``emphasis``: raised strongly by the public (群众反映强烈); ``key_area`` (重点领域) in the office's words;
    ``money_to_recover`` in yuan (元) and ``people_to_deal_with`` are never lowered or taken away, and from
    then on the requirement applies.

    :raises StandsOtherwiseError: when money or people named before would become less.
    :raises InvalidFieldError: when one of them is named and is not more than 0.
    """
    change = begin(actor=actor, at=at, action=Action.FINDING_WEIGH, finding_id=finding_id, version=version)
    finding = change.finding
    finding.emphasis = emphasis
    finding.key_area = text_optional(key_area, msg("Key area"), 100)
    finding.systemic_cause = text_optional(systemic_cause, msg("Systemic cause"))
    amount_set(change, Requirement.MONEY, money_to_recover)
    amount_set(change, Requirement.PEOPLE, people_to_deal_with)
    change.say(
        LedgerEvent.FINDING_WEIGHED,
        emphasis=finding.emphasis,
        key_area=finding.key_area,
        money_to_recover=None if finding.money_to_recover is None else f"{finding.money_to_recover:.2f}",
        people_to_deal_with=finding.people_to_deal_with,
        systemic_cause=finding.systemic_cause,
        money_required=finding.money_required,
        requirements_set_by=finding.requirements_set_by,
        people_required=finding.people_required,
    )
    return change.finish()
