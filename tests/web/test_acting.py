"""Who acts for a leader does what the leader does, and every page says for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from web.world import World
from zhenggai.accounts import services as accounting
from zhenggai.domain.actor import Role
from zhenggai.ledger import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


def acts(world: World) -> None:
    """Qian acts for Zhao, as both administrators have said."""
    post = accounting.post_grant(
        person_id=world.people["other-leader"],
        organisation_id=world.organisations["示例局"],
        role=Role.RESPONSIBLE_LEADER,
        acting_for_id=world.people["leader"],
        ended_on=timezone.localdate(world.clock.moment) + timedelta(days=4000),
        actor=world.actor("admin"),
        at=world.clock.tick(),
    )
    accounting.post_confirm(post_id=post.pk, actor=world.actor("security"), at=world.clock.tick())


def test_the_signature_of_who_acts_says_for_whom_in_ladder_timeline_and_trail(
    world: World, browser: Callable[[str], Client]
) -> None:
    world.do("clerk", 1, services.closure_send_back, reason="佐证材料的日期与记录不符，请核对后再报。")
    world.do(
        "handler",
        1,
        services.evidence_carry_over,
        evidence_id=max(e.pk for e in world.finding(1).evidence.all()),
    )
    from web.world import prove, request  # noqa: PLC0415 - used here alone

    prove(world, 1, title="第四季度抽查记录")
    request(world, 1)
    address = f"/findings/{world.finding_ids[1]}/"
    assert browser("other-leader").get(address).status_code == 404
    acts(world)
    assert "固定资产" in browser("other-leader").get(f"/findings/{world.finding_ids[2]}/").content.decode()
    world.do("other-leader", 1, services.closure_sign, note="同意")
    page = browser("clerk").get(address).content.decode()
    assert page.count("钱样本 (acting for 赵示例)") == 2
    trail = browser("clerk").get(f"/inspections/{world.inspection_id}/trail/").content.decode()
    assert "钱样本 (acting for 赵示例)" in trail


def test_the_post_is_given_on_the_page_of_the_person_and_shown_there(
    world: World, browser: Callable[[str], Client]
) -> None:
    given = browser("admin").post(
        f"/people/{world.people['other-leader']}/grant/",
        {
            "organisation_id": world.organisations["示例局"],
            "role": "responsible_leader",
            "acting_for_id": world.people["leader"],
            "ended_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
        },
        follow=True,
    )
    assert "The post is given." in given.content.decode()
    assert "acting for 赵示例" in given.content.decode()
    people = browser("security").get("/people/").content.decode()
    assert people.count("(acting for 赵示例)") == 2
