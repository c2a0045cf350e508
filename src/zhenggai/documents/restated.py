"""What later documents said of a finding, in the files of a ledger (后来文件的说法导出)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One claim or wording as it stood before, and as the later document has it."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """A later document that tells of the finding; ``changes`` are empty where nothing of it was taken.

    ``by`` and ``at``: who took them, and when; none where nobody took anything.
    """

    document: str
    sha256: str
    by: str | None = None
    at: datetime | None = None
    changes: tuple[ClaimChange, ...] = ()
