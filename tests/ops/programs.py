"""The installed program, started as a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("zhenggai")
LEFT_OUT = ("DJANGO_SETTINGS_MODULE", "ZHENGGAI_DATABASE_URL", "ZHENGGAI_DEMO", "COLUMNS")


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return {**kept, "ZHENGGAI_LANG": "en", "ZHENGGAI_DATA_DIR": str(data), **more}


def start(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=environment(data, **more),
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
