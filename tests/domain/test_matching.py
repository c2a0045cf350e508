"""Which finding of a file is which of the ledger: one to one, the same in any order, doubt is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.domain.matching import (
    CANDIDATES_MOST,
    Doubt,
    Entry,
    How,
    Matching,
    findings_matched,
    likeness,
)

LEDGER = (
    Entry(1, 0, "1", "学习制度落实不够到位", "党组全年只学习两次。", "办公室"),
    Entry(2, 1, "2", "公务接待报销手续不全", "有4批次没有公函。", "财务科"),
    Entry(3, 2, "3", "固定资产账实不符", "账面登记而实物不存的有9台。", "财务科"),
)


def of_file(*entries: Entry) -> list[Entry]:
    """The same entries with ids of a file."""
    return [replace(entry, id=100 + entry.id) for entry in entries]


def paired(matching: Matching) -> dict[int, int]:
    return {pair.entry_id: pair.finding_id for pair in matching.pairs}


def test_what_was_exported_and_read_again_is_the_same_whole() -> None:
    matching = findings_matched(of_file(*LEDGER), LEDGER)
    assert paired(matching) == {101: 1, 102: 2, 103: 3}
    assert {pair.how for pair in matching.pairs} == {How.WORDS}
    assert {pair.likeness for pair in matching.pairs} == {100}
    assert (matching.questions, matching.new, matching.missing) == ((), (), ())


def test_twins_that_differ_in_nothing_are_told_apart_by_their_order() -> None:
    twins = [replace(LEDGER[0], id=id_, position=id_, number="") for id_ in (7, 8, 9)]
    assert paired(findings_matched(of_file(*twins), twins)) == {107: 7, 108: 8, 109: 9}


def test_twins_with_other_units_are_told_apart_by_them() -> None:
    twins = [replace(LEDGER[0], id=7, number=""), replace(LEDGER[0], id=8, number="", unit="人事科")]
    rows = [replace(twins[1], id=101, position=0), replace(twins[0], id=102, position=1)]
    assert paired(findings_matched(rows, twins)) == {101: 8, 102: 7}


def test_the_same_words_twice_in_the_file_are_asked_about() -> None:
    again = replace(LEDGER[0], id=200, position=9)
    matching = findings_matched([*of_file(*LEDGER), again], LEDGER)
    asked = {question.entry_id: question for question in matching.questions}
    assert set(asked) == {101, 200}
    assert {question.why for question in asked.values()} == {Doubt.SEVERAL}
    assert {each.finding_id for each in asked[200].candidates} == {1}
    assert matching.missing == (1,)


def test_a_ledger_with_other_numbers_is_known_by_its_words() -> None:
    rows = of_file(*(replace(entry, number=f"9{entry.number}") for entry in LEDGER))
    matching = findings_matched(rows, LEDGER)
    assert paired(matching) == {101: 1, 102: 2, 103: 3}
    assert {pair.how for pair in matching.pairs} == {How.WORDS}


def test_title_and_details_in_one_column_or_two_are_the_same_words() -> None:
    joined = [replace(e, id=100 + e.id, title=e.title + "。" + e.problem, problem="") for e in LEDGER]
    assert paired(findings_matched(joined, LEDGER)) == {101: 1, 102: 2, 103: 3}
    repeated = [replace(e, id=100 + e.id, problem=e.title + "：" + e.problem) for e in LEDGER]
    assert paired(findings_matched(repeated, LEDGER)) == {101: 1, 102: 2, 103: 3}


def test_a_number_with_words_alike_is_the_same_finding() -> None:
    row = Entry(101, 0, "２", "公务接待报销手续不齐", "有4批次没有公函，1批次没有清单。")
    (pair,) = findings_matched([row], LEDGER).pairs
    assert (pair.finding_id, pair.how) == (2, How.NUMBER)
    assert 60 <= pair.likeness < 100


def test_a_number_with_words_and_more_is_the_same_finding() -> None:
    row = Entry(101, 0, "2", "公务接待报销手续不够齐全，有4批次没有公函，接待清单未附，同城接待2次")
    short = [Entry(2, 1, "2", "公务接待报销手续不够齐全")]
    (pair,) = findings_matched([row], short).pairs
    assert pair.how is How.NUMBER
    assert pair.likeness < 60


def test_a_number_with_quite_other_words_is_asked_about() -> None:
    row = Entry(101, 0, "2", "档案归档不及时", "2023年度档案尚未归档。")
    matching = findings_matched([row], LEDGER)
    (question,) = matching.questions
    assert (question.why, question.candidates[0].finding_id) == (Doubt.NUMBER_UNLIKE, 2)
    assert matching.missing == (1, 2, 3)


def test_a_number_that_occurs_twice_says_nothing() -> None:
    rows = [Entry(101, 0, "2", "档案归档不及时"), Entry(102, 1, "2", "群众排队时间长")]
    matching = findings_matched(rows, LEDGER)
    assert (matching.pairs, matching.new) == ((), (101, 102))


def test_a_number_whose_finding_is_taken_says_nothing() -> None:
    rows = [replace(LEDGER[1], id=101, number="5"), Entry(102, 1, "2", "档案归档不及时")]
    matching = findings_matched(rows, LEDGER)
    assert (paired(matching), matching.new) == ({101: 2}, (102,))


LONG = "个别领导干部对学习贯彻上级决策部署的重要意义认识不足，会议传达多，结合本单位实际研究落实少"


def test_words_hardly_changed_are_the_same_and_words_alike_are_asked_about() -> None:
    ledger = [*LEDGER, Entry(4, 3, "4", LONG)]
    matching = findings_matched([Entry(101, 0, "", LONG.replace("重要意义", "重大意义"))], ledger)
    (pair,) = matching.pairs
    assert (pair.finding_id, pair.how) == (4, How.LIKENESS)
    asked = findings_matched([Entry(101, 0, "", LONG[:24] + "，督促检查不够，落实打了折扣")], ledger)
    (question,) = asked.questions
    assert (question.why, question.candidates[0].finding_id) == (Doubt.LIKE, 4)


def test_two_rows_alike_to_one_finding_are_both_asked_about() -> None:
    ledger = [Entry(4, 3, "4", LONG)]
    rows = [
        Entry(101, 0, "", LONG.replace("重要意义", "重大意义")),
        Entry(102, 1, "", LONG.replace("会议传达", "文件传达")),
    ]
    matching = findings_matched(rows, ledger)
    assert matching.pairs == ()
    assert [question.entry_id for question in matching.questions] == [101, 102]


def test_one_row_alike_to_two_findings_is_asked_about() -> None:
    ledger = [Entry(4, 3, "4", LONG), Entry(5, 4, "5", LONG.replace("会议传达", "文件传达"))]
    row = Entry(101, 0, "", LONG.replace("重要意义", "重大意义"))
    (question,) = findings_matched([row], ledger).questions
    assert [each.finding_id for each in question.candidates] == [4, 5]


def test_no_more_candidates_are_named_than_a_person_reads() -> None:
    ledger = [Entry(id_, id_, "", f"{LONG}{id_}") for id_ in range(1, 30)]
    (question,) = findings_matched([Entry(101, 0, "", LONG)], ledger).questions
    assert len(question.candidates) <= CANDIDATES_MOST


def test_a_key_is_the_finding_where_number_or_words_agree() -> None:
    rows = [
        Entry(101, 0, "1", "完全重写的标题", "表述已经不同。", key=1),
        Entry(102, 1, "", "固定资产账实长期不符", "盘点不存的有9台。", key=3),
    ]
    matching = findings_matched(rows, LEDGER)
    assert paired(matching) == {101: 1, 102: 3}
    assert {pair.how for pair in matching.pairs} == {How.KEY}


def test_keys_that_are_unknown_repeated_or_on_other_words_are_asked_about() -> None:
    rows = [
        replace(LEDGER[0], id=101, key=999),
        replace(LEDGER[1], id=102, key=2),
        replace(LEDGER[1], id=103, position=7, key=2),
        Entry(104, 8, "8", "档案归档不及时", key=3),
        Entry(105, 9, "9", "窗口群众排队时间长", key=0),
    ]
    matching = findings_matched(rows, LEDGER)
    asked = {question.entry_id: question for question in matching.questions}
    assert matching.pairs == ()
    assert asked[101].why is asked[105].why is Doubt.KEY_UNKNOWN
    assert (asked[101].candidates[0].finding_id, asked[105].candidates) == (1, ())
    assert asked[102].why is asked[103].why is Doubt.KEY_TWICE
    assert (asked[104].why, asked[104].candidates[0].finding_id) == (Doubt.KEY_UNLIKE, 3)


def test_a_finding_whose_key_was_copied_and_that_is_taken_is_no_candidate() -> None:
    rows = [replace(LEDGER[1], id=101), Entry(102, 1, "9", "档案归档不及时", key=2)]
    matching = findings_matched(rows, LEDGER)
    (question,) = matching.questions
    assert (question.why, question.candidates) == (Doubt.KEY_UNLIKE, ())


def test_nothing_matches_nothing() -> None:
    empty = Entry(101, 0, "", "", "")
    matching = findings_matched([empty], [Entry(1, 0, "", "…", "")])
    assert (matching.pairs, matching.new, matching.missing) == ((), (101,), (1,))
    assert findings_matched([], []) == Matching((), (), (), ())
    assert (likeness("", ""), likeness("甲", "甲"), likeness("学习制度", "學")) == (0, 100, 0)


words = st.text(alphabet="学习制度落实不到位公务接待报销手续全一二三123。，“” ", max_size=14)
entries = st.builds(
    lambda number, title, problem, unit: (number, title, problem, unit),
    st.sampled_from(["", "1", "2", "一/1", "（2）"]),
    words,
    words,
    st.sampled_from(["", "财务科", "办公室"]),
)
sides = st.lists(entries, max_size=8)


def numbered(side: list[tuple[str, str, str, str]], first: int, keys: list[int | None]) -> list[Entry]:
    return [
        Entry(first + place, place, *said, key) for place, said, key in zip(count(), side, keys, strict=False)
    ]


keys = st.lists(st.sampled_from([None, None, None, 0, 1, 2, 3, 77]), min_size=8, max_size=8)


@settings(max_examples=150)
@given(sides, sides, keys, st.randoms(use_true_random=False))
def test_every_row_is_placed_once_and_no_finding_twice_in_any_order(file, ledger, keyed, shuffler) -> None:
    here, there = numbered(file, 100, keyed), numbered(ledger, 1, [None] * 8)
    matching = findings_matched(here, there)
    placed = [
        *(pair.entry_id for pair in matching.pairs),
        *(question.entry_id for question in matching.questions),
        *matching.new,
    ]
    assert sorted(placed) == [entry.id for entry in here]
    given_to = [pair.finding_id for pair in matching.pairs]
    assert sorted([*given_to, *matching.missing]) == [entry.id for entry in there]
    for question in matching.questions:
        assert not {each.finding_id for each in question.candidates} & set(given_to)
    shuffler.shuffle(here)
    shuffler.shuffle(there)
    assert findings_matched(here, there) == matching


@settings(max_examples=100)
@given(sides)
def test_any_ledger_read_again_is_itself_whole(ledger) -> None:
    there = numbered(ledger, 1, [None] * 8)
    matching = findings_matched(numbered(ledger, 100, [None] * 8), there)
    said = {entry.id: (entry.number, entry.title, entry.problem, entry.unit) for entry in there}
    for pair in matching.pairs:
        assert said[pair.finding_id] == ledger[pair.entry_id - 100]
    blank = [entry for entry in there if not any(part.strip() for part in said[entry.id])]
    assert len(matching.missing) == len(blank)
