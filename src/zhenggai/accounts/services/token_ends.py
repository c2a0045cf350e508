"""The end of tokens (停用接口令牌), within the transaction of whatever ends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.accounts.models import ApiToken
from zhenggai.accounts.services.standing import recorded

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.accounts.kinds import SignInEnd
    from zhenggai.accounts.models import Person
    from zhenggai.domain.actor import Actor


def tokens_end_all(person: Person, why: SignInEnd, actor: Actor, at: datetime) -> int:
    """Ends every standing token of a locked person; how many."""
    rows = list(ApiToken.objects.filter(person=person, ended_at__isnull=True).order_by("pk"))
    for row in rows:
        ended(row, why, actor, at, person)
    return len(rows)


def ended(row: ApiToken, why: SignInEnd, actor: Actor, at: datetime, person: Person) -> None:
    """Ends one and records it."""
    row.ended_at, row.ended_why = at, why.value
    row.save(update_fields=["ended_at", "ended_why"])
    recorded(
        organisation=person.organisation,
        name="accounts.token.ended",
        actor=actor,
        at=at,
        subject=("person", person.pk),
        values={"label": row.label, "why": why.value},
    )
