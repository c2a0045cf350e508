"""Why each field of a reading holds what it holds (识读依据), for a terminal and as JSON."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from zhenggai.domain.messages import msg
from zhenggai.ops.language import _, translate
from zhenggai.ops.tabulating import excerpt
from zhenggai.ops.terminal import Column, Row, heading, screen_columns, table
from zhenggai.reading.rules import rule_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.domain.reading import Explanation, Reading

_PLACE = 28
_FIELDS = {
    "kind": msg("Kind"),
    "title": msg("Title"),
    "organisation": msg("Inspected organisation"),
    "inspector": msg("Inspecting body"),
    "dates/on_site": msg("Inspected on"),
    "dates/feedback_on": msg("Feedback on"),
    "dates/as_of": msg("Figures as of"),
    "dates/published_on": msg("Published on"),
    "truncated": msg("Breaks off"),
}
_OF_FINDING = {
    "number": msg("Number"),
    "theme": msg("Theme"),
    "group": msg("Group"),
    "title": msg("Finding"),
    "problem": msg("Problem"),
    "organisation": msg("Organisation"),
    "result": msg("Result"),
    "status_text": msg("Status as printed"),
    "stated_progress": msg("Stated progress"),
    "stated_nature": msg("Stated nature"),
    "stated_closed": msg("Stated closure"),
    "responsible_leader": msg("Responsible leader"),
    "lead_unit": msg("Responsible unit"),
    "supporting_units": msg("Supporting units"),
    "due_text": msg("Due as printed"),
    "due_on": msg("Due on"),
    "truncated": msg("Breaks off"),
}
_OF_ITEM = {
    "leader": msg("its leader"),
    "unit": msg("its unit"),
    "due_text": msg("its deadline as printed"),
    "due_on": msg("its deadline"),
}
_LISTS = {"measures": msg("Measure %(number)s"), "actions": msg("Action %(number)s")}
_CONTACT = {"phones": msg("Telephone"), "emails": msg("E-mail"), "addresses": msg("Address")}


def explained_dicts(reading: Reading) -> list[dict[str, Any]]:
    """The explanations as plain JSON values; ``sentence`` is in the language of this command."""
    return [
        {
            "path": one.path,
            "rule": one.rule,
            "span": list(one.span) if one.span else None,
            "sentence": _sentence(one),
        }
        for one in reading.explained
    ]


def explained_lines(reading: Reading) -> list[str]:
    """Field, rule and place, under the part of the reading that the field belongs to."""
    columns = (Column(_("Field")), Column(_("Place")), Column(_("Read because"), weight=1))
    lines = _Lines(reading.text)
    rows = list(_rows(reading, lines))
    return [*heading(_("Why each field was read so")), *table(columns, rows, screen_columns())]


class _Lines:
    """Where a place stands as line:column of the restored text, both counted from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]

    def place(self, one: Explanation) -> str:
        if one.span is None:
            return "–"
        line = bisect_right(self.starts, one.span.start) - 1
        words = excerpt(one.span.of(self.text), _PLACE // 2)
        return f"{line + 1}:{one.span.start - self.starts[line] + 1} {words}"


def _rows(reading: Reading, lines: _Lines) -> Iterator[Row]:
    part = ""
    for one in reading.explained:
        above = _part(reading, one.path)
        if above != part:
            part = above
            yield above
        yield (_field(one.path), lines.place(one), _sentence(one))


def _sentence(one: Explanation) -> str:
    return rule_message(one.rule, dict(one.words)).render(translate)


def _part(reading: Reading, path: str) -> str:
    root, number, *_rest = [*path.split("/"), "", ""]
    if root == "findings":
        finding = reading.findings[int(number)]
        return " ".join(filter(None, (finding.number, excerpt(finding.title, 60))))
    if root == "sections":
        return _("Headings")
    if root == "statistics":
        return excerpt(reading.statistics[int(number)].text, 60)
    return _("Contact") if root == "contact" else _("Document")


def _field(path: str) -> str:
    root, *rest = path.split("/")
    if root == "findings":
        return _finding_field(rest[1:])
    if root == "sections":
        return _("Heading %(number)s", number=int(rest[0]) + 1)
    if root == "statistics":
        return _("Figure %(number)s", number=int(rest[2]) + 1) if len(rest) > 2 else _("Sentence")
    return translate(_CONTACT[rest[0]] if root == "contact" else _FIELDS[path])


def _finding_field(rest: list[str]) -> str:
    if rest[0] not in _LISTS:
        return translate(_OF_FINDING[rest[0]])
    named = _(_LISTS[rest[0]], number=int(rest[1]) + 1)
    return named if rest[2] == "text" else f"{named} · {translate(_OF_ITEM[rest[2]])}"
