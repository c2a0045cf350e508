"""The third step of reading: restored text → outline (提纲)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, cast

from zhenggai.reading import patterns as re
from zhenggai.reading.outline_lines import GLYPHS, Paragraph, ParagraphKind, paragraphs
from zhenggai.reading.outline_marks import MarkKind, mark_at
from zhenggai.reading.outline_tree import Heading, build

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

__all__ = [
    "Heading",
    "Outline",
    "Paragraph",
    "ParagraphKind",
    "Unnumbered",
    "before_bullet",
    "outline",
    "title_end",
]

_TITLE = re.compile(
    r"(?>“[^“”]{0,400}”|《[^《》]{0,300}》|「[^「」]{0,300}」|『[^『』]{0,300}』"
    r"|[(（][^()（）]{0,300}[)）]|[^。！？!?\n“《「『(（])*+"
    r"(?P<stop>[。！？!?])?"
)
_NAIVE = re.compile(r"[。！？!?]")
_BULLET = re.compile(r"[:：,，]?(?:(?<!\s)\s*+)?(?:一是|首先[,，]|①|[(（]1[)）])")
_COLON = re.compile(r"[:：]")
_PROBLEM_LABEL = re.compile(
    r"(?:存在|反馈|具体|主要|发现|突出|整改)?(?:的)?(?:主要)?(?:问题|隐患|任务|事项)(?:表现|描述|内容)?|具体表现"
    r"|(?:审计|巡[察视]|督[察查]|检查)(?:发现|查出|指出)"
)
_NOW = re.compile(
    r"(?:下一步|下步|后续|今后|下一?阶段)(?:整改)?(?:的)?(?:工作)?(?:打算|安排|计划|措施|重点|思路)?(?:及?(?:打算|安排"
    r"|计划|措施))?"
    r"|附\s?[件表]\s?\d{0,2}(?:[:：].{0,60})?|联系方式|(?:监督|意见)反馈方式"
)
_SHORT_TITLE = 40
_BULLETS = f"{GLYPHS} \u3000\t"


class Unnumbered(NamedTuple):
    """A heading without number: where its title stands, and whether it names a unit above its findings."""

    title_start: int
    title_end: int
    names_unit: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """Paragraphs and headings of one text; ``end`` is where the closing lines (联系方式、落款) begin."""

    paragraphs: Sequence[Paragraph]
    headings: Sequence[Heading]
    roots: Sequence[Heading]
    end: int


def outline(
    text: str,
    labels: Sequence[int] = (),
    end: int | None = None,
    lines: Sequence[Paragraph] | None = None,
    labelled: Container[int] = (),
    unnumbered: Mapping[int, Unnumbered] = MappingProxyType({}),
    below_labels: Container[int] = (),
) -> Outline:
    """Find headings and their levels in restored ``text``.

    ``labels`` are the sorted places of field labels (整改情况：): a title never runs past one. ``end`` cuts
    off closing lines that belong to no section; ``lines`` are the paragraphs where they are known already;
    paragraphs that begin at one of ``labelled`` are numbered labels, not headings. ``unnumbered`` are the
    paragraphs known to be headings without number, each with the place of its title. A list that begins at
    one of ``below_labels`` stands inside the heading above, until the next label begins a paragraph.
    """
    lines = paragraphs(text) if lines is None else lines
    end = len(text) if end is None else end
    headings: list[Heading] = []
    place = 0
    nested = _Nested(text, lines, frozenset(labels), below_labels)
    for at, paragraph in enumerate(lines):
        if paragraph.start >= end:
            break
        if paragraph.kind is not ParagraphKind.PROSE:
            continue
        nested.look(at)
        mark = None if paragraph.start in labelled else mark_at(text, paragraph.start, paragraph.end)
        if mark is None:
            known = unnumbered.get(paragraph.start)
            if known is not None:
                headings.append(_unnumbered(text, paragraph, known))
            elif (
                paragraph.end - paragraph.start <= 60
                and _NOW.fullmatch(text, paragraph.start, paragraph.end)
                and paragraph.start > lines[0].start
            ):
                headings.append(Heading(None, paragraph.start, paragraph.start, paragraph.end, paragraph.end))
            continue
        while place < len(labels) and labels[place] <= mark.start:
            place += 1
        limit = paragraph.end
        if place < len(labels) and labels[place] < limit:
            limit = labels[place]
        counted = mark if mark.kind is MarkKind.PROBLEM else mark_at(text, mark.end, limit)
        of_problem = counted is not None and counted.kind is MarkKind.PROBLEM
        begin = counted.end if counted is not None and of_problem else mark.end
        stop, body = title_end(text, begin, limit)
        heading = Heading(mark, paragraph.start, begin, stop, body, counts_problem=of_problem)
        nested.tell(heading, at)
        headings.append(heading)
    roots = build(headings, end)
    for heading in headings:
        heading.end = before_bullet(text, heading.start, heading.end)
    return Outline(lines, headings, roots, end)


def before_bullet(text: str, start: int, end: int) -> int:
    """``end`` before the bullet of the line that begins there (◆), which belongs to that line."""
    line = text.rfind("\n", start, end) + 1
    return line if line and text[line:end].strip() and not text[line:end].strip(_BULLETS) else end


def _unnumbered(text: str, paragraph: Paragraph, known: Unnumbered) -> Heading:
    """A heading without number; words for what comes next may go on with it in the same paragraph."""
    begin, end = known.title_start, known.title_end
    colon = _COLON.search(text, begin, min(begin + _SHORT_TITLE, paragraph.end))
    if colon is not None and _NOW.fullmatch(text, begin, colon.start()):
        return Heading(None, paragraph.start, begin, colon.start(), colon.end())
    while end > begin and text[end - 1] in "】]：:":
        end -= 1
    return Heading(None, paragraph.start, begin, end, paragraph.end, names_unit=known.names_unit)


class _Nested:
    """A list that stands below a label (整改措施：), and what ends it before the next heading."""

    def __init__(
        self, text: str, lines: Sequence[Paragraph], labels: Container[int], below: Container[int]
    ) -> None:
        self.text = text
        self.lines = lines
        self.labels = labels
        self.below = below
        self.begun: int | None = None
        self.closes = False

    def look(self, at: int) -> None:
        """Look at the paragraph ``at``: a label at its beginning ends the list."""
        if self.begun is not None and self.lines[at].start in self.labels:
            self.begun, self.closes = None, True

    def tell(self, heading: Heading, at: int) -> None:
        """Say whether ``heading``, the paragraph ``at``, begins such a list or stands behind one."""
        if self.begun is not None and self._is_outside(at):
            self.begun, self.closes = None, True
        heading.closes, self.closes = self.closes, False
        if heading.mark is not None and heading.mark.ordinal == 1 and heading.start in self.below:
            heading.nests, self.begun = True, at

    def _is_outside(self, at: int) -> bool:
        """Whether the paragraph ``at`` is further out than the list, or stands above a label like its own."""
        assert self.begun is not None  # noqa: S101 - asked for only inside a list
        if self._indent(at) < self._indent(self.begun):
            return True
        return at + 1 < len(self.lines) and self._words(at + 1) == self._words(self.begun - 1)

    def _indent(self, at: int) -> int:
        start = self.lines[at].start
        return start - self.text.rfind("\n", 0, start)

    def _words(self, at: int) -> str:
        return self.text[self.lines[at].start : self.lines[at].end]


def title_end(text: str, start: int, limit: int) -> tuple[int, int]:
    """Where a heading's title ends and where the text after it begins, both within ``limit``.

    A title ends at the first full stop outside quotes, before 一是, at the colon behind its quotation, or
    with its paragraph.
    """
    found = cast("re.Match[str]", _TITLE.match(text, start, limit))
    if found["stop"]:
        stop, body = found.start("stop"), found.end()
    elif found.end() >= limit:
        stop = body = limit
    else:
        naive = _NAIVE.search(text, start, limit)
        stop, body = (naive.start(), naive.end()) if naive else (limit, limit)
    bullet = _BULLET.search(text, start, stop)
    if bullet is not None and bullet.start() > start:
        return bullet.start(), bullet.start() + len(bullet[0]) - len(bullet[0].lstrip(":：,，"))
    colon = _COLON.search(text, start, stop)
    if colon is not None and text[start] == "“" and text[colon.start() - 1] == "”":
        return colon.start(), colon.end()
    if (
        colon is not None
        and not _PROBLEM_LABEL.fullmatch(text, start, colon.start())
        and 2 <= colon.start() - start <= _SHORT_TITLE
        and stop - colon.end() > 12
    ):
        return colon.start(), colon.end()
    return stop, body
