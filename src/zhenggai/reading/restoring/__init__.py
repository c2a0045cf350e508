"""Noise out of a document (还原): layout → byte damage → furniture → readings → punctuation → script."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from zhenggai.reading.lazy import Lazy
from zhenggai.reading.restoring.cleaning import NOTHING_KNOWN, Cleaning, clean
from zhenggai.reading.restoring.edits import Change, apply, as_edits, compose
from zhenggai.reading.restoring.restored import Restored, StepReport

if TYPE_CHECKING:
    from zhenggai.domain.spans import Edit
    from zhenggai.reading.decode import Decoded

__all__ = ["Restored", "StepReport", "restore"]

_PASSES: Final = 4


def restore(decoded: Decoded) -> Restored:
    """Free a decoded document of its pages' furniture and a mirror's noise (还原).

    Every step is off where its signs are missing.
    """
    laid = [Change(*edit.span, edit.after, edit.kind, edit.why) for edit in decoded.layout_edits]
    passes = _passes(apply(decoded.text, laid) if laid else decoded.text)

    def edits() -> tuple[Edit, ...]:
        changes = [
            Change(edit.span.start, edit.span.end, edit.after, edit.kind, edit.why)
            for edit in decoded.byte_edits
        ]
        changes = compose(changes, laid, decoded.text)
        for each in passes:
            changes = each.add_to(changes)
        return as_edits(changes, decoded.text)

    def report() -> tuple[StepReport, ...]:
        steps = zip(*(each.report for each in passes), strict=True)
        return (
            StepReport("layout", bool(laid), len(laid)),
            *(
                StepReport(same[0].step, any(step.on for step in same), sum(step.count for step in same))
                for same in steps
            ),
        )

    facts = {name: value for each in reversed(passes) for name, value in each.facts.items()}
    return Restored(decoded, passes[-1].text, Lazy(edits), Lazy(report), MappingProxyType(facts))


def _passes(text: str) -> list[Cleaning]:
    """What damage left open is looked at again once its surroundings are clean: until nothing more comes."""
    passes = [clean(text, NOTHING_KNOWN)]
    while passes[-1].is_open and len(passes) < _PASSES:
        passes.append(clean(passes[-1].text, passes[-1].known))
        if passes[-1].text == passes[-2].text:
            break
    return passes
