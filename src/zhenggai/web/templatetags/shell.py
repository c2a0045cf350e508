"""Small things every template uses: icons, sentences in the reader's language (模板标签)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext

from zhenggai.domain.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of ``frontend/icons.txt``; without ``label`` it is decoration that a screen reader skips."""
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.filter
def sentence(value: Any) -> str:
    """A `Message`, or an English msgid, in the reader's language; nothing stays nothing."""
    if value is None or value == "":
        return ""
    return value.render(gettext) if isinstance(value, Message) else gettext(str(value))


@register.filter
def labelled(value: Any, labels: Mapping[Any, str]) -> str:
    """The word for a value of a closed list; a value without a word is shown as it stands."""
    return gettext(labels[value]) if value in labels else str(value or "")


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: Any) -> str:
    """This page's address with some query values changed; an empty value leaves the query."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in {None, ""}:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def contains(values: Iterable[Any], value: Any) -> bool:
    """Whether the value is among the values."""
    return value in values
