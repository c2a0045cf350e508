"""A reading for a terminal (终端呈现): facts, what was cleaned, findings, what was left unread."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zhenggai.domain.spans import page_ranges
from zhenggai.ops.language import _, translate
from zhenggai.ops.terminal import Column, Row, faint, heading, pairs, printable, screen_columns, table, wrap
from zhenggai.ops.words import edit_name, kind_name, nature_name, progress_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenggai.domain.reading import Item, ReadFinding, Reading
    from zhenggai.domain.spans import Edit, EditKind

EXAMPLES_PER_KIND = 3
EXCERPT = 24


def document_facts(reading: Reading) -> list[tuple[str, str]]:
    """What the document says of itself, as labels and values; silent where it does not say."""
    dates = reading.dates
    on_site = " – ".join(day.isoformat() for day in dates.on_site) if dates.on_site else ""
    source = reading.source
    facts = [
        (_("Title"), reading.title or _("none found")),
        (_("Kind"), kind_name(reading.kind)),
        (_("Inspected organisation"), reading.organisation or ""),
        (_("Inspecting body"), reading.inspector or ""),
        (_("Inspected on"), on_site),
        (_("Feedback on"), dates.feedback_on.isoformat() if dates.feedback_on else ""),
        (_("Figures as of"), dates.as_of.isoformat() if dates.as_of else ""),
        (_("Published on"), dates.published_on.isoformat() if dates.published_on else ""),
        (_("Contact"), _contact(reading)),
        (_("Source"), " · ".join(filter(None, (source.name, source.format, source.encoding)))),
        (_("Pages not read (pictures)"), page_ranges(source.picture_pages)),
        (_("Pages read from pictures (OCR)"), page_ranges(source.recognised_pages)),
        ("SHA-256", source.sha256),
    ]
    return [(name, value) for name, value in facts if value]


def _contact(reading: Reading) -> str:
    contact = reading.contact
    return " · ".join((*contact.phones, *contact.emails, *contact.addresses)) if contact else ""


def cleaned(edits: Iterable[Edit]) -> list[tuple[EditKind, int, str]]:
    """What the restorer did: kind, how often, a few examples; the commonest kind first."""
    counts: Counter[EditKind] = Counter()
    examples: dict[EditKind, list[str]] = {}
    for edit in edits:
        counts[edit.kind] += 1
        shown = examples.setdefault(edit.kind, [])
        if len(shown) < EXAMPLES_PER_KIND:
            example = change(edit)
            if example not in shown:
                shown.append(example)
    return [(kind, count, "  ".join(examples[kind])) for kind, count in counts.most_common()]


def change(edit: Edit) -> str:
    """``before → after`` of one edit, shortened and on one line; only ``before`` where it was removed."""
    before, after = excerpt(edit.before), excerpt(edit.after)
    return before if not after or before == after else f"{before} → {after}"


def excerpt(text: str, length: int = EXCERPT) -> str:
    """The text on one line, cut after ``length`` characters with …."""
    plain = printable(" ".join(text.split())) or printable(text)
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"


def status(finding: ReadFinding) -> str:
    """What the document says of the finding's state: its words, and below them what they were taken for."""
    if finding.status_text is None and finding.stated_progress is None:
        return ""
    known = [progress_name(finding.stated_progress), nature_name(finding.stated_nature)]
    if finding.stated_closed:
        known.append(_("closed, it says"))
    meaning = " · ".join(filter(None, known)) or _("an unknown word")
    printed = excerpt(finding.status_text or "", 40)
    return printed if printed == meaning else f"{printed}\n({meaning})".strip()


def responsible(finding: ReadFinding) -> str:
    """Who answers for the finding and until when, as the document says."""
    due = finding.due_on.isoformat() if finding.due_on else finding.due_text
    return "\n".join(filter(None, (finding.responsible_leader, finding.lead_unit, due)))


def reading_lines(reading: Reading) -> list[str]:
    """The whole reading as lines for this terminal."""
    width = screen_columns()
    lines = [*pairs(document_facts(reading), width), ""]
    if reading.truncated:
        lines += [*heading(_("The document breaks off: its end is missing."), "yellow"), ""]
    lines += _cleaned_lines(reading, width)
    lines += ["", *finding_lines(reading.findings, width)]
    if reading.statistics:
        lines += ["", *heading(_("Stated figures: %(count)s", count=len(reading.statistics)))]
        for statistic in reading.statistics:
            lines += [f"  {line}" for line in wrap(statistic.text, width - 2)]
    lines += ["", *_unread_lines(reading, width)]
    return lines


def _cleaned_lines(reading: Reading, width: int) -> list[str]:
    rows = cleaned(reading.edits)
    total = sum(count for _kind, count, _examples in rows)
    if not rows:
        return heading(_("Cleaned: nothing; the text stands as it was."))
    columns = (Column(_("What")), Column(_("Places"), right=True), Column(_("For example"), weight=1))
    body = [(edit_name(kind), str(count), examples) for kind, count, examples in rows]
    return [*heading(_("Cleaned: %(count)s places", count=total)), *table(columns, body, width)]


def finding_lines(findings: Sequence[ReadFinding], width: int) -> list[str]:
    """The findings as a table under the theme they stand in; a sentence where there are none."""
    if not findings:
        return heading(_("Findings: none. Nothing in this text reads like a finding."), "yellow")
    measures = sum(len(finding.measures) for finding in findings)
    actions = sum(len(finding.actions) for finding in findings)
    counts = _(
        "Findings: %(findings)s · measures: %(measures)s · actions said to be done: %(actions)s",
        findings=len(findings),
        measures=measures,
        actions=actions,
    )
    with_people = any(responsible(finding) for finding in findings)
    columns = [
        Column(_("Number")),
        Column(_("Finding"), weight=5),
        Column(_("Measures"), right=True),
        Column(_("Actions"), right=True),
        Column(_("Status, it says"), weight=2),
    ]
    if with_people:
        columns.append(Column(_("Responsible, due"), weight=2))
    rows: list[Row] = []
    theme: str | None = None
    for finding in findings:
        title = finding.title + (" " + _("(cut off)") if finding.truncated else "")
        if finding.theme and finding.theme != theme:
            rows.append(finding.theme)
        theme = finding.theme
        row = [finding.number or "", title, _many(finding.measures), _many(finding.actions), status(finding)]
        rows.append([*row, responsible(finding)] if with_people else row)
    return [*heading(counts), *table(columns, rows, width)]


def _many(items: Sequence[Item]) -> str:
    return str(len(items)) if items else "–"


def _unread_lines(reading: Reading, width: int) -> list[str]:
    if not reading.unread:
        return [faint(_("Left unread: nothing."))]
    lines = heading(_("Left unread: %(count)s places", count=len(reading.unread)))
    for unread in reading.unread:
        sentence = f"{translate(unread.why)} — “{excerpt(unread.text, 40)}”"
        lines += [f"  {line}" for line in wrap(sentence, width - 2)]
    return lines
