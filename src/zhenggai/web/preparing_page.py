"""The preparation of administrators as their start page shows it (启用准备展示)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.accounts.preparing import preparing_facts
from zhenggai.accounts.selectors import PEOPLE_ROLES, organisations_visible
from zhenggai.domain.actor import ROLE_LABELS
from zhenggai.domain.messages import msg
from zhenggai.domain.preparing import PREPARING_LABELS, PreparingStep, preparing_steps
from zhenggai.domain.setup_facts import STEP_STATE_LABELS, StepState
from zhenggai.web.setup_guide import shown_point

if TYPE_CHECKING:
    from zhenggai.domain.preparing import Prepared
    from zhenggai.web.requests import WebRequest
    from zhenggai.web.setup_guide import ShownPoint

_WAYS: Final[dict[PreparingStep, tuple[str, str]]] = {
    PreparingStep.ORGANISATIONS: (msg("Enter organisations"), "sitemap"),
    PreparingStep.PEOPLE: (msg("Enter a person"), "user-plus"),
    PreparingStep.CONFIRMING: (msg("Look at the posts that wait"), "user-check"),
    PreparingStep.GROUP: (msg("Leading groups and oversight"), "sitemap"),
    PreparingStep.SIGN_IN: (msg("People and posts"), "users"),
}


@dataclass(frozen=True, slots=True)
class PreparedShown:
    """A step in words; ``is_here`` is the one to go on with."""

    number: int
    label: str
    state: StepState
    word: str
    is_here: bool
    points: tuple[ShownPoint, ...]
    turn_said: str
    address: str
    button: str
    button_icon: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What an administrator prepares, step by step; ``here`` is None once nothing is missing."""

    steps: tuple[PreparedShown, ...]

    @property
    def here(self) -> PreparedShown | None:
        """The step to go on with."""
        return next((each for each in self.steps if each.is_here), None)


def preparation_of(request: WebRequest) -> Preparation:
    """The preparation below what the reader administers; a bounded number of queries."""
    steps = preparing_steps(preparing_facts(request.actor, timezone.localdate(request.at)))
    waiting = [each for each in steps if each.state is StepState.OPEN]
    here = next((each for each in waiting if request.actor.has(each.role)), next(iter(waiting), None))
    return Preparation(
        tuple(
            _shown(request, number, each, is_here=each is here) for number, each in enumerate(steps, start=1)
        )
    )


def _shown(request: WebRequest, number: int, step: Prepared, *, is_here: bool) -> PreparedShown:
    words, icon = _WAYS[step.step]
    is_mine = request.actor.has(step.role)
    if is_mine:
        said = _("It is your turn.")
    else:
        said = _("It is the turn of the %(role)s.") % {"role": _(ROLE_LABELS[step.role])}
    return PreparedShown(
        number=number,
        label=_(PREPARING_LABELS[step.step]),
        state=step.state,
        word=_(STEP_STATE_LABELS[step.state]),
        is_here=is_here,
        points=tuple(shown_point(point) for point in step.points),
        turn_said=said,
        address=_address(request, step.step) if is_here and is_mine else "",
        button=_(words),
        button_icon=icon,
    )


def _address(request: WebRequest, step: PreparingStep) -> str:
    if step is PreparingStep.GROUP:
        return reverse("groups")
    if step is PreparingStep.PEOPLE:
        return reverse("person-create")
    if step is PreparingStep.ORGANISATIONS:
        top = organisations_visible(request.actor, *PEOPLE_ROLES).first()
        return f"{reverse('people')}?organisation={top.pk}&open=add" if top else reverse("people")
    return reverse("people")
