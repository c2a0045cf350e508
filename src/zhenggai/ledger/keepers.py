"""Who keeps the list of a restricted finding (知悉名单管理人): posts end by themselves."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.accounts.staff import staff_over
from zhenggai.domain.policy import GRANTS, Action
from zhenggai.ledger.assignable import readers_possible
from zhenggai.ledger.facts import readers_listed

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from zhenggai.ledger.models import Finding

_KEEPERS: Final = tuple(role for role, _ in GRANTS[Action.READER_ADD])
WARNED_DAYS: Final = 30
"""So many days before nobody could change a list any more, its people are warned."""


class Keeping(StrEnum):
    """Whether somebody on the list can change it (名单能否维护)."""

    KEPT = "kept"
    ENDING = "ending"
    NOBODY = "nobody"


def keeps_any(finding: Finding, person_ids: Collection[int], on: date) -> bool:
    """Whether one of these people could change the list on the day, by a post of office or leading group."""
    keepers = staff_over(finding.inspection.subject.path, _KEEPERS, on).filter(pk__in=person_ids)
    # whoever came to administer as well sees nothing any more, and could not keep the list
    possible = readers_possible(finding, on)
    return keepers.filter(pk__in=possible.order_by().values("pk")).exists()


def list_keeping(finding: Finding, on: date) -> Keeping:
    """How the list of a restricted finding is kept, on the day and 30 days later; two queries at most."""
    listed = {each.person_id for each in readers_listed(finding)}
    if not keeps_any(finding, listed, on):
        return Keeping.NOBODY
    is_kept = keeps_any(finding, listed, on + timedelta(days=WARNED_DAYS))
    return Keeping.KEPT if is_kept else Keeping.ENDING
