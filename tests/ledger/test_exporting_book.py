"""The workbook of a ledger: exactly the list, what the actor may see, by as many queries for any size."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.world import AT, STATED, TODAY
from retold import retold
from zhenggai.documents.ledger_book.columns import FULL_COLUMNS, SHORT_COLUMNS
from zhenggai.documents.ledger_book.content import BookChoice, BookSheet
from zhenggai.domain.deadlines import Light
from zhenggai.domain.figures import Figure
from zhenggai.domain.ledger_keys import KEY_HEADING, ledger_key
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.progress import Gap
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import selectors
from zhenggai.ledger.errors import InspectionNotFoundError
from zhenggai.ledger.export_choices import CUSTOM, FULL, SHORT, choice_of, export_choice, export_choice_save
from zhenggai.ledger.exporting_book import BookWish, ledger_book_count, ledger_book_write
from zhenggai.ledger.imports import ImportedFinding
from zhenggai.ledger.listing import FindingFilters, FindingOrder
from zhenggai.ledger.models import ExportChoice, Finding
from zhenggai.reading.workbook import open_book

PLAIN = ImportedFinding(
    title="关于“值班制度松散”问题",
    number="二/(一)/2",
    theme="作风建设方面",
    status_text="正在整改",
    stated_progress=StatedProgress.IN_PROGRESS,
)
BARE = ImportedFinding(title="关于“=示例公式”问题")
ALL = choice_of(FULL)


@pytest.fixture
@retold
def mixed(world):
    """Three findings: one assigned, one claimed in progress, one without a claim."""
    one, two, three = world.register(STATED, PLAIN, BARE)
    world.assigned(one)
    return one, two, three


def written(world, *, actor=None, filters=None, order=FindingOrder.POSITION, choice=ALL, **more):
    target = io.BytesIO()
    wish = BookWish(world.inspection.pk, filters or FindingFilters(), order, choice)
    ledger_book_write(target, actor=actor or world.clerk, at=AT, wish=wish, **more)
    return target.getvalue()


def sheets(data):
    return {sheet.name: sheet for sheet in open_book(data, name="台账.xlsx").sheets}


def rows_of(sheet):
    heading, *rows = sheet.rows[2:]
    return [dict(zip(heading, [*row, *[""] * (len(heading) - len(row))], strict=True)) for row in rows]


def test_the_workbook_holds_the_list_with_all_that_belongs_to_it(world, mixed):
    book = sheets(written(world))
    assert list(book) == [
        "台账",
        "问题清单",
        "任务清单",
        "责任清单",
        "过程记录",
        "退回记录",
        "统计",
        "填写说明",
    ]
    rows = rows_of(book["台账"])
    assert [row["反馈问题"] for row in rows] == [STATED.title, PLAIN.title, BARE.title]
    assert [row[KEY_HEADING] for row in rows] == [ledger_key(world.inspection.pk, each.pk) for each in mixed]
    assert (rows[0]["环节"], rows[0]["责任单位"], rows[0]["配合单位"]) == (
        "已交办",
        world.unit.name,
        "财务示例股",
    )
    assert (rows[1]["环节"], rows[1]["整改进度"], rows[1]["时限状态"]) == ("已登记", "正在整改", "未设时限")
    said = book["台账"].rows[1][0]
    assert f"被检查单位：{world.inspection.subject.name}" in said
    assert "共 3 个问题　筛选：无，全部可见问题　导出人：办示例　密级：内部" in said


def test_the_process_record_says_what_the_timeline_of_each_finding_says(world, mixed):
    rows = rows_of(sheets(written(world))["过程记录"])
    told = [view for each in mixed for view in selectors.finding_timeline(world.clerk, each.pk)]
    assert len(rows) == len(told) > 3
    assigned = next(row for row in rows if "交办" in row["事项"])
    assert (assigned["编号"], assigned["操作人"]) == (STATED.number, "办示例")
    assert "责任单位：" in assigned["内容"]


def test_a_person_who_was_erased_has_no_name_in_the_process_record(world, mixed, monkeypatch):
    from zhenggai.ledger import exporting_book  # noqa: PLC0415 - to be changed here alone

    views = exporting_book.event_views
    monkeypatch.setattr(
        exporting_book, "event_views", lambda events: [replace(each, actor=None) for each in views(events)]
    )
    assert {row["操作人"] for row in rows_of(sheets(written(world))["过程记录"])} == {"（已依法删除）"}


def test_a_return_stands_with_the_criteria_that_it_names(world):
    finding = world.requested()
    criterion = finding.criteria.get()
    world.do(
        "closure_send_back",
        world.leader,
        finding,
        reason="现场仍有两处台账未核对。",
        criterion_ids=[criterion.pk],
    )
    (row,) = rows_of(sheets(written(world))["退回记录"])
    assert (row["退回人"], row["退回理由"]) == ("领示例", "现场仍有两处台账未核对。")
    assert row["未达到的标准"] == criterion.text
    closed = rows_of(sheets(written(world))["台账"])
    assert closed[0]["退回次数"] == "1"


def test_the_filtered_and_sorted_list_is_what_is_exported(world, mixed):
    filters, order = FindingFilters(text="问题"), FindingOrder.TITLE_LAST
    listed = selectors.findings_page(world.clerk, world.inspection.pk, filters, order)
    book = sheets(written(world, filters=filters, order=order, choice=choice_of(SHORT)))
    rows = rows_of(book["台账"])
    assert [row["反馈问题"] for row in rows] == [each.title for each in listed.rows]
    assert [row["序号"] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    assert "筛选：含有“问题”　排序：问题按拼音降序" in book["台账"].rows[1][0]
    wish = BookWish(world.inspection.pk, filters, order)
    assert ledger_book_count(world.clerk, wish) == listed.total


def test_every_filter_is_said_in_words_and_names_of_others_are_not(world, mixed):
    theme = selectors.themes_of(world.clerk, world.inspection.pk)[0]
    filters = FindingFilters(
        stage=Stage.CLOSED,
        stated_nature=StatedNature.LONG_TERM,
        gap=Gap.AHEAD,
        theme_id=theme[0],
        unit_id=world.unit.pk,
        counted=Figure.CLOSED,
        counted_on=TODAY,
    )
    said = sheets(written(world, filters=filters))["台账"].rows[1][0]
    assert "环节为“已销号”；原件所称类型为“长期坚持”；进度比对为“" in said
    assert f"方面为“{theme[1]}”；责任单位或配合单位为“{world.unit.name}”；" in said
    assert f"{TODAY.isoformat()}统计为“已销号”" in said
    led = FindingFilters(under_id=world.unit.pk, leader_id=world.leader.person_id)
    said = sheets(written(world, filters=led))["台账"].rows[1][0]
    assert f"责任单位为“{world.unit.name}”及其下属单位；责任领导为“{world.leader.label}”" in said
    due = FindingFilters(light=Light.NONE, light_on=TODAY, due_to=TODAY, lead_unset=True)
    said = sheets(written(world, filters=due))["台账"].rows[1][0]
    lit = f"{TODAY.isoformat()}亮灯为“无整改时限”；整改时限不晚于{TODAY.isoformat()}"
    assert f"尚无责任单位；{lit}" in said
    hidden = FindingFilters(lead_id=world.elsewhere.pk, leader_id=world.stranger.person_id)
    said = sheets(written(world, filters=hidden))["台账"].rows[1][0]
    assert f"责任单位为“{world.elsewhere.pk}”；责任领导为“{world.stranger.person_id}”" in said
    nobody = FindingFilters(theme_id=999_999, unit_id=999_998)
    said = sheets(written(world, filters=nobody))["台账"].rows[1][0]
    assert "方面为“999999”；责任单位或配合单位为“999998”" in said


def test_figures_of_the_file_and_of_all_stand_with_rule_and_rounding(world, mixed):
    book = sheets(written(world, filters=FindingFilters(text="值班")))
    rows = [tuple(row) for row in book["统计"].rows]
    assert ("合计", "1", "各环节之和等于合计") in rows
    assert ("问题总数（不含反弹问题）", "3") in [row[:2] for row in rows]
    rate = next(row for row in rows if row[0] == "销号率")
    assert rate[1] == "0.00%"
    assert rate[2].startswith("0/3。")
    assert "四舍五入" in rate[2]


def test_nobody_takes_away_what_he_may_not_see(world, mixed):
    world.do(
        "finding_restrict",
        world.clerk,
        mixed[1],
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，只限专人知悉和办理。",
    )
    own = written(world, choice=choice_of(SHORT))
    rows = rows_of(sheets(own)["台账"])
    assert [row["知悉范围"] for row in rows] == ["", "限定人员", ""]
    assert "含限定人员知悉的问题" in sheets(own)["台账"].rows[1][0]
    assert [row["知悉范围"] for row in rows_of(sheets(written(world))["问题清单"])] == ["", "限定人员", ""]
    other = open_book(written(world, actor=world.group), name="台账.xlsx")
    text = "\n".join(cell for sheet in other.sheets for row in sheet.rows for cell in row)
    assert "值班制度松散" not in text
    assert "共 2 个问题" in text
    with pytest.raises(InspectionNotFoundError):
        written(world, actor=world.stranger)
    assert Finding.objects.count() == 3


def test_progress_is_told_row_by_row(world, mixed):
    told = []
    written(world, on_row=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_workbook_of_200_takes_as_many_queries_as_one_of_10(world):
    counts = {}
    for rows in (10, 190):
        world.register(*[STATED] * rows)
        with CaptureQueriesContext(connection) as queries:
            written(world)
        counts[rows] = len(queries)
    assert counts[190] <= counts[10] <= 60


def test_a_choice_is_remembered_for_the_person_alone(world):
    assert export_choice(world.clerk) == BookChoice(SHORT_COLUMNS)
    choice = choice_of(CUSTOM, ["due", "title", "no such"], ["tasks", "no such"], is_merged=False)
    assert choice == BookChoice(("place", "number", "due", "title"), (BookSheet.TASKS,), is_merged=False)
    export_choice_save(actor=world.clerk, choice=choice)
    export_choice_save(actor=world.clerk, choice=choice)
    assert export_choice(world.clerk) == choice
    assert export_choice(world.leader) == BookChoice(SHORT_COLUMNS)
    assert str(ExportChoice.objects.get()) == str(world.clerk.person_id)
    assert choice_of(FULL).columns == FULL_COLUMNS
