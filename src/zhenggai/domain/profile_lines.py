"""A profile line by line (规则明细), to be shown, and two of them compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.actor import ROLE_LABELS
from zhenggai.domain.counting import DENOMINATOR_LABELS, ROUNDING_LABELS
from zhenggai.domain.deadlines import LIGHT_LABELS
from zhenggai.domain.ladder import step_shown
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.profiles import COLOUR_LABELS, TERM_LABELS, WARNED_LIGHTS
from zhenggai.domain.sentences import listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.domain.ladder import Step
    from zhenggai.domain.profiles import Profile


class Section(StrEnum):
    """A part of a profile (规则分组)."""

    WORDS = "words"
    LADDERS = "ladders"
    TIME = "time"
    WARNING = "warning"
    COLOURS = "colours"
    COUNTING = "counting"
    GRADES = "grades"


SECTION_LABELS: Final[dict[Section, str]] = {
    Section.WORDS: msg("Words"),
    Section.LADDERS: msg("Signatures"),
    Section.TIME: msg("Time"),
    Section.WARNING: msg("Warnings"),
    Section.COLOURS: msg("Colours of the lights"),
    Section.COUNTING: msg("Counting"),
    Section.GRADES: msg("Evaluation"),
}
WARNED_LABELS: Final = dict(
    zip(
        WARNED_LIGHTS,
        (msg("Told at the first warning"), msg("Told at the second warning"), msg("Told when overdue")),
        strict=True,
    )
)
LABELS: Final[dict[str, str]] = {
    "ladder": msg("Steps that sign a closing"),
    "plan_ladder": msg("Steps that approve a plan"),
    "extension_ladder": msg("Steps that approve an extension"),
    "promise": msg("Promise of truth, affirmed by whoever requests closure"),
    "plan_months": msg("Plan due after the feedback, in months"),
    "concentrated_months": msg("Concentrated period after the feedback, in months"),
    "report_every_months": msg("After that, a report every so many months"),
    "evaluation_months": msg("Evaluation after all is done, in months"),
    "answer_working_days": msg("New situations answered within, in working days"),
    "near_days": msg("First warning, days before the due date"),
    "very_near_days": msg("Second warning, days before the due date"),
    "near_working_days": msg("Reminder of an answer, working days before it is due"),
    "denominator": msg("What a rate is a share of"),
    "stage_closed_counts": msg("Long-term work closed for a stage counts as done"),
    "substantially_done_counts": msg("Work substantially done counts as done among stated states"),
    "places": msg("Decimal places of a rate"),
    "rounding": msg("A rate is rounded"),
    "grades": msg("Grades of an evaluation, the best first"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of a profile: where it belongs, what it is called and how it stands."""

    section: Section
    name: str
    label: Message
    value: Message


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that two versions say differently (规则变动)."""

    label: Message
    before: Message
    after: Message


def profile_lines(profile: Profile) -> tuple[Line, ...]:
    """Every rule of a profile in words (规则明细), in the order of the page."""
    return tuple(_lines(profile))


def profile_changes(before: Profile, after: Profile) -> tuple[Change, ...]:
    """What a later version says differently (版本差异), rule by rule; empty where they say the same."""
    pairs = zip(profile_lines(before), profile_lines(after), strict=True)
    return tuple(Change(old.label, old.value, new.value) for old, new in pairs if old.value != new.value)


def _lines(profile: Profile) -> Iterator[Line]:
    for term, label in TERM_LABELS.items():
        word = profile.words[term]
        shown = Message("%(zh)s / %(en)s", {"zh": word.zh, "en": word.en})
        yield Line(Section.WORDS, term.value, Message(label), shown)
    yield _line(Section.LADDERS, "ladder", _steps(profile.ladder))
    yield _line(Section.LADDERS, "plan_ladder", _steps(profile.plan_ladder))
    yield _line(Section.LADDERS, "extension_ladder", _steps(profile.extension_ladder))
    promise = _plain(profile.promise) if profile.promise else Message(msg("none is asked"))
    yield _line(Section.LADDERS, "promise", promise)
    for name in ("plan_months", "concentrated_months", "report_every_months", "evaluation_months"):
        yield _line(Section.TIME, name, _plain(getattr(profile.time, name)))
    yield _line(Section.TIME, "answer_working_days", _plain(profile.answers.answer_working_days))
    for name in ("near_days", "very_near_days"):
        yield _line(Section.WARNING, name, _plain(getattr(profile.warning, name)))
    yield _line(Section.WARNING, "near_working_days", _plain(profile.answers.near_working_days))
    for light, label in WARNED_LABELS.items():
        told = listing([Message(ROLE_LABELS[role]) for role in profile.warned[light]])
        yield Line(Section.WARNING, f"warned_{light}", Message(label), told if told.template else _NOBODY)
    for light, colour in profile.colours.items():
        shown = Message(COLOUR_LABELS[colour])
        yield Line(Section.COLOURS, f"colour_{light}", Message(LIGHT_LABELS[light]), shown)
    rule = profile.counting
    yield _line(Section.COUNTING, "denominator", Message(DENOMINATOR_LABELS[rule.denominator]))
    for name in ("stage_closed_counts", "substantially_done_counts"):
        yield _line(Section.COUNTING, name, _YES if getattr(rule, name) else _NO)
    yield _line(Section.COUNTING, "places", _plain(rule.places))
    yield _line(Section.COUNTING, "rounding", Message(ROUNDING_LABELS[rule.rounding]))
    yield _line(Section.GRADES, "grades", _plain("、".join(profile.grades)))


def _line(section: Section, name: str, value: Message) -> Line:
    return Line(section, name, Message(LABELS[name]), value)


def _plain(value: Any) -> Message:
    return Message("%(value)s", {"value": value})


def _steps(ladder: Sequence[Step]) -> Message:
    joined = step_shown(ladder[-1])
    for step in reversed(ladder[:-1]):
        joined = Message("%(first)s → %(rest)s", {"first": step_shown(step), "rest": joined})
    return joined


_YES: Final = Message(msg("yes"))
_NO: Final = Message(msg("no"))
_NOBODY: Final = Message(msg("nobody"))
