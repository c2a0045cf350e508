"""What was taken of later documents, on the page of a finding (采用后来文件的说法)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.restating import PART_LABELS, Part
from zhenggai.intake.fields import FINDING_FIELDS
from zhenggai.ledger.restated import PARTS_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

register = template.Library()


class Line(NamedTuple):
    """One field: its word, what stood before, what stands now, the address of its place."""

    label: str
    before: str
    after: str
    place: str


@register.filter
def restated_lines(update: Any) -> list[Line]:
    """The fields of one update as lines, in the order in which they were compared."""
    order = {name: place for place, name in enumerate(PARTS_OF)}
    fields = sorted(update.fields.items(), key=lambda field: order.get(field[0], len(order)))
    return [_line(update.document_id, name, said) for name, said in fields]


def _line(document_id: int, name: str, said: dict[str, Any]) -> Line:
    places = said.get("places", ())
    place = ""
    if len(places) > 1:
        place = f"{reverse('source', args=[document_id])}?start={places[0]}&end={places[1]}#here"
    field = FINDING_FIELDS.get(name)
    label = _(field.label) if field is not None else _(PART_LABELS[PARTS_OF.get(name, Part.STATUS)])
    if "added" in said:
        return Line(label, "", "\n".join(said["added"]), place)
    if "to" in said:
        return Line(label, said["from"], said["to"], place)
    return Line(label, _word(name, said["before"]), _word(name, said["after"]), place)


def _word(name: str, value: Any) -> str:
    field = FINDING_FIELDS.get(name)
    if field is not None and field.choices:
        label = dict(field.choices).get(field.show(value), "")
        return _(label) if label else ""
    return "" if value is None else str(value)


@register.filter
def told_elsewhere(mentions: Iterable[Any], updates: Iterable[Any]) -> list[Any]:
    """The mentions in documents of which nothing was taken."""
    taken = {update.document_id for update in updates}
    return [mention for mention in mentions if mention.document_id not in taken]
