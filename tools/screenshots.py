"""Take the pictures of ``docs/images`` anew: the demonstration in a folder of its own, looked at by Chromium.

Each is 1280 × 900 with at most 256 colours and stays under 150 kB. Dates move with the day they are taken on.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

# comes with reportlab, which the tests write PDF files with
from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
NOTICE = ROOT / "src" / "zhenggai" / "ops" / "samples" / "twin.txt"
LARGER = "云山县示例局"
REFUSED = "传达文件超过规定时间"
WIDTH, HEIGHT = 1280, 900
MOST_BYTES = 150_000
PATIENCE_SECONDS = 600


def main() -> None:
    """Serve the demonstration, take every picture, and end."""
    there = (shutil.which(name) for name in ("chromium-headless-shell", "chromium"))
    chromium = os.environ.get("ZHENGGAI_TEST_CHROMIUM") or next(filter(None, there), None)
    if chromium is None:
        sys.exit(
            "Chromium is missing: install Debian's chromium-headless-shell or chromium, or set "
            "ZHENGGAI_TEST_CHROMIUM to a binary."
        )
    with tempfile.TemporaryDirectory(prefix="zhenggai-screenshots-") as folder:
        port = _free_port()
        command = [str(Path(sys.executable).with_name("zhenggai")), "demo", "--port", str(port)]
        with subprocess.Popen(
            command, env=os.environ | {"ZHENGGAI_DATA_DIR": folder}, stdout=subprocess.DEVNULL
        ) as server:
            try:
                _wait_for(f"http://127.0.0.1:{port}/health/", server)
                password = json.loads((Path(folder) / "demo_sign_ins.json").read_text("utf-8"))[0]["password"]
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                    _take(browser, f"http://127.0.0.1:{port}", password)
                    browser.close()
            finally:
                server.terminate()


def _take(browser: Browser, address: str, password: str) -> None:
    clerk = _signed_in(browser, address, "zhou", password)
    clerk.goto(f"{address}/intake/upload/")
    clerk.select_option("[name=organisation_id]", index=1)
    # not the same bytes as the demonstration has taken in already, which would be recognised
    clerk.set_input_files(
        "[name=file]",
        {"name": "星河区园林局整改通报.txt", "mimeType": "text/plain", "buffer": NOTICE.read_bytes() + b"\n"},
    )
    clerk.click("form.upload button[type=submit]")
    clerk.wait_for_selector("#draft-form")
    _picture(clerk, "intake")

    clerk.goto(address)
    clerk.click(f"main table a:has-text('{LARGER}')")
    _picture(clerk, "ledger")

    ledger = clerk.url
    clerk.goto(f"{ledger}dashboard/")
    _picture(clerk, "dashboard")
    office = _signed_in(browser, address, "xu", password)
    _picture(office, "home")
    clerk.goto(ledger)
    clerk.fill(".filters [name=text]", REFUSED)
    clerk.press(".filters [name=text]", "Enter")
    clerk.wait_for_selector("#ledger tbody tr:only-child")
    finding = clerk.get_attribute("#ledger tbody th a", "href")
    head = _signed_in(browser, address, "he", password)
    head.goto(f"{address}{finding}")
    form = head.locator("form[action$='/closure-request/']")
    head.locator("details.act", has=form).locator("> summary").click()
    form.locator("[name=statement]").fill("传达时限已经落实，申请销号。")
    form.locator("button[type=submit]").click()
    head.wait_for_selector("#refusal")
    _picture(head, "finding", at="#refusal")


def _signed_in(browser: Browser, address: str, username: str, password: str) -> Page:
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", reduced_motion="reduce"
    )
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def _picture(page: Page, name: str, at: str = "") -> None:
    """What the window shows from the head of the page, or with what is found by ``at`` in its middle."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    if at:
        page.locator(at).evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    image = Image.open(io.BytesIO(page.screenshot()))
    target = IMAGES / f"{name}.png"
    image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{target.relative_to(ROOT)} has {size:,} bytes; at most {MOST_BYTES:,} are wanted.")
    print(f"{target.relative_to(ROOT)}: {image.width} × {image.height}, {size:,} bytes")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE_SECONDS):
        if server.poll() is not None:
            sys.exit("The demonstration ended before it served; run make demo to see why.")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server's address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(1)
    sys.exit("The demonstration did not come up.")


if __name__ == "__main__":
    main()
