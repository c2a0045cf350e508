"""The forms of comparing and of names under hostile hands: a sentence or nothing, never half a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from intake import notices
from intake.test_comparing import LATER, compared, rows_of
from zhenggai.intake.models import ComparedFinding, NameMeaning
from zhenggai.ledger.models import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from intake.office import Office

ODD = ("", " ", "\x00", "-1", "0", "１", "9" * 18, "9" * 40, "same:", "same:0", "add\n", "<script>", "all:")


@pytest.mark.parametrize("value", ODD)
def test_odd_values_change_nothing(office: Office, browser: Callable[[str], Client], value: str) -> None:
    inspection_id = office.confirm(office.receive(notices.CLEAN)).inspection_id
    comparison, clerk = compared(office, LATER, inspection_id), browser("clerk")
    row = rows_of(comparison)[1]
    before = list(ComparedFinding.objects.order_by("pk").values())
    findings = list(Finding.objects.order_by("pk").values())
    forms = (
        {"version": "1", f"row-{row.pk}-state": value, f"row-{row.pk}-title": value, "do": value},
        {"version": value, f"row-{row.pk}-title": "file"},
        {"version": "1", f"row-{value}-state": "add"},
    )
    for form in forms:
        response = clerk.post(reverse("intake-compare-choose", args=[comparison.intake_id]), form)
        assert response.status_code in {302, 409, 422}
    taken = clerk.post(
        reverse("intake-compare-confirm", args=[comparison.intake_id]), {"version": value, "left_out": value}
    )
    assert taken.status_code == 409
    assert list(ComparedFinding.objects.order_by("pk").values()) == before
    assert list(Finding.objects.order_by("pk").values()) == findings
    names = reverse("intake-names", args=[comparison.intake_id - 1])
    response = clerk.post(names, {"wording-1": f"leader:{value}", "means-1": value, "do": value})
    assert response.status_code in {302, 422}
    assert not NameMeaning.objects.exists()
