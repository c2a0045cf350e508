"""Codes that change every half minute (动态口令), as authenticator apps make them.

Source: RFC 6238 (TOTP) over RFC 4226 (HOTP): SHA-1, 6 digits, 30 seconds, the settings that every app knows.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

SECRET_BYTES: Final = 20
STEP_SECONDS: Final = 30
DIGITS: Final = 6
DRIFT_STEPS: Final = 1


def step_of(at: datetime) -> int:
    """The number of the half minute, from 1970 on."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The six digits of a half minute."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_fitting(secret: bytes, typed: str, at: datetime, after: int | None) -> int | None:
    """The half minute whose code was typed, one before or after now allowed; None where none fits.

    ``after`` is the last one that was used: neither it nor an earlier one fits again, so that a code seen
    over somebody's shoulder is worth nothing once it was used.
    """
    code = typed_folded(typed)
    now = step_of(at)
    found = None
    # all are compared, so that the time says nothing of which one fitted
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        fits = hmac.compare_digest(code_at(secret, step).encode(), code.encode())
        if fits and (after is None or step > after):
            found = step
    return found


def typed_folded(typed: str) -> str:
    """What was typed in one form: half width, lower case, without blanks and hyphens."""
    folded = unicodedata.normalize("NFKC", typed).lower()
    return "".join(letter for letter in folded if letter.isalnum())
