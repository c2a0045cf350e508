"""Forms about profiles (规则表单): every rule is a field of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.actor import ROLE_LABELS
from zhenggai.domain.counting import DENOMINATOR_LABELS, ROUNDING_LABELS
from zhenggai.domain.deadlines import LIGHT_LABELS, Light
from zhenggai.domain.extending import EXTENSION_STEPS
from zhenggai.domain.grading import DEFAULT_GRADES, GRADE_MOST, GRADES_MOST
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind
from zhenggai.domain.ladder import PLAN_STEPS, STEPS
from zhenggai.domain.profile_lines import LABELS, SECTION_LABELS, WARNED_LABELS, Section
from zhenggai.domain.profiles import (
    ANSWER_DAYS_MOST,
    COLOUR_LABELS,
    FORMAT,
    MONTHS_MOST,
    PLACES_MOST,
    TERM_LABELS,
    WARNED_LIGHTS,
    WARNED_ROLES,
    WARNING_DAYS_MOST,
    WORD_MOST,
    Term,
    answers_said,
    profile_content,
)
from zhenggai.web.forms.choices import NO_CHOICE, words
from zhenggai.web.forms.ladders import (
    STARTS,
    bodies_offer,
    bodies_offered,
    ladder_fields,
    steps_chosen,
    steps_initial,
)
from zhenggai.web.forms.plain import PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.forms.boundfield import BoundField

    from zhenggai.domain.profiles import Profile

_MONTHS: Final = ("plan_months", "concentrated_months", "report_every_months", "evaluation_months")
_WARNING: Final = ("near_days", "very_near_days")
_ANSWERS: Final = {"answer_working_days": 1, "near_working_days": 0}
_FLAGS: Final = ("stage_closed_counts", "substantially_done_counts")
_LADDERS: Final = {"ladder": STEPS, "plan_ladder": PLAN_STEPS, "extension_ladder": EXTENSION_STEPS}


class RulesForm(PlainForm):
    """Every rule of a profile, and on what the version rests."""

    note = forms.CharField(
        label=_("Basis or reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The document on which the rules rest, with its number, or why they change."),
    )

    def build(self) -> None:
        """One field for each rule."""
        self.fields |= dict(_fields())

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields by section, as the page shows them."""
        return [
            (gettext(label), [self[name] for name in self.fields if _section_of(name) is section])
            for section, label in SECTION_LABELS.items()
        ]

    def offer_bodies(self, bodies: Iterable[tuple[int, str]]) -> None:
        """Fills the choice of the bodies that can take part in a joint review."""
        bodies_offer(self.fields, bodies)

    @property
    def head(self) -> list[BoundField]:
        """What is asked besides the rules."""
        return [self[name] for name in self.fields if _section_of(name) is None and name != "seen_number"]

    @property
    def content(self) -> dict[str, Any]:
        """The rules of a valid form as the JSON of a profile."""
        data = self.cleaned_data
        ladders = {
            name: [step for n in range(1, len(steps) + 1) if (step := data[f"{name}_{n}"])]
            for name, steps in _LADDERS.items()
        }
        steps = steps_chosen(data, ladders["ladder"], bodies_offered(self.fields))
        return {
            "format": FORMAT,
            "words": {
                term.value: {lang: data[f"word_{term}_{lang}"] for lang in ("zh", "en")} for term in Term
            },
            **ladders,
            **({"steps": steps} if steps else {}),
            **({"promise": data["promise"]} if data["promise"] else {}),
            "time": {name: data[name] for name in _MONTHS},
            "warning": {name: data[name] for name in _WARNING},
            "answers": {name: data[name] for name in _ANSWERS},
            "warned": {light.value: data[f"warned_{light}"] for light in WARNED_LIGHTS},
            "colours": {light.value: data[f"colour_{light}"] for light in Light},
            **({"grades": grades} if (grades := _grades(data["grades"])) else {}),
            "counting": {name: data[name] for name in ("denominator", *_FLAGS, "places", "rounding")},
        }


class ReviseForm(RulesForm):
    """A new version of a profile."""

    seen_number = forms.IntegerField(widget=forms.HiddenInput())


