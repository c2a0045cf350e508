"""How a row of the ledger and the trail can differ (差异), as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.domain.messages import Message


class DifferenceCode(StrEnum):
    """How a row and the trail differ (差异种类)."""

    ROW_CHANGED = "row_changed"
    ROW_GONE = "row_gone"
    ROW_UNRECORDED = "row_unrecorded"
    FILE_LOST = "file_lost"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between the ledger and the trail, as a whole sentence."""

    code: DifferenceCode
    message: Message
