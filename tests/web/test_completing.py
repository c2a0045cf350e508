"""The set-up page asks the office for what the inspection does not say yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from zhenggai.domain.inspections import InspectionKind
from zhenggai.ledger import services
from zhenggai.ledger.selectors import inspection_get

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


def names(response: Any) -> set[str]:
    fields = LexborHTMLParser(response.content).css("#complete [name]")
    return {str(field.attributes["name"]) for field in fields} - {"csrfmiddlewaretoken"}


def test_the_office_enters_what_is_missing_and_is_asked_for_nothing_else(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = services.inspection_create(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        title="云山县示例局补录巡察",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
        inspector="某示例组",
    )
    address = f"/inspections/{row.pk}"
    client = browser("clerk")
    assert names(client.get(f"{address}/setup/")) == {"feedback_on", "inspector_organisation_id"}
    refused = client.post(f"{address}/complete/", {"feedback_on": "", "inspector_organisation_id": ""})
    assert refused.status_code == 409
    assert "Nothing was entered" in refused.content.decode()
    body = str(world.organisations["巡察办"])
    sent = {"feedback_on": "2026-02-10", "inspector_organisation_id": body}
    done = client.post(f"{address}/complete/", sent, follow=True)
    assert "It is entered; days that follow from it are shown." in done.content.decode()
    assert names(done) == set()
    fresh = inspection_get(world.actor("clerk"), row.pk)
    assert str(fresh.feedback_on) == "2026-02-10"
    assert names(browser("inspector").get(f"{address}/setup/")) == set()
