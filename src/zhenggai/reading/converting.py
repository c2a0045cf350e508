"""Old Word and WPS Writer (.doc, .wps) → .docx by LibreOffice, where it is installed (旧版文档转换)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from zhenggai.reading.alone import environment

PROGRAMS: Final = ("soffice", "libreoffice")
SECONDS: Final = 90.0
"""Longest time that one document may take; LibreOffice itself begins in two or three."""
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
"""No macro runs, and nothing that a document links to is fetched."""


def program() -> str | None:
    """The path of LibreOffice, or null where it is not installed (LibreOffice 路径)."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def converted(data: bytes, *, seconds: float = SECONDS) -> bytes | None:
    """The document as .docx (转换为 docx); null where LibreOffice is missing, fails or takes too long.

    Every call has a profile of its own, so that calls do not wait for one another, and leaves nothing behind.
    """
    office = program()
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="zhenggai-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / "source.doc"
        source.write_bytes(data)
        where = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        quiet = ("--headless", "--norestore", "--nologo")
        _run([office, where, *quiet, "--convert-to", "docx", "--outdir", place, str(source)], seconds, place)
        made = folder / "source.docx"
        return made.read_bytes() if made.is_file() else None


def _run(command: list[str], seconds: float, home: str) -> None:
    """Run a program and all that it starts, until it ends or its time is over; ``home``: all it may write."""
    process = subprocess.Popen(  # noqa: S603 - the program of the system, on a file of our own naming
        command,
        env=environment(HOME=home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    # LibreOffice starts a second process, which would go on alone
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
