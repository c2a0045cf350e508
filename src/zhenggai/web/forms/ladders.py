"""Fields of how the steps of a ladder are signed (签批方式表单), part of the form of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext

from zhenggai.domain.ladder import STEP_KIND_LABELS, STEPS, StepKind
from zhenggai.domain.ladder_reading import QUORUM_LEAST, QUORUM_MOST
from zhenggai.domain.profile_lines import LABELS
from zhenggai.domain.profiles import PROMISE_MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_JOINT: Final = "joint_review"
_SEVERAL: Final = {name: step for name, step in STEPS.items() if len(step.kinds) > 1}
STARTS: Final = ("kind_", "count_", "joint_", "promise")


def ladder_fields() -> Iterator[tuple[str, forms.Field]]:
    """How each step is signed, by which bodies, and what whoever requests affirms."""
    for name, step in _SEVERAL.items():
        named = {"step": gettext(step.label)}
        choices = [(kind.value, gettext(STEP_KIND_LABELS[kind])) for kind in step.kinds]
        yield (
            f"kind_{name}",
            forms.ChoiceField(label=gettext("How “%(step)s” signs") % named, choices=choices, required=False),
        )
        yield (
            f"count_{name}",
            forms.IntegerField(
                label=gettext("How many of “%(step)s” sign") % named,
                min_value=QUORUM_LEAST,
                max_value=QUORUM_MOST,
                required=False,
                help_text=gettext("Only where so many of them sign."),
            ),
        )
    yield (
        "joint_bodies",
        forms.TypedMultipleChoiceField(
            label=gettext("Bodies of the joint review"),
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple(),
            help_text=gettext("Each signs by a person of its own, in any order."),
        ),
    )
    yield (
        "promise",
        forms.CharField(
            label=gettext(LABELS["promise"]),
            max_length=PROMISE_MOST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext("Empty: none is asked."),
        ),
    )


def bodies_offer(fields: Mapping[str, forms.Field], bodies: Iterable[tuple[int, str]]) -> None:
    """Fills the choice of bodies."""
    field = fields["joint_bodies"]
    if isinstance(field, forms.MultipleChoiceField):
        field.choices = [(str(key), name) for key, name in bodies]


def bodies_offered(fields: Mapping[str, forms.Field]) -> dict[str, str]:
    """The names of the bodies that were offered, by their ids."""
    field = fields["joint_bodies"]
    widget = field.widget
    offered = widget.choices if isinstance(widget, forms.CheckboxSelectMultiple) else ()
    return {str(key): str(name) for key, name in offered}


def steps_chosen(data: Mapping[str, Any], ladder: Iterable[str], bodies: Mapping[str, str]) -> dict[str, Any]:
    """How the steps on the ladder are signed, as the JSON of a profile; ``bodies`` names them by id."""
    chosen: dict[str, Any] = {}
    for name in ladder:
        if name == _JOINT:
            named = [{"organisation_id": each, "name": bodies[str(each)]} for each in data["joint_bodies"]]
            chosen[name] = {"kind": StepKind.ALL.value, "bodies": named}
        elif name in _SEVERAL:
            kind = data[f"kind_{name}"] or STEPS[name].kind.value
            if kind == StepKind.QUORUM:
                chosen[name] = {"kind": kind, "count": data[f"count_{name}"]}
            elif kind != StepKind.ONE:
                chosen[name] = {"kind": kind}
    return chosen


def steps_initial(content: Mapping[str, Any]) -> dict[str, Any]:
    """What these fields begin with, from the JSON of a version."""
    said = content.get("steps", {})
    bodies = said.get(_JOINT, {}).get("bodies", ())
    return {
        **{f"kind_{name}": each["kind"] for name, each in said.items()},
        **{f"count_{name}": each["count"] for name, each in said.items() if "count" in each},
        "joint_bodies": [each["organisation_id"] for each in bodies],
        "promise": content.get("promise", ""),
    }
