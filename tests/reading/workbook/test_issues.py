"""Every problem in a workbook is named by sheet, cell, value, rule and repair; none is invented."""

from __future__ import annotations

from reading.workbook.seeded import seeded
from zhenggai.reading.workbook import open_book, read_book


def test_twenty_seeded_errors_are_all_named_and_nothing_else():
    data, expected = seeded()

    read = read_book(open_book(data, name="台账.xlsx"))

    found = [(issue.code, issue.sheet, issue.address, issue.value) for issue in read.issues]
    assert found == expected
    assert len({code for code, *_ in found}) == 20
    for issue in read.issues:
        assert str(issue.rule).endswith(".")
        assert str(issue.repair).endswith(".")
