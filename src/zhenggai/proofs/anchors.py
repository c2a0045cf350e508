"""Signed heads of chains kept outside the database (锚点): what shows a cut tail or a chain written anew.

One anchor a line, canonical JSON (RFC 8785), format `FORMAT`. Each line names the SHA-256 of the line before
it and is signed without its own signature, so that a line taken out, put in or changed shows; the end of the
file is for whoever keeps a copy of it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.messages import Message, msg
from zhenggai.proofs.chain import GENESIS, Json, canonical_text, is_hash
from zhenggai.proofs.signing import KEY_BYTES, fingerprint, holds, public_of, sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FORMAT: Final = "zhenggai.anchor/1"
LINE_MOST_BYTES: Final = 16 * 1024 * 1024

NOT_ANCHORED: Final = msg(
    "No head of this chain kept outside the database was compared, so a chain cut or written anew together "
    "with its head would not show."
)
_TORN: Final = msg(
    "Line %(line)s of the anchor file is no anchor: it was changed, or a power cut left half of it."
)
_SIGNATURE: Final = msg(
    "The signature of line %(line)s of the anchor file does not hold: the line was changed."
)
_LINK: Final = msg(
    "Line %(line)s of the anchor file does not follow the line before it: a line was taken out, put in or "
    "changed."
)
_OTHER_KEY: Final = msg(
    "Line %(line)s of the anchor file is signed with the key %(found)s and not with %(wanted)s: it comes "
    "from "
    "another system, or somebody made a key of his own."
)
_CUT: Final = msg(
    "On %(at)s the chain had %(seq)s entries, now it ends before that: its tail was cut off. (Line "
    "%(line)s of "
    "the anchor file.)"
)
_REWRITTEN: Final = msg(
    "Entry %(seq)s is not the one that was there on %(at)s: the chain was written anew up to it. (Line "
    "%(line)s "
    "of the anchor file.)"
)


class AnchorReason(StrEnum):
    """Why heads were anchored (锚定事由)."""

    CLOSURE = "closure"
    DAILY = "daily"
    EXPORT = "export"
    ON_DEMAND = "on_demand"


@dataclass(frozen=True, slots=True)
class AnchoredHead:
    """How far one chain went at that moment."""

    kind: str
    key: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line of an anchor file; ``at`` is UTC text as chains write it, ``line`` counts from 1."""

    line: int
    at: str
    reason: str
    heads: tuple[AnchoredHead, ...]
    public: bytes


@dataclass(frozen=True, slots=True)
class Anchors:
    """An anchor file as it was read: its whole anchors, and what does not hold."""

    anchors: tuple[Anchor, ...] = ()
    problems: tuple[Message, ...] = ()

    def of_chain(self, kind: str, key: int) -> list[tuple[Anchor, AnchoredHead]]:
        """The heads of one chain, oldest first."""
        return [
            (anchor, head)
            for anchor in self.anchors
            for head in anchor.heads
            if (head.kind, head.key) == (kind, key)
        ]

    @property
    def keys(self) -> tuple[str, ...]:
        """Fingerprints of the keys that signed, each once."""
        return tuple(dict.fromkeys(fingerprint(anchor.public) for anchor in self.anchors))


def anchor_line(
    heads: Sequence[AnchoredHead], *, at: str, reason: AnchorReason, previous: bytes, private: bytes
) -> bytes:
    """A new line of the anchor file, line feed included; ``previous`` is the line before it, or empty."""
    plain: dict[str, Json] = {
        "format": FORMAT,
        "at": at,
        "reason": reason.value,
        "previous": _line_hash(previous),
        "heads": [{"kind": head.kind, "key": head.key, "seq": head.seq, "hash": head.hash} for head in heads],
        "public": public_of(private).hex(),
    }
    signature = sign(private, canonical_text(plain))
    return canonical_text({**plain, "signature": signature}).encode("utf-8") + b"\n"


def read_anchors(lines: Iterable[bytes], public: bytes | None = None) -> Anchors:
    """An anchor file checked line by line (核对锚点); ``public`` is the only key that may have signed it.

    Without ``public`` the file vouches for itself alone: whoever can replace it can sign it with a new key.
    """
    anchors: list[Anchor] = []
    problems: list[Message] = []
    previous = b""
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip(b"\r\n")
        if not line.strip():
            continue
        anchor = _anchor(number, line)
        if anchor is None:
            problems.append(Message(_TORN, {"line": number}))
            # what was written after a power cut follows the half line that it left
            previous = line
            continue
        read, linked_to, signed = anchor
        wanted = public if public is not None else (anchors[0].public if anchors else read.public)
        if read.public != wanted:
            problems.append(
                Message(
                    _OTHER_KEY,
                    {"line": number, "found": fingerprint(read.public), "wanted": fingerprint(wanted)},
                )
            )
        elif not signed:
            problems.append(Message(_SIGNATURE, {"line": number}))
        else:
            anchors.append(read)
        if linked_to != _line_hash(previous):
            problems.append(Message(_LINK, {"line": number}))
        previous = line
    return Anchors(tuple(anchors), tuple(problems))


def broken_promises(
    promised: Sequence[tuple[Anchor, AnchoredHead]], hashes: Mapping[int, str]
) -> tuple[Message, ...]:
    """What of the anchored heads of one chain no longer stands; ``hashes`` are its entries' by number."""
    problems: list[Message] = []
    for anchor, head in promised:
        values = {"at": anchor.at, "seq": head.seq, "line": anchor.line}
        if head.seq not in hashes:
            problems.append(Message(_CUT, values))
        elif hashes[head.seq] != head.hash:
            problems.append(Message(_REWRITTEN, values))
    return tuple(problems)


def _line_hash(line: bytes) -> str:
    line = line.rstrip(b"\r\n")
    return hashlib.sha256(line).hexdigest() if line else GENESIS


def _anchor(number: int, line: bytes) -> tuple[Anchor, str, bool] | None:
    """The anchor of a line, the line it says it follows, and whether its signature holds."""
    try:
        plain: Any = json.loads(line[:LINE_MOST_BYTES])
        if plain.pop("format") != FORMAT:
            return None
        signature = str(plain.pop("signature"))
        heads = tuple(
            AnchoredHead(str(head["kind"]), int(head["key"]), int(head["seq"]), str(head["hash"]))
            for head in plain["heads"]
        )
        public = bytes.fromhex(plain["public"])
        anchor = Anchor(number, str(plain["at"]), str(plain["reason"]), heads, public)
        signed = canonical_text({"format": FORMAT, **plain})
        linked_to = str(plain["previous"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if len(public) != KEY_BYTES or not all(is_hash(head.hash) for head in heads):
        return None
    return anchor, linked_to, holds(public, signature, signed)
