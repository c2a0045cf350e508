"""Noise out of a document (还原): layout → byte damage → furniture → readings → punctuation → script."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from zhenggai.reading.lazy import Lazy
from zhenggai.reading.restoring import damage, furniture, injected, punctuation, script, signs
from zhenggai.reading.restoring.edits import Change, apply, as_edits, compose
from zhenggai.reading.restoring.restored import Restored, StepReport

if TYPE_CHECKING:
    from zhenggai.domain.spans import Edit
    from zhenggai.reading.decode import Decoded

__all__ = ["Restored", "StepReport", "restore"]


def restore(decoded: Decoded) -> Restored:
    """Free a decoded document of its pages' furniture and a mirror's noise (还原).

    Every step is off where its signs are missing.
    """
    laid = [Change(*edit.span, edit.after, edit.kind, edit.why) for edit in decoded.layout_edits]
    plain = apply(decoded.text, laid) if laid else decoded.text
    seen = signs.look(plain)
    mended, damages = damage.mend(plain, seen)
    cleared, readings, found = furniture.clear(mended)
    mirror = seen.is_mirror_script or bool(damages) or found.mirror_lines > 0
    noisy = injected.is_noise(cleared, readings, seen, mirror=mirror)
    bare, struck = injected.strip(cleared, readings) if noisy else (cleared, [])
    mirror = mirror or noisy
    marked, marks = punctuation.mend(bare, mirror=mirror)
    simplifies = script.is_noise(seen, mirror=mirror)
    text = script.simplify(marked) if simplifies else marked

    def edits() -> tuple[Edit, ...]:
        changes = [
            Change(edit.span.start, edit.span.end, edit.after, edit.kind, edit.why)
            for edit in decoded.byte_edits
        ]
        changes = compose(compose(changes, laid, decoded.text), damages, plain)
        changes = compose(changes, found.changes, mended)
        changes = compose(changes, injected.as_changes(cleared, struck), cleared)
        changes = compose(changes, marks, bare)
        changes = compose(changes, script.runs(marked, text, _borders(changes)), marked)
        return as_edits(changes, decoded.text)

    def report() -> tuple[StepReport, ...]:
        changed = script.differing(marked, text) if simplifies else 0
        return (
            StepReport("layout", bool(laid), len(laid)),
            StepReport("bytes", bool(damages), len(damages)),
            StepReport("furniture", bool(found.changes), len(found.changes)),
            StepReport("readings_inside_furniture", found.readings_inside > 0, found.readings_inside),
            StepReport("readings", noisy, len(struck)),
            StepReport("punctuation", bool(marks), len(marks)),
            StepReport("script", simplifies, changed),
        )

    return Restored(decoded, text, Lazy(edits), Lazy(report), MappingProxyType(found.facts))


def _borders(changes: list[Change]) -> list[int]:
    """Where the changes so far begin and end in the text they led to."""
    borders: list[int] = []
    shift = 0
    for change in changes:
        begin = change.start + shift
        borders += (begin, begin + len(change.after))
        shift += len(change.after) - (change.end - change.start)
    return borders
