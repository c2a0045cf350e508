"""Kills the server while evidence is filed and findings are closed, and counts what stands (强杀服务进程).

``python -m ledger.killing_server KILLS``: prints one line of JSON. Real processes of ``zhenggai serve`` on
the database of the environment; programs send each change under a key of its own until it is answered.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from threading import Event as Flag
from typing import Any

import django
from django.utils import timezone

django.setup()

from api.conftest import Programs  # noqa: E402 - models are there once Django is set up
from ledger.world import World  # noqa: E402 - likewise
from migrated import migrate  # noqa: E402 - likewise
from ops.programs import PROGRAM, free_port  # noqa: E402 - likewise
from zhenggai.files import storage  # noqa: E402 - likewise
from zhenggai.files.models import Blob  # noqa: E402 - likewise
from zhenggai.files.sweeping import blobs_sweep  # noqa: E402 - likewise
from zhenggai.ledger.comparing import differences  # noqa: E402 - likewise
from zhenggai.ledger.models import Closure, Evidence, Finding  # noqa: E402 - likewise
from zhenggai.trail.models import Event  # noqa: E402 - likewise
from zhenggai.trail.selectors import verify  # noqa: E402 - likewise

GIVE_UP_SECONDS = 1500
EDGE = "----example-edge"


class Server:
    """The server, started anew each time it is killed, with all its processes."""

    def __init__(self) -> None:
        self.port = free_port()
        self.begin()

    def begin(self) -> None:
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(self.port), "--workers", "1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "ZHENGGAI_LANG": "en"},
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Client:
    """A program that sends a change until it is answered."""

    def __init__(self, server: Server, secret: str) -> None:
        self.server, self.secret, self.unanswered = server, secret, 0

    def post(self, path: str, body: bytes, kind: str, key: str) -> dict[str, Any]:
        began = time.monotonic()
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": kind, "Idempotency-Key": key}
        while time.monotonic() - began < GIVE_UP_SECONDS:
            url = f"http://127.0.0.1:{self.server.port}/api/1{path}"
            try:
                asked = urllib.request.Request(url, body, headers)
                with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - likewise
                    said: dict[str, Any] = json.loads(answer.read())["finding"]
                    return said
            except urllib.error.HTTPError as refusal:
                if refusal.code < 500:
                    raise AssertionError(refusal.read().decode()) from refusal
            except (OSError, HTTPException, json.JSONDecodeError):
                pass
            self.unanswered += 1
            time.sleep(0.05)
        raise AssertionError("the server does not come back")

    def file(self, finding_id: int, version: int, name: str) -> int:
        """Files one piece of evidence, of content of its own; the version after it."""
        fields = {"version": version, "title": name, "proves": "款项已退回。", "proves_on": "2026-03-02",
                  "kind": "receipt", "amount": "10"}  # fmt: skip
        parts = [
            f'--{EDGE}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items()
        ]
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}.txt"\r\n\r\n'
        body = "".join([*parts, head]).encode() + content(name) + f"\r\n--{EDGE}--\r\n".encode()
        path = f"/findings/{finding_id}/evidence"
        return int(
            self.post(path, body, f"multipart/form-data; boundary={EDGE}", f"file-{version}")["version"]
        )

    def sign(self, finding_id: int, version: int) -> str:
        body = json.dumps({"version": version, "note": "同意销号。"}).encode()
        said = self.post(
            f"/findings/{finding_id}/closure-sign", body, "application/json", f"sign-{finding_id}"
        )
        return str(said["stage"])


def content(name: str) -> bytes:
    return f"{name}\n".encode() * 20_000


def main(kills: int, seed: int = 7) -> dict[str, Any]:
    migrate()
    world = World()
    chance, began = random.Random(seed), time.monotonic()
    closing = []
    for _ in range(max(2, kills // 5)):
        row = world.requested()
        world.do("closure_sign", world.leader, row)
        closing.append(Finding.objects.get(pk=row.pk))
    filing = world.rectifying()
    programs = Programs(world)
    secrets = [programs.of(each).secret for each in (world.handler, world.clerk)]
    server = Server()
    filer, signer = (Client(server, secret) for secret in secrets)
    filed: list[str] = []
    closed: list[int] = []
    ended = Flag()

    def file_all() -> None:
        version = filing.version
        while not ended.is_set():
            name = f"凭证{len(filed)}"
            version = filer.file(filing.pk, version, name)
            filed.append(name)

    def sign_all() -> None:
        for each in closing:
            assert signer.sign(each.pk, each.version) == "closed"
            closed.append(each.pk)

    killed = 0
    with ThreadPoolExecutor(2) as pool:
        work = [pool.submit(file_all), pool.submit(sign_all)]
        while killed < kills and not any(each.done() and each.exception() for each in work):
            # the server has answered something since it was killed last, then falls at any moment
            before, waited = len(filed), time.monotonic()
            while len(filed) == before and time.monotonic() - waited < 60:
                time.sleep(0.01)
            time.sleep(chance.uniform(0.0, 0.15))
            server.kill()
            killed += 1
            server.begin()
        ended.set()
        for each in work:
            each.result()
    server.kill()
    return {
        "killed": killed,
        "unanswered": filer.unanswered + signer.unanswered,
        **standing(filed, [each.pk for each in closing], closed),
        "seconds": round(time.monotonic() - began, 1),
    }


def standing(filed: list[str], closing: list[int], closed: list[int]) -> dict[str, Any]:
    """What stands at the end, beside what was answered."""
    rows = list(Evidence.objects.filter(title__startswith="凭证").select_related("blob"))
    titles = [row.title for row in rows]
    named = set(Blob.objects.values_list("sha256", flat=True))
    later = timezone.now() + timedelta(hours=1)
    swept = blobs_sweep(before=later)
    on_disk = {path.name for path in storage.blobs_folder().rglob("*") if path.is_file()}
    of_closing = Closure.objects.filter(finding__in=closing)
    return {
        "filed": len(filed),
        "closed": len(closed),
        "filed_lost": len(set(filed) - set(titles)),
        "filed_twice": len(titles) - len(set(titles)),
        "filed_unanswered": len(set(titles) - set(filed)),
        "other_bytes": sum(row.blob.sha256 != hashlib.sha256(content(row.title)).hexdigest() for row in rows),
        "rows_without_file": sum(not storage.holds(sha256) for sha256 in named),
        "swept": swept,
        "files_without_row": len(on_disk - named),
        "closures": of_closing.count(),
        "closed_lost": len(set(closed) - set(of_closing.values_list("finding_id", flat=True))),
        "closed_entries": Event.objects.filter(name="ledger.finding.closed", subject_id__in=closing).count(),
        "trail": all(report.ok for report in verify(None)),
        "differences": [str(each.message) for each in differences()],
    }


if __name__ == "__main__":
    if not Path(os.environ["ZHENGGAI_DATA_DIR"]).is_dir():
        raise SystemExit("ZHENGGAI_DATA_DIR names no folder")
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
