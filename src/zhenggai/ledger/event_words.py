"""Events of the ledger in words (台账事件的文字): the values that say something to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.accounts.kinds import GROUP_PLACE_LABELS, SIGN_IN_END_LABELS, WARRANT_LABELS
from zhenggai.domain.actor import ROLE_LABELS
from zhenggai.domain.case import HOLD_LABELS, REQUIREMENT_LABELS
from zhenggai.domain.events import EVENT_LABELS
from zhenggai.domain.evidence import EVIDENCE_KIND_LABELS
from zhenggai.domain.extending import DEADLINE_KIND_LABELS
from zhenggai.domain.ladder import STEPS
from zhenggai.domain.lifecycle import NATURE_LABELS, PROGRESS_LABELS, STAGE_LABELS
from zhenggai.domain.markings import MARKING_LABELS
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OUTCOME_LABELS
from zhenggai.domain.paper import RECORD_KIND_LABELS
from zhenggai.domain.proving import HANDLING_LABELS
from zhenggai.domain.rechecking import REBOUND_GROUND_LABELS
from zhenggai.domain.restricting import RESTRICTION_LABELS
from zhenggai.domain.returning import RETURN_GROUND_LABELS
from zhenggai.domain.situations import LEVEL_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# The values that say something to a reader, in the order they are shown.
DETAILS: Final[dict[str, str]] = {
    "leader": msg("Responsible leader"),
    "unit": msg("Responsible unit"),
    "supporting": msg("Supporting units"),
    "to_unit": msg("Unit that should lead"),
    "units": msg("Units that carry it out"),
    "asked": msg("What is asked of the work"),
    "due": msg("Due"),
    "new_due": msg("New due date"),
    "due_before": msg("Due date until then"),
    "asked_late": msg("Asked after the due date"),
    "measure_dues": msg("Due dates of measures that stay"),
    "deadline_kind": msg("Request"),
    "stage_goal": msg("Goal of the stage"),
    "past_due_meant": msg("Past when set, and confirmed"),
    "nature": msg("Nature"),
    "emphasis": msg("Raised strongly by the public"),
    "key_area": msg("Key area"),
    "money_to_recover": msg("Money to recover, in yuan"),
    "amount_follows": msg("The amount is still being found out, and that was confirmed"),
    "people_to_deal_with": msg("People to deal with"),
    "systemic_cause": msg("Systemic cause"),
    "plan_number": msg("Plan"),
    "number": msg("Number"),
    "findings": msg("Findings"),
    "grade": msg("Grade"),
    "evaluated_on": msg("Evaluated as of"),
    "marking": msg("Secrecy marking"),
    "profile": msg("Profile"),
    "profile_version": msg("Version"),
    "round": msg("Round"),
    "plan_required": msg("An approved plan is required"),
    "progress": msg("Progress"),
    "title": msg("Title"),
    "title_before": msg("Title until then"),
    "title_after": msg("Title from then on"),
    "from_heading": msg("Stood under"),
    "to_heading": msg("Stands under"),
    "requirement": msg("Requirement"),
    "step": msg("Step"),
    "acting_for": msg("Acting for"),
    "kind": msg("Kind"),
    "reference": msg("Reference"),
    "document_number": msg("Document number"),
    "issuer": msg("Issued by"),
    "for_measures": msg("Measures that it proves"),
    "for_criteria": msg("Criteria that it proves"),
    "people": msg("People dealt with"),
    "met": msg("Met"),
    "effect": msg("Shows an effect"),
    "text": msg("Text"),
    "analysis": msg("Analysis"),
    "level": msg("Waits with"),
    "passed_over": msg("Passed over, since nobody holds the post"),
    "narrative": msg("What was done"),
    "percent": msg("Share of the work done, in per cent"),
    "actions": msg("Actions taken"),
    "claimed": msg("Unit says"),
    "result": msg("Result"),
    "report": msg("What was done"),
    "statement": msg("Statement"),
    "promise": msg("Promise of truth"),
    "answer": msg("Answer"),
    "signer": msg("Signed by"),
    "held_on": msg("Signed or decided on"),
    "form_code": msg("Code on the form"),
    "record_kind": msg("How it was given"),
    "return_ground": msg("What the return is about"),
    "judged_again": msg("Criteria to be judged again"),
    "redo_by": msg("Work again until"),
    "reason": msg("Reason"),
    "note": msg("Note"),
    "outcome": msg("Outcome"),
    "quantity": msg("How many, or how much in yuan"),
    "happened_on": msg("Day of the outcome"),
    "value": msg("Value"),
    "measured_in": msg("Measured in"),
    "measured_on": msg("Measured on"),
    "figure_source": msg("Source of the figure"),
    "checked_on": msg("Day of the re-check"),
    "ground": msg("It came to light by"),
    "recheck_on": msg("Next re-check"),
    "username": msg("User name"),
    "organisation": msg("Organisation"),
    "role": msg("Role"),
    "group": msg("Leading group"),
    "place": msg("Place in the group"),
    "basis": msg("Set up by"),
    "office_unit": msg("Office seated in"),
    "former": msg("Until then"),
    "parent": msg("Below"),
    "into": msg("Into"),
    "posts_ended": msg("Posts ended"),
    "former_leader": msg("Handed over by"),
    "started_on": msg("From"),
    "ended_on": msg("It no longer holds from"),
    "security_admin": msg("Security administrator"),
    "address": msg("Address"),
    "device": msg("Device"),
    "minutes": msg("Waits, minutes"),
    "left": msg("Recovery codes left"),
    "why": msg("How it ended"),
    "from": msg("Given by"),
    "restriction": msg("Restricted because of"),
    "reader": msg("Listed person"),
    "taken_back": msg("Takes back"),
    "not_shown": msg("Restricted findings not shown to the signer"),
}
_NO_HEADING: Final = {"": msg("without a theme")}
_WORDS: Final[dict[str, Mapping[Any, str]]] = {
    "nature": NATURE_LABELS,
    "progress": PROGRESS_LABELS,
    "claimed": PROGRESS_LABELS,
    "stage": STAGE_LABELS,
    "requirement": REQUIREMENT_LABELS,
    "kind": {**HOLD_LABELS, **EVIDENCE_KIND_LABELS},
    "role": ROLE_LABELS,
    "marking": MARKING_LABELS,
    "place": GROUP_PLACE_LABELS,
    "why": SIGN_IN_END_LABELS,
    "from": WARRANT_LABELS,
    "from_heading": _NO_HEADING,
    "to_heading": _NO_HEADING,
    "restriction": RESTRICTION_LABELS,
    "deadline_kind": DEADLINE_KIND_LABELS,
    "ground": REBOUND_GROUND_LABELS,
    "outcome": OUTCOME_LABELS,
    "level": LEVEL_LABELS,
    "passed_over": LEVEL_LABELS,
    "return_ground": RETURN_GROUND_LABELS,
    "record_kind": RECORD_KIND_LABELS,
    "taken_back": EVENT_LABELS,
    "step": {name: step.label for name, step in STEPS.items()},
}


def details_said(
    values: Mapping[str, Any], translate: Callable[[str], str], longest: int | None = None
) -> tuple[tuple[str, str], ...]:
    """The values of an event that say something, each with its word (事件内容), in the order they are shown.

    A text of more than ``longest`` characters is cut. ``translate``: template → template in a language.
    """
    return tuple(
        (translate(label), shown)
        for name, label in DETAILS.items()
        if (shown := _shown(name, values.get(name), translate, longest))
    )


def _one_of(
    value: Any, words: Mapping[Any, str], translate: Callable[[str], str], longest: int | None
) -> str:
    """One thing of a list: a text, something with a text, or a person with what was done."""
    if not isinstance(value, dict):
        return (translate(words[value]) if value in words else value) if isinstance(value, str) else ""
    if "handling" in value:
        return f"{value.get('person', '')} {translate(HANDLING_LABELS[value['handling']])}"
    text = value.get("text")
    return text[:longest] if isinstance(text, str) else ""


def _shown(name: str, value: Any, translate: Callable[[str], str], longest: int | None) -> str:
    if isinstance(value, bool):
        return translate(msg("yes")) if value else translate(msg("no"))
    if isinstance(value, list):
        words = _WORDS.get(name, {})
        each_said = (_one_of(each, words, translate, longest) for each in value)
        return translate(msg(", ")).join(filter(None, each_said))
    if value is None or isinstance(value, dict):
        return ""
    words = _WORDS.get(name, {})
    text = translate(words[value]) if value in words else str(value)
    return text if longest is None or len(text) <= longest else text[:longest] + "…"
