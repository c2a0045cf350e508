"""The original beside its reading (原文对照): what was struck is seen with its reason, and nothing runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import Edit, EditKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhenggai.intake.windows import Window
    from zhenggai.web.intake.marks import Mark

KIND_WORDS: Final[dict[EditKind, str]] = {
    EditKind.READING: msg("injected reading"),
    EditKind.FURNITURE: msg("furniture of the page"),
    EditKind.SCRIPT: msg("character form"),
    EditKind.PUNCTUATION: msg("punctuation"),
    EditKind.BYTES: msg("damaged bytes"),
    EditKind.FLAG: msg("cannot be known"),
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between two borders: at most one edit covers it, and the same marks do."""

    start: int
    end: int
    edit: Edit | None
    is_last: bool


@dataclass(frozen=True, slots=True)
class _PlaceOf:
    """What the element around a run of pieces says: its field, its finding, whether it was asked for."""

    mark: Mark | None
    finding: str
    is_chosen: bool


def original_markup(
    window: Window, marks: Sequence[Mark], chosen: Span | None, numbers: Mapping[str, int]
) -> SafeString:
    """One stretch of the decoded source as paragraphs; ``data-at`` of each counts code points of the source.

    Every letter of the document is escaped. ``chosen`` is a place of the restored text that is marked as
    chosen; ``numbers`` names the place of a finding in the list.
    """
    target = window.to_source(chosen) if chosen else None
    writer = _Writer(window, marks, target, numbers)
    return _joined(writer.lines())


