"""Template tags of lists (列表标签)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from zhenggai.web.ledger_columns import COLUMNS
from zhenggai.web.templatetags.shell import icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def of(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value for a key; nothing for an unknown one."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def cell_edit(context: template.Context, column: str) -> SafeString | str:
    """The way to the editor of a cell, where the reader's posts may edit such a cell at all."""
    if column not in (context.get("editable") or ()):
        return ""
    finding = context["row"].finding
    label = _("Edit: %(column)s, %(finding)s") % {
        "column": _(COLUMNS[column].word),
        "finding": finding.number or finding.title[:40],
    }
    return format_html(
        '<a class="cell-edit" href="{}" aria-label="{}" title="{}">{}</a>',
        reverse("finding-cell", args=[finding.pk, column]),
        label,
        _("Edit (F2)"),
        icon("edit"),
    )
