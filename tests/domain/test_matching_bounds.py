"""How much alike is enough, and which words tell twins apart: each bound of recognising, from both sides."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from zhenggai.domain.matching import (
    DOUBT_SENTENCES,
    HOW_LABELS,
    Doubt,
    Entry,
    How,
    findings_matched,
    likeness,
)

FIRST = ord("一")


def letters(start: int, count: int) -> str:
    """So many letters, none twice and none of another start."""
    return "".join(chr(FIRST + start + at) for at in range(count))


def alike(percent: int, start: int = 0) -> tuple[str, str]:
    """Two texts of 101 letters that are alike by so many of a hundred."""
    common = letters(start, percent + 1)
    return common + letters(start + 1000, 100 - percent), common + letters(start + 2000, 100 - percent)


def outcome(rows: list[Entry], ledger: list[Entry]) -> tuple[dict[int, int], dict[int, Doubt], list[int]]:
    matching = findings_matched(rows, ledger)
    return (
        {pair.entry_id: pair.finding_id for pair in matching.pairs},
        {question.entry_id: question.why for question in matching.questions},
        list(matching.new),
    )


def hows(rows: list[Entry], ledger: list[Entry]) -> dict[tuple[int, int], How]:
    return {(each.entry_id, each.finding_id): each.how for each in findings_matched(rows, ledger).pairs}


def test_every_way_of_knowing_and_every_doubt_has_its_words() -> None:
    assert set(HOW_LABELS) == set(How)
    assert set(DOUBT_SENTENCES) == set(Doubt)


@pytest.mark.parametrize("percent", [0, 29, 45, 60, 85, 100])
def test_likeness_is_the_share_of_neighbouring_letters_that_both_have(percent: int) -> None:
    assert likeness(*alike(percent)) == percent


def test_one_letter_more_is_never_wholly_alike_and_one_letter_in_common_says_nothing() -> None:
    assert likeness(letters(0, 100), letters(0, 101)) == 99
    assert likeness("甲乙", "丙乙") == 0
    assert likeness("甲乙丙", "甲乙丁") == 50
    assert likeness("，甲乙", "甲乙；") == 100
    # of a very long text the first 400 letters count
    assert likeness("甲乙" * 200 + "丙", "甲乙" * 200 + "丁") == 100
    assert likeness("甲乙" * 199 + "丙", "甲乙" * 199 + "丁") < 100


@pytest.mark.parametrize(("percent", "is_pair"), [(60, True), (59, False)])
def test_a_number_needs_words_that_are_mostly_alike(percent: int, is_pair: bool) -> None:
    here, there = alike(percent)
    found = findings_matched([Entry(101, 0, "2", here)], [Entry(1, 0, "2", there)])
    if is_pair:
        assert [(each.how, each.likeness) for each in found.pairs] == [(How.NUMBER, percent)]
    else:
        assert [each.why for each in found.questions] == [Doubt.NUMBER_UNLIKE]


@pytest.mark.parametrize(("common", "is_pair"), [(8, True), (7, False)])
def test_a_number_needs_words_of_which_one_says_nearly_all_of_the_other(common: int, is_pair: bool) -> None:
    short = letters(0, common + 1) + letters(1000, 10 - common)
    long = letters(0, common + 1) + letters(2000, 60)
    pairs, doubts, _ = outcome([Entry(101, 0, "2", long)], [Entry(1, 0, "2", short)])
    assert (pairs, doubts) == (({101: 1}, {}) if is_pair else ({}, {101: Doubt.NUMBER_UNLIKE}))


@pytest.mark.parametrize(("count", "is_pair"), [(7, True), (6, False)])
def test_too_few_letters_are_repeated_by_chance(count: int, is_pair: bool) -> None:
    rows = [Entry(101, 0, "2", letters(0, count) + letters(2000, 60))]
    pairs, _, _ = outcome(rows, [Entry(1, 0, "2", letters(0, count))])
    assert bool(pairs) is is_pair


@pytest.mark.parametrize(("percent", "is_pair"), [(30, True), (29, False)])
def test_a_key_needs_words_that_are_a_little_alike(percent: int, is_pair: bool) -> None:
    here, there = alike(percent)
    pairs, doubts, _ = outcome([Entry(101, 0, "8", here, key=1)], [Entry(1, 0, "9", there)])
    assert (pairs, doubts) == (({101: 1}, {}) if is_pair else ({}, {101: Doubt.KEY_UNLIKE}))


def test_that_neither_has_a_number_vouches_for_no_key() -> None:
    here, there = alike(0)
    _, doubts, _ = outcome([Entry(101, 0, "", here, key=1)], [Entry(1, 0, "", there)])
    assert doubts == {101: Doubt.KEY_UNLIKE}
    assert hows([Entry(101, 0, "7", "", key=1)], [Entry(1, 0, "", "")]) == {(101, 1): How.KEY}


@pytest.mark.parametrize(("percent", "is_pair"), [(85, True), (84, False)])
def test_words_alone_need_to_be_hardly_changed(percent: int, is_pair: bool) -> None:
    here, there = alike(percent)
    pairs, doubts, _ = outcome([Entry(101, 0, "", here)], [Entry(1, 0, "", there)])
    assert (pairs, doubts) == (({101: 1}, {}) if is_pair else ({}, {101: Doubt.LIKE}))


@pytest.mark.parametrize(("percent", "is_asked"), [(45, True), (44, False)])
def test_words_hardly_alike_are_not_asked_about(percent: int, is_asked: bool) -> None:
    here, there = alike(percent)
    _, doubts, new = outcome([Entry(101, 0, "", here)], [Entry(1, 0, "", there)])
    assert (doubts, new) == (({101: Doubt.LIKE}, []) if is_asked else ({}, [101]))


@pytest.mark.parametrize(("second", "is_pair"), [(85, True), (86, False)])
def test_the_likeliest_is_far_ahead_of_the_next(second: int, is_pair: bool) -> None:
    here, best = alike(95)
    next_best = here[: second + 1] + letters(3000, 100 - second)
    ledger = [Entry(1, 0, "", next_best), Entry(2, 1, "", best)]
    pairs, doubts, _ = outcome([Entry(101, 0, "", here)], ledger)
    assert (pairs, doubts) == (({101: 2}, {}) if is_pair else ({}, {101: Doubt.LIKE}))


@pytest.mark.parametrize(("second", "is_pair"), [(85, True), (86, False)])
@pytest.mark.parametrize("is_first", [True, False])
def test_no_other_row_is_nearly_as_like_the_same_finding(second: int, is_pair: bool, is_first: bool) -> None:
    there, best = alike(95)
    next_best = there[: second + 1] + letters(3000, 100 - second)
    rows = [Entry(101, 1 if is_first else 2, "", best), Entry(102, 2 if is_first else 1, "", next_best)]
    pairs, doubts, new = outcome(rows, [Entry(1, 0, "", there)])
    if is_pair:
        # and the finding that is placed is no candidate of the other any more
        assert (pairs, doubts, new) == ({101: 1}, {}, [102])
    else:
        assert (pairs, set(doubts.values())) == ({}, {Doubt.LIKE})


def test_a_number_on_other_words_asks_about_its_finding_first_and_about_the_likely_ones_too() -> None:
    here, there = alike(70)
    ledger = [Entry(1, 0, "1", there), Entry(2, 1, "2", letters(4000, 50))]
    (question,) = findings_matched([Entry(101, 0, "2", here)], ledger).questions
    assert question.why is Doubt.NUMBER_UNLIKE
    assert [each.finding_id for each in question.candidates] == [2, 1]


def test_five_findings_are_asked_about_and_no_more() -> None:
    here = letters(0, 101)
    many = [Entry(id_, id_, "", here[:80] + letters(1000 * id_, 21)) for id_ in range(1, 9)]
    (question,) = findings_matched([Entry(101, 0, "", here)], many).questions
    assert len(question.candidates) == 5
    named = Entry(9, 0, "3", letters(12000, 50))
    (question,) = findings_matched([Entry(101, 0, "3", here)], [*many, named]).questions
    assert question.candidates[0].finding_id == 9
    assert len(question.candidates) == 5


def test_a_row_that_says_nothing_hides_no_later_one() -> None:
    here, there = alike(60)
    nothing = Entry(101, 0, "", letters(5000, 30))
    assert outcome([nothing, Entry(102, 1, "2", here)], [Entry(1, 0, "2", there)])[0] == {102: 1}
    here, there = alike(90)
    assert outcome([nothing, Entry(102, 1, "", here)], [Entry(1, 0, "", there)])[0] == {102: 1}


def test_a_number_is_the_same_however_it_is_written_and_a_stroke_is_none() -> None:
    here, there = alike(60)
    assert outcome([Entry(101, 0, "二/（一）", here)], [Entry(1, 0, "2/1", there)])[0] == {101: 1}
    unlike = outcome([Entry(101, 0, "/", here)], [Entry(1, 0, "/", letters(5000, 30))])
    assert unlike == ({}, {}, [101])


def test_width_case_and_marks_are_no_words_unless_there_is_nothing_else() -> None:
    rows = [Entry(101, 0, "8", "“ＡＢ公务接待”（报销）手续不全。")]
    ledger = [Entry(1, 0, "9", "ab公务接待报销，手续不全")]
    assert hows(rows, ledger) == {(101, 1): How.WORDS}
    assert hows([Entry(101, 0, "", "——")], [Entry(1, 0, "", "——")]) == {(101, 1): How.WORDS}


T, P, Q = "公务接待报销不严", "有四批次接待没有公函", "窗口办事群众排队时间过长"


@pytest.mark.parametrize(
    "said",
    [(f"{T}：{P}", ""), ("", f"{T}，{P}"), (T, f"{T}。{P}"), (f"{T}{P}", P), (T, P), (f"{T}{P}", f"{T}{P}")],
)
def test_title_and_details_may_stand_in_one_column_or_two(said: tuple[str, str]) -> None:
    rows = [Entry(101, 0, "8", *said, unit="人事科")]
    for there in ((T, P), (f"{T}{P}", ""), ("", T + P)):
        assert hows(rows, [Entry(1, 0, "9", *there, unit="财务科")]) == {(101, 1): How.WORDS}


def twins(*more: tuple[str, str, str, str]) -> list[Entry]:
    """Findings of a ledger, in this order: number, title, problem, unit."""
    return [Entry(at, at, *said) for at, said in enumerate(more, 1)]


def rows_of(*more: tuple[str, str, str, str]) -> list[Entry]:
    """Rows of a file, in this order."""
    return [Entry(100 + at, at, *said) for at, said in enumerate(more, 1)]


JOINED = f"{T}{P}"


@pytest.mark.parametrize(
    ("rows", "ledger"),
    [
        # whatever their order, by what they differ in: the number, the problem, the unit
        ([("2", T, P, "甲"), ("1", T, P, "甲")], [("1", T, P, "甲"), ("2", T, P, "甲")]),
        ([("1", T, Q, "甲"), ("1", T, P, "甲")], [("1", T, P, "甲"), ("1", T, Q, "甲")]),
        ([("", T, P, "乙"), ("", T, P, "甲")], [("", T, P, "甲"), ("", T, P, "乙")]),
        # the units changed, and the numbers tell; what stands as problem tells
        ([("2", T, P, "丙"), ("1", T, P, "丙")], [("1", T, P, "甲"), ("2", T, P, "甲")]),
        ([("1", T, "接待", "丙"), ("1", T, "", "丙")], [("1", T, "", "甲"), ("1", T, "接待", "甲")]),
        ([("", T, "接待", "丙"), ("", T, "", "丁")], [("", T, "", "甲"), ("", T, "接待", "甲")]),
        # one column instead of two: the numbers tell, or else the units
        ([("2", JOINED, "", "甲"), ("1", JOINED, "", "甲")], [("1", T, P, "甲"), ("2", T, P, "甲")]),
        ([("", JOINED, "", "乙"), ("", JOINED, "", "甲")], [("", T, P, "甲"), ("", T, P, "乙")]),
        # another problem: number and title tell
        ([("2", T, Q, "甲"), ("1", T, Q, "甲")], [("1", T, P, "甲"), ("2", T, P + P[::-1], "甲")]),
    ],
)
def test_twins_are_told_apart_by_whatever_differs(
    rows: list[tuple[str, str, str, str]], ledger: list[tuple[str, str, str, str]]
) -> None:
    assert hows(rows_of(*rows), twins(*ledger)) == {(101, 2): How.WORDS, (102, 1): How.WORDS}


def test_the_unit_tells_before_that_neither_has_a_number() -> None:
    ledger = twins(("", T, P, "甲"), ("5", T, P, "乙"))
    assert hows(rows_of(("", JOINED, "", "乙")), ledger) == {(101, 2): How.WORDS}


def test_the_very_words_tell_before_number_and_title() -> None:
    ledger = twins(("1", T, P, "甲"), ("2", T, Q, "甲"))
    assert hows(rows_of(("2", T, P, "丙")), ledger) == {(101, 1): How.WORDS}


def test_twins_of_which_nothing_tells_are_asked_about() -> None:
    ledger = twins(("", T, P, "甲"), ("", T, P, "乙"))
    rows = rows_of(("", JOINED, "", "丙"), ("", JOINED, "", "丁"))
    assert outcome(rows, ledger)[1] == {101: Doubt.SEVERAL, 102: Doubt.SEVERAL}
    # no unit is no likeness
    assert outcome(rows_of(("", JOINED, "", "")), twins(("", T, P, ""), ("", T, P, "乙")))[1] == {
        101: Doubt.SEVERAL
    }


def test_what_says_too_little_makes_no_pair() -> None:
    # a number without a title; no words and the same unit; a title, or a problem, of a few letters
    assert outcome(rows_of(("1", "", Q, "")), twins(("1", "", P, "")))[1] == {101: Doubt.NUMBER_UNLIKE}
    assert outcome(rows_of(("", "", "", "甲")), twins(("7", "", "", "甲"))) == ({}, {}, [101])
    assert outcome(rows_of(("", "其他", P, "")), twins(("", "其他", Q, ""))) == ({}, {}, [101])
    assert outcome(rows_of(("", P, "见附件", "")), twins(("", Q, "见附件", ""))) == ({}, {}, [101])


@pytest.mark.parametrize(("words", "is_pair"), [("其他六个字词", True), ("其他五个字", False)])
def test_six_letters_of_a_title_or_a_problem_tell(words: str, is_pair: bool) -> None:
    for swapped in (False, True):
        here, there = ((P * 2, words), (Q * 2, words)) if swapped else ((words, P * 2), (words, Q * 2))
        pairs, _, _ = outcome(rows_of(("8", *here, "")), twins(("9", *there, "")))
        assert bool(pairs) is is_pair


@pytest.mark.parametrize(("here", "there"), [("甲乙丙", "甲乙丁"), ("丙甲乙", "丁甲乙")])
def test_a_short_text_is_found_by_any_two_letters(here: str, there: str) -> None:
    assert outcome([Entry(101, 0, "", here)], [Entry(1, 0, "", there)])[1] == {101: Doubt.LIKE}


def test_words_of_which_every_fourth_letter_changed_are_found() -> None:
    there = letters(0, 16)
    here = "".join(letters(3000 + at, 1) if at % 4 == 3 else letter for at, letter in enumerate(there))
    assert likeness(here, there) >= 45
    assert outcome([Entry(101, 0, "", here)], [Entry(1, 0, "", there)])[1] == {101: Doubt.LIKE}


def test_each_of_many_is_found_wherever_a_letter_came_or_went() -> None:
    chance = random.Random(3)
    words = ("公务", "接待", "报销", "手续", "档案", "资产", "学习", "制度", "落实", "不够", "群众", "窗口")
    ledger = []
    for id_ in range(1, 301):
        text = "".join(chance.choice(words) for _ in range(6)) + letters(5000 + 40 * id_, 24)
        ledger.append(Entry(id_, id_, "", text))
    rows = []
    for each in ledger:
        at = chance.randrange(len(each.title))
        changes = ("甲" + each.title, each.title[:at] + "乙" + each.title[at:], each.title[1:])
        rows.append(replace(each, id=1000 + each.id, title=chance.choice(changes)))
    chance.shuffle(rows)
    assert outcome(rows, ledger)[0] == {1000 + each.id: each.id for each in ledger}
