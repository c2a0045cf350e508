"""The small form in which a cell of the ledger is edited (单元格编辑框): its fields, and the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhenggai.accounts.leading import leaders_proposed
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.policy import Action
from zhenggai.ledger import selectors, services
from zhenggai.ledger.cells import POSSIBLE, Cell
from zhenggai.web.finding_actions import ACTIONS, verb_of
from zhenggai.web.forms.cells import LeaderForm
from zhenggai.web.forms.finding import AssignForm, ClassifyForm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.web.forms.finding import ActionForm

VERBS: Final[dict[str, Action]] = {
    verb_of(action): action for actions in POSSIBLE.values() for action in actions
}
_ASSIGNED: Final[dict[Cell, str]] = {
    Cell.UNIT: "unit_id",
    Cell.LEADER: "leader_id",
    Cell.SUPPORTING: "supporting_unit_ids",
    Cell.DUE: "due",
}
_SAID: Final = {None: "", True: "yes", False: "no"}
_BUTTONS: Final = {Action.FINDING_HAND_OVER: gettext_lazy("Hand over")}
_DONE: Final = {Action.FINDING_HAND_OVER: gettext_lazy("The finding is handed over to the leader chosen.")}


@dataclass(frozen=True, slots=True)
class CellEditor:
    """The editor of one cell for one action: its form, and its words."""

    cell: Cell
    action: Action
    form: ActionForm

    @property
    def verb(self) -> str:
        """The action as the form sends it along."""
        return verb_of(self.action)

    @property
    def button(self) -> str:
        """What the button says: to keep a value, or which request is made."""
        if self.action in {Action.FINDING_ASSIGN, Action.FINDING_CLASSIFY}:
            return _("Keep")
        return str(_BUTTONS.get(self.action) or ACTIONS[self.verb].button)

    @property
    def done(self) -> str:
        """What is said when it is done."""
        return str(_DONE.get(self.action) or ACTIONS[self.verb].done)


def editor_of(
    finding: Any, cell: Cell, action: Action, on: date, data: Mapping[str, Any] | None = None
) -> CellEditor:
    """The editor of a cell with what the finding from `finding_get` has, or with what was typed."""
    form_class = LeaderForm if action is Action.FINDING_HAND_OVER else ACTIONS[verb_of(action)].form
    start = {"version": finding.version, **_start(finding, action)}
    form = (
        form_class(data, initial=start, auto_id="cell-%s")
        if data
        else form_class(initial=start, auto_id="cell-%s")
    )
    form.about(finding)
    _cut(form, finding, cell)
    _offer(form, finding, on)
    return CellEditor(cell, action, form)


def carry_out(editor: CellEditor, *, actor: Actor, at: Any, finding: Any) -> None:
    """Does what a valid editor says; what it does not ask of the finding stays as it was seen.

    :raises ZhenggaiError: whatever the service refuses with.
    """
    said = dict(editor.form.cleaned_data)
    said.pop("object_id", None)
    version: int = said.pop("version")
    if editor.action is Action.FINDING_HAND_OVER:
        services.findings_hand_over(
            actor=actor,
            at=at,
            from_id=finding.responsible_leader_id or 0,
            to_id=said["to_id"],
            versions={finding.pk: version},
        )
        return
    if editor.action is Action.FINDING_ASSIGN:
        said = {
            "leader_id": finding.responsible_leader_id,
            "unit_id": finding.lead_unit_id,
            "due": finding.due,
            "supporting_unit_ids": [each.unit_id for each in finding.supporting.all()],
            **said,
        }
    service = ACTIONS[editor.verb].service
    service(actor=actor, at=at, finding_id=finding.pk, version=version, **said)


def _start(finding: Any, action: Action) -> dict[str, Any]:
    if action is Action.FINDING_ASSIGN:
        return {
            "leader_id": finding.responsible_leader_id,
            "unit_id": finding.lead_unit_id,
            "due": finding.due or finding.stated_due_on,
            "supporting_unit_ids": [each.unit_id for each in finding.supporting.all()],
        }
    if action is Action.FINDING_CLASSIFY:
        return {
            "nature": finding.nature or finding.stated_nature,
            "money_required": _SAID[finding.money_required],
            "money_to_recover": finding.money_to_recover,
            "people_required": _SAID[finding.people_required],
            "cause_required": _SAID[finding.cause_required],
        }
    return {}


def _cut(form: ActionForm, finding: Any, cell: Cell) -> None:
    """Leaves the fields of the cell, and those without which the service takes none of them."""
    if isinstance(form, ClassifyForm):
        kept = {"nature"} if cell is Cell.NATURE else set(form.fields) - {"nature"}
    elif isinstance(form, AssignForm):
        kept = {_ASSIGNED[cell]}
        kept |= {"unit_id"} if finding.lead_unit_id is None else set()
        kept |= {"leader_id", "list_leader"} if finding.responsible_leader_id is None else set()
        if finding.first_due is None and finding.nature != Nature.LONG_TERM:
            kept |= {"due"}
        kept |= {"past_due_meant"} if "due" in kept else set()
        kept |= {"list_leader"} if "leader_id" in kept else set()
    else:
        return
    for name in set(form.fields) - kept - {"version", "object_id"}:
        del form.fields[name]


def _offer(form: ActionForm, finding: Any, on: date) -> None:
    names = set(form.fields)
    if names & {"leader_id", "to_id"}:
        people = [
            (str(each.pk), f"{each.name}（{each.organisation.label}）")
            for each in selectors.leaders_possible(finding, on)
        ]
        form.offer("leader_id", people)
        form.offer("to_id", [each for each in people if each[0] != str(finding.responsible_leader_id)])
    if names & {"unit_id", "to_unit_id", "supporting_unit_ids"}:
        possible = list(selectors.units_possible(finding))
        units = [(str(unit.pk), unit.name) for unit in possible]
        for name in ("unit_id", "to_unit_id", "supporting_unit_ids"):
            form.offer(name, units)
        if isinstance(form, AssignForm) and {"unit_id", "leader_id"} <= names:
            leaders = {str(key): one.pk for key, one in leaders_proposed(possible, on).items()}
            _propose(form, finding, units, leaders)
    if isinstance(form, AssignForm):
        if "past_due_meant" in names:
            form.ask_of_past(on)
        if "list_leader" in names:
            form.ask_of_list(is_restricted=bool(finding.restricted))


def _propose(form: AssignForm, finding: Any, units: list[tuple[str, str]], leaders: dict[str, int]) -> None:
    """Begins with the unit that the document names, where one is called so, and with who oversees it."""
    form.propose(leaders)
    named = [key for key, name in units if name == finding.stated_unit]
    if form.initial.get("unit_id") is None and len(named) == 1:
        form.initial["unit_id"] = named[0]
    if form.initial.get("leader_id") is None:
        form.initial["leader_id"] = leaders.get(str(form.initial.get("unit_id")))
