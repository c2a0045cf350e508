"""Parts of sentences that several rules build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence


def listing(items: Sequence[Message]) -> Message:
    """Several things in one sentence (a、b、c), joined in the reader's language; empty for none."""
    if not items:
        return Message("")
    joined = items[-1]
    for item in reversed(items[:-1]):
        joined = Message(msg("%(first)s, %(rest)s"), {"first": item, "rest": joined})
    return joined
