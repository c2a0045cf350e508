"""Scans of signatures and files of re-checks are looked at in place, by whoever sees their finding."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from PIL import Image
from reportlab.pdfgen import canvas

from web.world import World
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import services
from zhenggai.ledger.models import Recheck, SignatureRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return file.getvalue()


def pdf(pages: int) -> bytes:
    file = io.BytesIO()
    paper = canvas.Canvas(file, invariant=True)
    for number in range(pages):
        paper.drawString(72, 720, f"page {number + 1}")
        paper.showPage()
    paper.save()
    return file.getvalue()


def scan(world: World, file: bytes, name: str, **values: Any) -> SignatureRecord:
    on = timezone.localdate(world.clock.tick(24 * 60))
    world.do(
        "verifier",
        1,
        services.signature_record,
        file=file,
        file_name=name,
        held_on=on,
        signer_id=world.people["clerk"],
        **values,
    )
    return SignatureRecord.objects.order_by("-pk")[0]


def test_a_scan_is_shown_page_by_page_with_what_is_recorded_of_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = scan(world, pdf(12), "签批单.pdf", note="原件存整改办。")
    address = f"/signatures/{row.pk}/"
    client = browser("group")
    assert f'href="{address}"' in client.get(f"/findings/{world.finding(1).pk}/").content.decode()
    page = client.get(address).content.decode()
    for words in ("on paper", "原件存整改办。", row.held_on.isoformat(), row.blob.sha256, "签批单.pdf"):
        assert words in page
    assert "Page 10 of 12" in page
    assert "Page 11 of 12" not in page
    assert "Page 11 of 12" in client.get(f"{address}?from=11").content.decode()
    first = client.get(f"{address}pages/1/")
    assert first.headers["Content-Type"].startswith("image/")
    assert first.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(f"{address}pages/99/").status_code == 404
    assert client.get(f"{address}picture/").status_code == 404
    assert f'href="{address}scan/"' in page


def test_a_scan_that_is_a_picture_is_drawn_and_another_file_is_only_to_be_saved(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = scan(world, png(), "签批单.png")
    client = browser("group")
    assert f'src="/signatures/{row.pk}/picture/"' in client.get(f"/signatures/{row.pk}/").content.decode()
    assert client.get(f"/signatures/{row.pk}/picture/").status_code == 200
    world.do(
        "verifier",
        1,
        services.signature_refuse,
        record_id=row.pk,
        reason="扫描件看不清签名，请重新扫描。",
    )
    assert "扫描件看不清签名" in client.get(f"/signatures/{row.pk}/").content.decode()
    other = scan(world, b"plain words", "签批单.txt")
    page = client.get(f"/signatures/{other.pk}/").content.decode()
    assert "Files of this kind are not shown here." in page


def test_the_file_of_a_recheck_is_shown_to_those_who_see_the_finding_and_nobody_else(
    world: World, browser: Callable[[str], Client]
) -> None:
    world.do(
        "verifier",
        0,
        services.recheck_record,
        on=timezone.localdate(world.clock.tick()),
        holds=True,
        text="抽看三个月，未再发现同类问题。",
        file=png(),
        file_name="现场.png",
    )
    row = Recheck.objects.get()
    address = f"/rechecks/{row.pk}/"
    client = browser("clerk")
    assert f'href="{address}"' in client.get(f"/findings/{world.finding(0).pk}/").content.decode()
    page = client.get(address).content.decode()
    assert "it holds" in page
    assert "抽看三个月" in page
    assert client.get(f"{address}picture/").status_code == 200
    assert client.get(f"{address}pages/1/").status_code == 404
    world.do(
        "clerk",
        0,
        services.finding_restrict,
        kind=RestrictionKind.NAMED_PERSONS,
        reason="涉及具体人员，只限专人知悉。",
        reader_ids=[world.people["inspector"]],
    )
    for path in (address, f"{address}picture/"):
        assert browser("inspector").get(path).status_code == 200
        assert browser("verifier").get(path).status_code == 404
