"""What is to be done to each of many findings (批量操作内容), as it is kept until it is done."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhenggai.domain.batches import ManyAction
from zhenggai.domain.lifecycle import Nature

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class BatchWish:
    """What is set for every finding chosen (批量操作内容); what is None or empty stays as it is.

    ``text``: the measure, criterion or comment; ``reason``: why a deadline in force should move.
    """

    unit_id: int | None = None
    leader_id: int | None = None
    due: date | None = None
    past_due_meant: bool = False
    nature: Nature | None = None
    money_required: bool | None = None
    people_required: bool | None = None
    cause_required: bool | None = None
    reason: str = ""
    text: str = ""

    def says(self, action: ManyAction) -> bool:
        """Whether it holds what the action needs."""
        classified = (self.nature, self.money_required, self.people_required, self.cause_required)
        needed = {
            ManyAction.ASSIGN: (self.unit_id, self.leader_id, self.due),
            ManyAction.CLASSIFY: classified,
            ManyAction.DUE: (self.due,),
            ManyAction.HAND_OVER: (self.leader_id,),
            ManyAction.ACCEPT: (True,),
            ManyAction.MEASURE: (self.text or None,),
            ManyAction.CRITERION: (self.text or None,),
            ManyAction.COMMENT: (self.text or None,),
        }
        return any(each is not None for each in needed[action])


def batch_wish_said(wish: BatchWish) -> dict[str, Any]:
    """The wish as JSON (→ JSON); what says nothing is left out."""
    said = {name: value for name, value in asdict(wish).items() if value not in {None, ""}}
    return said | ({"due": wish.due.isoformat()} if wish.due else {})


def batch_wish_of(said: Mapping[str, Any]) -> BatchWish:
    """The wish that `batch_wish_said` wrote (JSON →)."""
    read = dict(said)
    if "due" in read:
        read["due"] = date.fromisoformat(read["due"])
    if "nature" in read:
        read["nature"] = Nature(read["nature"])
    return BatchWish(**read)
