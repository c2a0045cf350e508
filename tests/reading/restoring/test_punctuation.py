from __future__ import annotations

import pytest

from zhenggai.reading.restoring import punctuation
from zhenggai.reading.restoring.edits import apply


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("整改,。继续", "整改。继续"),
        ("整改,、落实", "整改、落实"),
        ("整改，，落实", "整改，落实"),
        ("整改，。", "整改。"),
        ("（试行），；落实", "（试行）；落实"),
        ("达到98%,。", "达到98%。"),
        ("”，，落实", "”，落实"),
    ],
)
def test_the_second_of_two_marks_is_kept_on_any_page(printed: str, plain: str):
    text, changes = punctuation.mend(printed, mirror=False)

    assert text == plain == apply(printed, changes)
    assert {change.why for change in changes} == {punctuation.WHY}


def test_two_plain_commas_count_on_a_mirrored_page_only():
    assert punctuation.mend("整改,,落实", mirror=True)[0] == "整改,落实"
    assert punctuation.mend("名称,,备注", mirror=False) == ("名称,,备注", [])
    assert punctuation.mend("整改,;落实", mirror=True)[0] == "整改;落实"


@pytest.mark.parametrize(
    "text",
    [
        "整改……落实",
        "整改——落实",
        "真的？！",
        "甲,乙。丙",
        "a,,b",
        "甲，，，乙",
        "1,,2",
        ",,甲",
        "整改,,,落实",
        "",
    ],
)
def test_marks_that_belong_stay(text: str):
    assert punctuation.mend(text, mirror=True) == (text, [])
