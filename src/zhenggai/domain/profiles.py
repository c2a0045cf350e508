"""Profiles (种类规则): what differs from one kind of inspection, or one place, to another, as one value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.actor import Role
from zhenggai.domain.counting import CountingRule, Denominator, Rounding
from zhenggai.domain.deadlines import Light, WarningDays
from zhenggai.domain.extending import DEFAULT_EXTENSION_LADDER, extension_ladder_of
from zhenggai.domain.grading import DEFAULT_GRADES, grades_of
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.ladder import DEFAULT_LADDER, ladder_of
from zhenggai.domain.ladder_reading import ladder_with, steps_said
from zhenggai.domain.messages import msg
from zhenggai.domain.planning import DEFAULT_PLAN_LADDER, plan_ladder_of
from zhenggai.domain.profile_reading import (
    Place,
    ProfileClashError,
    flag,
    member,
    members,
    names,
    only_keys,
    text,
    texts,
    whole,
)
from zhenggai.domain.situations import DEFAULT_ANSWERS, AnswerRules
from zhenggai.domain.terms import TimeRules

if TYPE_CHECKING:
    from zhenggai.domain.ladder import Step

FORMAT: Final = "zhenggai.profile/1"
MONTHS_MOST: Final = 60
WARNING_DAYS_MOST: Final = 180
ANSWER_DAYS_MOST: Final = 250
PLACES_MOST: Final = 4
WORD_MOST: Final = 30
PROMISE_MOST: Final = 500


class Term(StrEnum):
    """A thing that each kind of inspection calls by a word of its own (用词)."""

    INSPECTION = "inspection"
    SUBJECT = "subject"
    INSPECTOR = "inspector"
    FEEDBACK = "feedback"
    FINDING = "finding"
    PLAN = "plan"
    REPORT = "report"
    NOTICE = "notice"
    CLOSING = "closing"
    ROUND = "round"


TERM_LABELS: Final[dict[Term, str]] = {
    Term.INSPECTION: msg("Inspection"),
    Term.SUBJECT: msg("Inspected organisation"),
    Term.INSPECTOR: msg("Inspecting body"),
    Term.FEEDBACK: msg("Feedback"),
    Term.FINDING: msg("Finding"),
    Term.PLAN: msg("Rectification plan"),
    Term.REPORT: msg("Rectification report"),
    Term.NOTICE: msg("Published notice"),
    Term.CLOSING: msg("Closing"),
    Term.ROUND: msg("Round"),
}


class Colour(StrEnum):
    """A colour of the pages' own palette (颜色), readable on white; a word always stands beside it."""

    GREY = "grey"
    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    VIOLET = "violet"


COLOUR_LABELS: Final[dict[Colour, str]] = {
    Colour.GREY: msg("grey"),
    Colour.GREEN: msg("green"),
    Colour.BLUE: msg("blue"),
    Colour.YELLOW: msg("yellow"),
    Colour.ORANGE: msg("orange"),
    Colour.RED: msg("red"),
    Colour.VIOLET: msg("violet"),
}
# Whom a deadline can be brought to mind: those who do the work, answer for it or look after it.
WARNED_ROLES: Final = (Role.HANDLER, Role.UNIT_HEAD, Role.RESPONSIBLE_LEADER, Role.OFFICE_CLERK)
WARNED_LIGHTS: Final = (Light.NEAR, Light.VERY_NEAR, Light.OVERDUE)


@dataclass(frozen=True, slots=True)
class Word:
    """One word in Chinese and English, as it opens a line."""

    zh: str
    en: str

    def in_language(self, code: str) -> str:
        """The word for a reader of the language (``zh-hans``, ``zh-hant``, ``en``)."""
        return self.zh if code.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one kind of inspection (种类规则): words, ladders, time, lights and counting.

    ``warned``: who is told at which light. Every term has a word and every light a colour. ``promise``: what
    whoever requests closure affirms (真实性承诺); empty where nothing is asked. ``answers``: when new
    situations are to be answered. ``grades``: how the rectification is graded (评定等次), the best first.
    """

    words: Mapping[Term, Word]
    ladder: tuple[Step, ...]
    plan_ladder: tuple[Step, ...]
    extension_ladder: tuple[Step, ...]
    time: TimeRules
    warning: WarningDays
    warned: Mapping[Light, tuple[Role, ...]]
    colours: Mapping[Light, Colour]
    counting: CountingRule
    promise: str = ""
    answers: AnswerRules = DEFAULT_ANSWERS
    grades: tuple[str, ...] = DEFAULT_GRADES

    def word(self, term: Term, language: str) -> str:
        """What a term is called (用词), in the reader's language."""
        return self.words[term].in_language(language)


