"""The restored text covered once by fields, labels, headings and what stayed unread."""

from __future__ import annotations

from typing import NamedTuple

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import Part, PartKind, Unread
from zhenggai.domain.spans import Span

WHY_STRAY = msg("This stretch follows none of the forms of a notice that the reader knows.")
WHY_PAGE = msg("This line is a page counter.")
WHY_TABLE = msg("This table has no header that names problems, so its rows were not taken for findings.")
WHY_UNLABELLED = msg("This stretch stands in a finding, but under no label that the reader knows.")
WHY_NO_NOTICE = msg(
    "The text has neither the title nor the headings of a notice, so nothing was taken from it."
)


class Claim(NamedTuple):
    """A stretch that was read. Inside another claim the shorter one holds."""

    start: int
    end: int
    kind: PartKind
    path: str
    rule: str


def partition(text: str, claims: list[Claim]) -> tuple[tuple[Part, ...], tuple[Unread, ...]]:
    """``claims`` as parts that cover ``text`` exactly once, and what of it was not claimed."""
    parts: list[Part] = []
    unread: list[Unread] = []
    stack: list[Claim] = []
    place = 0

    def gap(start: int, end: int) -> None:
        core = text[start:end]
        body = core.strip()
        if not body.strip("。；;，,|（）()【】[]、：:"):
            parts.append(Part(PartKind.LABEL, Span(start, end), "layout", "layout"))
            return
        lead = start + len(core) - len(core.lstrip())
        tail = lead + len(body)
        if lead > start:
            parts.append(Part(PartKind.LABEL, Span(start, lead), "layout", "layout"))
        parts.append(Part(PartKind.UNREAD, Span(lead, tail), f"unread/{len(unread)}", "unclaimed"))
        unread.append(Unread(body, WHY_STRAY, Span(lead, tail)))
        if end > tail:
            parts.append(Part(PartKind.LABEL, Span(tail, end), "layout", "layout"))

    def advance(to: int) -> None:
        nonlocal place
        while place < to:
            while stack and stack[-1].end <= place:
                stack.pop()
            if not stack:
                gap(place, to)
                place = to
                return
            top = stack[-1]
            stop = min(to, top.end)
            if top.kind is PartKind.UNREAD:
                body = text[place:stop]
                unread.append(Unread(body.strip(), top.path, Span(place, stop)))
                parts.append(Part(PartKind.UNREAD, Span(place, stop), f"unread/{len(unread) - 1}", top.rule))
            else:
                parts.append(Part(top.kind, Span(place, stop), top.path, top.rule))
            place = stop

    for claim in sorted(claims, key=lambda claim: (claim.start, -claim.end)):
        if claim.start >= claim.end or claim.end <= place:
            continue
        advance(claim.start)
        while stack and stack[-1].end <= claim.start:
            stack.pop()
        limit = stack[-1].end if stack else claim.end
        stack.append(claim._replace(end=min(claim.end, limit)))
    advance(len(text))
    return tuple(parts), tuple(unread)
