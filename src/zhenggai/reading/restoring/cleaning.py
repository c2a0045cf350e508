"""The steps of the restorer, once over a text (清理一遍)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading.restoring import damage, furniture, injected, lost_dates, punctuation, script, signs
from zhenggai.reading.restoring.edits import compose
from zhenggai.reading.restoring.restored import StepReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.reading.restoring.edits import Change
    from zhenggai.reading.restoring.injected import Spans


class Known(NamedTuple):
    """What an earlier pass found the page to be."""

    is_mirror: bool
    is_annotated: bool
    is_respelled: bool


NOTHING_KNOWN: Final = Known(is_mirror=False, is_annotated=False, is_respelled=False)


@dataclass(frozen=True, slots=True)
class Cleaning:
    """The text after one pass, its steps' changes, and what the page was found to be."""

    text: str
    known: Known
    is_open: bool
    """Whether damage was flagged, or a date laid bare, that another pass may mend."""
    _counted: tuple[StepReport, ...]
    facts: Mapping[str, str]
    _steps: tuple[tuple[list[Change], str], ...]
    """The changes of each step but the last, with the text that it found."""
    _readings: tuple[Spans, str]
    _marked: str

    @property
    def report(self) -> tuple[StepReport, ...]:
        """What each step did; the letters changed are counted only now."""
        is_respelled = self.text is not self._marked
        letters = script.differing(self._marked, self.text) if is_respelled else 0
        return (*self._counted, StepReport("script", is_respelled, letters))

    def add_to(self, changes: list[Change]) -> list[Change]:
        """The changes that led to the text of this pass, and its own, as one list."""
        (damages, source), (removed, mended), (marks, bare) = self._steps
        readings, cleared = self._readings
        changes = compose(changes, damages, source)
        changes = compose(changes, removed, mended)
        changes = compose(changes, injected.as_changes(cleared, readings), cleared)
        changes = compose(changes, marks, bare)
        return compose(changes, script.runs(self._marked, self.text, _borders(changes)), self._marked)


def clean(source: str, known: Known) -> Cleaning:
    """One pass over ``source``; what is ``known`` of the page need not be shown by its signs again."""
    seen = signs.look(source)
    part = script.look_over(signs.traditional_part(source, seen), seen)
    mended, damages = damage.mend(source, part)
    cleared, readings, found = furniture.clear(mended, part)
    certain = part.is_mirror_script or damage.is_evidence(damages)
    mirror = known.is_mirror or certain or found.mirror_lines > 0
    noisy = known.is_annotated or injected.is_noise(cleared, readings, seen, mirror=mirror, certain=certain)
    bare, struck = injected.strip(cleared, readings) if noisy else (cleared, [])
    mirror = mirror or noisy
    marked, marks = punctuation.mend(bare, mirror=mirror)
    respelled = known.is_respelled or script.is_noise(seen, mirror=mirror)
    text = marked
    if respelled:
        text = script.simplify_around(marked, signs.japanese_quotations(marked))
    elif seen.is_mixed and (part.is_mirror_script or noisy):
        text = script.simplify_islands(marked, signs.islands(marked))
    return Cleaning(
        text,
        Known(mirror, noisy, respelled),
        damage.is_open(damages) or (bool(struck) and bool(lost_dates.add(text, []))),
        (
            StepReport("bytes", bool(damages), len(damages)),
            StepReport("furniture", bool(found.changes), len(found.changes)),
            StepReport("readings_inside_furniture", found.readings_inside > 0, found.readings_inside),
            StepReport("readings", noisy, len(struck)),
            StepReport("punctuation", bool(marks), len(marks)),
        ),
        found.facts,
        ((damages, source), (found.changes, mended), (marks, bare)),
        (struck, cleared),
        marked,
    )


def _borders(changes: list[Change]) -> list[int]:
    """Where the changes so far begin and end in the text they led to."""
    borders: list[int] = []
    shift = 0
    for change in changes:
        begin = change.start + shift
        borders += (begin, begin + len(change.after))
        shift += len(change.after) - (change.end - change.start)
    return borders
