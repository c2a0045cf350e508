"""Forms of comments (留言表单)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.ledger.commenting import COMMENT_MOST
from zhenggai.web.forms.finding import long_text
from zhenggai.web.forms.plain import PlainForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.web.forms.choices import Choice

# what an id can be in either database
_ID_MOST: Final = 2**63 - 1


class AnswerForm(PlainForm):
    """An answer to a comment; ``after_id`` is the newest comment on the page it was written on."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=COMMENT_MOST,
        help_text=_(
            "Up to 2,000 characters, for everybody who sees this finding. No private data of citizens: no "
            "identity or telephone numbers, no addresses."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answers_id = forms.IntegerField(
        label=_("Comment"), required=False, min_value=1, max_value=_ID_MOST, widget=forms.HiddenInput
    )
    after_id = forms.IntegerField(
        label=_("Comment"), required=False, min_value=0, max_value=_ID_MOST, widget=forms.HiddenInput
    )


class CommentForm(AnswerForm):
    """A comment of its own, and who is told of it."""

    named_ids = forms.TypedMultipleChoiceField(
        label=_("Tell these people (@)"),
        coerce=int,
        required=False,
        help_text=_("One or several of those who work in this finding; they find it in their inbox."),
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["named_ids"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = list(people)


class CommentWithdrawForm(PlainForm):
    """Why a comment is withdrawn."""

    reason = long_text(_("Reason"), help_text=_("10 characters or more."))
