"""Evidence on the pages: what it says that it proves, where the same file stands, who reads what of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from web.world import World
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.proving import DealtWith
from zhenggai.domain.restricting import RestrictionKind
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
    assert f'href="#measure-{measure.pk}">proves the measure “{measure.text[:10]}' in page
    assert f'href="#criterion-{criterion.pk}">proves the criterion “{criterion.text[:10]}' in page
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
