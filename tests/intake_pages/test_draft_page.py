"""The two panes: the original with what was struck, the structure, one form that works without script."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from intake import notices
from zhenggai.intake import services
from zhenggai.intake.fields import fingerprint
from zhenggai.intake.models import DraftFinding, Intake
from zhenggai.ledger.models import Finding, Inspection

if TYPE_CHECKING:
    from intake.office import Office

Browser = Callable[[str], Client]
TAGS = re.compile(r"<[^>]+>")


def page_of(client: Client, intake: Intake, **query: str) -> str:
    response = client.get(reverse("intake", args=[intake.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def original_of(page: str) -> str:
    return page.split('class="original-text"', 1)[1].split("</section>", 1)[0].split(">", 1)[1]


def form_of(page: str) -> dict[str, str]:
    """The form as a browser without script would send it, without any button."""
    form = page.split('id="draft-form"', 1)[1].split("</form>", 1)[0]
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    }
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        fields[name] = html.unescape(text)
    fields |= dict(re.findall(r'type="date" id="[^"]+" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        fields[name] = html.unescape(chosen[1]) if chosen else ""
    for name, value in re.findall(
        r'<input class="form-control" id="new-[^"]+" name="([^"]+)" value="([^"]*)"', form
    ):
        fields[name] = html.unescape(value)
    return {**fields, "inspection": "new"}


def send(client: Client, intake: Intake, fields: dict[str, str], do: str = "save", **more: str) -> Any:
    return client.post(reverse("intake-save", args=[intake.pk]), {**fields, "do": do, **more})


def quietly(client: Client, intake: Intake, began: dict[str, str], **texts: str) -> Any:
    """A single save as the script sends it."""
    names = {name.replace("__", "-"): text for name, text in texts.items()}
    marks = {name: fingerprint(began.get(name, "")) for name in names}
    return client.post(
        reverse("intake-save", args=[intake.pk]),
        {**names, "began": json.dumps(marks)},
        headers={"accept": "application/json"},
    )


def first_of(intake: Intake) -> DraftFinding:
    return intake.findings.order_by("position")[0]


def test_the_original_stands_whole_with_every_removed_piece_struck(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.NOISY)
    page = page_of(browser("clerk"), intake)
    original = original_of(page)
    struck = re.findall(r'<del class="edit edit-reading" title="([^"]+)">.*?</span>(.*?)</del>', original)
    assert len(struck) == 11
    assert struck[0][1] == "(tǒng)"
    assert all(why for why, _ in struck)
    assert "11 injected readings removed" in page
    assert "1 furniture line removed" in page
    # without what the page adds, every letter of the source is there, in order
    bare = re.sub(
        r'<(span class="visually-hidden"|ins class|a class="to-finding")[^>]*>[^<]*</\w+>', "", original
    )
    bare = re.sub(r"<del[^>]*data-virtual>↵</del>", "", bare)
    lines = [html.unescape(TAGS.sub("", line)) for line in re.findall(r'<p data-at="\d+">(.*?)</p>', bare)]
    assert "\n".join(lines) + "\n" == notices.NOISY


def test_a_script_in_a_notice_is_shown_as_its_letters(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.HOSTILE, "<img src=x onerror=alert(1)>.txt")
    finding = first_of(intake)
    finding.title = '</textarea><script>alert("标题")</script>'
    finding.save()
    client = browser("clerk")
    for page in (
        page_of(client, intake),
        page_of(client, intake, place="0-9", window="1", page="'\"><script>"),
        client.get(reverse("intake-list")).content.decode(),
    ):
        scripts = re.findall(r"<script[^>]*>", page)
        assert all("src=" in script and "alert" not in script for script in scripts)
        assert "<img src=x" not in page
        assert "onclick='x'" not in page
    assert "&lt;script&gt;alert" in original_of(page_of(client, intake))


def test_pages_keep_the_strict_policy_for_what_a_browser_runs(office: Office, browser: Browser) -> None:
    response = browser("clerk").get(reverse("intake", args=[office.receive(notices.CLEAN).pk]))
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert " style=" not in response.content.decode()


def test_every_field_leads_to_its_place_and_the_place_is_marked(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.NOISY)
    client = browser("clerk")
    finding = first_of(intake)
    start, end = finding.spans["title"]
    page = page_of(client, intake)
    assert f'href="?place={start}-{end}#place" data-span="{start}-{end}"' in page
    assert f'data-for="finding-{finding.pk}-title"' in original_of(page)
    sought = page_of(client, intake, place=f"{start}-{end}")
    assert sought.count('id="place"') == 1
    marked = re.findall(r'class="place [^"]*is-here"[^>]*>(.*?)</span></p>', sought)
    assert "學習製" in "".join(marked)
    assert 'id="pane-original" checked' in sought


def test_facts_themes_and_hints_stand_in_the_structure(office: Office, browser: Browser) -> None:
    page = page_of(browser("clerk"), office.receive(notices.CLEAN))
    assert "聚焦主责主业方面</h3>" in page
    assert ">县委第二巡察组</textarea>" in page.replace("\n", "")
    assert 'value="2024-06-12"' in page
    assert "no responsible unit" in page
    assert "Nothing had to be cleaned" in page


def test_the_whole_form_saves_without_script(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    finding = first_of(intake)
    fields = form_of(page_of(client, intake))
    fields[f"finding-{finding.pk}-title"] = "改过的标题"
    fields["document-feedback_on"] = "2024-06-13"
    response = send(client, intake, fields)
    assert response.status_code == 302
    assert "Everything on this page is saved." in client.get(response["Location"]).content.decode()
    intake.refresh_from_db()
    finding.refresh_from_db()
    assert (finding.title, str(intake.feedback_on)) == ("改过的标题", "2024-06-13")
    # what was not touched was not changed
    assert set(finding.edits) == {"title"}


def test_sending_the_form_untouched_changes_nothing(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.NOISY)
    client = browser("clerk")
    send(client, intake, form_of(page_of(client, intake)))
    version = intake.version
    intake.refresh_from_db()
    assert intake.version == version


@pytest.mark.parametrize("verb", ["add-finding", "down", "add-action", "drop-item", "dismiss"])
def test_a_button_keeps_everything_that_was_typed_beside_it(
    office: Office, browser: Browser, verb: str
) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    finding = first_of(intake)
    row = {"down": finding.pk, "add-action": finding.pk, "drop-item": finding.items.all()[0].pk}.get(verb, 0)
    fields = form_of(page_of(client, intake))
    fields[f"finding-{finding.pk}-problem"] = "打了很久的字"
    send(client, intake, fields, f"{verb}:{row}" if row else verb)
    finding.refresh_from_db()
    assert finding.problem == "打了很久的字"


def test_dropping_without_a_reason_says_so_and_keeps_the_page(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    finding = first_of(intake)
    fields = form_of(page_of(client, intake))
    response = send(client, intake, fields, f"drop-finding:{finding.pk}")
    assert response.status_code == 422
    assert "Say why “学习制度落实不够到位” is dropped" in response.content.decode()
    response = send(client, intake, fields, f"drop-finding:{finding.pk}", **{f"reason-{finding.pk}": "重复"})
    assert response["Location"].endswith(f"#finding-{finding.pk}")
    page = page_of(client, intake)
    assert "Dropped by 周示例:" in page
    assert "1 dropped" in page
    send(client, intake, form_of(page), f"restore-finding:{finding.pk}")
    finding.refresh_from_db()
    assert finding.dropped_at is None


def test_a_selection_is_sent_as_a_finding(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.NOISY)
    client = browser("clerk")
    start = notices.NOISY.index("收到反饋")
    fields = form_of(page_of(client, intake))
    send(client, intake, fields, "add-finding", selection_start=str(start), selection_end=str(start + 4))
    assert first_of(intake).title == "收到反馈"
    for wrong in ("x", "-1", "9" * 30):
        send(client, intake, fields, "nonsense:1", selection_start=wrong, selection_end=wrong)


def test_an_unread_stretch_is_assigned_and_taken_back_on_the_page(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.NO_NOTICE)
    client = browser("clerk")
    page = page_of(client, intake)
    assert "No finding was recognised in this document, and none is invented." in page
    assert "1 of 1 wait for a decision" in page
    stretch = intake.unread.get()
    send(client, intake, form_of(page), "add-finding")
    page = page_of(client, intake)
    send(client, intake, form_of(page), f"assign:{stretch.pk}", **{f"target-{stretch.pk}": "measure"})
    assert first_of(intake).items.get().kind == "measure"
    page = page_of(client, intake)
    assert "Assigned by 周示例" in page
    send(client, intake, form_of(page), f"reopen:{stretch.pk}")
    send(client, intake, form_of(page_of(client, intake)), f"own-finding:{stretch.pk}")
    assert intake.findings.count() == 2
    send(client, intake, form_of(page_of(client, intake)), f"reopen:{stretch.pk}")
    send(client, intake, form_of(page_of(client, intake)), f"dismiss:{stretch.pk}")
    assert "Dismissed by 周示例" in page_of(client, intake)


def test_a_field_saves_quietly_and_says_what_is_stored(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    finding = first_of(intake)
    name = f"finding-{finding.pk}-status_text"
    answer = quietly(browser("clerk"), intake, {name: "整改完成"}, **{name.replace("-", "__"): "基本完成"})
    said = answer.json()
    assert said["version"] == said["before"] + 1
    assert said["fields"][name]["state"] == "saved"
    assert said["fields"][name]["began"] == fingerprint("基本完成")
    assert said["fields"][f"finding-{finding.pk}-stated_progress"]["stored"] == "substantially_done"


def test_two_people_at_once_get_a_clear_sentence_and_nothing_typed_is_lost(
    office: Office, browser: Browser
) -> None:
    intake = office.receive(notices.CLEAN)
    finding = first_of(intake)
    name = f"finding-{finding.pk}-title"
    mine, theirs = browser("clerk"), browser("colleague")
    fields = form_of(page_of(mine, intake))
    began = {name: finding.title}
    assert (
        quietly(theirs, intake, began, **{name.replace("-", "__"): "同事改的"}).json()["fields"][name][
            "state"
        ]
        == "saved"
    )
    said = quietly(mine, intake, began, **{name.replace("-", "__"): "我改的"}).json()["fields"][name]
    assert (said["state"], said["stored"]) == ("conflict", "同事改的")
    assert "吴示例 changed “Finding” after you began" in said["sentence"]
    # the same with the whole form: both texts are on the page, and saving again is a decision
    fields[name] = "我改的"
    fields[f"finding-{finding.pk}-problem"] = "另一格照常保存"
    response = send(mine, intake, fields, f"down:{finding.pk}")
    assert response.status_code == 409
    page = response.content.decode()
    assert "我改的</textarea>" in page
    assert "同事改的</span>" in page
    finding.refresh_from_db()
    assert (finding.title, finding.problem, finding.position) == ("同事改的", "另一格照常保存", 0)
    send(mine, intake, form_of(page))
    finding.refresh_from_db()
    assert finding.title == "我改的"


def test_a_refused_field_keeps_its_text_and_says_why(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    fields = form_of(page_of(client, intake))
    fields["document-title"] = "长" * 501
    response = send(client, intake, fields)
    assert response.status_code == 422
    page = response.content.decode()
    assert "has 501 characters and takes 500" in page
    assert "长" * 501 in page


@pytest.mark.parametrize("began", ["", "[]", "{", '{"document-title": 3}', "null"])
def test_a_form_that_does_not_say_what_it_showed_overwrites_nothing(
    office: Office, browser: Browser, began: str
) -> None:
    intake = office.receive(notices.CLEAN)
    response = send(browser("clerk"), intake, {"began": began, "document-title": "盖掉"})
    assert response.status_code == 302
    intake.refresh_from_db()
    assert intake.title != "盖掉"


def test_a_save_into_a_confirmed_draft_says_where_it_went(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("colleague")
    fields = form_of(page_of(client, intake))
    confirmed = office.confirm(intake)
    fields["document-title"] = "晚了一步"
    response = send(client, intake, fields)
    assert response["Location"] == reverse("inspection", args=[confirmed.inspection_id])
    assert "a draft becomes a ledger once" in client.get(response["Location"]).content.decode()
    answer = quietly(client, intake, {"document-title": intake.title}, document__title="又一次")
    assert answer.status_code == 409
    assert "a draft becomes a ledger once" in answer.json()["sentence"]
    page = page_of(client, intake)
    assert "confirmed this document on" in page
    assert "draft-form" not in page


def test_the_form_confirms_what_it_saves(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    fields = form_of(page_of(client, intake))
    fields[f"finding-{first_of(intake).pk}-title"] = "确认前改的标题"
    fields["new_title"] = "云山县示例局巡察整改"
    response = client.post(reverse("intake-confirm", args=[intake.pk]), fields)
    intake.refresh_from_db()
    assert response["Location"] == reverse("inspection", args=[intake.inspection_id])
    assert Finding.objects.order_by("position")[0].title == "确认前改的标题"
    page = client.get(response["Location"]).content.decode()
    assert "2 findings are in the ledger" in page
    # the second click of a double click
    again = client.post(reverse("intake-confirm", args=[intake.pk]), fields)
    assert again["Location"] == response["Location"]
    assert "Nothing was written a second time." in client.get(again["Location"]).content.decode()
    assert Finding.objects.count() == 2


def test_the_inspecting_body_is_named_where_it_works_here(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    # nobody is asked to choose from an empty list
    assert "new_body" not in form_of(page_of(client, intake))
    body = office.inspecting_body("云山县委巡察示例办")
    fields = form_of(page_of(client, intake))
    assert fields["new_body"] == ""
    fields["new_title"] = "云山县示例局巡察整改"
    for other in (office.organisation_id, 9999):
        response = client.post(
            reverse("intake-confirm", args=[intake.pk]), {**fields, "new_body": str(other)}
        )
        assert response.status_code == 422
        assert "That is no inspecting body that works here" in response.content.decode()
        assert not Inspection.objects.exists()
    fields["new_body"] = str(body)
    assert client.post(reverse("intake-confirm", args=[intake.pk]), fields).status_code == 302
    assert Inspection.objects.get().inspector_organisation_id == body


def test_kind_and_profile_are_proposed_by_what_the_document_says(office: Office, browser: Browser) -> None:
    client = browser("clerk")
    inspection = form_of(page_of(client, office.receive(notices.CLEAN)))
    assert inspection["new_kind"] == "inspection"
    audit = office.receive(notices.CLEAN.replace("县委第二巡察组", "县审计组"))
    office.do(
        services.draft_fields_save,
        audit,
        changes={"document-inspector": services.Change("云山县审计局", fingerprint(audit.inspector))},
    )
    page = page_of(client, audit)
    proposed = form_of(page)
    assert proposed["new_kind"] == "audit"
    assert proposed["new_profile"] != inspection["new_profile"]
    assert re.search(
        rf'<option value="{proposed["new_profile"]}" selected>Default rules: audit</option>', page
    )
    # what no kind has of its own is proposed by script as the kind is chosen
    said = re.search(r'data-proposes="([^"]*)" data-proposes-to="new_profile"', page)[1]
    table = json.loads(html.unescape(said))
    assert str(table["audit"]) == proposed["new_profile"]
    assert table["other"] == table["inspection"] == int(inspection["new_profile"])


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"new_title": " "}, 422, "The new inspection needs a title"),
        ({"new_kind": "picnic"}, 422, "is no kind of inspection"),
        ({"new_feedback_on": "2024-13-01"}, 422, "is no day of the calendar"),
        ({"new_subject": ""}, 422, "Choose the organisation"),
        ({"new_kind": "audit"}, 422, "and this inspection is of the kind “audit”"),
        ({"new_profile": "9999"}, 404, "no such profile among"),
        ({"new_profile": "x"}, 404, "no such profile among"),
        ({"version": "1"}, 409, "was changed by somebody else"),
        ({"version": ""}, 409, "was changed by somebody else"),
        ({"inspection": "999"}, 404, "no such inspection"),
    ],
)
def test_a_refused_confirmation_keeps_the_form_and_writes_nothing(
    office: Office, browser: Browser, change: dict[str, str], status: int, sentence: str
) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    fields = {**form_of(page_of(client, intake)), "new_title": "打好的标题", **change}
    response = client.post(reverse("intake-confirm", args=[intake.pk]), fields)
    page = response.content.decode()
    assert response.status_code == status
    assert sentence in page
    assert fields["new_title"] in page
    assert Finding.objects.count() == 0


def test_a_long_notice_makes_a_page_of_bounded_size(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.long_notice(400))
    client = browser("clerk")
    page = page_of(client, intake)
    assert len(page.encode()) < 700_000
    assert page.count('<article class="finding') == 20
    assert "1–20 of 400" in page
    last = intake.findings.order_by("-position")[0]
    elsewhere = page_of(client, intake, finding=str(last.pk))
    assert f'id="finding-{last.pk}"' in elsewhere
    start, end = last.spans["title"]
    sought = page_of(client, intake, place=f"{start}-{end}")
    assert f'data-for="finding-{last.pk}-title"' in original_of(sought)
    windows = intake.windows.count()
    assert windows > 2
    assert f"part {windows} of {windows}" in page_of(client, intake, window="99999")
    fragment = client.get(reverse("intake-source", args=[intake.pk]), {"window": "2"}).content.decode()
    assert "<html" not in fragment
    assert "part 2 of" in fragment


@pytest.mark.parametrize(
    "query", [{"place": "9-1"}, {"place": "x"}, {"window": "0"}, {"finding": "77"}, {"page": "-3"}]
)
def test_an_odd_address_shows_the_page_all_the_same(
    office: Office, browser: Browser, query: dict[str, str]
) -> None:
    assert page_of(browser("clerk"), office.receive(notices.CLEAN), **query)


def test_a_page_takes_as_many_queries_for_many_findings_as_for_few(office: Office, browser: Browser) -> None:
    from django.db import connection  # noqa: PLC0415 - only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - only here

    client = browser("clerk")
    counts = []
    for findings in (1, 20, 60):
        intake = office.receive(notices.long_notice(findings))
        with CaptureQueriesContext(connection) as captured:
            page_of(client, intake)
        counts.append(len(captured))
    assert len(set(counts)) == 1
    # one of them counts the unread notices in the header, two ask for profiles and which is likely,
    # one for the bodies that inspect
    assert counts[0] <= 25


def test_every_field_says_by_which_rule_it_was_read(browser: Browser, office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    name = f"finding-{finding.pk}-status_text"
    page = page_of(browser("clerk"), intake)
    assert f'aria-describedby="rule-{name}"' in page
    assert f'<span class="field-why" id="rule-{name}">Stands after the label “整改进度”.</span>' in page
    described = set(re.findall(r'aria-describedby="(rule-[^"]+)"', page))
    assert described == set(re.findall(r'class="field-why" id="([^"]+)"', page))
    # an empty field was read by nothing
    assert f"rule-finding-{finding.pk}-lead_unit" not in page
    client = browser("clerk")
    send(client, intake, {**form_of(page), name: "正在整改"})
    assert f'id="rule-{name}">Entered by 周示例.</span>' in page_of(client, intake)


def test_corrections_are_made_with_plain_buttons_and_undone(browser: Browser, office: Office) -> None:
    intake = office.receive(notices.long_notice(3))
    client = browser("clerk")
    first, second, third = intake.findings.order_by("position")

    def press(do: str, **more: str) -> Any:
        return send(client, intake, form_of(page_of(client, intake)), do, **more)

    assert press(f"merge-next:{first.pk}").url.endswith(f"#finding-{first.pk}")
    assert intake.findings.filter(dropped_at__isnull=True).count() == 2
    assert "two findings were merged (周示例)" in page_of(client, intake)
    assert press("undo").status_code == 302
    press(f"merge-with:{first.pk}", **{f"merge-with-{first.pk}": str(third.pk)})
    third.refresh_from_db()
    assert third.dropped_at is not None
    press("undo")
    press(f"place:{third.pk}", **{f"place-{third.pk}": "1"})
    assert intake.findings.order_by("position")[0] == third
    press(f"split:{first.pk}", **{f"split-{first.pk}": "落实不够到位"})
    first.refresh_from_db()
    assert first.title == "示例事项第1项"
    press(f"theme-to-group:{second.pk}")
    second.refresh_from_db()
    assert (second.theme, second.group) == ("", "聚焦主责主业方面")
    item = second.items.order_by("position")[0]
    press(f"turn-item:{item.pk}")
    item.refresh_from_db()
    assert item.kind == "measure"
    press(f"split-item:{item.pk}", **{f"split-item-{item.pk}": "2项"})
    assert second.items.filter(kind="measure").count() == 2


def test_a_refused_correction_says_why_and_keeps_what_was_typed(browser: Browser, office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    client = browser("clerk")
    first = intake.findings.order_by("position")[0]
    fields = form_of(page_of(client, intake))
    refused = send(client, intake, fields, f"split:{first.pk}", **{f"split-{first.pk}": "没有这些字"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "give the first words of the second part" in page
    assert 'value="没有这些字"' in page
    # somebody else types: a page shown before is told so, and nothing is merged
    other = form_of(page_of(browser("colleague"), intake))
    send(browser("colleague"), intake, {**other, f"finding-{first.pk}-problem": "同事补的话"})
    late = send(client, intake, {**fields, f"finding-{first.pk}-title": "我写的"}, f"merge-next:{first.pk}")
    assert late.status_code == 409
    assert "changed “我写的” after this page was shown" in late.content.decode()
    first.refresh_from_db()
    assert (first.title, first.problem) == ("我写的", "同事补的话")
    nothing = send(client, intake, form_of(page_of(client, intake)), "undo")
    assert nothing.status_code == 409
    assert intake.findings.filter(dropped_at__isnull=False).count() == 0
