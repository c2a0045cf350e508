"""What a ledger workbook and its reader agree on: keys, columns that do not come back, longer texts."""

from __future__ import annotations

import pytest

from zhenggai.documents.ledger_book.columns import COLUMNS
from zhenggai.domain.ledger_keys import (
    LONG_HEADING,
    PLACE_HEADING,
    WRITTEN_ONLY,
    continued_mark,
    ledger_key,
    ledger_key_read,
)


@pytest.mark.parametrize(("inspection_id", "finding_id"), [(3, 15), (1, 1), (10**17, 10**18 - 1)])
def test_a_key_names_its_inspection_and_its_finding(inspection_id: int, finding_id: int) -> None:
    assert ledger_key_read(f" {ledger_key(inspection_id, finding_id)}\n") == (inspection_id, finding_id)


@pytest.mark.parametrize(
    "text",
    ["", "ZG-3", "ZG-3-15-1", "zg-3-15", "ZG-３-15", "ZG--15", "ZG-3-" + "1" * 19, "3-15", "ZG-3-15 a"],
)
def test_anything_else_is_no_key(text: str) -> None:
    assert ledger_key_read(text) is None


def test_every_column_of_the_book_comes_back_or_is_known_to_be_written_only() -> None:
    written = {each.heading for each in COLUMNS.values() if not each.is_read}
    assert written == WRITTEN_ONLY | {PLACE_HEADING}


def test_a_longer_text_goes_on_by_number_and_order() -> None:
    assert continued_mark(7) == "〔下接“长文续页”第7号〕"
    assert LONG_HEADING == ("长文编号", "次序", "文字")
