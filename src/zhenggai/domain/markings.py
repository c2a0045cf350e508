"""Secrecy markings of an inspection (密级), and the highest that this system may hold."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import Message, msg


class Marking(StrEnum):
    """How secret the papers of an inspection are (密级), lowest first."""

    OPEN = "open"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 - a marking, no password
    TOP_SECRET = "top_secret"  # noqa: S105 - likewise


MARKING_LABELS: Final[dict[Marking, str]] = {
    Marking.OPEN: msg("open to all"),
    Marking.INTERNAL: msg("internal"),
    Marking.CONFIDENTIAL: msg("confidential (state secret)"),
    Marking.SECRET: msg("secret (state secret)"),
    Marking.TOP_SECRET: msg("top secret (state secret)"),
}
# What a system on an office network may hold where nothing else is said; state secrets never.
MARKING_HIGHEST: Final = Marking.INTERNAL
_ORDER: Final = {marking: place for place, marking in enumerate(Marking)}


class MarkingTooHighError(InvalidError):
    """A marking above what the system may hold (密级过高)."""

    code = "marking_too_high"
    template: ClassVar[str] = msg(
        "The marking “%(marking)s” is above “%(highest)s”, the highest this system may hold. Work on it "
        "where such papers belong; nothing was entered. If the papers carry a lower marking, choose that one."
    )


def marking_checked(marking: Marking, highest: Marking) -> Marking:
    """The marking, where the system may hold it (密级核对).

    :raises MarkingTooHighError: when it is above ``highest``.

    Source: DOMAIN §15.
    """
    if _ORDER[marking] > _ORDER[highest]:
        raise MarkingTooHighError(
            marking=Message(MARKING_LABELS[marking]), highest=Message(MARKING_LABELS[highest])
        )
    return marking
