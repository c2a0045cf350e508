"""The key of a row of a ledger workbook (系统标识): by it an edited file finds its findings again."""

from __future__ import annotations

import re
from typing import Final

KEY_HEADING: Final = "系统标识（请勿修改）"
"""The name of the last, hidden column of a ledger workbook."""
_KEY: Final = re.compile(r"ZG-([0-9]{1,18})-([0-9]{1,18})")


def ledger_key(inspection_id: int, finding_id: int) -> str:
    """The key of a finding (行标识), ``ZG-3-15``; only a proposal for whoever reads it back."""
    return f"ZG-{inspection_id}-{finding_id}"


def ledger_key_read(text: str) -> tuple[int, int] | None:
    """The inspection and the finding that a key names, or nothing for what is no key (识别行标识)."""
    found = _KEY.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else None
