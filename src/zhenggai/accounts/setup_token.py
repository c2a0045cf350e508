"""The one-time token of the first set-up (首次设置口令): who can read the data folder may set up."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings

FILE_NAME = "setup_token"


def setup_token_make() -> str:
    """The token for `zhenggai serve` to print while nobody can sign in; made on first use, then the same."""
    path = _path()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(18))
    return path.read_text(encoding="ascii").strip()


def setup_token_fits(typed: str) -> bool:
    """Whether this is the token; never without a token on disk."""
    try:
        kept = _path().read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return False
    return bool(kept) and hmac.compare_digest(kept.encode(), typed.strip().encode())


def setup_token_spend() -> None:
    """Removes the token once the first administrator exists."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.ZHENGGAI_DATA_DIR) / FILE_NAME
