"""Whom and which unit a wording may mean: several in one cell, short names, endings; doubt stays doubt."""

from __future__ import annotations

import pytest

from zhenggai.domain.matching import likeness
from zhenggai.domain.naming import Named, is_sure, people_proposed, units_proposed, wordings_of

PEOPLE = (Named(1, "张示例"), Named(2, "李示例"), Named(3, "张示例"), Named(4, "欧阳样本"))
UNITS = (
    Named(10, "云山县示例局", "示例局"),
    Named(11, "云山县示例局财务科", "财务科"),
    Named(12, "云山县示例局办公室", "办公室"),
    Named(13, "人事教育股"),
    Named(14, "室"),
)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张示例、李示例", ("张示例", "李示例")),
        ("财务科，办公室；人事股/财务科", ("财务科", "办公室", "人事股")),
        ("张示例（副局长）", ("张示例",)),
        ("责任领导：张示例\n李示例", ("张示例", "李示例")),
        ("张 示例", ("张 示例",)),
        ("张示例  李示例", ("张示例", "李示例")),
        ("（待定）", ()),
        ("", ()),
    ],
)
def test_the_names_of_a_cell_are_told_apart(cell: str, names: tuple[str, ...]) -> None:
    assert wordings_of(cell) == names


def ids(proposals: object) -> list[tuple[int, int]]:
    return [(each.id, each.confidence) for each in proposals]  # type: ignore[attr-defined]


def test_a_name_alone_is_sure_and_of_two_of_one_name_neither() -> None:
    assert ids(people_proposed("李 示例", PEOPLE)) == [(2, 100)]
    assert is_sure(people_proposed("李示例", PEOPLE))
    assert ids(people_proposed("张示例", PEOPLE)) == [(1, 100), (3, 100)]
    assert not is_sure(people_proposed("张示例", PEOPLE))


def test_a_title_beside_a_name_leaves_it_to_be_asked_about() -> None:
    assert ids(people_proposed("副局长欧阳样本", PEOPLE)) == [(4, 90)]
    assert ids(people_proposed("欧阳样本同志", PEOPLE)) == [(4, 90)]
    assert not is_sure(people_proposed("欧阳样本同志", PEOPLE))
    assert people_proposed("王某某", PEOPLE) == ()
    assert not is_sure(())


def test_a_unit_is_known_by_full_and_short_name() -> None:
    for wording in ("财务科", "云山县示例局财务科"):
        proposals = units_proposed(wording, UNITS)
        assert (proposals[0].id, proposals[0].confidence) == (11, 100)
        assert is_sure(proposals)


def test_another_ending_or_a_name_within_another_is_proposed_and_asked_about() -> None:
    assert ids(units_proposed("财务股", UNITS))[0] == (11, 90)
    assert ids(units_proposed("本局办公室", UNITS))[0] == (12, 80)
    assert ids(units_proposed("人事教育培训股", UNITS))[0][0] == 13
    assert not is_sure(units_proposed("财务股", UNITS))
    assert units_proposed("水利站", UNITS) == ()
    assert ids(units_proposed("室", UNITS))[0] == (14, 100)


def test_a_name_of_two_letters_is_known_beside_a_title() -> None:
    assert ids(people_proposed("副局长李样", (Named(1, "李样"),))) == [(1, 90)]


def test_no_more_than_five_are_proposed() -> None:
    assert len(people_proposed("张示例", [Named(id_, "张示例") for id_ in range(9)])) == 5


def test_a_unit_whose_name_is_an_ending_is_no_other_such_unit() -> None:
    assert units_proposed("委员会", (Named(1, "领导小组"),)) == ()


def test_a_longer_name_that_ends_so_is_proposed_and_one_of_two_letters_says_too_little() -> None:
    assert ids(units_proposed("财务科", (Named(1, "云山县示例局财务科"),))) == [(1, 80)]
    assert units_proposed("县直机关工会", (Named(1, "工会"),)) == ()


@pytest.mark.parametrize(("name", "proposed"), [("甲乙丙丁戊己庚", 50), ("甲乙丙丁戊己庚辛", 0)])
def test_a_unit_whose_name_is_half_alike_is_proposed(name: str, proposed: int) -> None:
    wording = "甲乙丙丁子丑寅" if proposed else "甲乙丙丁子丑寅卯"
    assert likeness(wording, name) == (50 if proposed else 43)
    assert ids(units_proposed(wording, (Named(1, name),))) == ([(1, proposed)] if proposed else [])
