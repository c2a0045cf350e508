"""A workbook handed in: its mapping is changed and remembered, its cells and their problems are kept."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from reading.workbook.bookmaking import Page, xlsx
from reading.workbook.seeded import seeded
from zhenggai.files.selectors import blob_read
from zhenggai.intake import book_selectors as books
from zhenggai.intake import services
from zhenggai.intake.book_errors import DraftEditedError, MappingChoiceError, NotAWorkbookError
from zhenggai.intake.book_selectors import Asked, IssueFilter
from zhenggai.intake.errors import BeingReadError, DraftChangedError, IntakeNotFoundError
from zhenggai.intake.fields import fingerprint
from zhenggai.intake.grid import Cell
from zhenggai.intake.models import (
    ComparedFinding,
    Comparison,
    DraftFinding,
    DraftUnread,
    HeaderMapping,
    Intake,
    IntakeBook,
    SheetWindow,
)
from zhenggai.intake.selectors import findings_of
from zhenggai.intake.services import SheetChoice, marking
from zhenggai.intake.services.reading_book import workbook_read
from zhenggai.jobs.models import Job
from zhenggai.jobs.working import work
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from intake.office import Office

ROWS: list[list[Any]] = [
    ["云山县示例局整改台账"],
    ["序号", "问题", "底稿丙", "责任单位", "备注"],
    [1, "固定资产台账更新不及时", "已补登3册", "档案室", "见附件"],
    [2, "会议记录不完整", "已补记2次", "办公室"],
]
NO_ROLE = "“%s” is nothing that a column of “台账” can hold; choose from the list. Nothing was changed."
NO_ROWS = (
    "The header of “台账” stands in one to three rows, named by their numbers, the first one first. "
    "Nothing was changed."
)
EMPTY_ROWS = (
    "The rows 500 to 500 of “台账” hold nothing, so they cannot name columns. Look in the sheet beside it in "
    "which row the names stand. Nothing was changed."
)


def ledger(name: str = "台账", rows: list[list[Any]] | None = None) -> bytes:
    data: bytes = xlsx(Page(name, rows or ROWS))
    return data


def received(
    office: Office, data: bytes | None = None, name: str = "台账.xlsx", username: str = "clerk"
) -> Intake:
    intake = office.receive(data or ledger(), name, username)
    assert intake.state == "draft", intake.failure
    return intake


def chosen(
    roles: dict[int, str], kind: str = "ledger", header: tuple[int, int] | None = None
) -> list[SheetChoice]:
    return [SheetChoice(sheet=0, kind=kind, header=header, roles=roles)]


def mapped(office: Office, intake: Intake, choice: list[SheetChoice], **more: Any) -> Intake:
    given = {"version": intake.version, "chosen": choice, **more}
    made: Intake = office.do(services.intake_map, intake, **given)
    return made


def results(intake: Intake) -> list[str]:
    return list(
        DraftFinding.objects.filter(intake=intake).order_by("position").values_list("result", flat=True)
    )


def book_of(intake: Intake) -> IntakeBook:
    book = books.book_of(intake)
    assert book is not None
    return book


def test_a_workbook_keeps_its_mapping_with_values_and_what_is_not_entered(office: Office) -> None:
    book = book_of(received(office))
    sheet = book.sheets[0]
    assert (sheet["name"], sheet["kind"], sheet["header"], sheet["rows"]) == ("台账", "ledger", [2, 2], 4)
    third = sheet["columns"][2]
    assert (third["name"], third["samples"]) == ("底稿丙", ["已补登3册", "已补记2次"])
    assert [one["name"] for one in book.kept] == ["底稿丙", "备注"]
    # a column of which nothing becomes a field is told once, not cell by cell
    assert not DraftUnread.objects.exists()


def test_a_person_names_a_column_and_the_document_is_read_anew(office: Office) -> None:
    intake = received(office)
    again = mapped(office, intake, chosen({2: "result"}))
    assert (again.state, results(again)) == ("draft", ["已补登3册", "已补记2次"])
    column = book_of(again).sheets[0]["columns"][2]
    assert (column["role"], column["why"]) == ("result", "Somebody chose it.")
    event = Event.objects.filter(name="intake.mapped").get()
    assert event.subject_id == intake.pk
    assert Job.objects.filter(state="ready").count() == 0
    assert again.findings.count() == 2
    assert SheetWindow.objects.filter(intake=intake).count() == 1


def test_the_mapping_is_used_for_the_next_workbook_with_the_same_header(office: Office) -> None:
    mapped(office, received(office), chosen({2: "result"}))
    following = received(office, ledger("六月", [["别的台账"], *ROWS[1:]]), "六月.xlsx", "colleague")
    assert results(following) == ["已补登3册", "已补记2次"]
    said = book_of(following).sheets[0]["remembered"]
    assert said["by"] == office.actor().label
    other = received(office, ledger("六月", [["别处台账"], *ROWS[1:]]), "六月.xlsx", "stranger")
    assert book_of(other).sheets[0]["remembered"] is None
    assert results(other) != ["已补登3册", "已补记2次"]


def test_the_guess_can_be_taken_back_and_what_was_remembered_is_forgotten(office: Office) -> None:
    before = results(received(office))
    intake = mapped(office, Intake.objects.get(), chosen({2: "result"}))
    assert HeaderMapping.objects.count() == 1
    back: Intake = office.do(services.intake_map_back, intake, version=intake.version)
    assert (results(back), HeaderMapping.objects.count()) == (before, 0)
    assert book_of(back).choices == []
    following = received(office, ledger("六月", [["别的台账"], *ROWS[1:]]), "六月.xlsx")
    assert results(following) == before


def test_the_kind_of_a_sheet_is_changed_and_remembered(office: Office) -> None:
    intake = mapped(office, received(office), chosen({}, kind="other"))
    assert (intake.state, intake.findings.count()) == ("draft", 0)
    assert list(books.issues_of(intake).values_list("code", flat=True)) == ["no_ledger"]
    following = received(office, ledger("六月", [["别的台账"], *ROWS[1:]]), "六月.xlsx")
    assert (book_of(following).sheets[0]["kind"], following.findings.count()) == ("other", 0)


def test_the_row_of_names_is_chosen_where_none_was_found(office: Office) -> None:
    rows: list[list[Any]] = [["编号甲", "事项乙"], ["1", "固定资产台账更新不及时"], ["2", "会议记录不完整"]]
    intake = received(office, ledger(rows=rows))
    assert book_of(intake).sheets[0]["header"] is None
    intake = mapped(office, intake, chosen({}, header=(1, 1)))
    assert [one["name"] for one in book_of(intake).sheets[0]["columns"]] == ["编号甲", "事项乙"]
    intake = mapped(office, intake, chosen({0: "number", 1: "problem"}))
    assert list(intake.findings.order_by("position").values_list("number", "title")) == [
        ("1", "固定资产台账更新不及时"),
        ("2", "会议记录不完整"),
    ]


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (
            [SheetChoice(7, "ledger", None, {})],
            "The workbook has no such sheet. Load the page again to see its sheets.",
        ),
        (chosen({}, kind="<b>"), "“<b>” is no kind of sheet; choose one from the list. Nothing was changed."),
        (
            chosen({99: "result"}),
            NO_ROLE % "result",
        ),
        (
            chosen({0: "gone"}),
            NO_ROLE % "gone",
        ),
        (
            chosen({}, header=(3, 2)),
            NO_ROWS,
        ),
        (
            chosen({}, header=(500, 500)),
            EMPTY_ROWS,
        ),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_nothing_changes(
    office: Office, choice: list[SheetChoice], sentence: str
) -> None:
    intake = received(office)
    before, trail = Intake.objects.values().get(), Event.objects.count()
    with pytest.raises(MappingChoiceError) as refusal:
        mapped(office, intake, choice)
    assert str(refusal.value) == sentence
    assert (Intake.objects.values().get(), Event.objects.count()) == (before, trail)
    assert not HeaderMapping.objects.exists()


def test_what_people_changed_in_the_draft_is_not_lost_unless_they_say_so(office: Office) -> None:
    intake = received(office)
    finding = intake.findings.order_by("position").first()
    assert finding is not None
    name = f"finding-{finding.pk}-title"
    saved = office.do(
        services.draft_fields_save,
        intake,
        changes={name: services.Change("改过的题目", fingerprint(finding.title))},
    )
    assert saved.outcomes[name].state is services.FieldState.SAVED
    intake.refresh_from_db()
    trail = Event.objects.count()
    with pytest.raises(DraftEditedError) as refusal:
        mapped(office, intake, chosen({2: "result"}))
    assert str(refusal.value) == (
        "People changed 1 parts of the draft of “台账.xlsx”. Reading it by another mapping makes the draft "
        "anew, and these changes would be lost, so nothing was changed yet. Tick that they may be lost and "
        "save once more, or go on with the draft as it is."
    )
    assert (intake.findings.filter(title="改过的题目").count(), Event.objects.count()) == (1, trail)
    again = mapped(office, intake, chosen({2: "result"}), may_lose=True)
    assert again.findings.filter(title="改过的题目").count() == 0
    assert results(again) == ["已补登3册", "已补记2次"]


def test_a_mapping_is_refused_for_others_for_another_version_and_for_no_workbook(office: Office) -> None:
    intake = received(office)
    with pytest.raises(IntakeNotFoundError):
        office.do(services.intake_map, intake, "stranger", version=intake.version, chosen=chosen({}))
    with pytest.raises(DraftChangedError):
        mapped(office, intake, chosen({}), version=intake.version + 1)
    notice = office.receive("关于整改的通报\n\n（一）示例问题一\n已完成整改。\n")
    with pytest.raises(NotAWorkbookError) as refusal:
        mapped(office, notice, chosen({}))
    assert str(refusal.value).startswith("“通报.txt” is not kept as sheets of cells")


def test_a_large_workbook_is_read_anew_by_the_job_which_tells_its_steps(
    office: Office, settings: Any
) -> None:
    intake = received(office)
    settings.ZHENGGAI_READ_AT_ONCE_BYTES, settings.RECURRING = 0, ()
    waiting = mapped(office, intake, chosen({2: "result"}))
    assert waiting.state == "received"
    with pytest.raises(BeingReadError):
        mapped(office, waiting, chosen({}))
    # the draft of before is still there, in case the reading never ends
    assert waiting.findings.count() == 2
    assert work(name="one", clock=office.at, stop=threading.Event(), until_idle=True) == 1
    waiting.refresh_from_db()
    assert (waiting.state, results(waiting)) == ("draft", ["已补登3册", "已补记2次"])
    assert HeaderMapping.objects.get().saved_by == office.actor().label


def test_every_seeded_problem_is_kept_with_its_cell_and_its_finding(office: Office) -> None:
    data, known = seeded()
    intake = received(office, data)
    kept = [(row.code, row.sheet_name, row.address) for row in books.issues_of(intake)]
    assert sorted(kept) == sorted((code, sheet, cell) for code, sheet, cell, _value in known)
    book = book_of(intake)
    assert book.errors + book.questions == len(known)
    rules, by_sheet = books.issue_counts(intake)
    assert sum(one.cells for one in rules) == sum(by_sheet.values()) == len(known)
    one = books.issues_of(intake, IssueFilter(sheet=0, code=rules[0].code, kind="error"))
    assert one.count() == rules[0].cells
    assert not books.issues_of(intake, IssueFilter(kind="question", code=rules[0].code)).exists()
    finding = next(row.finding for row in books.issues_of(intake) if row.finding_id)
    assert finding is not None
    assert finding.pk in books.issues_of_findings(intake, [finding.pk])


def test_places_of_fields_are_cells(office: Office) -> None:
    intake = received(office)
    book = book_of(intake)
    finding = findings_of(intake)[1]
    places = {name: span[0] for name, span in finding.spans.items()}
    cells = books.cells_named(book, places.values())
    assert {name: cells[place].address for name, place in places.items()} == {
        "number": "A4",
        "title": "B4",
        "lead_unit": "D4",
    }
    assert books.cells_named(book, []) == {}
    assert books.cells_named(book, [10**9]) == {}
    window = books.grid_window_sought(book, asked=Asked.of("1!D4"))
    assert window is not None
    assert books.grid_load(book, window).cell_at(places["lead_unit"]) == Cell(0, 3, 3)


@pytest.mark.parametrize("text", ["", "B3", "0!B3", "1!", "1!B0", "1!B3:", "x!B3", "1!B3<"])
def test_what_names_no_cell_is_none(text: str) -> None:
    assert Asked.of(text) is None


def test_a_range_is_asked_for_from_either_end() -> None:
    asked = Asked.of("2!B6:A3")
    assert asked is not None
    assert asked.holds(Cell(1, 4, 0))
    assert not asked.holds(Cell(0, 4, 0))
    assert not asked.holds(Cell(1, 6, 0))


def test_what_would_be_entered_is_counted_before(office: Office) -> None:
    rows: list[list[Any]] = [
        ["序号", "问题", "整改措施", "责任单位", "整改时限", "整改状态", "是否销号", "整改进展"],
        [
            1,
            "固定资产台账更新不及时",
            "1.清查；2.修订。",
            "档案室",
            "2031年6月30日",
            "整改完成",
            "是",
            "已补登",
        ],
        [2, "会议记录不完整", "补记", "", "", "长期坚持", "否", ""],
    ]
    trial = books.trial_of(received(office, ledger(rows=rows)))
    assert (trial.findings, trial.measures, trial.said_closed, trial.said_done) == (2, 3, 1, 1)
    assert (trial.long_term, trial.without_unit, trial.without_due, trial.untitled) == (1, 1, 1, 0)
    assert str(trial.first_due) == str(trial.last_due) == "2031-06-30"


def marked_book(office: Office, intake: Intake, language: str = "zh-hans") -> Any:
    book = book_of(intake)
    return load_workbook(io.BytesIO(blob_read(books.marked_of(intake, book, language))))


def test_the_marked_copy_has_the_same_cells_with_their_problems_and_the_upload_stays(office: Office) -> None:
    data, known = seeded()
    intake = received(office, data)
    assert office.do(services.book_mark, intake, language="zh-hans")
    made = marked_book(office, intake)
    assert made.sheetnames[-1] == "校验问题"
    listed = {(row[0].value, row[1].value, row[6].value) for row in made["校验问题"].iter_rows(min_row=2)}
    assert listed == {(sheet, cell, code) for code, sheet, cell, _value in known}
    for _code, sheet, cell, _value in known:
        assert made[sheet][cell.partition(":")[0]].fill.fgColor.rgb in {"00FFC7CE", "00FFEB9C"}
    assert blob_read(intake.sha256) == data
    before = book_of(intake).marked
    # asked for again, it is there; in another language it is made
    assert office.do(services.book_mark, intake, language="zh-hans")
    assert book_of(intake).marked == before
    assert office.do(services.book_mark, intake, language="en")
    assert marked_book(office, intake, "en").sheetnames[-1] == "Problems of cells"


def test_of_a_csv_a_new_workbook_of_its_values_is_made(office: Office) -> None:
    intake = received(office, "序号,问题,整改时限\n1,=1+1示例问题,尽快\n".encode(), "台账.csv")
    assert office.do(services.book_mark, intake, language="zh-hans")
    page = marked_book(office, intake)["台账.csv"]
    assert (page["B2"].value, page["B2"].data_type) == ("=1+1示例问题", "s")
    assert page["C2"].fill.fgColor.rgb[2:] == "FFC7CE"


def test_a_large_workbook_is_marked_by_a_job_once(office: Office, settings: Any, monkeypatch: Any) -> None:
    intake = received(office)
    settings.RECURRING = ()
    monkeypatch.setattr(marking, "AT_ONCE_CELLS", 3)
    for _ in range(2):
        assert not office.do(services.book_mark, intake, language="zh-hans")
    assert books.is_being_marked(intake, "zh-hans")
    assert not books.is_being_marked(intake, "en")
    assert work(name="one", clock=office.at, stop=threading.Event(), until_idle=True) == 1
    assert marked_book(office, intake).sheetnames == ["台账", "校验问题"]
    assert not books.is_being_marked(intake, "zh-hans")


def test_a_copy_of_an_earlier_reading_is_none_of_the_one_that_stands(office: Office) -> None:
    intake = received(office)
    assert office.do(services.book_mark, intake, language="zh-hans")
    again = mapped(office, intake, chosen({2: "result"}))
    assert books.marked_of(again, book_of(again), "zh-hans") == ""


def test_no_copy_is_made_for_others_or_of_no_workbook(office: Office) -> None:
    intake = received(office)
    with pytest.raises(IntakeNotFoundError):
        office.do(services.book_mark, intake, "stranger", language="zh-hans")
    notice = office.receive("关于整改的通报\n\n（一）示例问题一\n已完成整改。\n")
    with pytest.raises(NotAWorkbookError):
        office.do(services.book_mark, notice, language="zh-hans")
    assert marking.book_mark_later.module_path == books.MARKS


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.xlsm"])
def test_what_openpyxl_cannot_open_is_marked_by_its_values(
    office: Office, monkeypatch: Any, name: str
) -> None:
    intake = received(office, name=name)
    monkeypatch.setattr(marking, "marked_copy", lambda *_given: None)
    assert office.do(services.book_mark, intake, language="zh-hans")
    assert marked_book(office, intake)["台账"]["A1"].value == "云山县示例局整改台账"


def test_a_comparison_of_the_draft_goes_with_it_and_choices_in_it_are_work(office: Office) -> None:
    first = received(office)
    inspection_id = office.confirm(first, dismiss_rest=True).inspection_id
    later = received(office, ledger("六月", [["六月台账"], *ROWS[1:]]), "六月.xlsx")
    office.do(services.comparison_make, later, version=later.version, inspection_id=inspection_id)
    later.refresh_from_db()
    ComparedFinding.objects.filter(comparison__intake=later).update(chosen={"title": "file"})
    with pytest.raises(DraftEditedError):
        mapped(office, later, chosen({2: "result"}))
    assert Comparison.objects.filter(intake=later).exists()
    again = mapped(office, later, chosen({2: "result"}), may_lose=True)
    assert results(again) == ["已补登3册", "已补记2次"]
    assert not Comparison.objects.filter(intake=later).exists()


def test_a_page_named_like_a_workbook_is_a_workbook_with_a_grid_and_a_marked_copy(office: Office) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS[1:])
    intake = received(office, f"<html><table>{rows}</table></html>".encode("gb18030"), "台账.xls")

    book = IntakeBook.objects.get(intake=intake)
    assert (intake.format, book.sheets[0]["kind"]) == ("xlsx", "ledger")
    assert [finding.title for finding in findings_of(intake)] == [ROWS[2][1], ROWS[3][1]]
    assert office.do(services.book_mark, intake, language="zh-hans")
    book.refresh_from_db()
    marked = load_workbook(io.BytesIO(blob_read(book.marked["zh-hans"]["sha256"])))
    assert marked.worksheets[0]["B2"].value == ROWS[2][1]


def test_rows_are_counted_while_the_grid_is_kept(office: Office) -> None:
    intake = received(office)
    told: list[Any] = []

    workbook_read(intake, ledger(), at=office.at(), on_step=told.append, on_row=lambda *far: told.append(far))

    assert told[told.index("store") + 1 :] == [(4, 4)]
