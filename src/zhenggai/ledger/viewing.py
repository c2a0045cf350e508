"""How a person looks at a ledger (台账视图): columns chosen, and lists kept under a name.

Like what was chosen for a file, it is a person's habit and no fact of the ledger: it stands in no trail.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from zhenggai.domain.errors import InvalidError, NotFoundError, NotPermittedError
from zhenggai.domain.messages import msg
from zhenggai.ledger.models import ColumnChoice, LedgerView
from zhenggai.ledger.selectors import inspection_get
from zhenggai.ledger.visibility import sees_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Inspection

NAME_MOST: Final = 60
QUERY_MOST: Final = 2_000
VIEWS_MOST: Final = 30


def columns_of(actor: Actor) -> list[str]:
    """The columns that the actor chose last (常用栏目); none where nothing was chosen."""
    kept = ColumnChoice.objects.filter(person_id=actor.person_id).first()
    return [str(name) for name in kept.columns] if kept else []


def columns_choose(*, actor: Actor, columns: Sequence[str]) -> None:
    """Remembers which columns the actor wants, in this order (选定栏目); none for those of the house."""
    ColumnChoice.objects.update_or_create(person_id=actor.person_id, defaults={"columns": list(columns)})


def views_of(actor: Actor, inspection: Inspection) -> list[LedgerView]:
    """The actor's own lists of an inspection, and those that others share, by name; one query."""
    rows = LedgerView.objects.filter(Q(person_id=actor.person_id) | Q(is_shared=True), inspection=inspection)
    return list(rows.select_related("person").order_by("name", "pk"))


@transaction.atomic
def view_save(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    name: str,
    query: str,
    columns: Sequence[str],
    is_shared: bool,
) -> LedgerView:
    """Keeps a list under a name (保存视图); one of the actor's that has the name is replaced.

    :raises InspectionNotFoundError: when there is no such inspection or the actor cannot see it.
    :raises InvalidError: when the name is empty or too long, or thirty are kept already.
    :raises NotPermittedError: when somebody who sees a part of the inspection would share.
    """
    inspection = inspection_get(actor, inspection_id)
    line = " ".join(unicodedata.normalize("NFC", name).split())
    if not line:
        raise InvalidError(msg("Give the view a name; it is kept under it."))
    if len(line) > NAME_MOST:
        raise InvalidError(
            msg("The name has %(count)s characters, and %(most)s is the most; shorten it."),
            count=len(line),
            most=NAME_MOST,
        )
    if len(query) > QUERY_MOST:
        raise InvalidError(msg("These filters are too long to be kept; shorten the words searched for."))
    if is_shared and not sees_whole(actor, inspection):
        raise NotPermittedError(
            msg(
                "A view is shared by those who see the whole inspection, and you see a part of it. "
                "Keep it for yourself: take the tick away and save again."
            )
        )
    mine = LedgerView.objects.filter(person_id=actor.person_id, inspection=inspection)
    if not mine.filter(name=line).exists() and mine.count() >= VIEWS_MOST:
        raise InvalidError(
            msg("You keep %(most)s views of this ledger, which is the most; remove one, then save this one."),
            most=VIEWS_MOST,
        )
    view, _made = LedgerView.objects.update_or_create(
        inspection=inspection,
        person_id=actor.person_id,
        name=line,
        defaults={"query": query, "columns": list(columns), "is_shared": is_shared, "saved_at": at},
    )
    return view


@transaction.atomic
def view_remove(*, actor: Actor, inspection_id: int, view_id: int) -> None:
    """Removes a list that the actor keeps (删除视图).

    :raises NotFoundError: when it is not the actor's own.
    """
    row = LedgerView.objects.filter(pk=view_id, person_id=actor.person_id, inspection=inspection_id).first()
    if row is None:
        raise NotFoundError(msg("There is no such view among those that you keep; load the page again."))
    row.delete()
