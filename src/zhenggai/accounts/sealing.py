"""Secrets as they are kept (密文保存): encrypted or digested with a key that is not in the database."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def sealed(secret: bytes) -> str:
    """The secret as it is kept."""
    return _fernet().encrypt(secret).decode("ascii")


def unsealed(kept: str) -> bytes | None:
    """The secret again; None when the key of this system is another one by now."""
    try:
        return _fernet().decrypt(kept.encode("ascii"))
    except InvalidToken:
        return None


def digest_of(code: str) -> str:
    """A keyed digest of a recovery code, which has more chance in it than anybody can try."""
    return hmac.new(_key(b"recovery code"), code.encode(), hashlib.sha256).hexdigest()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(b"second factor")))


def _key(purpose: bytes) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"zhenggai " + purpose, hashlib.sha256).digest()
