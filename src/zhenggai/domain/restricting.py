"""Findings that only listed people see (受限问题): why, and what can be done to the list when.

Source: DOMAIN §15, findings about named persons and leads (问题线索) are for the listed people only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

from zhenggai.domain.actions import ACTION_LABELS, Action
from zhenggai.domain.errors import NotAllowedNowError
from zhenggai.domain.messages import Message, msg


class RestrictionKind(StrEnum):
    """Why a finding is restricted (受限原因)."""

    NAMED_PERSONS = "named_persons"
    LEAD = "lead"
    OTHER = "other"


RESTRICTION_LABELS: Final[dict[RestrictionKind, str]] = {
    RestrictionKind.NAMED_PERSONS: msg("named persons"),
    RestrictionKind.LEAD: msg("a lead to be followed up"),
    RestrictionKind.OTHER: msg("another reason"),
}

# What is done to the list of a finding that is restricted.
_OF_RESTRICTED: Final = frozenset({Action.READER_ADD, Action.READER_WITHDRAW, Action.FINDING_UNRESTRICT})


class RestrictionStandsError(NotAllowedNowError):
    """The finding is restricted already (已受限)."""

    code = "restriction_stands"
    template: ClassVar[str] = msg(
        "The finding is restricted already: only the people listed see it. Put others on the list, take them "
        "off it, or lift the restriction; nothing was changed."
    )


class NotRestrictedError(NotAllowedNowError):
    """The finding is not restricted (未受限), so it has no list."""

    code = "not_restricted"
    template: ClassVar[str] = msg(
        "You cannot %(action)s: the finding is not restricted, and everybody sees it whose post shows it. "
        "Restrict it first; nothing was changed."
    )


def check_restriction(action: Action, *, is_restricted: bool) -> None:
    """Refuses what the restriction stands against, or what needs one (受限约束).

    :raises RestrictionStandsError: for restricting a finding that is restricted.
    :raises NotRestrictedError: for changing the list, or lifting the restriction, of one that is not.
    """
    if action is Action.FINDING_RESTRICT and is_restricted:
        raise RestrictionStandsError
    if action in _OF_RESTRICTED and not is_restricted:
        raise NotRestrictedError(action=Message(ACTION_LABELS[action]))
