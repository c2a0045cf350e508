"""The guided set-up as pages show it (启动引导展示): five steps in words, and where each is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action, Facts, judge
from zhenggai.domain.setting_up import is_set_up, setup_steps, step_at
from zhenggai.domain.setup_facts import (
    SETUP_STEP_LABELS,
    STANDING_LABELS,
    STEP_STATE_LABELS,
    SetupFacts,
    SetupStep,
    Standing,
    StepState,
    Turn,
    Way,
)
from zhenggai.domain.setup_grounds import setup_grounds
from zhenggai.intake import selectors as intake
from zhenggai.intake.states import IntakeState
from zhenggai.ledger.plans import plan_facts
from zhenggai.ledger.setting_up import may_set_up, plan_last, setup_facts
from zhenggai.web.finding_plan import remedy_of

if TYPE_CHECKING:
    from zhenggai.domain.setup_facts import Point, Step
    from zhenggai.ledger.models import Inspection, Plan
    from zhenggai.web.requests import WebRequest

# a list of drafts is counted no further
_DRAFTS_MOST: Final = 100
_POINT_ICONS: Final = {
    Standing.DONE: "circle-check",
    Standing.MISSING: "alert-circle",
    Standing.TOLD: "info-circle",
}
_STATE_ICONS: Final = {StepState.DONE: "check", StepState.OPEN: "pencil", StepState.LATER: "clock"}
_LOOK: Final = msg("Look at the plan")
_WAYS: Final[dict[Way, tuple[str, str]]] = {
    Way.LEDGER: (msg("Open the ledger"), "list-details"),
    Way.ROUNDS: (msg("Put it in a round"), "list-details"),
    Way.GROUPS: (msg("Leading groups and oversight"), "sitemap"),
    Way.UPLOAD: (msg("Upload the feedback"), "file-import"),
    Way.INTAKE: (msg("Documents handed in"), "inbox"),
    Way.DRAFT: (msg("Go on with what was read"), "file-check"),
    Way.READING: (msg("See how far it is"), "clock"),
    Way.PLANNING: (_LOOK, "checklist"),
    Way.PLAN: (_LOOK, "checklist"),
}
# what the page of the plan is for, where it is the reader's turn
_TURN_WORDS: Final[dict[SetupStep, str]] = {
    SetupStep.ASSIGN: msg("Assign findings"),
    SetupStep.DATES: msg("Set what is missing"),
    SetupStep.GO: msg("Submit the plan"),
}


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One sentence with its mark; ``address`` leads to the finding where it is put right."""

    standing: Standing
    word: str
    icon: str
    sentence: str
    names: tuple[str, ...]
    address: str


def shown_point(point: Point, names: tuple[str, ...] = (), address: str = "") -> ShownPoint:
    """A point in words, with the names that the reader may see and where it is put right."""
    word, icon = _(STANDING_LABELS[point.standing]), _POINT_ICONS[point.standing]
    return ShownPoint(point.standing, word, icon, point.sentence.render(_), names, address)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in words. ``address`` is empty where its page is not the reader's to open.

    ``number`` is 0 for what the steps rest on.
    """

    number: int
    step: SetupStep
    label: str
    state: StepState
    word: str
    icon: str
    is_here: bool
    is_mine: bool
    points: tuple[ShownPoint, ...]
    turn_said: str
    address: str
    button: str
    button_icon: str

    @property
    def place(self) -> str:
        """Its anchor on the page."""
        return f"step-{self.number}" if self.number else f"ground-{self.step.value}"


@dataclass(frozen=True, slots=True)
class Guide:
    """The set-up of an inspection: its steps, what they rest on, and where to go on."""

    steps: tuple[ShownStep, ...]
    grounds: tuple[ShownStep, ...]
    is_complete: bool

    @property
    def here(self) -> ShownStep | None:
        """The step, or what the steps rest on, to go on with; None once all is done."""
        return next((each for each in (*self.steps, *self.grounds) if each.is_here), None)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(each.state is StepState.DONE for each in self.steps)


def guide_of(request: WebRequest, inspection: Inspection) -> Guide:
    """The guide of an inspection whose reader sees the whole of it; the same queries for any size."""
    actor = request.actor
    on = timezone.localdate(request.at)
    plan = plan_last(inspection)
    documents = _documents(request, inspection)
    drafts = [key for key, state in documents if state == IntakeState.DRAFT]
    being_read = [key for key, state in documents if state == IntakeState.RECEIVED]
    facts = setup_facts(actor, inspection, on, drafts=len(drafts), being_read=len(being_read), plan=plan)
    looks = _Looks(request, inspection, drafts, being_read, plan)
    return _guide(setup_steps(facts), setup_grounds(facts), _turns(request, inspection, plan), looks)


def first_guide(request: WebRequest, drafts: list[int], being_read: list[int]) -> Guide:
    """The same five steps before there is any inspection, for whoever uploads its feedback; no query.

    ``drafts`` and ``being_read``: the documents in hand.
    """
    facts = SetupFacts(drafts=len(drafts), being_read=len(being_read), is_plan_required=True)
    looks = _Looks(request, None, drafts, being_read, None)
    return _guide(setup_steps(facts), (), frozenset({Turn.OFFICE}), looks)


def _guide(
    steps: tuple[Step, ...], grounds: tuple[Step, ...], turns: frozenset[Turn], looks: _Looks
) -> Guide:
    here = step_at((*steps, *grounds), turns)

    def shown(number: int, step: Step) -> ShownStep:
        return looks.step(number, step, is_here=step is here, is_mine=step.turn in turns)

    return Guide(
        tuple(shown(number, each) for number, each in enumerate(steps, start=1)),
        tuple(shown(0, each) for each in grounds),
        is_set_up((*steps, *grounds)),
    )


def strip_of(request: WebRequest, inspection: Inspection) -> Guide | None:
    """The guide for the strip on other pages: for those who set the inspection up, until all is done."""
    if not may_set_up(request.actor, inspection):
        return None
    guide = guide_of(request, inspection)
    return None if guide.is_complete else guide


def _documents(request: WebRequest, inspection: Inspection) -> list[tuple[int, str]]:
    """Documents of the organisation that are not in a ledger yet: those read, and those being read."""
    rows = intake.intakes_visible(request.actor).filter(
        state__in=(IntakeState.DRAFT, IntakeState.RECEIVED),
        organisation__path__startswith=inspection.subject.path,
    )
    return list(rows.values_list("pk", "state")[:_DRAFTS_MOST])


def _turns(request: WebRequest, inspection: Inspection, plan: Plan | None) -> frozenset[Turn]:
    """Whose turns are the reader's."""
    signs = plan is not None and judge(request.actor, Action.PLAN_SIGN, plan_facts(plan)).allowed
    held = {Turn.OFFICE: may_set_up(request.actor, inspection), Turn.APPROVER: signs}
    return frozenset(turn for turn, is_held in held.items() if is_held)


