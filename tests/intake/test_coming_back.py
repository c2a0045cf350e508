"""A ledger that went out as a workbook comes back: by its keys, edited, with keys that are wrong."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from intake import notices
from intake.test_comparing import restrict, rows_of, take
from intake.test_naming import person
from zhenggai.accounts import services as accounting
from zhenggai.documents.ledger_book.columns import FULL_COLUMNS
from zhenggai.documents.ledger_book.content import BookChoice
from zhenggai.domain.ledger_keys import KEY_HEADING, ledger_key, ledger_key_read
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.domain.restating import Part
from zhenggai.intake import selectors, services
from zhenggai.intake.differing import differences_of
from zhenggai.intake.errors import IntakeRestrictedError
from zhenggai.ledger import services as ledger_services
from zhenggai.ledger.compared_findings import LedgerFinding
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.exporting_book import BookWish, ledger_book_file
from zhenggai.ledger.imports import ImportedFinding
from zhenggai.ledger.models import Finding
from zhenggai.ledger.restated import COLUMNS
from zhenggai.reading.workbook import open_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake.office import Office

HEAD_ROW = 2


@pytest.fixture
def inspection_id(office: Office) -> int:
    """A ledger of three findings in two themes."""
    return int(office.confirm(office.receive(notices.LEVELS)).inspection_id)


def written(office: Office, inspection_id: int, username: str = "clerk") -> bytes:
    wish = BookWish(inspection_id)
    with ledger_book_file(actor=office.actor(username), at=office.at(), wish=wish) as file:
        return file.read()


def edited(data: bytes, edit: Callable[[list[list[str]], dict[str, int]], None]) -> bytes:
    """The workbook with its ledger changed as a person does, by the names of its columns."""
    sheet = next(one for one in open_book(data, name="整改台账.xlsx").sheets if one.name == "台账")
    head = sheet.rows[HEAD_ROW]
    rows = [[*row, *[""] * (len(head) - len(row))] for row in sheet.rows]
    edit(rows, {name: place for place, name in enumerate(head)})
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("台账")
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            page.write_string(place, column, text)
    book.close()
    return file.getvalue()


def back(office: Office, data: bytes, inspection_id: int, username: str = "clerk") -> Any:
    intake = office.receive(data, "整改台账.xlsx", username)
    assert intake.state == "draft", intake.failure
    given = {"version": intake.version, "inspection_id": inspection_id}
    return office.do(services.comparison_make, intake, username, **given)


def test_a_key_names_inspection_and_finding() -> None:
    assert ledger_key_read(f" {ledger_key(3, 15)} ") == (3, 15)
    for text in ("", "ZG-3", "ZG-3-x", "zg-3-15", "ZG-3-15-2", "ZG-３-15"):
        assert ledger_key_read(text) is None


def test_an_exported_ledger_read_again_is_itself_whole(office: Office, inspection_id: int) -> None:
    comparison = back(office, written(office, inspection_id), inspection_id)
    rows = rows_of(comparison)
    assert [(row.state, row.how, row.differing) for row in rows] == [("same", "key", [])] * 3
    before = list(Finding.objects.order_by("pk").values())
    take(office, comparison, dismiss_rest=True)
    assert list(Finding.objects.order_by("pk").values()) == before
    assert list(differences()) == []


def test_what_a_person_changed_in_it_is_all_that_differs(office: Office, inspection_id: int) -> None:
    def edit(rows: list[list[str]], columns: dict[str, int]) -> None:
        rows[HEAD_ROW + 2][columns["反馈问题"]] = "公务接待费用报销手续长期不全"
        del rows[HEAD_ROW + 3]

    comparison = back(office, edited(written(office, inspection_id), edit), inspection_id)
    rows = rows_of(comparison)
    assert [(row.state, row.how, row.differing) for row in rows] == [
        ("same", "key", []),
        ("same", "key", ["title"]),
    ]


def test_keys_copied_foreign_or_unknown_are_asked_about(office: Office, inspection_id: int) -> None:
    first = Finding.objects.order_by("position").first()

    def edit(rows: list[list[str]], columns: dict[str, int]) -> None:
        key = columns[KEY_HEADING]
        rows[HEAD_ROW + 2][key] = ledger_key(inspection_id, first.pk)
        rows[HEAD_ROW + 3][key] = ledger_key(inspection_id + 7, first.pk)

    comparison = back(office, edited(written(office, inspection_id), edit), inspection_id)
    rows = rows_of(comparison)
    assert [(row.state, row.doubt) for row in rows] == [
        ("ask", "key_twice"),
        ("ask", "key_twice"),
        ("ask", "key_unknown"),
    ]


def test_the_key_of_a_restricted_finding_names_none_for_who_does_not_see_it(
    office: Office, inspection_id: int
) -> None:
    data = written(office, inspection_id)
    hidden = Finding.objects.order_by("position")[1]
    restrict(office, hidden)
    rows = rows_of(back(office, data, inspection_id))
    assert (rows[1].state, rows[1].doubt, rows[1].candidates) == ("ask", "key_unknown", [])
    listed = rows_of(back(office, data, inspection_id, "colleague"))
    assert (listed[1].state, listed[1].finding_id) == ("same", hidden.pk)


NAMED = notices.CLEAN.replace(
    "整改进度：整改完成。",
    "责任领导：钱领导。\n责任单位：财务股。\n完成时限：2026年11月30日。\n整改进度：整改完成。",
)


@pytest.fixture
def assigned(office: Office) -> dict[str, int]:
    """A ledger of which one finding is in other hands, until another day, than its document says."""
    unit = accounting.organisation_create(
        name="办公室",
        kind="unit",
        parent_id=office.organisation_id,
        actor=office.actor("admin"),
        at=office.at(),
    )
    leader = person(office, "sun", "孙领导")
    inspection_id = int(office.confirm(office.receive(NAMED)).inspection_id)
    finding = Finding.objects.filter(stated_leader="钱领导").first()
    assert finding is not None
    ledger_services.finding_assign(
        actor=office.actor(),
        at=office.at(),
        finding_id=finding.pk,
        version=finding.version,
        leader_id=leader,
        unit_id=unit.pk,
        due=date(2026, 12, 31),
        supporting_unit_ids=(office.organisation_id,),
    )
    return {"inspection": inspection_id, "finding": finding.pk}


def whole(office: Office, inspection_id: int) -> bytes:
    wish = BookWish(inspection_id, choice=BookChoice(FULL_COLUMNS))
    with ledger_book_file(actor=office.actor(), at=office.at(), wish=wish) as file:
        return file.read()


def test_what_is_in_force_here_comes_back_as_no_claim_of_a_document(
    office: Office, assigned: dict[str, int]
) -> None:
    comparison = back(office, whole(office, assigned["inspection"]), assigned["inspection"])
    assert [(row.state, row.how, row.differing) for row in rows_of(comparison)] == [
        ("same", "key", [])
    ] * len(rows_of(comparison))
    before = list(Finding.objects.order_by("pk").values())
    take(office, comparison, dismiss_rest=True)
    assert list(Finding.objects.order_by("pk").values()) == before


def test_what_somebody_wrote_over_it_is_a_claim_and_the_rest_is_none(
    office: Office, assigned: dict[str, int]
) -> None:
    def edit(rows: list[list[str]], columns: dict[str, int]) -> None:
        row = next(
            each for each in rows if f"-{assigned['finding']}" in each[columns["系统标识（请勿修改）"]]
        )
        row[columns["责任领导"]] = "李样本"
        row[columns["完成时限"]] = "2026年12月31日"
        row[columns["整改进度"]] = "基本完成"

    data = edited(whole(office, assigned["inspection"]), edit)
    rows = rows_of(back(office, data, assigned["inspection"]))
    assert [row.differing for row in rows if row.finding_id == assigned["finding"]] == [["status", "leader"]]


def test_a_later_document_that_says_what_is_in_force_says_it_all_the_same(
    office: Office, assigned: dict[str, int]
) -> None:
    later = office.receive(NAMED.replace("钱领导", "孙领导"), "二次通报.txt")
    given = {"version": later.version, "inspection_id": assigned["inspection"]}
    comparison = office.do(services.comparison_make, later, **given)
    found = [row.differing for row in rows_of(comparison) if row.finding_id == assigned["finding"]]
    assert found == [["leader"]]


def test_what_went_out_with_restricted_findings_comes_back_to_those_who_may_see_them(
    office: Office, inspection_id: int
) -> None:
    restrict(office, Finding.objects.order_by("position")[1])
    data = written(office, inspection_id, "colleague")
    comparison = back(office, data, inspection_id, "colleague")
    intake = comparison.intake
    for ask in (
        lambda: selectors.intake_get(office.actor(), intake.pk),
        lambda: office.do(
            services.comparison_make, intake, version=intake.version, inspection_id=inspection_id
        ),
    ):
        with pytest.raises(IntakeRestrictedError, match="only listed people see"):
            ask()
    assert selectors.intake_get(office.actor("colleague"), intake.pk) == intake
    # whoever sees less takes less away, and hands that in as ever
    less = back(office, written(office, inspection_id), inspection_id)
    assert selectors.intake_get(office.actor("colleague"), less.intake_id)


def test_whoever_handed_a_document_in_goes_on_with_it_when_a_finding_is_restricted(
    office: Office, inspection_id: int
) -> None:
    comparison = back(office, written(office, inspection_id), inspection_id)
    restrict(office, Finding.objects.order_by("position")[1])
    assert selectors.intake_get(office.actor(), comparison.intake_id) == comparison.intake


def ledger_finding(**written: str) -> LedgerFinding:
    """A finding of which documents said 正在整改, with what is in force here."""
    columns = {name: "" for names in COLUMNS.values() for name in names}
    stated = {"title": "学习不够经常", "status_text": "正在整改", "stated_progress": "in_progress"}
    return LedgerFinding(
        id=15,
        version=2,
        stage=Stage.RECTIFYING,
        values={**columns, **stated, "stated_closed": None, "stated_due_on": None},
        measures=(),
        actions=(),
        barred={},
        leader="",
        unit="",
        due=None,
        written=written,
    )


def test_the_progress_and_the_nature_in_force_are_no_claim_in_a_row_that_went_out() -> None:
    finding = ledger_finding(status_text="基本完成", stated_nature="long_term")
    said = ImportedFinding(
        title="学习不够经常",
        status_text="基本完成",
        stated_progress=StatedProgress.SUBSTANTIALLY_DONE,
        stated_nature=StatedNature.LONG_TERM,
    )
    assert differences_of(said, finding, {}, key="ZG-3-15") == []
    for key in ("", "ZG-3-16"):
        assert [each.part for each in differences_of(said, finding, {}, key=key)] == [Part.STATUS]
    edited_words = replace(said, status_text="整改完成", stated_progress=StatedProgress.DONE)
    (status,) = differences_of(edited_words, finding, {}, key="ZG-3-15")
    assert (status.after["status_text"], status.after["stated_progress"]) == ("整改完成", "done")
    assert status.after["stated_nature"] == ""