class _Writer:
    def __init__(
        self, window: Window, marks: Sequence[Mark], target: Span | None, numbers: Mapping[str, int]
    ) -> None:
        self.window = window
        self.marks = marks
        self.target = target
        self.numbers = numbers
        self.targeted = False
        self.pieces = _pieces(window, marks, target)
        self.pages = dict(window.pages)
        self.next_mark = 0
        self.active: list[Mark] = []

    def lines(self) -> Iterator[SafeString]:
        """Each line of the source as one paragraph; neighbours that belong to one field share one element."""
        parts: list[SafeString] = []
        run: list[SafeString] = []
        open_place: _PlaceOf | None = None
        at = self.window.span.start
        for piece in self.pieces:
            is_break = piece.start < piece.end and self._text(piece) == "\n"
            begun = self._begin_marks(piece)
            place = self._place_of(piece)
            if run and (is_break or place != open_place):
                parts.append(self._placed(open_place, run))
                run = []
            open_place = place
            if is_break:
                yield self._line(at, [*parts, self._newline(piece)])
                parts, at = [], piece.end
            else:
                run += [self._page(piece), self._numbered(begun), self._edited(piece)]
        if run:
            parts.append(self._placed(open_place, run))
        if parts:
            yield self._line(at, parts)

    def _text(self, piece: _Piece) -> str:
        start = self.window.span.start
        return self.window.text[piece.start - start : piece.end - start]

    def _line(self, at: int, parts: Sequence[SafeString]) -> SafeString:
        return format_html('<p data-at="{}">{}</p>\n', at, _joined(parts))

    def _newline(self, piece: _Piece) -> SafeString:
        """A struck line break is shown as a sign, a kept one is the end of the paragraph."""
        edit = piece.edit
        if edit is None or edit.kind is EditKind.FLAG:
            return SafeString("")
        written = self._written(edit) if piece.is_last else SafeString("")
        if "\n" in edit.after:
            return written
        struck = format_html(
            '<del class="edit edit-{}" title="{}" data-virtual>↵</del>', edit.kind.value, _why(edit)
        )
        return struck + written

    def _begin_marks(self, piece: _Piece) -> list[Mark]:
        begun = []
        while self.next_mark < len(self.marks) and self.marks[self.next_mark].place.start <= piece.start:
            mark = self.marks[self.next_mark]
            self.active.append(mark)
            begun.append(mark)
            self.next_mark += 1
        self.active = [mark for mark in self.active if mark.place.end > piece.start]
        return begun

    def _place_of(self, piece: _Piece) -> _PlaceOf | None:
        chosen = self.target is not None and self.target.start <= piece.start < self.target.end
        if not self.active:
            return _PlaceOf(None, "", is_chosen=True) if chosen else None
        # the shortest is the field itself; a finding around it is only its background
        mark = min(self.active, key=lambda one: one.place.end - one.place.start)
        finding = next((one.finding for one in self.active if one.finding), "")
        return _PlaceOf(mark, finding, is_chosen=chosen)

    def _placed(self, place: _PlaceOf | None, run: Sequence[SafeString]) -> SafeString:
        inner = _joined(run)
        if place is None:
            return inner
        if place.is_chosen and not self.targeted:
            self.targeted = True
            inner = format_html('<span id="place" tabindex="-1"></span>{}', inner)
        mark = place.mark
        if mark is None:
            return format_html('<span class="place is-here">{}</span>', inner)
        return format_html(
            '<span class="place place-{}{}" data-for="{}" data-in="{}" data-span="{}-{}">{}</span>',
            mark.kind,
            " is-here" if place.is_chosen else "",
            mark.field,
            place.finding,
            mark.restored.start,
            mark.restored.end,
            inner,
        )

    def _numbered(self, begun: Sequence[Mark]) -> SafeString:
        """A small number where a finding begins, which leads to it in the list."""
        pairs = (
            (mark.field, self.numbers[mark.field])
            for mark in begun
            if mark.kind == "finding" and mark.field in self.numbers
        )
        return format_html_join(
            "", '<a class="to-finding" href="#{0}" data-virtual data-to="{0}">{1}</a>', pairs
        )

    def _page(self, piece: _Piece) -> SafeString:
        """The number of the page of the file that begins here."""
        number = self.pages.pop(piece.start, None) if piece.start < piece.end else None
        if number is None:
            return SafeString("")
        return format_html(
            '<span class="page-mark num" data-virtual>{}</span>', _("Page %(number)s") % {"number": number}
        )

    def _edited(self, piece: _Piece) -> SafeString:
        text = conditional_escape(self._text(piece))
        edit = piece.edit
        if edit is None:
            return text
        if edit.kind is EditKind.FLAG:
            return format_html(
                '<mark class="edit edit-flag" title="{0}">{1}'
                '<span class="visually-hidden" data-virtual>[{0}]</span></mark>',
                _why(edit),
                text or "⚑",
            )
        written = self._written(edit) if piece.is_last else SafeString("")
        if not text:
            return written
        struck = format_html(
            '<del class="edit edit-{}" title="{}">'
            '<span class="visually-hidden" data-virtual>[{}]</span>{}</del>',
            edit.kind.value,
            _why(edit),
            _(KIND_WORDS[edit.kind]),
            text,
        )
        return struck + written

    def _written(self, edit: Edit) -> SafeString:
        words = edit.after.strip("\n")
        if not words:
            return SafeString("")
        return format_html('<ins class="edit edit-{}" data-virtual>{}</ins>', edit.kind.value, words)


def _why(edit: Edit) -> str:
    """The reason, and what stands instead."""
    words = edit.after.strip("\n")
    why = _(edit.why or KIND_WORDS[edit.kind])
    return f"{why} → {words}" if words and edit.kind is not EditKind.FLAG else why


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _pieces(window: Window, marks: Sequence[Mark], target: Span | None) -> Iterator[_Piece]:
    """The stretch cut at every border: of edits, marks, the chosen place, and line breaks by themselves."""
    borders = {window.span.start, window.span.end, *(place for place, _ in window.pages)}
    for edit in window.edits:
        borders.update(edit.span)
    for mark in marks:
        borders.update(mark.place)
    if target is not None:
        borders.update(target)
    start = window.span.start
    for offset, letter in enumerate(window.text):
        if letter == "\n":
            borders.update((start + offset, start + offset + 1))
    ordered = sorted(border for border in borders if window.span.start <= border <= window.span.end)
    edits = list(window.edits)
    at = 0
    for begin, end in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
        while at < len(edits) and edits[at].span.start <= begin:
            edit = edits[at]
            if edit.span.start == edit.span.end:
                yield _Piece(edit.span.start, edit.span.end, edit, is_last=True)
            elif edit.span.end > begin:
                break
            at += 1
        if begin == end:
            continue
        edit_here = edits[at] if at < len(edits) and edits[at].span.start <= begin else None
        yield _Piece(begin, end, edit_here, is_last=edit_here is not None and edit_here.span.end == end)
