"""The page on which a leader signs several requests: gates shown, one confirmation, each row reported."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhenggai.domain.lifecycle import Stage
from zhenggai.ledger.models import Finding, Signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


def test_a_request_is_shown_with_every_condition_and_signed_under_one_confirmation(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding = world.finding(1)
    mark = f"{finding.pk}-{finding.version}"
    home = browser("clerk").get("/").content.decode()
    assert 'href="/sign/"' in home
    page = browser("clerk").get("/sign/").content.decode()
    assert f'value="{mark}"' in page
    assert page.count('class="gate gate-') == 12
    assert "you sign as: rectification office" in page
    refused = browser("clerk").post("/sign/", {"finding": [mark]})
    assert refused.status_code == 422
    assert f'value="{mark}" id="finding-{finding.pk}" checked' in refused.content.decode()
    none = browser("clerk").post("/sign/", {"looked_at": "on"})
    assert none.status_code == 422
    assert "No request is ticked" in none.content.decode()
    said = {"finding": [mark, "x", "7-", "999999-1"], "looked_at": "on", "note": "同意销号。"}
    done = browser("clerk").post("/sign/", said).content.decode()
    assert "signed and closed" in done
    assert "A request that is not yours to see" in done
    assert Finding.objects.get(pk=finding.pk).stage == Stage.CLOSED
    again = browser("clerk").post("/sign/", said).content.decode()
    assert "signed already" in again
    assert Signature.objects.filter(request__finding=finding, step="office_clerk").count() == 1


def test_what_cannot_be_signed_says_what_is_missing_and_cannot_be_ticked(
    world: World, browser: Callable[[str], Client]
) -> None:
    from zhenggai.domain.case import HoldKind  # noqa: PLC0415 - used here alone
    from zhenggai.ledger import services  # noqa: PLC0415 - likewise

    world.do("inspector", 1, services.hold_open, kind=HoldKind.SPOT_CHECK, reference="抽查示例1")
    finding = world.finding(1)
    page = browser("clerk").get("/sign/").content.decode()
    assert f'id="finding-{finding.pk}" disabled' in page
    assert "抽查示例1" in page
    said = {"finding": [f"{finding.pk}-{finding.version}"], "looked_at": "on"}
    done = browser("clerk").post("/sign/", said).content.decode()
    assert "not signed" in done
    assert "Conditions not met" in done
    assert Finding.objects.get(pk=finding.pk).stage == Stage.CLOSURE_REQUESTED


def test_a_plan_that_waits_is_linked(world: World, browser: Callable[[str], Client]) -> None:
    page = browser("leader").get("/sign/").content.decode()
    assert "No closure request waits for your signature." in page
    assert "Plans and amendments" not in page
    assert browser("auditor").get("/sign/").status_code == 403


def test_a_signature_on_paper_is_recorded_confirmed_and_shown_with_its_scan(
    world: World, browser: Callable[[str], Client]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - used here alone

    finding = world.finding(1)
    address = f"/findings/{finding.pk}/"
    page = browser("verifier").get(address).content.decode()
    assert 'name="signer_id"' in page
    said = {
        "version": finding.version,
        "signer_id": world.people["clerk"],
        # the request of an earlier round was sent back on the day of this one
        "held_on": (finding.closure_requests.get(state="open").at.date() + timedelta(days=1)).isoformat(),
        "file": SimpleUploadedFile("签批单.pdf", b"example scan"),
    }
    page = browser("verifier").post(f"{address}signature-record/", said, follow=True).content.decode()
    assert "Signed elsewhere, recorded here" in page
    assert "not confirmed yet" in page
    record = finding.closure_requests.get(state="open").records.get()
    scan = browser("group").get(f"/signatures/{record.pk}/scan/")
    assert b"".join(scan.streaming_content) == b"example scan"
    assert browser("outsider").get(f"/signatures/{record.pk}/scan/").status_code == 404
    said = {"version": world.finding(1).version, "object_id": record.pk}
    page = browser("group").post(f"{address}signature-confirm/", said, follow=True).content.decode()
    assert "The last signature stands: the finding is closed." in page
    assert "on paper" in page
    assert f"/signatures/{record.pk}/" in page
