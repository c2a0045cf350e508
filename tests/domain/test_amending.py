"""What an amendment says, kept as JSON and read back; and in what two arrangements differ."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from zhenggai.domain.amending import (
    ARRANGED_PART_LABELS,
    Amended,
    ArrangedPart,
    Arrangement,
    Indicator,
    NewCriterion,
    NewMeasure,
    Rearranged,
    amended_content,
    amended_from,
)
from zhenggai.domain.planning import Direction

BEFORE = Arrangement(unit_ids=(3, 4), units=("示例股", "财务示例股"))
AFTER = Arrangement(7, date(2026, 6, 1), "每月一报。", (4,), "领示例", ("财务示例股",))
EVERYTHING = Amended(
    measures=(NewMeasure("建立电子台账", AFTER), NewMeasure("逐月核对")),
    rearranged=(Rearranged(9, BEFORE, AFTER),),
    drop_measures=(8,),
    criteria=(
        NewCriterion("电子台账可查。"),
        NewCriterion("相符率", Indicator("%", Decimal("98.50"), Direction.AT_LEAST)),
        NewCriterion("差错", Indicator("处", Decimal(0), Direction.AT_MOST, Decimal(12))),
    ),
    drop_criteria=(5, 6),
)


@pytest.mark.parametrize("amended", [Amended(), EVERYTHING])
def test_what_is_kept_is_read_back_as_it_was(amended):
    kept = json.loads(json.dumps(amended_content(amended), ensure_ascii=False))
    assert amended_from(kept) == amended


def test_the_first_amendments_name_things_by_their_texts():
    kept = {
        "measures": ["建立电子台账"],
        "due": "2026-06-01",
        "drop_measures": [8],
        "criteria": ["电子台账可查。"],
        "drop_criteria": [],
    }
    assert amended_from(kept) == Amended(
        measures=(NewMeasure("建立电子台账", Arrangement(due=date(2026, 6, 1))),),
        drop_measures=(8,),
        criteria=(NewCriterion("电子台账可查。"),),
    )
    assert amended_from({**kept, "due": None}).measures[0].arrangement == Arrangement()


def test_only_what_changes_nothing_is_empty():
    assert Amended().is_empty
    assert not EVERYTHING.is_empty
    assert not Amended(drop_criteria=(1,)).is_empty


def test_two_arrangements_differ_in_what_they_mean_and_not_in_names_or_order():
    assert BEFORE.differs(Arrangement(unit_ids=(4, 3))) == ()
    assert AFTER.differs(BEFORE) == (
        ArrangedPart.LEADER,
        ArrangedPart.UNITS,
        ArrangedPart.DUE,
        ArrangedPart.REQUIREMENT,
    )
    assert BEFORE.differs(Arrangement(due=date(2026, 1, 1), unit_ids=(3, 4))) == (ArrangedPart.DUE,)


def test_each_part_says_itself_in_words():
    assert [AFTER.says(part) for part in ArrangedPart] == ["领示例", "财务示例股", "2026-06-01", "每月一报。"]
    assert [Arrangement().says(part) for part in ArrangedPart] == ["", "", "", ""]
    assert set(ARRANGED_PART_LABELS) == set(ArrangedPart)
