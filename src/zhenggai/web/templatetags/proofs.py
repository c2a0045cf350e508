"""Template tags of what evidence proves (佐证标签)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.proving import HANDLING_LABELS
from zhenggai.files.previews import PreviewKind, preview_kind
from zhenggai.ledger.evidence_links import criteria_proved, measures_proved
from zhenggai.web.proving import SHOWN_MOST, reuse_named

if TYPE_CHECKING:
    from zhenggai.domain.gates import GateResult
    from zhenggai.web.evidence_page import EvidencePage
    from zhenggai.web.finding_page import FindingPage

register = template.Library()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a piece of evidence proves, in words, and where it stands on the page."""

    icon: str
    text: str
    address: str = ""


@register.simple_tag
def proves_lines(finding: Any, row: Any) -> list[Line]:
    """What a piece of evidence says that it proves, of a finding loaded with its pieces."""
    measures = {each.pk: each for each in finding.measures.all()}
    criteria = {each.pk: each for each in finding.criteria.all()}
    page = reverse("finding", args=[finding.pk])
    return [_line(link, measures, criteria, page) for link in row.links.all()]


@register.filter
def is_picture(row: Any) -> bool:
    """Whether the file of a piece of evidence is a picture that is shown small in a list."""
    return preview_kind(row.blob) is PreviewKind.PICTURE


@register.filter
def is_paged(row: Any) -> bool:
    """Whether the file of a piece of evidence has pages that are shown as pictures."""
    return preview_kind(row.blob) is PreviewKind.PAGES


@register.filter
def ending(file_name: str) -> str:
    """What kind of file a name says it is: its ending, in capitals, up to five characters."""
    _name, dot, end = file_name.rpartition(".")
    return end[:5].upper() if dot else ""


@register.filter
def is_phone_picture(row: Any) -> bool:
    """Whether the file of a piece of evidence is a photograph in a format that only phones show."""
    return preview_kind(row.blob) is PreviewKind.PHONE_PICTURE


@register.simple_tag
def reuse_of(page: FindingPage | EvidencePage, row: Any) -> list[Line]:
    """Other findings that the reader sees and for which the same file stands; of many the first."""
    uses = () if row.withdrawn_at is not None else page.reuse.get(row.blob_id, ())
    lines = [
        Line("copy", reuse_named(each), reverse("finding", args=[each.finding_id]))
        for each in uses[:SHOWN_MOST]
    ]
    more = len(uses) - SHOWN_MOST
    return [*lines, Line("copy", _("%(count)s more") % {"count": more})] if more > 0 else lines


@register.simple_tag
def proofs_of(finding: Any, gate: GateResult) -> list[Any]:
    """The evidence that a condition for closing rests on."""
    return [each for each in finding.evidence.all() if each.pk in gate.evidence]


@register.simple_tag
def proofs_of_measure(finding: Any, measure: Any) -> list[Any]:
    """The standing evidence of this round that says it proves a measure."""
    return _rows(finding, measures_proved(finding).get(measure.pk, ()))


@register.simple_tag
def proofs_of_criterion(finding: Any, criterion: Any) -> list[Any]:
    """The standing evidence of this round that says it proves a criterion."""
    return _rows(finding, criteria_proved(finding).get(criterion.pk, ()))


def _rows(finding: Any, ids: tuple[int, ...]) -> list[Any]:
    return [each for each in finding.evidence.all() if each.pk in ids]


def _line(link: Any, measures: dict[int, Any], criteria: dict[int, Any], page: str) -> Line:
    if link.measure_id is not None:
        said = _("proves the measure “%(text)s”") % {"text": measures[link.measure_id].text[:80]}
        return Line("list-details", said, f"{page}#measure-{link.measure_id}")
    if link.criterion_id is not None:
        said = _("proves the criterion “%(text)s”") % {"text": criteria[link.criterion_id].text[:80]}
        return Line("target", said, f"{page}#criterion-{link.criterion_id}")
    values = {"person": link.person, "handling": _(HANDLING_LABELS[link.handling])}
    return Line("user-check", _("%(person)s: %(handling)s") % values)
