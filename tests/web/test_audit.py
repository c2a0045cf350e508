"""The trail of accounts and sign-ins, as the audit administrator reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.test import Client

from web.world import PASSWORD, World
from zhenggai.intake.services import intake_receive

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_audit_administrator_reads_posts_and_sign_ins_and_no_ledger(
    world: World, browser: Callable[[str], Client]
) -> None:
    intake_receive(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        organisation_id=world.organisations["示例局"],
        content="关于巡察整改进展情况的通报\n（一）示例问题一\n已完成整改。\n".encode(),
        name="不给管理员看的通报.txt",
    )
    guess = Client(headers={"user-agent": "Firefox/140 (Windows)"})
    guess.post("/sign-in/", {"username": "handler", "password": "wrong"})
    client = browser("audit")
    page = client.get("/audit/").content.decode()
    assert "whole and in order" in page
    assert "sign-in failed" in page
    assert "post confirmed" in page
    assert "Address: 127.0.0.1" in page
    assert "Device: Firefox · Windows" in page
    assert "不给管理员看的通报" not in page
    assert (
        "document" not in re.sub(r"<p class=\"text-muted\">[^<]*</p>|<script.*?</script>", "", page).lower()
    )
    alone = client.get("/audit/?kind=post&page=99").content.decode()
    assert "post given" in alone
    assert "sign-in failed" not in alone
    for odd in ("?kind=../..", "?page=-1", "?page=９", "?kind=accounts%00"):
        assert client.get(f"/audit/{odd}").status_code == 200
    assert PASSWORD not in page
