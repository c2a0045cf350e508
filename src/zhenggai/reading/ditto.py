"""The sign for a cell merged down (合并单元格): what stands above holds for this row, too."""

from __future__ import annotations

from typing import Final

DITTO: Final = "〃"
"""Written behind the first words of a row; before them a merged cell stands empty, as it is printed."""
AS_ABOVE: Final = frozenset({"同上", "同上。", "同前", DITTO, "″", "“", "”", "〞", "〟", '"', "''"})
"""What people write in a cell for the words of the one above (同上)."""
