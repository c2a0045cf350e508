"""Codes on printed forms (核验码): by one a paper that comes back signed is told from those of other rounds.

Nothing is kept of a printed form: the code holds the request and the version of the finding, and a digest
that only this system can make.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from zhenggai.ledger.models import ClosureRequest

CODE_MOST: Final = 60
_SALT: Final = "zhenggai.ledger.paper_codes"
_LENGTH: Final = 8
_CODE: Final = re.compile(r"ZG-(?P<request>[0-9]{1,18})-(?P<version>[0-9]{1,9})-(?P<digest>[A-Z2-7]{8})")
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63]")


def code_of(request: ClosureRequest, version: int) -> str:
    """The code for a form of this request, printed with the finding at a version: ``ZG-7-37-K3M5Q2XZ``."""
    return f"ZG-{request.pk}-{version}-{_digest(request.pk, version, settings.SECRET_KEY)}"


def code_read(typed: str) -> tuple[str, int] | None:
    """The code as it is printed, and the request it is of; None where this system printed no such code.

    Case, width and blanks do not matter: it is copied from paper by hand.
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", typed)).upper()
    found = _CODE.fullmatch("".join(plain.split()))
    if found is None:
        return None
    request_id, version = int(found["request"]), int(found["version"])
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    # of leading zeros there are none on paper
    is_ours = found[0].startswith(f"ZG-{request_id}-{version}-") and any(
        constant_time_compare(found["digest"], _digest(request_id, version, key)) for key in keys
    )
    return (found[0], request_id) if is_ours else None


def _digest(request_id: int, version: int, key: str | bytes) -> str:
    made = salted_hmac(_SALT, f"{request_id}-{version}", secret=key, algorithm="sha256").digest()
    return base64.b32encode(made).decode()[:_LENGTH]
