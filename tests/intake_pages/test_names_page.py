"""The page of people and units that a document names: asked, previewed, assigned, each with its result."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake.test_naming import house
from zhenggai.intake.models import NameMeaning
from zhenggai.ledger.models import Finding
from zhenggai.web.intake.names_page import meanings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from intake.office import Office

__all__ = ["house"]


def form_of(page: str) -> dict[str, str]:
    """The form as it stands: every name with what is chosen for it."""
    names = dict(re.findall(r'name="(wording-\d+)" value="([^"]*)"', page))
    for number, options in re.findall(
        r'<select[^>]* name="(means-\d+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        names[number] = chosen[1] if chosen else ""
    return names


def test_names_are_answered_previewed_and_assigned(
    office: Office, house: dict[str, int], browser: Callable[[str], Client]
) -> None:
    address, clerk = reverse("intake-names", args=[house["intake"]]), browser("clerk")
    page = clerk.get(address).content.decode()
    assert "0 of 2 registered findings could be assigned" in page
    assert "孙领导（云山县示例局） 100 %" in page
    kept = clerk.post(address, {**form_of(page), "do": "save"}, follow=True).content.decode()
    assert "3 answers were kept" in kept
    assert "1 of 2 registered findings could be assigned" in kept
    assert "It is not said who “孙领导” is." in kept
    done = clerk.post(address, {**form_of(kept), "do": "assign"}).content.decode()
    assert "1 finding was assigned" in done
    assert sorted(Finding.objects.values_list("stage", flat=True)) == ["assigned", "registered"]


def test_forged_answers_keep_nothing(
    office: Office, house: dict[str, int], browser: Callable[[str], Client]
) -> None:
    address, clerk = reverse("intake-names", args=[house["intake"]]), browser("clerk")
    forged = {"wording-1": "leader:钱领导", "means-1": "987654", "do": "save"}
    refused = clerk.post(address, forged)
    assert refused.status_code == 422
    assert "nothing was kept" in refused.content.decode()
    odd = {"wording-1": "boss:钱领导", "means-1": "1", "wording-2": "leader:", "wording-3": "leader:甲"}
    assert meanings_of({**odd, "means-3": "１"}) == {}
    assert clerk.post(address, odd).status_code == 302
    assert not NameMeaning.objects.exists()
    assert browser("stranger").get(address).status_code == 404


def test_the_page_asks_as_much_for_many_names_as_for_few(
    office: Office, house: dict[str, int], browser: Callable[[str], Client]
) -> None:
    address, clerk = reverse("intake-names", args=[house["intake"]]), browser("clerk")
    clerk.get(address)
    with CaptureQueriesContext(connection) as captured:
        clerk.get(address)
    assert len(captured) <= 25