class ProfileForm(RulesForm):
    """A new profile of an organisation's own."""

    owner_id = forms.TypedChoiceField(
        label=_("Organisation"), coerce=int, help_text=_("The rules hold for it and everything below it.")
    )
    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=[*NO_CHOICE, *words(INSPECTION_KIND_LABELS)], coerce=InspectionKind
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    field_order = ("owner_id", "kind", "title", "note")

    def offer(self, organisations: Iterable[tuple[int, str]]) -> None:
        """Fills the choice of organisations."""
        field = self.fields["owner_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*NO_CHOICE, *((str(key), text) for key, text in organisations)]


def initial_of(rules: Profile) -> dict[str, Any]:
    """What the fields begin with, from the rules of a version."""
    content = profile_content(rules)
    steps = {f"{name}_{n}": step for name in _LADDERS for n, step in enumerate(content[name], 1)}
    spelled = {
        f"word_{term}_{language}": text
        for term, word in content["words"].items()
        for language, text in word.items()
    }
    return {
        **spelled,
        **steps,
        **steps_initial(content),
        **content["time"],
        **content["warning"],
        **answers_said(rules.answers),
        **{f"warned_{light}": roles for light, roles in content["warned"].items()},
        **{f"colour_{light}": colour for light, colour in content["colours"].items()},
        **content["counting"],
        "grades": "、".join(rules.grades),
    }


def _section_of(name: str) -> Section | None:
    starts = {
        "word_": Section.WORDS,
        "ladder_": Section.LADDERS,
        "plan_ladder_": Section.LADDERS,
        "extension_ladder_": Section.LADDERS,
        "warned_": Section.WARNING,
        "colour_": Section.COLOURS,
    }
    for start, section in starts.items():
        if name.startswith(start):
            return section
    if name.startswith(STARTS):
        return Section.LADDERS
    if name in _MONTHS:
        return Section.TIME
    if name == "answer_working_days":
        return Section.TIME
    if name in _WARNING or name == "near_working_days":
        return Section.WARNING
    if name == "grades":
        return Section.GRADES
    return Section.COUNTING if name in LABELS else None


def _grades(said: str) -> list[str]:
    """The grades one by one; none where nothing is said, or what holds anyway."""
    found = [each for part in re.split("[、，,;；\n]", said) if (each := part.strip())]
    return [] if tuple(found) == DEFAULT_GRADES else found


def _fields() -> Iterator[tuple[str, forms.Field]]:
    for term, label in TERM_LABELS.items():
        named = {"term": gettext(label)}
        for language, template in (
            ("zh", gettext("%(term)s, in Chinese")),
            ("en", gettext("%(term)s, in English")),
        ):
            yield (
                f"word_{term}_{language}",
                forms.CharField(label=template % named, max_length=WORD_MOST),
            )
    for name, steps in _LADDERS.items():
        choices = [
            ("", gettext("no further step")),
            *((key, gettext(each.label)) for key, each in steps.items()),
        ]
        for number in range(1, len(steps) + 1):
            label = gettext("%(ladder)s: step %(number)s") % {
                "ladder": gettext(LABELS[name]),
                "number": number,
            }
            yield f"{name}_{number}", forms.ChoiceField(label=label, choices=choices, required=False)
    yield from ladder_fields()
    for name in _MONTHS:
        yield name, _whole(name, 1, MONTHS_MOST)
    for name in _WARNING:
        yield name, _whole(name, 0, WARNING_DAYS_MOST)
    roles = [(role.value, gettext(ROLE_LABELS[role])) for role in WARNED_ROLES]
    for light, label in WARNED_LABELS.items():
        yield (
            f"warned_{light}",
            forms.MultipleChoiceField(
                label=gettext(label), choices=roles, required=False, widget=forms.CheckboxSelectMultiple()
            ),
        )
    for light in Light:
        label = gettext("Colour of “%(light)s”") % {"light": gettext(LIGHT_LABELS[light])}
        yield f"colour_{light}", forms.ChoiceField(label=label, choices=words(COLOUR_LABELS))
    for name, least in _ANSWERS.items():
        yield name, _whole(name, least, ANSWER_DAYS_MOST)
    yield "denominator", _choice("denominator", DENOMINATOR_LABELS)
    for name in _FLAGS:
        yield name, forms.BooleanField(label=gettext(LABELS[name]), required=False)
    yield "places", _whole("places", 0, PLACES_MOST)
    yield "rounding", _choice("rounding", ROUNDING_LABELS)
    yield (
        "grades",
        forms.CharField(
            label=gettext(LABELS["grades"]),
            max_length=(GRADE_MOST + 1) * GRADES_MOST,
            required=False,
            help_text=gettext("Parted by 、 or commas. Empty: %(grades)s.")
            % {"grades": "、".join(DEFAULT_GRADES)},
        ),
    )


def _whole(name: str, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=gettext(LABELS[name]), min_value=least, max_value=most)


def _choice(name: str, labels: dict[Any, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext(LABELS[name]), choices=words(labels))
