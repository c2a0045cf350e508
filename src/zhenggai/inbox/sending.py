"""Sending after a change is committed (提交后告知): what fails here never undoes or hides the change."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from zhenggai.inbox.services import notices_send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from zhenggai.inbox.services import News

log: Final = logging.getLogger(__name__)


def send_or_log(news: Callable[[], Iterable[News]], at: datetime, kind: str, target_id: int) -> None:
    """Finds out who is to be told and tells them; a fault becomes a line of the log that names nobody.

    To be called on commit. The change stands already, and what waits for people is on their start page and
    in the next digest in any case.
    """
    try:
        notices_send(news=news(), at=at)
    except Exception as fault:  # noqa: BLE001  # whoever made the change must not be told that it failed
        # the words of a fault of the database may hold a row, so its kind alone is noted
        log.error("Nobody was told of %s %s: %s", kind, target_id, type(fault).__name__)  # noqa: TRY400
