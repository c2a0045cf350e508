"""Which requirements apply, and how much of what a finding names (须落实事项): money, people, the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.case import REQUIREMENT_LABELS, Requirement
from zhenggai.domain.messages import Message, msg
from zhenggai.ledger.errors import AmountUnnamedError, InvalidFieldError, StandsOtherwiseError

if TYPE_CHECKING:
    from decimal import Decimal

    from zhenggai.ledger.services.standing import Change

REQUIREMENT_FIELDS: Final = {
    Requirement.MONEY: "money_required",
    Requirement.PEOPLE: "people_required",
    Requirement.CAUSE: "cause_required",
}
_AMOUNT_FIELDS: Final = {
    Requirement.MONEY: "money_to_recover",
    Requirement.PEOPLE: "people_to_deal_with",
}


def requirement_set(change: Change, requirement: Requirement, *, required: bool) -> None:
    """Says whether a requirement applies; that it does is never taken back here.

    Whoever says again that it applies says nothing new: who named its amount goes on answering for it.
    """
    name = REQUIREMENT_FIELDS[requirement]
    # at no stage: assigning anew leads back before acceptance, and would open the way around the waiver
    if getattr(change.finding, name) and not required:
        raise StandsOtherwiseError(
            msg(
                "The office set that “%(requirement)s” applies, and that is never taken back. "
                "Once the unit has accepted the finding, the office can sign that it does not apply, "
                "with a reason that stays on record; nothing was changed."
            ),
            requirement=Message(REQUIREMENT_LABELS[requirement]),
        )
    if getattr(change.finding, name) and required:
        return
    setattr(change.finding, name, required)
    _set_by(change, requirement)


def _set_by(change: Change, requirement: Requirement) -> None:
    known = change.finding.requirements_set_by or {}
    change.finding.requirements_set_by = {**known, requirement.value: change.actor.person_id}


def amount_set(change: Change, requirement: Requirement, amount: Decimal | int | None) -> None:
    """Says how much money, or how many people, a finding names; from then on the requirement applies.

    It is never lowered or taken away. Whoever says it, or says it again, answers for it.

    :raises StandsOtherwiseError: when it would become less.
    :raises InvalidFieldError: when it is not more than 0.
    """
    name = _AMOUNT_FIELDS[requirement]
    known = getattr(change.finding, name)
    if known is not None and (amount is None or amount < known):
        raise StandsOtherwiseError(
            msg(
                "“%(requirement)s” stands at %(known)s, and what a finding names is never lowered. Once the "
                "unit has accepted the finding, the office can sign that it does not apply, with a reason "
                "that stays on record; nothing was changed."
            ),
            requirement=Message(REQUIREMENT_LABELS[requirement]),
            known=known,
        )
    if amount is None:
        return
    if amount <= 0:
        raise InvalidFieldError(
            msg(
                "“%(requirement)s”: what a finding names is more than 0. Leave it empty where it names "
                "nothing; nothing was changed."
            ),
            requirement=Message(REQUIREMENT_LABELS[requirement]),
        )
    setattr(change.finding, name, amount)
    requirement_set(change, requirement, required=True)
    _set_by(change, requirement)


def amount_asked(
    change: Change, amount: Decimal | None, *, required: bool | None, amount_follows: bool
) -> dict[str, Any]:
    """Asks whoever says that money must be recovered how much it is; what the trail is told of the answer.

    :raises AmountUnnamedError: when it is not named, and not said to follow.
    :raises InvalidFieldError: when it is named although nothing need be recovered.
    """
    if amount is not None and required is False:
        raise InvalidFieldError(
            msg(
                "An amount to recover is named, and at once it is said that no money must be recovered. "
                "Say one of the two; nothing was changed."
            )
        )
    if amount is not None:
        amount_set(change, Requirement.MONEY, amount)
        return {"money_to_recover": f"{amount:.2f}"}
    if not required or change.finding.money_to_recover is not None:
        return {}
    if not amount_follows:
        raise AmountUnnamedError
    return {"amount_follows": True}
