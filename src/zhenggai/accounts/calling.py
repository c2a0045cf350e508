"""Calls of programs that have effect once (幂等调用), however often a bad line makes them be sent."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction

from zhenggai.accounts.errors import KeyElsewhereError, KeyInvalidError
from zhenggai.accounts.models import ApiCall

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from zhenggai.domain.actor import Actor

KEY_MOST: Final = 100


def call_once(*, key: str, asked: Any, actor: Actor, at: datetime, do: Callable[[], Any]) -> tuple[Any, bool]:
    """Does a change once under a key (按幂等键办理): the change and the key are one transaction.

    ``asked`` is what was asked for, as JSON; ``do`` makes the change and gives the answer as JSON. A refused
    change leaves the key free.

    :returns: the answer, and whether it was given before.
    :raises KeyInvalidError: for a key that is empty, too long or has more than visible ASCII.
    :raises KeyElsewhereError: when the key stands for another person's call, or for another request.
    """
    if not 0 < len(key) <= KEY_MOST or not key.isascii() or not key.isprintable():
        raise KeyInvalidError(most=KEY_MOST)
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    try:
        with transaction.atomic():
            # a second one with the key waits here until the first has come to its end
            call = ApiCall.objects.create(
                key=key, person_id=actor.person_id, request=digest, answer=None, at=at
            )
            call.answer = do()
            call.save(update_fields=["answer"])
            return call.answer, False
    except IntegrityError:
        before = next(iter(ApiCall.objects.filter(key=key).order_by()), None)
        if before is None:
            raise
    if before.person_id != actor.person_id or before.request != digest:
        raise KeyElsewhereError
    return before.answer, True


def calls_prune(*, before: datetime) -> int:
    """Forgets calls of before a moment (清理幂等记录); how many."""
    return ApiCall.objects.filter(at__lt=before).delete()[0]
