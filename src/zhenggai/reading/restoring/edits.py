"""Changes of one step after another, put together in code points of the decoded source (修改记录)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zhenggai.domain.spans import Edit, EditKind, Span


class Change(NamedTuple):
    """``[start, end)`` of a step's input becomes ``after`` in its output."""

    start: int
    end: int
    after: str
    kind: EditKind
    why: str


def apply(text: str, changes: Sequence[Change]) -> str:
    """The output of a step."""
    pieces: list[str] = []
    at = 0
    for change in changes:
        pieces += (text[at : change.start], change.after)
        at = change.end
    pieces.append(text[at:])
    return "".join(pieces)


def compose(earlier: Sequence[Change], later: Sequence[Change], middle: str) -> list[Change]:
    """One list for two steps: ``middle`` is the text between them.

    A later change inside an earlier one (or around it) merges with it.
    """
    if not earlier or not later:
        return list(earlier or later)
    merged: list[Change] = []
    group: list[tuple[int, int, Change, bool]] = []
    reach = shift = 0

    def close() -> None:
        nonlocal shift
        if not group:
            return
        begin = min(item[0] for item in group)
        source_begin = begin + shift
        for _, _, change, is_later in group:
            if not is_later:
                shift += change.end - change.start - len(change.after)
        if len(group) == 1:
            change = group[0][2]
            merged.append(change._replace(start=source_begin, end=reach + shift))
        else:
            inner = [
                change._replace(start=change.start - begin, end=change.end - begin)
                for _, _, change, is_later in group
                if is_later
            ]
            chief = _chief(group)
            merged.append(
                Change(source_begin, reach + shift, apply(middle[begin:reach], inner), chief.kind, chief.why)
            )
            if chief.kind is not EditKind.FLAG:
                # A place flagged after something was changed in it: the flag stands behind it without width.
                merged.extend(
                    change._replace(start=reach + shift, end=reach + shift, after="")
                    for _, _, change, is_later in group
                    if is_later and change.kind is EditKind.FLAG
                )
        group.clear()

    for item in _by_place(earlier, later):
        begin, end = item[0], item[1]
        if begin >= reach:
            close()
        if not group:
            reach = end
        group.append(item)
        reach = max(reach, end)
    close()
    return merged


def _chief(group: list[tuple[int, int, Change, bool]]) -> Change:
    """The change that gives a merged edit its kind: the widest that changes anything, the earlier of two."""
    changing = [item for item in group if item[2].kind is not EditKind.FLAG] or group
    return max(changing, key=lambda item: (item[1] - item[0], not item[3]))[2]


def _by_place(earlier: Sequence[Change], later: Sequence[Change]) -> Iterator[tuple[int, int, Change, bool]]:
    """Both lists in the order of the middle text, each with its place there."""
    placed: list[tuple[int, int, Change, bool]] = []
    shift = 0
    for change in earlier:
        begin = change.start + shift
        placed.append((begin, begin + len(change.after), change, False))
        shift += len(change.after) - (change.end - change.start)
    placed += ((change.start, change.end, change, True) for change in later)
    # At one place: what ends there comes before what begins there, an empty place before a wide one.
    placed.sort(key=lambda item: (item[0], item[1]))
    yield from placed


def as_edits(changes: Sequence[Change], decoded: str) -> tuple[Edit, ...]:
    """The changes as edits, with what stood there."""
    return tuple(
        Edit(
            change.kind,
            Span(change.start, change.end),
            decoded[change.start : change.end],
            change.after,
            change.why,
        )
        for change in changes
    )
