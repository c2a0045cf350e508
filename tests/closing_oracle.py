"""What a closing must rest on, written from the rules of the domain and from nothing of the code (裁判).

Plain facts of one finding at the moment it closes, and what is wrong with them. Whoever builds the facts,
the pure model or the rows of a database, asks the same questions. Numbers name the rules they are from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

REQUIREMENTS = ("money", "people", "similar", "cause")


@dataclass(frozen=True)
class SeenSignature:
    """A signature in the order given: at which step, whose hand, for whom it was given."""

    step: str
    person: int
    acting_for: int | None = None
    body: int | None = None
    at: object = None


@dataclass(frozen=True)
class SeenStep:
    """A step of the ladder: whether it confirms, how many must sign it, who was called, which bodies."""

    name: str
    confirms: bool
    needed: int = 1
    called: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SeenCriterion:
    met: bool | None
    judged_by: int | None
    rests_on_live: bool


@dataclass(frozen=True)
class SeenClosing:
    """One finding as it closed. ``workers`` fixed, filed or asked; ``insiders`` are of a unit that fixed."""

    stage: str
    nature: str | None
    submitter: int | None
    signatures: tuple[SeenSignature, ...]
    ladder: tuple[SeenStep, ...]
    workers: frozenset[int]
    insiders: frozenset[int]
    measures_done: tuple[bool, ...]
    criteria: tuple[SeenCriterion, ...]
    effects_by: tuple[int, ...]
    applies: dict[str, bool | None]
    applies_by: dict[str, int | None]
    answered: frozenset[str] = frozenset()
    waived_by: dict[str, int] = field(default_factory=dict)
    money_named: Decimal | None = None
    money_shown: Decimal = Decimal(0)
    people_named: int | None = None
    people_shown: frozenset[str] = frozenset()
    situations_open: int = 0
    holds_open: int = 0
    deadline_waits: bool = False
    suspended: bool = False
    plan_required: bool = False
    plan_approved: bool = False
    plan_amended: bool = False
    has_goal: bool = False
    has_recheck_to_come: bool = False


def faults_of(seen: SeenClosing) -> list[str]:
    """Every rule that this closing breaks; none where it may stand."""
    return [
        *_hands(seen),
        *_order(seen),
        *_work(seen),
        *_requirements(seen),
        *_nature(seen),
        *(["5: a new situation has no answer"] if seen.situations_open else []),
        *(["5: a hold is open"] if seen.holds_open else []),
        *(["5: a request about the deadline waits"] if seen.deadline_waits else []),
        *(["5: the work is suspended"] if seen.suspended else []),
        *(["plan: an approved plan is required"] if seen.plan_required and not seen.plan_approved else []),
        *(["plan: an amendment waits"] if seen.plan_amended else []),
    ]


def _apart(seen: SeenClosing, person: int | None) -> bool:
    """Whether the word of this person about the work counts."""
    return person is not None and person not in {seen.submitter, *seen.workers, *seen.insiders}


def _hands(seen: SeenClosing) -> list[str]:
    wrong = []
    confirms = {step.name: step.confirms for step in seen.ladder}
    hands = [each.person for each in seen.signatures]
    behind = [each.acting_for for each in seen.signatures if each.acting_for is not None]
    if seen.submitter is None:
        wrong.append("1: nobody asked for it")
    if len(set(hands + behind)) != len(hands + behind):
        wrong.append("1: one person, or a deputy of one, signed twice")
    for person in hands + behind:
        if person == seen.submitter:
            wrong.append("1: who submitted signed")
        elif person in seen.workers:
            wrong.append("1: who fixed signed")
    if any(each.person in seen.insiders for each in seen.signatures if confirms.get(each.step)):
        wrong.append("1: the unit that fixed confirmed")
    return wrong


def _order(seen: SeenClosing) -> list[str]:
    wrong = []
    places = [[step.name for step in seen.ladder].index(each.step) for each in seen.signatures]
    if places != sorted(places):
        wrong.append("14.2: the signatures are out of order")
    moments = [each.at for each in seen.signatures if each.at is not None]
    if moments != sorted(moments):  # type: ignore[type-var]
        wrong.append("14.2: the moments run backwards")
    if len(seen.ladder) < 2 or not seen.ladder[-1].confirms:
        wrong.append("5: no ladder of two that confirms")
    everybody = {each.person for each in seen.signatures} | {each.acting_for for each in seen.signatures}
    for step in seen.ladder:
        mine = [each for each in seen.signatures if each.step == step.name]
        if len(mine) < step.needed:
            wrong.append(f"5: step {step.name} has too few signatures")
        if not step.called <= everybody:
            wrong.append(f"5: of step {step.name} somebody called was not heard")
        if not step.bodies <= {each.body for each in mine}:
            wrong.append(f"5: of step {step.name} a body has not signed")
    return wrong


def _work(seen: SeenClosing) -> list[str]:
    wrong = []
    if not seen.measures_done or not all(seen.measures_done):
        wrong.append("2: a measure is missing or not done")
    if not seen.criteria:
        wrong.append("2: no criterion")
    for each in seen.criteria:
        if each.met is not True:
            wrong.append("2: a criterion is not judged met")
        elif not _apart(seen, each.judged_by):
            wrong.append("2: a criterion was judged by who submitted, fixed or belongs to who did")
        elif not each.rests_on_live:
            wrong.append("2: a criterion was judged on evidence that does not stand")
    if not any(_apart(seen, by) for by in seen.effects_by):
        wrong.append("3: no evidence shows an effect in the eyes of another person")
    return wrong


def _requirements(seen: SeenClosing) -> list[str]:
    wrong = []
    for kind in REQUIREMENTS:
        applies = True if kind == "similar" else seen.applies.get(kind)
        if applies is None:
            wrong.append(f"4: nobody said whether {kind} applies")
        elif not applies and not _apart(seen, seen.applies_by.get(kind)):
            wrong.append(f"4: that {kind} does not apply was said by who fixed")
        elif applies and kind not in seen.answered and not _apart(seen, seen.waived_by.get(kind)):
            wrong.append(f"4: {kind} is neither shown nor waived by the office")
    if seen.applies.get("money") and not _apart(seen, seen.waived_by.get("money")):
        wrong += _money(seen)
    is_due = bool(seen.applies.get("people")) and not _apart(seen, seen.waived_by.get("people"))
    if is_due and len(seen.people_shown) < (seen.people_named or 1):
        wrong.append("4: fewer people are told of than are to be dealt with")
    return wrong


def _money(seen: SeenClosing) -> list[str]:
    wrong = []
    if seen.money_named is None or seen.money_named <= 0:
        wrong.append("4: nobody said how much money is to be recovered")
    elif not _apart(seen, seen.applies_by.get("money")):
        wrong.append("4: how much money is to be recovered was said by who fixed")
    elif seen.money_shown < seen.money_named:
        wrong.append("4: less money is shown than is to be recovered")
    return wrong


def _nature(seen: SeenClosing) -> list[str]:
    if seen.nature is None:
        return ["3: closed without a nature"]
    if seen.nature != "long_term":
        return [] if seen.stage == "closed" else ["14.3: a stage closed of work that is not long-term"]
    wrong = [] if seen.stage == "stage_closed" else ["14.3: long-term work counts as closed"]
    if not (seen.has_goal and seen.has_recheck_to_come):
        wrong.append("8: long-term work without goal or re-check to come")
    return wrong
