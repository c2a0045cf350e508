"""The page of the own programs: a token is shown once, and ended by its button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from web.conftest import signed_in
from web.world import PASSWORD
from zhenggai.accounts.models import ApiToken

if TYPE_CHECKING:
    from web.world import World

FORM = {"label": "示例报表程序", "reach": "report", "days": "30", "password": PASSWORD}


def test_a_token_is_made_shown_once_and_ended(world: World) -> None:
    client = signed_in("handler")
    answer = client.post("/tokens/", FORM)
    shown = answer.content.decode()
    (secret,) = re.findall(r"zg_[\w-]{43}", shown)
    assert "no-store" in answer.headers["Cache-Control"]
    again = client.get("/tokens/").content.decode()
    assert secret not in again
    assert "示例报表程序" in again
    assert client.get("/api/1/inspections", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    row = ApiToken.objects.get()
    assert signed_in("head").post(f"/tokens/{row.pk}/end/").status_code == 404
    assert client.post(f"/tokens/{row.pk}/end/").status_code == 302
    assert client.get("/api/1/inspections", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_refused_form_keeps_what_was_typed_and_not_the_password(world: World) -> None:
    answer = signed_in("handler").post("/tokens/", {**FORM, "password": "wrong-wrong-wrong"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="示例报表程序"' in shown
    assert "wrong-wrong-wrong" not in shown
    assert not ApiToken.objects.exists()
