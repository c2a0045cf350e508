"""The key of a row of a ledger workbook (系统标识): by it an edited file finds its findings again."""

from __future__ import annotations

from typing import Final

KEY_HEADING: Final = "系统标识（请勿修改）"
"""The name of the last, hidden column of a ledger workbook."""


def ledger_key(inspection_id: int, finding_id: int) -> str:
    """The key of a finding (行标识), ``ZG-3-15``; only a proposal for whoever reads it back."""
    return f"ZG-{inspection_id}-{finding_id}"
