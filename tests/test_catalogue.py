"""The catalogue holds every message of the sources, translated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_message_is_translated_and_none_is_left_over() -> None:
    command = [sys.executable, str(ROOT / "tools" / "messages.py"), "check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
