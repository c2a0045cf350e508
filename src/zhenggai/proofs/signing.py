"""Signatures over texts (数字签名): Ed25519 (RFC 8032), keys of 32 bytes, signatures in hexadecimal."""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES: Final = 32
_FINGERPRINT_DIGITS: Final = 16


def make_key() -> bytes:
    """A new private key (私钥)."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key (公钥) that belongs to a private one."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """A short name of a public key (公钥指纹), 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:_FINGERPRINT_DIGITS]


def sign(private: bytes, text: str) -> str:
    """The signature over ``text`` (UTF-8)."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(text.encode("utf-8")).hex()


def holds(public: bytes, signature: str, text: str) -> bool:
    """Whether ``signature`` is that of ``text`` under ``public`` (验签); anything malformed does not hold."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), text.encode("utf-8"))
    except (InvalidSignature, ValueError):
        return False
    return True
