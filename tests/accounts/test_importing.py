"""Organisations, people and posts out of a spreadsheet: tried first, all or nothing, never twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.conftest import Before, World
from accounts.sheets import book, whole
from reading.workbook.bookmaking import far_apart
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import ImportChangedError, ImportFaultyError
from zhenggai.accounts.importing.outcomes import ROW_STATE_LABELS, Plan, RowState
from zhenggai.accounts.importing.tables import TableUnreadableError, tables_read
from zhenggai.accounts.importing.template import template_bytes
from zhenggai.accounts.models import Organisation, Person, Post
from zhenggai.accounts.services.importing import PEOPLE_MOST
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

NAME = "示例名单.xlsx"


def attempt(world: World, content: bytes, by: str = "first", name: str = NAME) -> Plan:
    before = Before.now()
    plan = services.accounts_import_try(content=content, name=name, actor=world.actor(by), at=world.later())
    assert Before.now() == before
    return plan


def do(world: World, content: bytes, agreed: str = "", name: str = NAME) -> tuple[Plan, dict[str, str]]:
    agreed = agreed or attempt(world, content, name=name).digest
    return services.accounts_import(
        content=content, name=name, agreed=agreed, actor=world.actor("first"), at=world.later()
    )


def faults(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(each.sheet, each.address, each.value, str(each.sentence)) for each in plan.faults]


def test_a_trial_lists_every_row_and_makes_nothing(world: World) -> None:
    plan = attempt(world, whole())
    assert [(each.row.sheet, each.row.number, each.state) for each in plan.outcomes] == [
        ("单位", 2, RowState.MADE),
        ("单位", 3, RowState.MADE),
        ("人员", 2, RowState.MADE),
        ("人员", 3, RowState.MADE),
        ("任职", 2, RowState.MADE),
        ("任职", 3, RowState.MADE),
        ("任职", 4, RowState.MADE),
    ]
    assert [each.is_proposed for each in plan.outcomes][4:] == [True, False, True]
    assert plan.faults == []
    assert set(ROW_STATE_LABELS) == set(RowState)


def test_what_was_agreed_is_made_and_posts_that_sign_stay_proposed(world: World) -> None:
    plan, passwords = do(world, whole())
    section = Organisation.objects.get(name="水示例科")
    bureau = Organisation.objects.get(name="云山县水示例局")
    assert section.path[:-4] == bureau.path
    assert (bureau.kind, bureau.short_name) == ("authority", "水示例局")
    sun = Person.objects.get(username="sun")
    assert (sun.organisation_id, sun.must_change_password) == (section.pk, True)
    assert sun.check_password(passwords["sun"])
    assert set(passwords) == {"wu", "sun"}
    leads = Post.objects.get(person__username="wu")
    assert (leads.role, leads.title, leads.confirmed_at) == (Role.RESPONSIBLE_LEADER, "副局长", None)
    assert Post.objects.get(person__username="sun").confirmed_at is not None
    assert Post.objects.get(person__username="zhang").started_on == date(2026, 3, 1)
    assert world.confirm(leads).confirmed_at is not None
    events = trail.event_views(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))
    made = next(each for each in events if each.name == "accounts.import.made")
    assert (made.values["organisations"], made.values["people"], made.values["posts"]) == (2, 2, 3)
    assert len(plan.made) == 7


def test_the_same_file_makes_nothing_a_second_time(world: World) -> None:
    do(world, whole())
    before = Before.now()
    plan, passwords = do(world, whole())
    assert [each.state for each in plan.outcomes] == [RowState.THERE] * 7
    assert passwords == {}
    assert Before.now() == before


def test_what_changed_since_the_trial_is_not_made(world: World) -> None:
    agreed = attempt(world, whole()).digest
    services.organisation_create(
        parent_id=world.organisations["云山县"].pk,
        name="云山县水示例局",
        short_name="水示例局",
        actor=world.actor("first"),
        at=world.later(),
    )
    before = Before.now()
    with pytest.raises(ImportChangedError):
        do(world, whole(), agreed)
    with pytest.raises(ImportChangedError):
        do(world, whole(), "0" * 64)
    assert Before.now() == before


def test_one_fault_keeps_everything_from_being_made(world: World) -> None:
    content = book(organisations=[("水示例局", "云山县", "", ""), ("水示例科", "没有的局", "", "")])
    before = Before.now()
    with pytest.raises(ImportFaultyError) as refusal:
        do(world, content)
    assert "has 1 faults" in str(refusal.value)
    assert Before.now() == before


@pytest.mark.parametrize(
    ("sheets", "address", "value", "sentence"),
    [
        ({"organisations": [("", "云山县", "", "")]}, "A2", "", "This cell is empty"),
        (
            {"organisations": [("水示例科", "没有的局", "", "")]},
            "B2",
            "没有的局",
            "There is no organisation “没有的局”",
        ),
        (
            {"organisations": [("水示例科", "示例局", "", "城堡")]},
            "D2",
            "城堡",
            "“城堡” is not known here. Write one of: 区域",
        ),
        ({"organisations": [("甲" * 201, "示例局", "", "")]}, "A2", "甲" * 201, "at most 200 fit here"),
        (
            {"organisations": [("甲科", "示例局", "", ""), ("甲科", "示例局", "", "")]},
            "A3",
            "甲科",
            "in row 2 of sheet “单位” already",
        ),
        ({"people": [("甲", "first", "示例局", "")]}, "B2", "first", "Another person signs in as “first”"),
        ({"people": [("甲", "a b", "示例局", "")]}, "B2", "a b", "The user name “a b” cannot be used"),
        (
            {"people": [("甲", "jia", "示例局", ""), ("乙", "JIA", "示例局", "")]},
            "B3",
            "JIA",
            "in row 2 of sheet",
        ),
        (
            {"posts": [("", "nobody", "示例局", "经办人", "", "")]},
            "B2",
            "nobody",
            "Nobody signs in as “nobody”",
        ),
        (
            {"posts": [("李四", "zhang", "示例局", "经办人", "", "")]},
            "A2",
            "李四",
            "belongs to somebody of another name",
        ),
        (
            {"posts": [("", "zhang", "示例局", "皇帝", "", "")]},
            "D2",
            "皇帝",
            "“皇帝” is not known here. Write one of: 经办人",
        ),
        (
            {"posts": [("", "zhang", "示例局", "经办人", "", "春天")]},
            "F2",
            "春天",
            "is not a day that can be read",
        ),
        (
            {"posts": [("", "zhang", "示例局", "经办人", "", "2020-01-01")]},
            "D2",
            "经办人",
            "A post begins today or later; 2020-01-01 is past",
        ),
        (
            {"posts": [("", "second", "示例局", "责任领导", "", "")]},
            "D2",
            "责任领导",
            "nobody both administers and signs",
        ),
        (
            {
                "posts": [
                    ("", "zhang", "示例局", "经办人", "", ""),
                    ("", "ZHANG", "示例局", "handler", "", ""),
                ]
            },
            "D3",
            "handler",
            "in row 2 of sheet “任职” already",
        ),
    ],
)
def test_a_fault_names_its_cell_what_stands_there_and_how_to_repair_it(
    world: World, sheets: dict[str, Any], address: str, value: str, sentence: str
) -> None:
    (fault,) = faults(attempt(world, book(**sheets)))
    assert fault[1:3] == (address, value)
    assert sentence in fault[3]


def test_an_organisation_is_meant_by_its_name_its_short_name_or_with_those_above(world: World) -> None:
    world.organisation("别处局", "云山县")
    world.organisation("示例组", "示例股")
    world.organisation("示例组", "别处局")
    ambiguous, whole_path, partly, wrong = (
        faults(attempt(world, book(people=[("甲", "jia", text, "")])))
        for text in ("示例组", "云山县/示例局／示例股/示例组", "别处局/示例组", "云山县/示例组")
    )
    assert "Several organisations are called “示例组”. Write those above it too, as" in ambiguous[0][3]
    assert whole_path == partly == []
    assert "There is no organisation “云山县/示例组”" in wrong[0][3]


def test_a_closed_or_renamed_organisation_is_named_with_what_it_is_now(world: World) -> None:
    world.organisation("旧科", "示例局")
    world.organisation("原科", "示例局")
    for name, now, is_active in (("旧科", "旧科", False), ("原科", "新科", True)):
        services.organisation_edit(
            organisation_id=world.organisations[name].pk,
            name=now,
            short_name="",
            is_active=is_active,
            actor=world.actor("first"),
            at=world.later(),
        )
    closed, renamed = (
        faults(attempt(world, book(people=[("甲", "jia", text, "")]))) for text in ("旧科", "原科")
    )
    assert "“旧科” is no longer in use" in closed[0][3]
    assert "“原科” is called “新科” now" in renamed[0][3]


def test_what_is_there_with_other_details_stays_and_is_noted(world: World) -> None:
    plan = attempt(
        world,
        book(
            organisations=[("示例局", "云山县", "局", "机关")],
            people=[("zhang示例", "zhang2", "示例局", ""), ("zhang示例", "zhang", "示例局", "")],
        ),
    )
    assert [each.state for each in plan.outcomes] == [RowState.THERE, RowState.MADE, RowState.THERE]
    notes = [str(each.note) for each in plan.outcomes if each.note]
    assert "another short name or kind, which stays" in notes[0]
    assert "Somebody of this name works there already, as “zhang”" in notes[1]


def test_who_administers_a_part_imports_for_that_part_alone(world: World) -> None:
    world.confirm(world.grant("zhang", Role.SYSTEM_ADMIN, "示例局"))
    plan = attempt(world, book(people=[("甲", "jia", "云山县", ""), ("乙", "yi", "示例股", "")]), by="zhang")
    assert [each.state for each in plan.outcomes] == [RowState.FAULT, RowState.MADE]
    hidden = attempt(world, book(posts=[("", "second", "示例局", "经办人", "", "")]), by="zhang")
    assert "Nobody signs in as “second”" in faults(hidden)[0][3]


@pytest.mark.parametrize("by", ["second", "li"])
def test_only_the_system_administrator_imports(world: World, by: str) -> None:
    before = Before.now()
    for service, given in ((services.accounts_import_try, {}), (services.accounts_import, {"agreed": "0"})):
        with pytest.raises(NotPermittedError) as refusal:
            service(content=whole(), name=NAME, actor=world.actor(by), at=world.later(), **given)
        assert "It is for: system administrator" in str(refusal.value)
    assert Before.now() == before


def test_a_file_opens_so_many_accounts_and_no_more(world: World) -> None:
    people = [(f"人{n}", f"p{n:03}", "示例局", "") for n in range(PEOPLE_MOST + 1)]
    with pytest.raises(InvalidError) as refusal:
        attempt(world, book(people=people))
    assert "at most 200 accounts; this one has 201" in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_csv_file_is_one_table_known_by_its_headings(world: World, encoding: str, sign: str) -> None:
    lines = [
        "示例局人员名单",
        "",
        "姓名,用户名（必填）,所在单位,备注",
        "甲,jia,示例局,无",
        "",
        "乙,yi,示例股,",
    ]
    content = "\r\n".join(lines).replace(",", sign).encode(encoding)
    plan = attempt(world, content, name="人员.csv")
    assert [(each.row.number, each.state, each.label) for each in plan.outcomes] == [
        (4, RowState.MADE, "甲（jia）"),
        (6, RowState.MADE, "乙（yi）"),
    ]
    assert plan.sheets[0].unknown == ("备注",)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing stands in it"),
        (b"PK\x03\x04 no package", "damaged or something else"),
        (b"\xd0\xcf\x11\xe0 no workbook", "damaged or something else"),
        (far_apart(), "more than 5,000 rows or 100 columns"),
        (b"a,b\x00c", "damaged or something else"),
        (b"\x81\x20\xff,x", "neither UTF-8 nor GB18030"),
        ("一,二\n三,四".encode(), "no sheet has the headings of the template"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MiB"),
        (b"a\n" * 5001, "more than 5,000 rows"),
        (b'"' + b"a" * 200_000 + b'"', "damaged or something else"),
    ],
)
def test_what_is_no_spreadsheet_of_ours_is_refused_with_what_to_do(
    world: World, content: bytes, why: str
) -> None:
    before = Before.now()
    with pytest.raises(TableUnreadableError) as refusal:
        services.accounts_import_try(
            content=content, name="乱.csv", actor=world.actor("first"), at=world.later()
        )
    assert why in str(refusal.value)
    assert "Save it as .xlsx" in str(refusal.value)
    assert Before.now() == before


def test_a_workbook_that_would_unpack_into_very_much_is_not_unpacked(world: World) -> None:
    import io  # noqa: PLC0415 - used here alone
    import zipfile  # noqa: PLC0415 - likewise

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (101 * 1024 * 1024))
    with pytest.raises(TableUnreadableError) as refusal:
        attempt(world, packed.getvalue())
    assert "unpacks to more than 100 MiB" in str(refusal.value)


def test_a_moment_in_a_workbook_is_its_day_and_empty_rows_keep_their_place() -> None:
    import io  # noqa: PLC0415 - likewise
    from datetime import datetime  # noqa: PLC0415 - likewise

    import xlsxwriter  # noqa: PLC0415 - likewise

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet, hidden = workbook.add_worksheet("任职"), workbook.add_worksheet("内部")
        sheet.write_datetime(2, 1, datetime(2026, 3, 1, 8, 30), day)  # noqa: DTZ001 - a cell has no zone
        sheet.write_row(3, 0, [" '甲 ", 7, 1.5])
        hidden.write(0, 0, "不读")
        hidden.hide()
    (table,) = tables_read(made.getvalue(), "任职.xlsx")
    assert table.rows == ((), (), ("", "2026-03-01"), ("甲", "7", "1.5"))


def test_the_template_is_a_file_that_the_import_knows_and_that_makes_nothing(world: World) -> None:
    plan = attempt(world, template_bytes())
    assert [(sheet.name, sheet.kind) for sheet in plan.sheets] == [
        ("单位", "organisations"),
        ("人员", "people"),
        ("任职", "posts"),
        ("填写说明", None),
    ]
    assert plan.outcomes == ()
    assert selectors.people_visible(world.actor("first")).count() == 4