# Source: DOMAIN §7 (default); colours as offices hang them out (红黄绿灯).
DEFAULT_COLOURS: Final[dict[Light, Colour]] = {
    Light.NONE: Colour.GREY,
    Light.FAR: Colour.GREEN,
    Light.NEAR: Colour.YELLOW,
    Light.VERY_NEAR: Colour.ORANGE,
    Light.OVERDUE: Colour.RED,
}
DEFAULT_WARNED: Final[dict[Light, tuple[Role, ...]]] = {
    Light.NEAR: (Role.HANDLER,),
    Light.VERY_NEAR: (Role.HANDLER, Role.RESPONSIBLE_LEADER),
    Light.OVERDUE: (Role.HANDLER, Role.UNIT_HEAD),
}
DEFAULT_WORDS: Final[dict[Term, Word]] = {
    Term.INSPECTION: Word("巡察", "Inspection"),
    Term.SUBJECT: Word("被巡察单位", "Inspected organisation"),
    Term.INSPECTOR: Word("巡察组", "Inspection team"),
    Term.FEEDBACK: Word("巡察反馈意见", "Feedback"),
    Term.FINDING: Word("反馈问题", "Finding"),
    Term.PLAN: Word("整改方案", "Rectification plan"),
    Term.REPORT: Word("整改情况报告", "Rectification report"),
    Term.NOTICE: Word("整改情况通报", "Rectification notice"),
    Term.CLOSING: Word("销号", "Closing"),
    Term.ROUND: Word("巡察轮次", "Round"),
}
# What a profile says only where it says anything of it, so that earlier versions stay as they are.
_OPTIONAL: Final = ("steps", "promise", "answers", "grades")
# The rules where nothing else is said.
DEFAULT_PROFILE: Final = Profile(
    words=DEFAULT_WORDS,
    ladder=DEFAULT_LADDER,
    plan_ladder=DEFAULT_PLAN_LADDER,
    extension_ladder=DEFAULT_EXTENSION_LADDER,
    time=TimeRules(),
    warning=WarningDays(),
    warned=DEFAULT_WARNED,
    colours=DEFAULT_COLOURS,
    counting=CountingRule(),
)


def seeded_kind(kind: InspectionKind) -> InspectionKind:
    """The kind whose profile comes along for an inspection of a kind (默认规则); others go by 巡察."""
    return InspectionKind.INSPECTION if kind is InspectionKind.OTHER else kind


def profile_from(content: Any) -> Profile:
    """The profile that a JSON value says (规则读取); every key is there; those of `_OPTIONAL` may be.

    A version made before there was an ``extension_ladder`` says the default one.

    :raises ProfileKeyError: for a key that is missing or unknown.
    :raises ProfileFieldError: for a value that cannot be, naming field, value and what is possible.
    :raises ProfileClashError: for values that contradict each other.
    :raises LadderError: for a ladder on which the rules of closing could not hold.
    :raises PlanLadderError: for one on which no plan could be approved.
    """
    top = Place("")
    optional = {key: content[key] for key in _OPTIONAL if isinstance(content, Mapping) and key in content}
    keys = only_keys(
        top,
        _completed(content),
        (
            *optional,
            "format",
            "words",
            "ladder",
            "plan_ladder",
            "extension_ladder",
            "time",
            "warning",
            "warned",
            "colours",
            "counting",
        ),
    )
    member(Place("format"), keys["format"], (FORMAT,))
    warning = _warning(keys["warning"])
    words = only_keys(Place("words"), keys["words"], tuple(Term))
    warned = only_keys(Place("warned"), keys["warned"], WARNED_LIGHTS)
    colours = only_keys(Place("colours"), keys["colours"], tuple(Light))
    return Profile(
        words={
            term: Word(*texts(Place(f"words.{term}"), words[term], ("zh", "en"), WORD_MOST)) for term in Term
        },
        ladder=ladder_with(ladder_of(names(Place("ladder"), keys["ladder"])), optional.get("steps", {})),
        plan_ladder=plan_ladder_of(names(Place("plan_ladder"), keys["plan_ladder"])),
        extension_ladder=extension_ladder_of(names(Place("extension_ladder"), keys["extension_ladder"])),
        time=_time(keys["time"]),
        warning=warning,
        warned={
            light: tuple(
                Role(each) for each in members(Place(f"warned.{light}"), warned[light], WARNED_ROLES)
            )
            for light in WARNED_LIGHTS
        },
        colours={
            light: Colour(member(Place(f"colours.{light}"), colours[light], tuple(Colour))) for light in Light
        },
        counting=_counting(keys["counting"]),
        promise=text(Place("promise"), optional["promise"], PROMISE_MOST) if "promise" in optional else "",
        answers=_answers(optional["answers"]) if "answers" in optional else DEFAULT_ANSWERS,
        grades=grades_of(optional["grades"]) if "grades" in optional else DEFAULT_GRADES,
    )


