"""Drafts of reports on a bad line, in a real browser: no word is lost, and none is shown to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.hands import answered, send
from web.house import House, standing
from web.world import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Request, Route

pytestmark = pytest.mark.chromium

FINDING = "/findings/3/"
FORM = "#progress-report"
NARRATIVE = f"{FORM} [name=narrative]"
STATE = f"{FORM} [data-draft-state]"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with standing("pages_server.py") as house:
        yield house


def write(page: Page, text: str) -> None:
    page.evaluate(f"document.querySelector('{FORM}').closest('details').open = true")
    page.fill(NARRATIVE, text)


def says(page: Page, text: str) -> None:
    page.wait_for_selector(f"{STATE}:has-text('{text}')")


def stored_here(page: Page) -> str:
    said: str = page.evaluate("JSON.stringify(localStorage)")
    return said


def test_what_is_typed_without_a_line_is_saved_once_it_is_back(house: House) -> None:
    page = house.enter("handler", FINDING, width=390)
    page.context.set_offline(True)
    write(page, "断线时写的进展")
    says(page, "网络")
    assert "断线时写的进展" in stored_here(page)
    page.context.set_offline(False)
    says(page, "草稿")
    assert stored_here(page) == "{}"
    # the same person at another machine goes on with it
    elsewhere = house.enter("handler", FINDING)
    assert elsewhere.input_value(NARRATIVE) == "断线时写的进展"
    assert house.faults == []
    elsewhere.context.close()
    page.context.close()


def test_a_report_sent_into_a_broken_line_is_back_on_the_page_and_gone_once_it_arrived(house: House) -> None:
    page = house.enter("handler", FINDING, width=390)
    address = page.url
    write(page, "已核对台账三年，差错已更正。")
    page.select_option(f"{FORM} [name=progress]", "in_progress")
    page.context.set_offline(True)
    page.click(f"{FORM} button:has-text('填报进展')")
    # said beside the form, which keeps its words
    page.wait_for_selector(f"{FORM} .note-local:has-text('网络')")
    assert page.input_value(NARRATIVE) == "已核对台账三年，差错已更正。"
    page.context.set_offline(False)
    page.goto(address)
    assert page.is_visible(NARRATIVE)
    assert page.input_value(NARRATIVE) == "已核对台账三年，差错已更正。"
    assert page.input_value(f"{FORM} [name=progress]") == "in_progress"
    page.click(f"{FORM} button:has-text('填报进展')")
    page.wait_for_selector(".note-success")
    assert "已核对台账三年，差错已更正。" in (page.locator("main").text_content() or "")
    assert page.input_value(NARRATIVE) == ""
    assert stored_here(page) == "{}"
    page.context.close()


def test_a_form_is_answered_in_place_and_what_is_typed_elsewhere_stays(house: House) -> None:
    page = house.enter("handler", FINDING)
    page.evaluate("document.body.dataset.first = 'yes'")
    page.evaluate("document.querySelector('#evidence-add').closest('details').open = true")
    page.fill("#evidence-add [name=title]", "半途写的标题")
    raise_ = "#situation-raise"
    page.evaluate(f"document.querySelector('{raise_}').closest('details').open = true")
    # a refusal stands in the form, with the words kept and the focus on it
    page.evaluate(f"document.querySelector('{raise_}').noValidate = true")
    send(page, page.locator(f"{raise_} button[type=submit]"))
    assert page.locator(f"{raise_} #refusal").count() == 1
    assert page.evaluate("document.activeElement.id") == "refusal"
    page.fill(f"{raise_} [name=text]", "库房被占用，无法清点。")
    send(page, page.locator(f"{raise_} button[type=submit]"))
    # done: said in the part of the page that changed, and to whoever listens; the page is still the same one
    assert page.locator("#progress .note-success").count() == 1
    assert page.evaluate("document.activeElement.id") == "progress"
    page.wait_for_selector("#said:not(:empty)", state="attached")
    assert page.input_value("#evidence-add [name=title]") == "半途写的标题"
    assert page.is_visible("#evidence-add [name=title]")
    _what_was_refused_stays(page)
    assert page.input_value(f"{raise_} [name=text]") == ""
    assert page.evaluate("document.body.dataset.first") == "yes"
    assert page.url.endswith(FINDING)
    # what another did meanwhile is told, and shown on demand
    other = house.enter("head", FINDING)
    other.evaluate("document.querySelector('#comment').closest('details').open = true")
    other.fill("#comment [name=text]", "请先清点。")
    send(other, other.locator("#comment button[type=submit]"))
    assert other.locator("#comments .note-success").count() == 1
    page.evaluate("document.dispatchEvent(new Event('zhenggai:look'))")
    page.click("#news [data-news-show]")
    page.wait_for_selector("#comments:has-text('请先清点。')")
    assert page.input_value("#evidence-add [name=title]") == "半途写的标题"
    # a condition opens its form beside itself, and the form goes home when it is folded
    page.click("#gates .gate-remedy >> nth=0")
    lent = page.locator("#gates details.act")
    assert lent.count() == 1
    lent.locator("summary").click()
    page.wait_for_selector("#gates details.act", state="detached")
    assert house.faults == []
    other.context.close()
    page.context.close()


def _what_was_refused_stays(page: Page) -> None:
    """A refused form, its words and the file kept for it, while another form is answered."""
    form = "#evidence-add"
    file = {"name": "清点表.txt", "mimeType": "text/plain", "buffer": b"12"}
    page.set_input_files(f"{form} [name=file]", [file])
    page.evaluate(f"document.querySelector('{form}').noValidate = true")
    page.evaluate(f"document.querySelector('{form} [name=version]').value = 0")
    send(page, page.locator(f"{form} button[type=submit]"))
    assert page.locator(f"{form} #refusal").count() == 1
    assert page.is_visible(f"{form} .kept")
    mark = page.input_value(f"{form} [name=kept]")
    page.evaluate("document.querySelector('#comment').closest('details').open = true")
    page.fill("#comment [name=text]", "清点表随后补交。")
    # whoever writes elsewhere meanwhile goes on writing there
    page.evaluate(
        """() => {
            document.querySelector('#comment').requestSubmit();
            const title = document.querySelector('#evidence-add [name=title]');
            title.focus();
            title.setSelectionRange(2, 2);
        }"""
    )
    page.wait_for_selector("#comments .note-success")
    page.wait_for_function("document.activeElement.name === 'title'")
    page.keyboard.type("又")
    assert page.input_value(f"{form} [name=title]") == "半途又写的标题"
    assert page.input_value(f"{form} [name=kept]") == mark
    assert page.is_visible(f"{form} .kept")
    page.fill(f"{form} [name=title]", "半途写的标题")
    # of two on their way the one answered last is shown too, and until then stays as it was sent
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/comments/**", hold)
    page.evaluate("document.querySelector('#comment').closest('details').open = true")
    page.fill("#comment [name=text]", "慢线上的一句话。")
    with page.expect_request("**/comments/**"):
        page.evaluate("document.querySelector('#comment').requestSubmit()")
    page.evaluate("document.querySelector('#situation-raise').closest('details').open = true")
    page.fill("#situation-raise [name=text]", "钥匙由物业保管。")
    send(page, page.locator("#situation-raise button[type=submit]"))
    assert page.get_attribute("#comment", "data-sent") == "yes"
    assert page.input_value("#comment [name=text]") == "慢线上的一句话。"
    with answered(page):
        held[0].continue_()
    page.unroute("**/comments/**")
    assert "慢线上的一句话。" in (page.text_content("#comments") or "")
    assert page.input_value("#comment [name=text]") == ""


def test_the_next_person_at_the_same_browser_sees_nothing_of_it(house: House) -> None:
    page = house.enter("handler", FINDING)
    page.context.set_offline(True)
    write(page, "只给自己看的草稿")
    says(page, "网络")
    page.context.set_offline(False)
    page.route("**/progress-draft/", lambda route: route.abort("connectionfailed"))
    page.context.clear_cookies(name="sessionid")
    page.goto(house.address + "/sign-in/")
    page.fill("[name=username]", "head")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{house.address}/")
    page.goto(house.address + FINDING)
    assert "只给自己看的草稿" not in page.content()
    assert page.input_value(NARRATIVE) == ""
    page.context.close()


def test_a_draft_that_the_server_refuses_says_that_it_is_not_saved(house: House) -> None:
    page = house.enter("handler", FINDING)
    page.route("**/progress-draft/", lambda route: route.fulfill(status=403))
    write(page, "任职已结束的人写的")
    says(page, "未能保存")
    assert "任职已结束的人写的" in stored_here(page)
    # where a photo is chosen, the draft is the words alone
    page.goto(house.address + FINDING + "report/")
    page.set_input_files(
        "#report [name=file]", [{"name": "现场.txt", "mimeType": "text/plain", "buffer": b"1"}]
    )

    def has_words(request: Request) -> bool:
        return "progress-draft" in request.url and "现场已清点".encode() in (request.post_data_buffer or b"")

    with page.expect_request(has_words) as sent:
        page.fill("#report [name=narrative]", "现场已清点")
    assert b"filename=" not in (sent.value.post_data_buffer or b"")
    page.context.close()