@dataclass(frozen=True, slots=True)
class _Looks:
    """Turns steps into words and addresses for one reader."""

    request: WebRequest
    inspection: Inspection | None
    drafts: list[int]
    being_read: list[int]
    plan: Plan | None

    def step(self, number: int, step: Step, *, is_here: bool, is_mine: bool) -> ShownStep:
        """A step in words."""
        words, icon = _WAYS[step.way]
        if is_mine and step.way is Way.PLANNING:
            words = _TURN_WORDS[step.step]
        return ShownStep(
            number=number,
            step=step.step,
            label=_(SETUP_STEP_LABELS[step.step]),
            state=step.state,
            word=_(STEP_STATE_LABELS[step.state]),
            icon=_STATE_ICONS[step.state],
            is_here=is_here,
            is_mine=is_mine,
            points=tuple(self._point(point) for point in step.points),
            turn_said=step.turn_said.render(_),
            address=self._address(step.way),
            button=_(words),
            button_icon=icon,
        )

    def _point(self, point: Point) -> ShownPoint:
        address = ""
        if point.finding_id is not None and point.action is not None:
            address, _name = remedy_of(point.finding_id, point.action)
        return shown_point(
            point,
            # who holds which place and post is for those who may look into leading groups
            point.names if self._may_see_groups else (),
            address,
        )

    @property
    def _may_see_groups(self) -> bool:
        if self.inspection is None:
            return False
        facts = Facts(subject_path=self.inspection.subject.path)
        return judge(self.request.actor, Action.GROUP_VIEW, facts).allowed

    def _address(self, way: Way) -> str:
        """Where the step is done; empty where the reader has no business there, or nothing is there yet."""
        row = self.inspection
        if way in {Way.UPLOAD, Way.INTAKE, Way.DRAFT, Way.READING}:
            is_theirs = row is None or may_set_up(self.request.actor, row)
            return self._intake(way) if is_theirs else ""
        if row is None:
            return ""
        if way is Way.GROUPS:
            back = urlencode({"next": reverse("inspection-setup", args=[row.pk])})
            return f"{reverse('groups')}?{back}" if self._may_see_groups else ""
        if way is Way.ROUNDS:
            return reverse("rounds")
        if way is Way.PLAN and self.plan is not None:
            return reverse("plan", args=[self.plan.pk])
        return reverse("inspection" if way is Way.LEDGER else "inspection-plan", args=[row.pk])

    def _intake(self, way: Way) -> str:
        if way is Way.INTAKE:
            return reverse("intake-list")
        meant, state = (
            (self.drafts, IntakeState.DRAFT) if self.drafts else (self.being_read, IntakeState.RECEIVED)
        )
        if not meant:
            return reverse("intake-upload")
        if len(meant) == 1:
            return reverse("intake", args=[meant[0]])
        return f"{reverse('intake-list')}?state={state.value}"
