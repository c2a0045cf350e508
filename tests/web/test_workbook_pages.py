"""The pages of a workbook handed in: its sheet beside the draft, mapping, problems of cells, the trial."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from reading.workbook.bookmaking import Page, xlsx
from reading.workbook.seeded import seeded
from web.world import World
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.intake.models import DraftFinding, HeaderMapping, Intake
from zhenggai.intake.services import NewInspection, intake_confirm, intake_receive
from zhenggai.ledger import services
from zhenggai.ledger.models import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

SHEET = "台'\"<b>&账"
ROWS: list[list[Any]] = [
    ["云山县示例局整改台账"],
    ["序号", "问题类别", "问题", "底稿丙", "责任单位", "整改时限"],
    [1, "党的领导", "台账<script>alert(1)</script>不完整", "已补登3册", "财务科", "尽快"],
    [2, None, "会议记录不完整", "已补记2次", None, "2031年6月30日"],
    [3, None, "采购办法未修订", "已修订", "办公室", "2031年6月30日"],
]


def handed_in(world: World, data: bytes | None = None, name: str = "台账.xlsx") -> Intake:
    if data is None:
        page = Page(SHEET, ROWS, merged=[(0, 0, 0, 5), (2, 1, 4, 1)], hidden_rows=[3], hidden_columns=[5])
        data = xlsx(page, Page("空", []))
    receipt = intake_receive(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        organisation_id=world.organisations["示例局"],
        content=data,
        name=name,
    )
    assert receipt.intake.state == "draft", receipt.intake.failure
    return receipt.intake


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_sheet_stands_beside_the_draft_with_letters_numbers_and_merged_cells(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    page = text(browser("clerk"), f"/intake/{intake.pk}/")
    assert '<table class="sheet-grid">' in page
    assert '<th scope="col">C</th>' in page
    assert '<th scope="col" class="is-hidden" title="hidden in the workbook">F</th>' in page
    assert ' colspan="6"' in page
    assert ' rowspan="3"' in page
    assert '<tr class="is-hidden"><th scope="row" title="hidden in the workbook">4' in page
    assert "<script>alert(1)" not in page
    assert "台账&lt;script&gt;alert(1)&lt;/script&gt;不完整" in page
    assert "台&#x27;&quot;&lt;b&gt;&amp;账" in page
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", page)
    # every field names its cell
    assert re.search(r'class="to-place to-cell"[^>]*>C3</a>', page)
    assert re.search(r'class="to-place to-cell"[^>]*>E3</a>', page)


def test_a_place_or_a_cell_is_pointed_out_and_its_whole_text_shown(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    clerk = browser("clerk")
    finding = DraftFinding.objects.filter(intake=intake).order_by("position")[1]
    start, end = finding.spans["title"][:2]
    page = text(clerk, f"/intake/{intake.pk}/source/?place={start}-{end}")
    assert page.count('id="place"') == 1
    assert f"{SHEET.translate(ESCAPED)}!C4" in page
    assert '<div class="cell-words" tabindex="0">会议记录不完整</div>' in page
    empty = text(clerk, f"/intake/{intake.pk}/source/?cell=1!E4")
    assert '<td class="is-here' in empty
    assert f"{SHEET.translate(ESCAPED)}!E4" in empty
    # what is not there is no fault
    for query in (
        "cell=9!A1",
        "cell=1!ZZ99999",
        "place=999999-9999999",
        "window=99",
        "cell=1!A1:A3",
        "place=x",
    ):
        assert clerk.get(f"/intake/{intake.pk}/source/?{query}").status_code == 200


ESCAPED = str.maketrans({"'": "&#x27;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "&": "&amp;"})


def test_the_mapping_page_shows_values_and_why_and_marks_what_to_look_at(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    page = text(browser("clerk"), f"/intake/{intake.pk}/mapping/")
    assert "已补登3册" in page
    rows = re.findall(r'<tr class="is-doubtful">.*?</tr>', page, re.DOTALL)
    assert len(rows) == 1
    assert "底稿丙" in rows[0]
    assert "The name is not known; the column is kept as it is printed." in rows[0]
    assert page.index("底稿丙") < page.index("序号")
    assert "The names stand in row" in page


def test_a_saved_mapping_reads_anew_and_is_said_to_be_used_the_next_time(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    clerk = browser("clerk")
    address = f"/intake/{intake.pk}/mapping/"
    form = {
        "version": intake.version,
        "sheet": 1,
        "kind-0": "ledger",
        "kind-1": "other",
        "header_first": 2,
        "header_last": 2,
        "role-3": "result",
        "do": "save",
    }
    done = clerk.post(address, form, follow=True)
    assert "The document has been read anew by this mapping: 3 findings." in done.content.decode()
    assert list(
        DraftFinding.objects.filter(intake=intake).order_by("position").values_list("result", flat=True)
    ) == ["已补登3册", "已补记2次", "已修订"]
    assert "chose this mapping on" in done.content.decode()
    assert 'class="is-doubtful"' not in done.content.decode()
    following = handed_in(world, xlsx(Page("六月", [["别的台账"], *ROWS[1:]])), "六月.xlsx")
    page = text(clerk, f"/intake/{following.pk}/mapping/")
    assert "The mapping of last time was used:" in page
    back = clerk.post(
        f"/intake/{following.pk}/mapping/", {"version": following.version, "do": "guess"}, follow=True
    )
    assert "The mapping of last time was used:" not in back.content.decode()
    assert not HeaderMapping.objects.exists()


def test_work_on_the_draft_is_lost_only_when_that_is_ticked(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    clerk = browser("clerk")
    finding = DraftFinding.objects.filter(intake=intake).order_by("position")[0]
    clerk.post(
        f"/intake/{intake.pk}/save/",
        {
            "version": intake.version,
            "do": f"drop-finding:{finding.pk}",
            f"reason-{finding.pk}": "不属于本次反馈的内容",
        },
    )
    intake.refresh_from_db()
    address = f"/intake/{intake.pk}/mapping/"
    form = {"version": intake.version, "sheet": 1, "kind-0": "ledger", "role-3": "result", "do": "save"}
    refused = clerk.post(address, form)
    assert refused.status_code == 409
    assert "People changed 1 parts of the draft" in refused.content.decode()
    assert 'name="may_lose"' in refused.content.decode()
    # what was chosen still stands in the form
    assert re.search(r'name="role-3".*?<option value="result" selected>', refused.content.decode(), re.DOTALL)
    assert DraftFinding.objects.filter(intake=intake, dropped_at__isnull=False).count() == 1
    assert clerk.post(address, {**form, "may_lose": "yes"}).status_code == 302
    assert DraftFinding.objects.filter(intake=intake, dropped_at__isnull=False).count() == 0


@pytest.mark.parametrize("kind", ["csv", "txt"])
def test_all_problems_are_told_with_cell_value_rule_and_repair_and_taken_away(
    world: World, browser: Callable[[str], Client], kind: str
) -> None:
    data, known = seeded()
    intake = handed_in(world, data)
    clerk = browser("clerk")
    page = text(clerk, f"/intake/{intake.pk}/issues/")
    answer = clerk.get(f"/intake/{intake.pk}/issues.{kind}")
    whole = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    for code, sheet, cell, _value in known:
        assert f"{sheet}!{cell}" in page
        assert code in page
        assert (f"{sheet},{cell}," if kind == "csv" else f"{sheet}!{cell}") in whole
    assert len(whole.splitlines()) == len(known) + (kind == "csv")
    one = text(clerk, f"/intake/{intake.pk}/issues/?rule=date_impossible&kind=error&sheet=1")
    assert one.count("issue-code") == 1
    assert "No problem is meant by these filters." in text(
        clerk, f"/intake/{intake.pk}/issues/?rule=date_impossible&kind=question"
    )


def test_the_problems_of_a_finding_stand_beside_it_and_in_the_sheet(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    page = text(browser("clerk"), f"/intake/{intake.pk}/")
    assert 'class="has-error" title="A deadline or day is a date' in page
    assert "1 problem in its cells" in page
    assert 'href="?cell=1%21F3#place">F3</a>' in page


def test_the_trial_says_what_would_be_entered_and_what_not(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    page = text(browser("clerk"), f"/intake/{intake.pk}/trial/")
    assert "Column “底稿丙”" in page
    assert "1 finding names no responsible unit." in page
    assert "To the draft and its confirmation" in page


def test_a_notice_has_no_sheets(world: World, browser: Callable[[str], Client]) -> None:
    notice = handed_in(world, "关于整改的通报\n\n（一）示例问题一\n已完成整改。\n".encode(), "通报.txt")
    for page in ("mapping", "issues", "trial"):
        refused = browser("clerk").get(f"/intake/{notice.pk}/{page}/")
        assert refused.status_code == 409
        assert "is not kept as sheets of cells" in refused.content.decode()


def test_the_page_of_a_long_workbook_asks_as_often_as_that_of_a_short_one(
    world: World, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    rows = [
        ["序号", "问题", "整改措施", "责任单位"],
        *([n, f"第{n}项示例问题", "补齐", ""] for n in range(1, 400)),
    ]
    intake = handed_in(world, xlsx(Page("台账", rows)))
    clerk = browser("clerk")
    with django_assert_max_num_queries(45):
        page = text(clerk, f"/intake/{intake.pk}/?page=15")
    assert "第281项示例问题" in page
    with django_assert_max_num_queries(20):
        text(clerk, f"/intake/{intake.pk}/issues/?page=3")


@pytest.mark.parametrize(
    "page",
    [
        Page("一列", [["问题"], ["甲"], ["乙"]]),
        Page("宽", [["序号", "问题", *[f"列{n}" for n in range(400)]], [1, "示例问题", *["值"] * 400]]),
        Page("长", [["序号", "问题", "整改措施"], [1, "字" * 32_767, "改"]]),
    ],
    ids=["one column", "400 columns", "32,767 characters"],
)
def test_strange_workbooks_have_their_pages(
    world: World, browser: Callable[[str], Client], page: Page
) -> None:
    intake = handed_in(world, xlsx(page))
    for address in ("", "mapping/", "issues/", "trial/", "source/?cell=1!A1"):
        assert browser("clerk").get(f"/intake/{intake.pk}/{address}").status_code == 200


def test_the_workbook_with_its_cells_marked_is_taken_away(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world, seeded()[0], "六月 台账.xlsx")
    clerk = browser("clerk")
    early = clerk.get(f"/intake/{intake.pk}/marked/")
    assert early.status_code == 409
    assert "is still being made" in early.content.decode()
    answer = clerk.post(f"/intake/{intake.pk}/mark/", follow=True)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert "marked.xlsx" in answer["Content-Disposition"]
    assert f"/intake/{intake.pk}/marked/" in text(clerk, f"/intake/{intake.pk}/issues/")


def test_a_large_marked_workbook_is_offered_once_a_job_has_made_it(
    world: World, browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhenggai.intake.services.marking.AT_ONCE_MARKS", 1)
    intake = handed_in(world, seeded()[0])
    page = browser("clerk").post(f"/intake/{intake.pk}/mark/", follow=True).content.decode()
    assert "The marked copy is being made; this page offers it as soon as it is there." in page
    assert "Look again" in page


def confirmed(world: World) -> tuple[Any, Any]:
    """A workbook taken into a ledger of its own: its document, and a finding of it."""
    intake = handed_in(world)
    made = intake_confirm(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        intake_id=intake.pk,
        version=intake.version,
        new=NewInspection(
            title="云山县示例局专项检查", kind="inspection", subject_id=world.organisations["示例局"]
        ),
        dismiss_rest=True,
    )
    assert made.findings == 3
    finding = Finding.objects.get(title="会议记录不完整")
    return finding.document, finding


def test_the_ledger_leads_back_to_sheet_and_cell(world: World, browser: Callable[[str], Client]) -> None:
    document, finding = confirmed(world)
    measure_place = f"?start={finding.span_start}&end={finding.span_end}"
    page = text(browser("clerk"), f"/documents/{document.pk}/{measure_place}")
    # the finding stands in a whole row
    assert f"{SHEET.translate(ESCAPED)}!A4:F4</span>" in page
    assert "2 ｜ 会议记录不完整 ｜ 已补记2次 ｜ 2031年6月30日" in page
    assert re.search(r'class="place is-here"><span id="place"', page)
    assert "会议记录不完整" in page
    assert '<table class="sheet-grid">' in page
    assert "has-error" not in page
    assert text(browser("clerk"), f"/documents/{document.pk}/?part=7").count("sheet-grid") == 1
    assert browser("other-leader").get(f"/documents/{document.pk}/").status_code == 404


def test_what_is_kept_from_somebody_is_blacked_out_in_the_sheet_too(
    world: World, browser: Callable[[str], Client]
) -> None:
    document, finding = confirmed(world)
    services.finding_restrict(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        finding_id=finding.pk,
        version=finding.version,
        kind=RestrictionKind.NAMED_PERSONS,
        reason="涉及具体人员，只限专人知悉。",
    )
    place = f"?start={finding.span_start}&end={finding.span_end}"
    assert "会议记录不完整" in text(browser("clerk"), f"/documents/{document.pk}/{place}")
    page = text(browser("auditor"), f"/documents/{document.pk}/{place}")
    assert "会议记录不完整" not in page
    assert "已补记2次" not in page
    assert "█" in page


def test_a_hostile_form_gets_a_sentence_and_changes_nothing(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake = handed_in(world)
    clerk = browser("clerk")
    form = {"version": intake.version, "sheet": 1, "kind-0": "ledger", "do": "save"}
    before = Intake.objects.filter(pk=intake.pk).values().get()
    for change in (
        {"kind-0": "\x00<b>"},
        {"kind-99": "ledger"},
        {"role-0": "\x00"},
        {"role-9999": "result"},
        {"role-0": "字" * 100_000},
        {"header_first": "9999999", "header_last": "9999999"},
        {"header_first": "4", "header_last": "1"},
        {"header_first": "0"},
        {"version": "99999999999999"},
        {"version": "x"},
    ):
        answer = clerk.post(f"/intake/{intake.pk}/mapping/", {**form, **change})
        assert answer.status_code in {409, 422}, change
        assert "note-sentence" in answer.content.decode()
        assert Intake.objects.filter(pk=intake.pk).values().get() == before
    # what names nothing is not looked at
    odd = {"sheet": "9999999", "role-x": "result", "kind-": "ledger", "header_first": "二", "do": "<b>"}
    assert clerk.post(f"/intake/{intake.pk}/mapping/", {**form, **odd}).status_code == 302
    for query in ("sheet=9999999", "sheet=-1", "rule=<b>", "kind=x", "page=x", "page=99999"):
        for page in ("mapping", "issues", "trial"):
            assert clerk.get(f"/intake/{intake.pk}/{page}/?{query}").status_code == 200
