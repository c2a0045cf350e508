"""The restored text (还原后的文本), and the way back to the decoded source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.domain.spans import Edit
    from zhenggai.reading.decode import Decoded


@dataclass(frozen=True, slots=True)
class StepReport:
    """What one step did: its name, whether its signs were there, how many changes it made."""

    step: str
    on: bool
    count: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A text freed of noise; ``edits`` and ``report`` are put together on first access.

    ``facts`` is what removed lines said of the document (``published_on`` as an ISO date and
    ``published_source``, ``organisation``, ``source``, ``index_number``, ``document_number``).
    """

    decoded: Decoded
    text: str
    edits: Sequence[Edit] = field(repr=False)
    report: Sequence[StepReport]
    facts: Mapping[str, str]
    _shifts: list[tuple[int, int]] = field(default_factory=list, repr=False, compare=False)

    def unapply(self) -> str:
        """The decoded source, rebuilt from the restored text and the edits alone."""
        pieces: list[str] = []
        source = here = 0
        for edit in self.edits:
            gap = edit.span.start - source
            pieces += (self.text[here : here + gap], edit.before)
            here += gap + len(edit.after)
            source = edit.span.end
        pieces.append(self.text[here:])
        return "".join(pieces)

    def to_decoded(self, offset: int) -> int:
        """The place in the decoded source of a place in the restored text (both in code points)."""
        at = bisect_right(self._table(), offset, key=lambda shift: shift[0]) - 1
        if at < 0:
            return offset
        edit = self.edits[at]
        begin = self._table()[at][0]
        inside = offset - begin
        if inside < len(edit.after):
            return edit.span.start + min(inside, len(edit.before))
        return edit.span.end + inside - len(edit.after)

    def to_restored(self, offset: int) -> int:
        """The place in the restored text of a place of the decoded source; a removed piece is a border."""
        at = bisect_right(self.edits, offset, key=lambda edit: edit.span.start) - 1
        if at < 0:
            return offset
        edit = self.edits[at]
        begin = self._table()[at][0]
        inside = offset - edit.span.start
        if inside < len(edit.before):
            return begin + min(inside, len(edit.after))
        return begin + len(edit.after) + inside - len(edit.before)

    def _table(self) -> list[tuple[int, int]]:
        if not self._shifts:
            shift = 0
            for number, edit in enumerate(self.edits):
                self._shifts.append((edit.span.start + shift, number))
                shift += len(edit.after) - len(edit.before)
        return self._shifts
