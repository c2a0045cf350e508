"""A sentence of the guided set-up by how it stands (启动事项): in place, missing, good to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.setup_facts import Point, Standing

if TYPE_CHECKING:
    from zhenggai.domain.setup_facts import Lack

NOBODY: Final = msg("Nobody has to do anything here now.")


def done(template: str, *names: str, **values: object) -> Point:
    """What is in place (已具备)."""
    return Point(Standing.DONE, Message(template, values), names)


def missing(template: str, **values: object) -> Point:
    """What is missing (所缺)."""
    return Point(Standing.MISSING, Message(template, values))


def told(template: str, **values: object) -> Point:
    """What is good to know, and nothing waits for it (提示)."""
    return Point(Standing.TOLD, Message(template, values))


def lacking(lack: Lack) -> Point:
    """What findings lack, with the first of them (缺项)."""
    values = {"what": Message(lack.what), "count": lack.count}
    return Point(
        Standing.MISSING,
        Message(msg("Lacking %(what)s: %(count)s."), values),
        finding_id=lack.finding_id,
        action=lack.action,
    )
