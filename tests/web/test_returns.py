"""Sending back on the page: what it is about, which criteria failed, until when to work again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from zhenggai.ledger.models import ReturnRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

REASON = "抽查记录缺少第三季度的材料，请补齐后再报"


def test_a_return_shows_its_criteria_day_and_reviewer_and_the_waiting_list_the_day(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding = world.finding(1)
    (criterion,) = finding.criteria.all()
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    address = f"/findings/{finding.pk}/"
    page = browser("clerk").get(address).content.decode()
    assert f'name="criterion_ids" value="{criterion.pk}"' in page
    said = {"version": finding.version, "reason": REASON, "ground": "criteria", "redo_by": day}
    refused = browser("clerk").post(f"{address}closure-send-back/", said)
    assert refused.status_code == 422
    assert "names none" in refused.content.decode()
    assert REASON in refused.content.decode()
    assert ReturnRecord.objects.filter(request__finding=finding).count() == 1
    said = {**said, "criterion_ids": [criterion.pk]}
    page = browser("clerk").post(f"{address}closure-send-back/", said, follow=True).content.decode()
    assert page.count(f"work again until {day}") == 2
    assert "acceptance criteria not met" in page
    assert f"<li>{criterion.text}</li>" in page
    assert f"work again until {day}" in browser("handler").get("/").content.decode()


def test_a_judgement_that_carries_over_is_shown_with_its_judge(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding = world.finding(1)
    said = {"version": finding.version, "reason": REASON, "ground": "procedure"}
    page = browser("clerk").post(f"/findings/{finding.pk}/closure-send-back/", said, follow=True)
    assert "judgement carried over" in page.content.decode()
    assert "keeps its judgement of an earlier round" in page.content.decode()
