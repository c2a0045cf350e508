"""What a row of totals says (合计行)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNT: Final = re.compile(
    r"(?:问题|共|合计|总计|小计|[:：]|^)\s*(?P<count>\d{1,6})\s*(?:个|项|条)(?:具体)?(?:问题)?"
)


def stated_total(cells: Sequence[str]) -> tuple[int, int] | None:
    """Column and number of findings that a row of totals states (合计 15项); null where it says none."""
    for column, text in enumerate(cells):
        found = _COUNT.search(re.sub(r"\s", "", text))
        if found is not None:
            return column, int(found["count"])
    return None
