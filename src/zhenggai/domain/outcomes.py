"""Outcome figures (成效数据): what came of the work in numbers, each a fact that evidence proves."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg


class OutcomeKind(StrEnum):
    """What came of the work (成效种类). Source: DOMAIN §4."""

    CRITICISM = "criticism"
    REMINDER = "reminder"
    ADMONITION = "admonition"
    ORGANISATIONAL = "organisational"
    DISCIPLINARY = "disciplinary"
    TRANSFERRED = "transferred"
    RULES = "rules"
    MONEY = "money"
    MEETINGS = "meetings"


OUTCOME_LABELS: Final[dict[OutcomeKind, str]] = {
    OutcomeKind.CRITICISM: msg("people criticised and instructed"),
    OutcomeKind.REMINDER: msg("people reminded in a talk"),
    OutcomeKind.ADMONITION: msg("people admonished"),
    OutcomeKind.ORGANISATIONAL: msg("people dealt with by the organisation"),
    OutcomeKind.DISCIPLINARY: msg("people disciplined by party or administration"),
    OutcomeKind.TRANSFERRED: msg("people handed over to other authorities"),
    OutcomeKind.RULES: msg("rules made or revised"),
    OutcomeKind.MONEY: msg("money returned or recovered, in yuan"),
    OutcomeKind.MEETINGS: msg("meetings held"),
}
PEOPLE: Final = (
    OutcomeKind.CRITICISM,
    OutcomeKind.REMINDER,
    OutcomeKind.ADMONITION,
    OutcomeKind.ORGANISATIONAL,
    OutcomeKind.DISCIPLINARY,
    OutcomeKind.TRANSFERRED,
)
"""Kinds that count people held to account; whoever is dealt with twice counts in each kind."""
NUMBER_MOST: Final = 100_000


class OutcomeNumberError(InvalidError):
    """A number or amount of an outcome that cannot be (成效数据无效)."""

    code = "outcome_number"
    template: ClassVar[str] = msg(
        "%(given)s cannot be counted as “%(kind)s”: people, rules and meetings are whole numbers from 1 to "
        "%(most)s. Nothing was changed."
    )
    money_template: ClassVar[str] = msg(
        "%(given)s yuan cannot be an amount of money: it is more than 0, with at most two places. Nothing "
        "was changed."
    )


def outcome_number(kind: OutcomeKind, quantity: Decimal) -> Decimal:
    """How many, or how much in yuan (数量或金额): exact, never rounded.

    :raises OutcomeNumberError: when it is not a whole number where things are counted, or no amount of money.
    """
    if kind is OutcomeKind.MONEY:
        if not (quantity.is_finite() and quantity > 0 and quantity == quantity.quantize(Decimal("0.01"))):
            raise OutcomeNumberError(OutcomeNumberError.money_template, given=str(quantity))
        return quantity.quantize(Decimal("0.01"))
    is_whole = quantity.is_finite() and quantity == quantity.to_integral_value()
    if not (is_whole and 1 <= quantity <= NUMBER_MOST):
        raise OutcomeNumberError(given=str(quantity), kind=OUTCOME_LABELS[kind], most=NUMBER_MOST)
    return quantity.quantize(Decimal(1))
