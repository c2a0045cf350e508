"""Evidence on the pages: what it says that it proves, where the same file stands, who reads what of it."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image
from reportlab.pdfgen import canvas

from web.world import World
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.proving import DealtWith
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.files import previews
from zhenggai.files.texts import blob_text_take
from zhenggai.ledger import services
from zhenggai.web.forms.proving import EvidenceForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def proof(world: World, place: int, **changes: Any) -> dict[str, Any]:
    return {
        "version": world.finding(place).version,
        "title": "处理示例决定",
        "document_number": "云示纪〔2026〕7号",
        "issuer": "云山县示例纪委",
        "proves": "责任人员已经处理。",
        "proves_on": "2026-09-01",
        "kind": "decision",
        "file": SimpleUploadedFile("决定.txt", "虚构材料".encode()),
        **changes,
    }


def filed(world: World, browser: Callable[[str], Client], place: int, **changes: Any) -> Any:
    pk = world.finding_ids[place]
    data = proof(world, place, **changes)
    return browser("handler").post(f"/findings/{pk}/evidence-add/", data, follow=True)


def test_a_piece_is_filed_with_what_it_proves_and_the_page_says_so_at_each_place(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = world.finding(2)
    measure, criterion = row.measures.all()[0], row.criteria.all()[0]
    people = "张某某 诫勉\r\n\r\n李某某：disciplined by party or administration"
    page = text_of(
        filed(
            world,
            browser,
            2,
            measure_ids=[measure.pk],
            criterion_ids=[criterion.pk],
            people=people,
        )
    )
    assert "The evidence is filed." in page
    assert "云示纪〔2026〕7号 · 云山县示例纪委" in page
    assert f'href="/findings/{row.pk}/#measure-{measure.pk}">proves the measure “{measure.text[:10]}' in page
    assert (
        f'href="/findings/{row.pk}/#criterion-{criterion.pk}">proves the criterion “{criterion.text[:10]}'
        in page
    )
    assert "张某某: admonished" in page
    assert "李某某: disciplined by party or administration" in page
    evidence = max(world.finding(2).evidence.all(), key=lambda each: each.pk)
    # at the measure and at the criterion, and in the history
    assert page.count(f'href="#evidence-{evidence.pk}"') >= 2
    assert "张某某 admonished, 李某某 disciplined by party or administration" in page


def test_people_are_read_from_lines_or_the_line_is_named(world: World) -> None:
    typed = {"version": 1, "people": "张某某：批评教育\n  王某某 移交 \nZ. S. — admonished"}
    with override("zh-hans"):
        assert EvidenceForm.base_fields["people"].clean(typed["people"].replace("admonished", "诫勉")) == (
            DealtWith("张某某", OutcomeKind.CRITICISM),
            DealtWith("王某某", OutcomeKind.TRANSFERRED),
            DealtWith("Z. S.", OutcomeKind.ADMONITION),
        )
    with override("en"):
        form = EvidenceForm({"version": 1, "people": "张某某 admonished\n李某某"})
        assert "Line 2 of “People dealt with” does not end with what was done" in str(form.errors["people"])
        assert "Line 1" in str(EvidenceForm({"version": 1, "people": "admonished"}).errors["people"])


def test_a_number_of_a_person_is_refused_and_what_was_typed_stays(
    world: World, browser: Callable[[str], Client]
) -> None:
    before = world.finding(2).evidence.count()
    answer = filed(world, browser, 2, people="张某某110101199001011234 admonished")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "numbers of identity, telephone or account do not belong here" in page
    assert "决定.txt" in page
    assert world.finding(2).evidence.count() == before


def test_a_criterion_offers_first_what_says_that_it_proves_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    criterion = world.finding(2).criteria.all()[0]
    filed(world, browser, 2, title="别的材料", file=SimpleUploadedFile("别.txt", b"other"))
    filed(world, browser, 2, criterion_ids=[criterion.pk])
    page = text_of(browser("verifier").get(f"/findings/{world.finding_ids[2]}/"))
    form = page[page.index(f'id="criterion-judge-{criterion.pk}"') :]
    form = form[: form.index("</form>")]
    assert form.index("处理示例决定 (says that it proves this)") < form.index("别的材料")
    assert "别的材料 (says" not in form


def test_a_file_that_stands_elsewhere_is_warned_of_and_shown_to_whoever_sees_both(
    world: World, browser: Callable[[str], Client]
) -> None:
    filed(world, browser, 2)
    world.do("head", 3, services.finding_accept)
    one, two = world.finding(2), world.finding(3)
    answer = filed(world, browser, 3)
    page = text_of(answer)
    assert "The evidence is filed." in page
    assert f"already stands as evidence of other findings (1): {one.number}" in page
    assert "The same file also stands for:" in page
    assert f'href="/findings/{one.pk}/"' in page
    world.do(
        "clerk",
        2,
        services.finding_restrict,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人知悉。",
    )
    seen = text_of(browser("clerk").get(f"/findings/{two.pk}/"))
    assert "The same file also stands for:" in seen
    for who in ("handler", "verifier"):
        page = text_of(browser(who).get(f"/findings/{two.pk}/"))
        assert "The same file also stands for:" not in page
    again = text_of(filed(world, browser, 3, title="再提交一次"))
    assert "already stands as evidence" not in again


def photo(size: tuple[int, int] = (64, 48), colour: int = 120) -> bytes:
    with io.BytesIO() as file:
        Image.new("RGB", size, (colour, 160, 90)).save(file, "JPEG", comment=b"<script>alert(1)</script>")
        return file.getvalue()


def workbook() -> bytes:
    with io.BytesIO() as file:
        book = xlsxwriter.Workbook(file, {"in_memory": True})
        book.add_worksheet("清查").write(0, 0, "<b>示例设备</b> 86台")
        book.close()
        return file.getvalue()


def document(pages: int) -> bytes:
    with io.BytesIO() as file:
        drawn = canvas.Canvas(file)
        for _page in range(pages):
            drawn.showPage()
        drawn.save()
        return file.getvalue()


def newest(world: World) -> int:
    return int(max(each.pk for each in world.finding(2).evidence.all()))


def look(world: World, browser: Callable[[str], Client], name: str, data: bytes) -> tuple[int, Any]:
    filed(world, browser, 2, file=SimpleUploadedFile(name, data))
    pk = newest(world)
    return pk, browser("verifier").get(f"/evidence/{pk}/")


def test_a_picture_is_shown_drawn_anew_and_small_in_the_list(
    world: World, browser: Callable[[str], Client]
) -> None:
    pk, answer = look(world, browser, "整改前.jpg", photo())
    page = text_of(answer)
    assert f'src="/evidence/{pk}/picture/"' in page
    assert "云示纪〔2026〕7号 · 云山县示例纪委" in page
    listed = text_of(browser("verifier").get(f"/findings/{world.finding_ids[2]}/"))
    assert f'<img loading="lazy" src="/evidence/{pk}/thumbnail/"' in listed
    for path in ("thumbnail", "picture"):
        shown = browser("verifier").get(f"/evidence/{pk}/{path}/")
        assert shown.headers["Content-Type"] == "image/jpeg"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert shown.headers["Cache-Control"] == "private, no-cache"
        assert b"script" not in shown.content
    mark = shown.headers["ETag"]
    again = browser("verifier").get(f"/evidence/{pk}/picture/", headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")


def test_pictures_and_pages_are_there_for_whoever_sees_the_finding_and_for_nobody_else(
    world: World, browser: Callable[[str], Client]
) -> None:
    pk, _page = look(world, browser, "整改后.jpg", photo(colour=90))
    paths = [f"/evidence/{pk}/", *(f"/evidence/{pk}/{name}/" for name in ("thumbnail", "picture", "pages/1"))]
    for path in paths[:-1]:
        assert browser("handler").get(path).status_code == 200
        assert browser("outsider").get(path).status_code == 404
    # there is no page of a picture, and nobody learns of the file by the mark of its content
    assert browser("handler").get(paths[-1]).status_code == 404
    mark = browser("handler").get(paths[2]).headers["ETag"]
    assert browser("outsider").get(paths[2], headers={"if-none-match": mark}).status_code == 404
    world.do(
        "clerk", 2, services.finding_restrict, kind=RestrictionKind.LEAD, reason="涉及问题线索，限专人知悉。"
    )
    for path in paths:
        assert browser("verifier").get(path).status_code == 404
    assert browser("clerk").get(paths[2]).status_code == 200


def test_a_pdf_is_shown_page_by_page(world: World, browser: Callable[[str], Client]) -> None:
    pk, answer = look(world, browser, "通报.pdf", document(12))
    page = text_of(answer)
    assert "Page 10 of 12" in page
    assert "Page 11 of 12" not in page
    assert f'rel="next" href="/evidence/{pk}/?from=11#preview-heading"' in page
    assert "Page 12 of 12" in text_of(browser("verifier").get(f"/evidence/{pk}/?from=11"))
    for asked in ("0", "x", "99999", "-1", "1" * 40):
        assert "Page " in text_of(browser("verifier").get(f"/evidence/{pk}/?from={asked}"))
    shown = browser("verifier").get(f"/evidence/{pk}/pages/12/")
    assert shown.headers["Content-Type"] == "image/png"
    for number in (0, 13, 10**12):
        assert browser("verifier").get(f"/evidence/{pk}/pages/{number}/").status_code == 404


def test_office_and_markup_are_plain_text(world: World, browser: Callable[[str], Client]) -> None:
    for name, data, said in (
        ("清查.xlsx", workbook(), "&lt;b&gt;示例设备&lt;/b&gt; 86台"),
        ("图.svg", b"<svg onload='alert(1)'>\xe7\xa4\xba\xe4\xbe\x8b</svg>", ""),
    ):
        pk, answer = look(world, browser, name, data)
        assert "is being taken out; look again in a moment" in text_of(answer)
        evidence = world.finding(2).evidence.get(pk=pk)
        blob_text_take(blob_id=evidence.blob_id, at=evidence.uploaded_at)
        page = text_of(browser("verifier").get(f"/evidence/{pk}/"))
        assert said in page
        assert "<svg onload" not in page
        assert browser("verifier").get(f"/evidence/{pk}/picture/").status_code == 404


def test_what_cannot_be_shown_says_why_and_can_be_downloaded(
    world: World, browser: Callable[[str], Client]
) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    for name, data, said in (
        ("照片.jpg", photo()[:200], "is damaged or is not what it seems to be"),
        ("通报.pdf", b"%PDF-1.7 nothing", "is damaged or is not what it seems to be"),
        ("录像.bin", b"\0\1\2" * 50, "Files of this kind are not shown here"),
        ("旧.doc", locked, "Files of this kind are not shown here"),
    ):
        pk, _answer = look(world, browser, name, data)
        evidence = world.finding(2).evidence.get(pk=pk)
        blob_text_take(blob_id=evidence.blob_id, at=evidence.uploaded_at)
        page = text_of(browser("verifier").get(f"/evidence/{pk}/"))
        assert said in page
        assert 'class="preview' not in page
        assert f'href="/evidence/{pk}/download/"' in page


def test_a_photograph_of_a_phone_is_kept_and_the_page_says_how_it_can_be_seen(
    world: World, browser: Callable[[str], Client]
) -> None:
    photograph = b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + b"\x01" * 400
    pk, answer = look(world, browser, "IMG_0012.HEIC", photograph)
    page = text_of(answer)
    assert "format HEIC" in page
    assert "Most Compatible" in page
    assert f'href="/evidence/{pk}/download/"' in page
    listed = text_of(browser("verifier").get(f"/findings/{world.finding_ids[2]}/"))
    assert "file it as JPEG too" in listed
    assert "thumbnail" not in listed
    whole = browser("verifier").get(f"/evidence/{pk}/download/")
    assert b"".join(whole.streaming_content) == photograph
    assert "script" not in whole.headers["Content-Type"]


def test_a_busy_server_asks_to_come_again(
    world: World, browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "_slots", threading.BoundedSemaphore(1))
    monkeypatch.setattr(previews, "_QUEUE_SECONDS", 0.01)
    with previews._slots:
        pk, answer = look(world, browser, "忙.jpg", photo((65, 48)))
        assert "Look again in a moment, or download the file." in text_of(answer)
        shown = browser("verifier").get(f"/evidence/{pk}/thumbnail/")
    assert (shown.status_code, shown.headers["Retry-After"]) == (503, "5")


def test_a_list_of_many_pictures_asks_once_for_each(
    world: World, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    pk, _answer = look(world, browser, "多.jpg", photo((66, 48)))
    client = browser("verifier")
    client.get(f"/evidence/{pk}/thumbnail/")
    with django_assert_max_num_queries(12):
        client.get(f"/evidence/{pk}/thumbnail/")