def profile_content(profile: Profile) -> dict[str, Any]:
    """The profile as a JSON value (规则内容), complete; `profile_from` reads it back."""
    return {
        "format": FORMAT,
        "words": {term.value: {"zh": word.zh, "en": word.en} for term, word in profile.words.items()},
        "ladder": [step.name for step in profile.ladder],
        "plan_ladder": [step.name for step in profile.plan_ladder],
        "extension_ladder": [step.name for step in profile.extension_ladder],
        **({"promise": profile.promise} if profile.promise else {}),
        **({"answers": answers_said(profile.answers)} if profile.answers != DEFAULT_ANSWERS else {}),
        **({"grades": list(profile.grades)} if profile.grades != DEFAULT_GRADES else {}),
        **({"steps": said} if (said := steps_said(profile.ladder)) else {}),
        "time": {
            "plan_months": profile.time.plan_months,
            "concentrated_months": profile.time.concentrated_months,
            "report_every_months": profile.time.report_every_months,
            "evaluation_months": profile.time.evaluation_months,
        },
        "warning": {
            "near_days": profile.warning.near_days,
            "very_near_days": profile.warning.very_near_days,
        },
        "warned": {light.value: [role.value for role in roles] for light, roles in profile.warned.items()},
        "colours": {light.value: colour.value for light, colour in profile.colours.items()},
        "counting": {
            "denominator": profile.counting.denominator.value,
            "stage_closed_counts": profile.counting.stage_closed_counts,
            "substantially_done_counts": profile.counting.substantially_done_counts,
            "places": profile.counting.places,
            "rounding": profile.counting.rounding.value,
        },
    }


def answers_said(rules: AnswerRules) -> dict[str, int]:
    """The rules of answering as a profile says them (答复时限内容)."""
    return {
        "answer_working_days": rules.answer_working_days,
        "near_working_days": rules.near_working_days,
    }


def profile_digest(profile: Profile) -> str:
    """SHA-256 in hex of the canonical form of all its rules (规则摘要), as `content_digest`."""
    return content_digest(profile_content(profile))


def content_digest(content: Any) -> str:
    """SHA-256 in hex of the canonical form (规则摘要): sorted keys, no blanks, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _completed(content: Any) -> Any:
    """The content with the rules that versions made before them do not say (补足规则), by their defaults."""
    if not isinstance(content, dict):
        return content
    return {"extension_ladder": [step.name for step in DEFAULT_EXTENSION_LADDER], **content}


def _time(value: Any) -> TimeRules:
    at = Place("time")
    rules = ("plan_months", "concentrated_months", "report_every_months", "evaluation_months")
    found = only_keys(at, value, rules)
    months = {name: whole(Place(f"time.{name}"), found[name], 1, MONTHS_MOST) for name in rules}
    if months["plan_months"] > months["concentrated_months"]:
        raise ProfileClashError(
            msg(
                "The plan would be due %(plan)s months after the feedback, and the concentrated period ends "
                "after %(concentrated)s; give the plan at most as long. Nothing was changed."
            ),
            plan=months["plan_months"],
            concentrated=months["concentrated_months"],
        )
    return TimeRules(**months)


def _warning(value: Any) -> WarningDays:
    found = only_keys(Place("warning"), value, ("near_days", "very_near_days"))
    near, very_near = (
        whole(Place(f"warning.{name}"), found[name], 0, WARNING_DAYS_MOST)
        for name in ("near_days", "very_near_days")
    )
    if very_near >= near:
        raise ProfileClashError(
            msg(
                "The second warning, %(very_near)s days before the due date, would come before or with the "
                "first, %(near)s days before it; give the second fewer days. Nothing was changed."
            ),
            near=near,
            very_near=very_near,
        )
    return WarningDays(near, very_near)


def _answers(value: Any) -> AnswerRules:
    found = only_keys(Place("answers"), value, ("answer_working_days", "near_working_days"))
    days = whole(Place("answers.answer_working_days"), found["answer_working_days"], 1, ANSWER_DAYS_MOST)
    near = whole(Place("answers.near_working_days"), found["near_working_days"], 0, ANSWER_DAYS_MOST)
    if near >= days:
        raise ProfileClashError(
            msg(
                "New situations are to be answered within %(days)s working days, and the reminder would come "
                "%(near)s working days before; give the reminder fewer days. Nothing was changed."
            ),
            days=days,
            near=near,
        )
    return AnswerRules(days, near)


def _counting(value: Any) -> CountingRule:
    found = only_keys(
        Place("counting"),
        value,
        ("denominator", "stage_closed_counts", "substantially_done_counts", "places", "rounding"),
    )

    def at(name: str) -> tuple[Place, Any]:
        return Place(f"counting.{name}"), found[name]

    return CountingRule(
        denominator=Denominator(member(*at("denominator"), tuple(Denominator))),
        stage_closed_counts=flag(*at("stage_closed_counts")),
        substantially_done_counts=flag(*at("substantially_done_counts")),
        places=whole(*at("places"), 0, PLACES_MOST),
        rounding=Rounding(member(*at("rounding"), tuple(Rounding))),
    )
