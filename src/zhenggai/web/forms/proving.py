"""Forms of what proves (佐证表单): evidence with what it says it proves, criteria judged on it."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.evidence import EVIDENCE_KIND_LABELS, EvidenceKind
from zhenggai.domain.proving import HANDLING_LABELS, DealtWith, Described
from zhenggai.ledger.evidence_links import criteria_proved
from zhenggai.web.forms.choices import NO_CHOICE, words
from zhenggai.web.forms.finding import ActionForm, FiledForm, as_yes_no, long_text
from zhenggai.web.forms.plain import AmountField, DayField
from zhenggai.web.readings import criterion_named, last_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.domain.outcomes import OutcomeKind
    from zhenggai.web.forms.choices import Choice

_BETWEEN: Final = " \t\u3000:：,，、;；-—"
_DESCRIBED: Final = tuple(each.name for each in fields(Described))
_TEXT_MOST: Final = 120


class PeopleField(forms.CharField):
    """People dealt with, one a line: the name, then what was done in the words on offer."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> Any:
        """Each line as a `DealtWith`.

        :raises ValidationError: naming the line that cannot be read.
        """
        text = super().to_python(value)
        lines = enumerate((text or "").splitlines(), start=1)
        return tuple(_dealt_with(number, line.strip()) for number, line in lines if line.strip())


class EvidenceForm(FiledForm):
    """A file that proves something, and what it proves."""

    title = forms.CharField(label=_("Title"), max_length=200)
    document_number = forms.CharField(
        label=_("Document number"),
        required=False,
        max_length=100,
        help_text=_("As printed, where the document has one: a file number, the number of a voucher."),
    )
    issuer = forms.CharField(label=_("Issued by"), required=False, max_length=200)
    proves = long_text(_("What it proves"))
    proves_on = DayField(
        label=_("Date it proves"),
        help_text=_("The day of the fact, not of the upload."),
    )
    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=[*NO_CHOICE, *words(EVIDENCE_KIND_LABELS)], coerce=EvidenceKind
    )
    measure_ids = forms.TypedMultipleChoiceField(
        label=_("Measures that it proves"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    criterion_ids = forms.TypedMultipleChoiceField(
        label=_("Criteria that it proves"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    amount = AmountField(
        label=_("Amount in yuan"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=16,
        decimal_places=2,
        help_text=_("Only where money was recovered."),
    )
    people = PeopleField(label=_("People dealt with"), required=False, max_length=5_000)

    def clean(self) -> dict[str, Any]:
        """What is said of the file as one value, as the service takes it."""
        values = super().clean()
        said = {name: values.pop(name) for name in _DESCRIBED if name in values}
        many = {name: tuple(said.get(name, ())) for name in ("measure_ids", "criterion_ids", "people")}
        return {**values, "described": Described(**{**said, **many})}

    def about(self, finding: Any) -> None:
        """Offers the finding's measures and criteria, and asks for neither where there is none."""
        self.fields["people"].help_text = gettext("One person a line, as 张某某, then one of: %(words)s.") % {
            "words": gettext(", ").join(gettext(label) for label in HANDLING_LABELS.values())
        }
        for name, related in (("measure_ids", finding.measures), ("criterion_ids", finding.criteria)):
            standing = [each for each in related.all() if each.dropped_at is None]
            if standing:
                self.offer(name, [(str(each.pk), each.text[:_TEXT_MOST]) for each in standing])
            else:
                del self.fields[name]


class CriterionJudgeForm(ActionForm):
    """Whether a criterion is met, on which evidence; what says that it proves it is offered first."""

    met = forms.TypedChoiceField(
        label=_("Is it met?"),
        choices=(("yes", _("met")), ("no", _("not met"))),
        coerce=as_yes_no,
        widget=forms.RadioSelect,
    )
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("On this evidence"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = long_text(_("What was looked at"))
    proving: Mapping[int, tuple[int, ...]] = {}  # empty until `about`, which puts another in its place

    def about(self, finding: Any) -> None:
        """Learns which evidence says that it proves which criterion, and what was measured last of it."""
        self.proving = criteria_proved(finding)
        criterion = criterion_named(finding, self["object_id"].value())
        if criterion is not None:
            self.fields["met"].help_text = last_said(finding, criterion)

    def offer(self, name: str, choices: Iterable[Choice]) -> None:
        """Puts the evidence that says it proves this criterion before the rest, and says so."""
        if name == "evidence_ids":
            value = str(self["object_id"].value() or "")
            said = self.proving.get(int(value), ()) if value.isascii() and value.isdigit() else ()
            ids = {str(each) for each in said}
            listed = list(choices)
            first = [
                (key, gettext("%(title)s (says that it proves this)") % {"title": label})
                for key, label in listed
                if key in ids
            ]
            choices = [*first, *(each for each in listed if each[0] not in ids)]
        super().offer(name, choices)


def _dealt_with(number: int, line: str) -> DealtWith:
    for kind, written in _handlings():
        if line.endswith(written):
            person = line[: -len(written)].strip(_BETWEEN)
            if person:
                return DealtWith(person, kind)
    raise forms.ValidationError(
        _("Line %(number)s of “People dealt with” does not end with what was done; write one of: %(words)s."),
        code="handling",
        params={
            "number": number,
            "words": gettext(", ").join(gettext(label) for label in HANDLING_LABELS.values()),
        },
    )


def _handlings() -> list[tuple[OutcomeKind, str]]:
    """Every word for what was done, the longest first: the reader's, and those of the files themselves."""
    said = {(word, kind) for kind, label in HANDLING_LABELS.items() for word in (gettext(label), label)}
    with override("zh-hans"):
        # a line copied from a decision is in Chinese whatever the language of the page
        said |= {(gettext(label), kind) for kind, label in HANDLING_LABELS.items()}
    return [(kind, word) for word, kind in sorted(said, key=lambda each: (-len(each[0]), each[0]))]
