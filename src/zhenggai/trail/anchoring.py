"""Anchoring the heads of chains in a file outside the database (锚定链头)."""

from __future__ import annotations

import json
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from django.conf import settings

from zhenggai.domain.errors import NotAllowedNowError
from zhenggai.domain.messages import msg
from zhenggai.proofs.anchors import AnchoredHead, AnchorReason, Anchors, anchor_line, read_anchors
from zhenggai.proofs.chain import moment_text
from zhenggai.proofs.signing import KEY_BYTES, make_key, public_of
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: one process writes there
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["AnchorReason", "anchor_heads", "anchor_key", "anchor_on_commit", "anchors_of", "own_anchors"]

_log: Final = logging.getLogger(__name__)
_TAIL_BYTES: Final = 64 * 1024


class AnchorKeyError(NotAllowedNowError):
    """The key that signs anchors is not one."""

    code = "anchor_key"
    template = msg(
        "The file %(path)s should hold the key that signs anchors, 64 hexadecimal digits, and does not; "
        "put the "
        "key back from a backup, or move the file away to begin with a new key and tell those who check."
    )


class AnchorFileError(NotAllowedNowError):
    """The anchor file cannot be read or written."""

    code = "anchor_file"
    template = msg(
        "The anchor file %(path)s cannot be used (%(reason)s); nothing was anchored. Make its folder "
        "writable "
        "or name another file with ZHENGGAI_ANCHOR_FILE."
    )


def anchor_key() -> bytes:
    """The private key that signs anchors, made on first use with access for its owner only (锚定密钥).

    :raises AnchorKeyError: its file holds something else.
    """
    path = Path(settings.ZHENGGAI_ANCHOR_KEY_FILE)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make_key().hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise AnchorKeyError(path=str(path))
    return key


def anchor_heads(
    *, at: datetime, reason: AnchorReason, chains: Collection[ChainKey] | None = None
) -> tuple[AnchoredHead, ...]:
    """Append the heads of ``chains``, or of all there are, to the anchor file (锚定); what was appended.

    The line is on the disk when this returns. A chain without an event has nothing to anchor.

    :raises AnchorKeyError: the key cannot be used.
    :raises AnchorFileError: the file cannot be written.
    """
    rows = Chain.objects.filter(head_seq__gt=0).order_by("kind", "key")
    if chains is not None:
        rows = rows.filter(kind__in={chain.kind for chain in chains}, key__in={chain.key for chain in chains})
    heads = tuple(
        AnchoredHead(row.kind, row.key, row.head_seq, row.head_hash)
        for row in rows
        if chains is None or ChainKey(row.kind, row.key) in chains
    )
    if not heads:
        return ()
    path = Path(settings.ZHENGGAI_ANCHOR_FILE)
    try:
        key = anchor_key()
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
            _locked(file)
            previous, is_torn = _last_line(file)
            line = anchor_line(heads, at=moment_text(at), reason=reason, previous=previous, private=key)
            file.write(b"\n" + line if is_torn else line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise AnchorFileError(path=str(path), reason=fault.strerror or type(fault).__name__) from fault
    return heads


def anchor_on_commit(chain: ChainKey, *, at: datetime, reason: AnchorReason) -> None:
    """Anchor a chain as soon as the change under way is committed.

    The change stands by then, so a file that cannot be written is logged and shows in ``trail verify``, which
    names the last anchor; the next anchor covers what this one would have.
    """
    from django.db import transaction  # noqa: PLC0415 - kept beside its only use

    def now() -> None:
        try:
            anchor_heads(at=at, reason=reason, chains=[chain])
        except NotAllowedNowError:
            _log.exception("The head of %s %s was not anchored.", chain.kind, chain.key)

    transaction.on_commit(now)


def anchors_of(path: Path, public: bytes | None = None) -> Anchors:
    """The anchors of a file; ``public`` is the only key that may have signed it.

    :raises AnchorFileError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return read_anchors(file, public)
    except OSError as fault:
        raise AnchorFileError(path=str(path), reason=fault.strerror or type(fault).__name__) from fault


def own_anchors() -> Anchors | None:
    """The anchors of this system's own file under its own key, or None where there is none yet."""
    path = Path(settings.ZHENGGAI_ANCHOR_FILE)
    if not path.exists():
        return None
    return anchors_of(path, public_of(anchor_key()))


def anchored_last() -> datetime | None:
    """When heads were last written to the anchor file (最近锚定时间), by its last line; None for never."""
    try:
        with Path(settings.ZHENGGAI_ANCHOR_FILE).open("rb") as file:
            line, _is_torn = _last_line(file)
        said = json.loads(line)["at"]
        return datetime.fromisoformat(said)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _locked(file: IO[bytes]) -> None:
    if fcntl is not None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)


def _last_line(file: IO[bytes]) -> tuple[bytes, bool]:
    """The last line that holds anything, and whether a power cut left it without its line feed."""
    size = file.seek(0, os.SEEK_END)
    reach = _TAIL_BYTES
    while True:
        start = max(0, size - reach)
        file.seek(start)
        tail = file.read(size - start)
        lines = tail.rstrip(b"\r\n").splitlines()
        if start == 0 or len(lines) > 1:
            break
        reach *= 4
    return (lines[-1] if lines else b""), bool(tail) and not tail.endswith(b"\n")
