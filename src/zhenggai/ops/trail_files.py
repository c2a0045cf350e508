"""Checking an export of the trail without any database (离线验链)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.ops.language import _, translate
from zhenggai.ops.telling import say
from zhenggai.ops.trail_words import chain_words, tell_anchors
from zhenggai.proofs.anchors import NOT_ANCHORED, read_anchors
from zhenggai.proofs.exporting import verify_export

if TYPE_CHECKING:
    from pathlib import Path

    from zhenggai.proofs.anchors import Anchors
    from zhenggai.proofs.exporting import ExportedChain

_WITHHELD: Final = msg(
    "Of %(count)s events the file holds the digests alone, because they tell of restricted findings; a "
    "change of them would show all the same."
)


def verify_file(*, export: Path, anchor_file: Path | None, public: bytes | None) -> bool:
    """Check an export without any database, print what was found, and say whether all of it holds.

    Raises:
        TrailExportError: when a line is none of an export.
    """
    anchors = None if anchor_file is None else _anchors_in(anchor_file, public)
    with export.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        chains = verify_export(lines, anchors)
    for chain in chains:
        say(_exported_line(chain))
        if chain.withheld:
            say("– " + _(_WITHHELD, count=chain.withheld))
        for problem in chain.verification.problems:
            say(f"– {problem.message.render(translate)}")
        if chain.verification.unnamed_problems:
            say("– " + _("… and %(count)s more.", count=chain.verification.unnamed_problems))
        for message in chain.anchor_problems:
            say(f"– {message.render(translate)}")
    if not chains:
        say(_("The file holds no chain."))
    if anchors is None:
        say(translate(NOT_ANCHORED))
    anchored = anchors is None or tell_anchors(anchors, is_own=False, is_keyed=public is not None)
    return bool(chains) and anchored and all(chain.ok for chain in chains)


def _anchors_in(path: Path, public: bytes | None) -> Anchors:
    with path.open("rb") as file:
        return read_anchors(file, public)


def _exported_line(chain: ExportedChain) -> str:
    return chain_words(
        chain.kind,
        chain.key,
        count=chain.verification.count,
        holds=chain.ok,
        seq=chain.head.seq,
        hash_=chain.head.hash,
    )
