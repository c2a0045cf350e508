"""The rules by which a document is read (识读规则), each by its stable name with a sentence for a clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.reading import SectionRole

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADINGS: Final = {
    SectionRole.ORGANISATION: msg("A heading whose words announce how the rectification was organised."),
    SectionRole.FINDINGS: msg("A heading whose words announce findings."),
    SectionRole.THEME: msg("A heading that names the field of work of the findings under it."),
    SectionRole.GROUP: msg("A heading under which several findings stand."),
    SectionRole.LONG_TERM: msg("A heading whose words announce findings that are still worked on."),
    SectionRole.LEADS: msg("A heading whose words announce leads or complaints that were passed on."),
    SectionRole.NEXT_STEPS: msg("A heading whose words announce the next steps."),
    SectionRole.CONTACT: msg("A heading whose words announce how to answer."),
    SectionRole.ATTACHMENT: msg("A heading whose words announce an attachment."),
    SectionRole.OTHER: msg("A heading whose words do not tell what stands under it."),
}
_SECTIONS: Final = {
    SectionRole.ORGANISATION: msg("Text of the part on how the rectification was organised."),
    SectionRole.FINDINGS: msg("Text of the part on findings that belongs to none of them."),
    SectionRole.THEME: msg("Text under the heading of a theme that belongs to no finding."),
    SectionRole.GROUP: msg("Text under the heading of a group that belongs to no finding."),
    SectionRole.LONG_TERM: msg("Text of the part on unfinished findings that belongs to none of them."),
    SectionRole.LEADS: msg("Text of the part on leads and complaints."),
    SectionRole.NEXT_STEPS: msg("Text of the part on the next steps."),
    SectionRole.CONTACT: msg("Text of the part on how to answer."),
    SectionRole.ATTACHMENT: msg("Text of an attachment."),
    SectionRole.OTHER: msg("Text under a heading whose words do not tell what stands under it."),
}
RULES: Final[Mapping[str, str]] = {
    # the document
    "title": msg("The lines above the text that are worded like the title of a document."),
    "page_title": msg("The title that the web page names for itself; the text has none."),
    "headline": msg("The short unfinished line above a news item."),
    "kind_by_title": msg("The title names the kind of document."),
    "kind_by_lead": msg("The first paragraphs say what kind of document this is."),
    "kind_by_table": msg("The findings stand in a table and nothing is told before it."),
    "kind_by_findings": msg("What is told of the findings tells the kind: results, or only measures."),
    "kind_unknown": msg("Neither the title nor the text names a kind of document."),
    "organisation_in_title": msg("The title names the organisation before its subject."),
    "organisation_in_lead": msg("The first paragraphs name the organisation that was inspected."),
    "organisation_on_line": msg("A line near the title names the inspected organisation by itself."),
    "organisation_signed": msg("The organisation that signed the document; title and text name no other."),
    "inspector_in_title": msg("The title names the inspecting body."),
    "inspector_addressed": msg("A line says that the document is written to the inspecting body."),
    "inspector_in_lead": msg("The first paragraphs name the inspecting body."),
    "day": msg("A day or a stretch of days as printed."),
    "on_site_days": msg("The days in the first sentence that speaks of an inspection."),
    "feedback_day": msg("The last day before the word “feedback” in the first paragraphs."),
    "as_of_day": msg("The day up to which the document says its figures count."),
    "signature_day": msg("The day under the signature."),
    "day_under_title": msg("The day that stands by itself under the title."),
    "source_line": msg("The line of the web page that names the day of publication."),
    "page_metadata": msg("The day of publication that the web page names for itself."),
    "breaks_off": msg("The text breaks off here in the middle of a sentence or heading."),
    "statistic": msg("A sentence outside the findings that counts findings or what became of them."),
    "figure": msg("A figure with its unit, and the words beside it that say what it counts."),
    "contact": msg("The lines that say where opinions can be sent."),
    "contact_phone": msg("A telephone number in the lines that say how to answer."),
    "contact_email": msg("An e-mail address in the lines that say how to answer."),
    "contact_address": msg("What stands after the word for an address in the lines that say how to answer."),
    "lead": msg("The paragraphs between the title and the first heading."),
    "portal_line": msg("A line of the web page around the document."),
    "closing": msg("The lines after the last finding: invitation, signature, attachments."),
    "signature": msg("The name of an organisation that stands by itself at the end."),
    **{f"heading_{role.value}": sentence for role, sentence in _HEADINGS.items()},
    **{f"section_{role.value}": sentence for role, sentence in _SECTIONS.items()},
    # a finding
    "heading": msg("A heading that names a problem, or that what was done about it stands under."),
    "heading_numbered": msg(
        "A heading numbered %(number)s that names a problem, or that what was done about it stands under."
    ),
    "heading_below": msg(
        "A heading numbered %(number)s under %(above)s that names a problem, or that what was done about it "
        "stands under."
    ),
    "unnumbered": msg("A line without a number that names a problem, before what was done about it."),
    "counted": msg("A sentence that counts itself and names a problem, before what was done about it."),
    "counted_aloud": msg("A sentence that begins with a count and names a problem."),
    "listed": msg("A part of a sentence, or a sentence, after the words that problems follow."),
    "of_section": msg("Stands above the findings of a section and holds for every one under it."),
    "row": msg("A row of the table, in the column that names the problem."),
    "row_number": msg("Stands in the column of numbers in the same row of the table."),
    "form": msg("A table with its labels at the left, one finding for each problem in it."),
    "fixed_headings": msg("The headings of this document are the labels of one finding."),
    "first_sentence": msg("The first sentence of the problem, because no heading names it."),
    "theme_heading": msg("The heading above it that names the field of work: “%(words)s”."),
    "group_heading": msg("The nearest heading above it: “%(words)s”."),
    "unit_heading": msg("The heading above it consists of the name of an organisation."),
    "cell_above": msg("Stands in this column of the table, in the same row or in the nearest row above."),
    "label": msg("Stands after a label."),
    "after_label": msg("Stands after the label “%(words)s”."),
    "body": msg("The text under the heading of the finding, with no label of its own."),
    "cell": msg("Stands in its own column of the table."),
    "cell_beside_label": msg("Stands in the table beside the label “%(words)s”."),
    "fixed_heading": msg("Stands under a heading that is a label."),
    "under_label": msg("Stands under the heading “%(words)s”, which is a label."),
    "subject": msg("The words that lead to a status and only say what it is about."),
    "sentence": msg("A sentence or bracket that is nothing but a status opens or closes the text."),
    "heading_bracket": msg("Stands in brackets at the end of the heading."),
    "due_bracket": msg("Status and deadline stand together, one of them in brackets."),
    "status_of_section": msg("The heading of the section states it for every finding under it."),
    "blanket": msg("A sentence states it for all findings together."),
    "result_is_status": msg("All that is told of the result is a status."),
    "status_words": msg("What the words of the status mean, by one fixed table."),
    "nature_words": msg("What these words mean for the nature of the work, by one fixed table."),
    "closed_words": msg("The column or label on closing says yes."),
    "due_words": msg("The deadline is no day but words that say how long the work goes on."),
    "due_day": msg("The last day of the deadline as printed."),
    "item": msg("A counted item, or the whole passage where nothing is counted."),
    "item_label": msg("Stands after a label inside this item."),
    "item_after_label": msg("Stands after the label “%(words)s” inside this item."),
    "row_of_item": msg("Stands in the same row of the table as this measure."),
    # text that is no field
    "column": msg("The name of a column of a table."),
    "layout": msg("Spaces, line breaks and marks between fields."),
    "page_counter": msg("A page counter."),
    "embedded_file": msg("A file embedded in the document, which was not read."),
    "other_table": msg("A table below or beside the one that is read, with columns of its own."),
    "stray_row": msg("A row of a table whose header names no problems."),
    "bare_row": msg("Rows of a table that hold a number and nothing else."),
    "total_row": msg("A row of totals."),
    "unknown_column": msg("Stands in a column whose name is not known."),
    "other_sheet": msg("A sheet of the workbook that is no ledger."),
    "pattern_row": msg("A row of a table that is a pattern or a list for reference."),
    "no_field": msg("Something said of a finding that a reading has no field for."),
    "flat_table": msg("Cells of a table, one per line, of which it is not certain where a row ends."),
    "no_notice": msg("A text with neither the title nor the headings of a notice."),
    "overlooked": msg("Words that lead to problems, in a text of which no finding was read."),
    "unclaimed": msg("A stretch that follows none of the forms of a notice that the reader knows."),
}
_GONE = msg("Read by the rule “%(rule)s”, which this version does not have any more.")


def rule_message(rule: str, words: Mapping[str, str] | None = None) -> Message:
    """The sentence of a rule (规则说明); a name that an older version kept is named as such, no error."""
    template = RULES.get(rule)
    if template is None:
        return Message(_GONE, {"rule": rule})
    try:
        template % (words or {})
    except (KeyError, ValueError, TypeError):
        return Message(_GONE, {"rule": rule})
    return Message(template, words or {})
