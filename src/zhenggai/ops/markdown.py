"""A reading as Markdown (Markdown 输出): headings, lists and nothing that a viewer would execute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhenggai.ops.language import _, translate
from zhenggai.ops.tabulating import cleaned, document_facts, status
from zhenggai.ops.words import edit_name

if TYPE_CHECKING:
    from zhenggai.domain.reading import Item, ReadFinding, Reading

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+)([.)]?)(?=\s)", re.MULTILINE)


def reading_markdown(reading: Reading) -> str:
    """The reading as one Markdown document that ends with a line break."""
    lines = [f"# {_plain(reading.title or reading.source.name)}", ""]
    lines += [f"- **{_plain(name)}**: {_plain(value)}" for name, value in document_facts(reading)[1:]]
    if reading.truncated:
        lines += ["", f"> {_('The document breaks off: its end is missing.')}"]
    lines += ["", f"## {_('Cleaned')}", ""]
    counted = [f"- {edit_name(kind)}: {count}" for kind, count, _examples in cleaned(reading.edits)]
    lines += counted or [_("nothing")]
    lines += ["", f"## {_('Findings')} ({len(reading.findings)})"]
    theme: str | None = None
    for finding in reading.findings:
        if finding.theme != theme:
            theme = finding.theme
            lines += ["", f"### {_plain(theme or '')}"]
        lines += ["", *_finding(finding)]
    if not reading.findings:
        lines += ["", _("Findings: none. Nothing in this text reads like a finding.")]
    if reading.statistics:
        lines += ["", f"## {_('Stated figures')}", ""]
        lines += [f"- {_plain(statistic.text)}" for statistic in reading.statistics]
    if reading.unread:
        lines += ["", f"## {_('Left unread')}", ""]
        lines += [f"- {_plain(translate(unread.why))}: {_plain(unread.text)}" for unread in reading.unread]
    return "\n".join(lines) + "\n"


def _finding(finding: ReadFinding) -> list[str]:
    number = f"{_plain(finding.number)} " if finding.number else ""
    cut = f" {_('(cut off)')}" if finding.truncated else ""
    lines = [f"#### {number}{_plain(finding.title)}{cut}", ""]
    facts = (
        (_("Group"), finding.group),
        (_("Organisation"), finding.organisation),
        (_("Problem"), finding.problem),
        (_("Status, it says"), status(finding)),
        (_("Responsible leader"), finding.responsible_leader),
        (_("Responsible unit"), finding.lead_unit),
        (_("Supporting units"), "、".join(finding.supporting_units)),
        (_("Due"), finding.due_on.isoformat() if finding.due_on else finding.due_text),
    )
    lines += [f"- **{name}**: {_plain(value)}" for name, value in facts if value]
    lines += _items(_("Measures"), finding.measures)
    lines += _items(_("Actions said to be done"), finding.actions)
    return lines


def _items(name: str, items: tuple[Item, ...]) -> list[str]:
    if not items:
        return []
    return [f"- **{name}**:", *(f"  {number}. {_plain(item.text)}" for number, item in enumerate(items, 1))]


def _plain(text: str) -> str:
    one_line = " ".join(text.split())
    return _LIST_MARK.sub(r"\1\\\2\3", _ACTIVE.sub(r"\\\1", one_line))
