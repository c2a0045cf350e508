"""Nothing is dropped: whatever is done to a document, its parts cover the restored text exactly once."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from zhenggai.domain.reading import PartKind
from zhenggai.reading import read
from zhenggai.reading.errors import EmptySourceError
from zhenggai.reading.rules import RULES, rule_message

SAMPLES = Path(__file__).parent / "samples"
LINES = [
    path.read_text(encoding="utf-8").split("\n")
    for path in sorted(SAMPLES.iterdir())
    if path.suffix in {".txt", ".html"}
]
PLACES = st.integers(0, 10_000)


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """A sample whose lines were deleted, swapped, doubled, joined with its neighbour or cut in two."""
    lines = list(draw(st.sampled_from(LINES)))
    for what in draw(st.lists(st.sampled_from(["delete", "swap", "double", "join", "cut"]), max_size=12)):
        if len(lines) < 2:
            break
        one, other = draw(PLACES) % len(lines), draw(PLACES) % len(lines)
        if what == "delete":
            del lines[one]
        elif what == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        elif what == "double":
            lines.insert(other, lines[one])
        elif what == "join":
            lines[one : one + 2] = ["".join(lines[one : one + 2])]
        else:
            at = draw(PLACES) % (len(lines[one]) + 1)
            lines[one : one + 1] = [lines[one][:at], lines[one][at:]]
    text = "\n".join(lines)
    start, end = sorted((draw(PLACES) % (len(text) + 1), len(text) - draw(PLACES) % 200))
    return text[start if draw(st.booleans()) else 0 : max(end, start)].strip() or "正文"


def read_or_reject(text):
    """The reading; a page that was mutilated to its head has no text and is refused, which is well."""
    try:
        return read(text, explain=True)
    except EmptySourceError:
        reject()


@settings(max_examples=250, deadline=None)
@given(mutilated())
def test_the_parts_of_a_mutilated_document_cover_it_exactly_once(text):
    reading = read_or_reject(text)

    place = 0
    for part in reading.parts:
        assert part.span.start == place < part.span.end
        assert part.rule in RULES
        place = part.span.end
    assert place == len(reading.text)
    unread = [part.span for part in reading.parts if part.kind is PartKind.UNREAD]
    assert [stretch.span for stretch in reading.unread] == unread
    assert all(stretch.text.strip() and stretch.why for stretch in reading.unread)


@settings(max_examples=120, deadline=None)
@given(mutilated())
def test_what_a_mutilated_document_says_is_explained_with_places_inside_it(text):
    reading = read_or_reject(text)

    paths = [one.path for one in reading.explained]
    assert len(paths) == len(set(paths))
    for number, finding in enumerate(reading.findings):
        assert f"findings/{number}/title" in paths
        assert all(
            f"findings/{number}/{name}" in paths
            for name in ("number", "theme", "group", "problem", "result", "status_text", "due_on")
            if getattr(finding, name) is not None
        )
    for one in reading.explained:
        assert "rule" not in rule_message(one.rule, dict(one.words)).values
        assert one.span is None or 0 <= one.span.start < one.span.end <= len(reading.text)
