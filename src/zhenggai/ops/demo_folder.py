"""Telling the demonstration's data folder from one of real use (演示数据目录)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

# read by the sign-in page, which shows it while ZHENGGAI_DEMO holds
SIGN_INS = "demo_sign_ins.json"


def is_demo_folder() -> bool:
    """Whether the demonstration was set up in the data folder."""
    return _path().is_file()


def sign_ins_write(sign_ins: Sequence[dict[str, str]]) -> None:
    """Keep the invented people's sign-ins; the file also marks the folder."""
    text = json.dumps(list(sign_ins), ensure_ascii=False, indent=2)
    unfinished = _path().with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(
        os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    unfinished.replace(_path())


def _path() -> Path:
    return Path(settings.ZHENGGAI_DATA_DIR) / SIGN_INS
