"""The case file of a finding: everything about it on one sheet, in an inspector's order, for who sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.world import BEGINNING, World, prove, request
from zhenggai.accounts.models import FactorRemoval
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.proving import DealtWith, Described
from zhenggai.ledger import services
from zhenggai.ledger.models import Evidence, EvidenceLink
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def file_of(world: World, browser: Callable[[str], Client], place: int, who: str = "inspector") -> str:
    return text_of(browser(who).get(f"/findings/{world.finding_ids[place]}/file/"))


def test_the_file_tells_a_finding_in_the_order_in_which_an_inspector_reads(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = file_of(world, browser, 1)
    row = world.finding(1)
    told = (
        row.problem or row.title,
        "Responsible leader",
        "First due date",
        row.measures.all()[0].text,
        "各项措施已全部落实。",
        "Round 1 · Evidence",
        ">1-1<",
        "Round 2 · Evidence",
        ">2-1<",
        "carried over",
        ">2-2<",
        "第三季度抽查记录",
        "随机抽查10份凭证，未再发现同类问题",
        "on evidence 1-1",
        "on evidence 2-2",
        "Round 1 · Closing",
        "抽查记录缺少第三季度的材料，请补齐后再报",
        "Round 2 · Closing",
        "问题已整改到位，措施、佐证齐全，申请销号。",
        "How the trail proves it",
    )
    place = 0
    for words in told:
        found = page.find(words, place)
        assert found >= 0, words
        place = found


def test_the_file_says_by_which_entries_it_is_proved(world: World, browser: Callable[[str], Client]) -> None:
    row = world.finding(0)
    chain = ChainKey.inspection(world.inspection_id)
    own = list(events_of(chain, ("finding", row.pk)))
    head = events_of(chain).last()
    assert head is not None
    page = file_of(world, browser, 0)
    assert f"{len(own)}, from {own[0].seq} to {own[-1].seq}" in page
    assert own[-1].hash in page
    assert head.hash in page
    # closed, with both signatures
    assert "资料齐全" in page
    assert "closed" in page


def test_what_evidence_proves_stands_in_its_index_and_the_findings_page_leads_to_the_file(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = world.finding(2)
    described = Described(
        "云示纪〔2026〕7号",
        "云山县示例纪委",
        (row.measures.all()[0].pk,),
        (),
        (DealtWith("张某某", OutcomeKind.ADMONITION),),
    )
    filed = world.do(
        "handler",
        2,
        services.evidence_add,
        file=b"decision",
        file_name="决定.txt",
        title="处理示例决定",
        proves="责任人员已经处理。",
        proves_on=date(2026, 9, 1),
        kind="decision",
        described=described,
    )
    evidence_id = filed.evidence.get().pk
    reason = "材料有误，另行提交。"
    world.do("handler", 2, services.evidence_withdraw, evidence_id=evidence_id, reason=reason)
    page = file_of(world, browser, 2)
    for words in (
        "云示纪〔2026〕7号",
        "云山县示例纪委",
        f"proves the measure “{row.measures.all()[0].text[:20]}",
        "张某某: admonished",
        f"withdrawn: {reason}",
        "3台设备的原保管人已经调离，需要跨单位核实。",
        "Not answered yet; it waits with: ",
        "示例督办〔2026〕3号",
    ):
        assert words in page
    shown = text_of(browser("inspector").get(f"/findings/{row.pk}/"))
    assert f'href="/findings/{row.pk}/file/"' in shown


def test_the_file_says_beside_a_signature_what_the_page_says_and_what_came_after_closing(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = file_of(world, browser, 1)
    assert "password set by an administrator on 2026-09-01" in page
    assert "second factor taken away" not in page
    assert "Re-checks and rebounds" not in page
    leader = world.people["leader"]
    FactorRemoval.objects.create(person_id=leader, at=BEGINNING)
    world.do("clerk", 1, services.closure_sign)
    page = file_of(world, browser, 1)
    assert "second factor taken away by an administrator on 2026-09-01" in page
    assert "Not re-checked yet." in page


def test_a_file_of_five_rounds_and_200_pieces_takes_as_many_queries_as_a_small_one(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("inspector")
    path = f"/findings/{world.finding_ids[1]}/file/"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(3, 6):
        reason = f"第{number - 1}轮抽查仍有缺项，请补齐后再报。"
        world.do("clerk", 1, services.closure_send_back, reason=reason)
        if number == 5:
            _many(world)
        prove(world, 1, title=f"第{number}轮抽查记录")
        request(world, 1)
        world.do("leader", 1, services.closure_sign)
    assert world.finding(1).round == 5
    with CaptureQueriesContext(connection) as many:
        page = text_of(client.get(path))
    assert "5-150" in page
    assert len(many) <= len(few) + 1 <= 60, [each["sql"][:90] for each in many.captured_queries]


def _many(world: World) -> None:
    row = world.finding(1)
    model = row.evidence.all()[0]
    rows = Evidence.objects.bulk_create(
        Evidence(
            finding=row,
            round=row.round,
            blob=model.blob,
            file_name="凭证.txt",
            title=f"凭证{number}",
            proves="逐笔核对。",
            proves_on=date(2026, 9, 1),
            kind="record",
            uploaded_by_id=model.uploaded_by_id,
            uploaded_at=model.uploaded_at,
        )
        for number in range(200)
    )
    measure = row.measures.all()[0]
    EvidenceLink.objects.bulk_create(EvidenceLink(evidence=each, measure=measure) for each in rows)
