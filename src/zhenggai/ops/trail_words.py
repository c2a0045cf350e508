"""How the state of a chain and of an anchor file is said (验链结果的说法); needs no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.ops.language import _, translate
from zhenggai.ops.telling import say

if TYPE_CHECKING:
    from zhenggai.proofs.anchors import Anchors


def chain_words(kind: str, key: int, *, count: int, holds: bool, seq: int, hash_: str) -> str:
    """One line on one chain: what it is, how long, whether it holds."""
    names = {
        "inspection": _("Inspection %(key)s", key=key),
        "organisation": _("Organisation %(key)s", key=key),
    }
    name = names.get(kind, _("Events outside every chain"))
    state = _("holds") if holds else _("BROKEN")
    return _(
        "%(name)s: %(count)s events, %(state)s (head %(seq)s %(hash)s)",
        name=name,
        count=count,
        state=state,
        seq=seq,
        hash=hash_[:16],
    )


def tell_anchors(anchors: Anchors, *, is_own: bool, is_keyed: bool) -> bool:
    """Say what of an anchor file does not hold and how far it can be trusted; whether all of it holds."""
    for problem in anchors.problems:
        say(f"– {problem.render(translate)}")
    if is_own:
        say(
            _(
                "The anchor file lies on this machine: whoever may write to it and to the database may "
                "change "
                "both. Compare a copy that is kept elsewhere (--anchor FILE --key KEY)."
            )
        )
    elif not is_keyed:
        say(
            _(
                "The anchor file was signed with the key %(keys)s; without --key it is not known whose "
                "that is.",
                keys="、".join(anchors.keys) or "–",
            )
        )
    return not anchors.problems
