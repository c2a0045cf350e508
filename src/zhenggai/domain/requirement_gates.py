"""Gates of what must also be dealt with (须落实事项): money, people, the same fault elsewhere, the cause."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from zhenggai.domain.actions import Action
from zhenggai.domain.case import Requirement
from zhenggai.domain.gate_results import GateResult, GateState, gate_result, is_independent
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.sentences import listing

if TYPE_CHECKING:
    from zhenggai.domain.case import CaseEvidence, ClosureCase


def gate_money(case: ClosureCase) -> GateResult:
    """Money that the finding names is recovered (资金追缴). Source: DOMAIN §5 rule 4."""
    return _requirement(case, Requirement.MONEY)


def gate_people(case: ClosureCase) -> GateResult:
    """People whom the finding names are dealt with (责任追究). Source: DOMAIN §5 rule 4."""
    return _requirement(case, Requirement.PEOPLE)


def gate_similar(case: ClosureCase) -> GateResult:
    """The same fault was looked for elsewhere (举一反三). Source: DOMAIN §5 rule 4."""
    return _requirement(case, Requirement.SIMILAR)


def gate_cause(case: ClosureCase) -> GateResult:
    """A cause was treated or a rule made (建章立制). Source: DOMAIN §5 rule 4."""
    return _requirement(case, Requirement.CAUSE)


_REQUIREMENT_TITLES: Final = {
    Requirement.MONEY: msg("Money is recovered"),
    Requirement.PEOPLE: msg("People are dealt with"),
    Requirement.SIMILAR: msg("The same fault was looked for elsewhere"),
    Requirement.CAUSE: msg("The cause is treated, so that it does not come back"),
}
_REQUIREMENT_UNSET: Final = {
    Requirement.MONEY: msg("Whether money must be recovered is not set; the office sets it."),
    Requirement.PEOPLE: msg("Whether people must be dealt with is not set; the office sets it."),
    Requirement.SIMILAR: msg("Whether the same fault must be looked for is not set; the office sets it."),
    Requirement.CAUSE: msg("Whether a cause must be treated is not set; the office sets it."),
}
_REQUIREMENT_OPEN: Final = {
    Requirement.MONEY: msg("No evidence of this round shows the money recovered, with its amount."),
    Requirement.PEOPLE: msg("No evidence of this round tells who was dealt with, and how."),
    Requirement.SIMILAR: msg("No evidence of this round shows that the same fault was looked for elsewhere."),
    Requirement.CAUSE: msg("No evidence of this round shows that the cause was treated or a rule made."),
}


def _requirement(case: ClosureCase, kind: Requirement) -> GateResult:
    code, title = kind.value, Message(_REQUIREMENT_TITLES[kind])
    required = case.required[kind]
    if required is None:
        return gate_result(
            code, title.template, [Message(_REQUIREMENT_UNSET[kind])], (), Action.FINDING_CLASSIFY
        )
    if not required and not is_independent(case, case.required_by.get(kind)):
        own = Message(
            msg(
                "That this does not apply was set by a person who fixed or submitted, or of a unit that "
                "fixed; another person of the office sets it."
            )
        )
        return gate_result(code, title.template, [own], (), Action.FINDING_CLASSIFY)
    if not required:
        note = Message(msg("The office set that this does not apply."))
        return GateResult(code, title, GateState.NOT_APPLICABLE, note=note)
    live = {evidence.id: evidence for evidence in case.live_evidence}
    named = tuple(
        answer.evidence_id
        for answer in case.answers
        if answer.requirement is kind
        and answer.evidence_id in live
        and _shows(kind, live[answer.evidence_id])
    )
    unnamed = _amount_unnamed(case) if kind is Requirement.MONEY else None
    short = _short(kind, case, [live[each] for each in named])
    if named and unnamed is None and short is None:
        return GateResult(code, title, GateState.MET, evidence=named)
    for answer in case.answers:
        if (
            answer.requirement is kind
            and answer.waived_by is not None
            and is_independent(case, answer.waived_by)
        ):
            note = Message(msg("Not applicable, as the office signed: %(reason)s"), {"reason": answer.reason})
            return GateResult(code, title, GateState.NOT_APPLICABLE, note=note)
    shown = short if named else Message(_REQUIREMENT_OPEN[kind])
    missing = [each for each in (unnamed, shown) if each is not None]
    remedy = Action.FINDING_WEIGH if unnamed else Action.REQUIREMENT_ANSWER
    refused = gate_result(code, title.template, missing, named, remedy)
    return replace(refused, note=_unnamed(kind, case, named))


def _unnamed(kind: Requirement, case: ClosureCase, named: tuple[int, ...]) -> Message | None:
    """Which evidence says that it proves this and is not named for it yet (可用佐证); naming is an act."""
    if kind not in _SAYING:
        return None
    titles = [each.title for each in case.live_evidence if each.id not in named and _says(kind, each)]
    if not titles:
        return None
    more = len(titles) - _TITLES_MOST
    shown = [Message("%(title)s", {"title": each}) for each in titles[:_TITLES_MOST]]
    if more > 0:
        shown.append(Message(msg("%(count)s more"), {"count": more}))
    return Message(_SAYING[kind], {"titles": listing(shown)})


_TITLES_MOST: Final = 5
_SAYING: Final = {
    Requirement.MONEY: msg("Evidence that names an amount and is not named for this yet: %(titles)s."),
    Requirement.PEOPLE: msg("Evidence that names people and is not named for this yet: %(titles)s."),
}


def _amount_unnamed(case: ClosureCase) -> Message | None:
    """That nobody whose word counts has named how much is to be recovered; None where one has."""
    if case.money_to_recover is None or case.money_to_recover <= 0:
        return Message(msg("How much money must be recovered is not named; the office names it."))
    if not is_independent(case, case.required_by.get(Requirement.MONEY)):
        return Message(
            msg(
                "How much money must be recovered was named by a person who fixed or submitted, or of a unit "
                "that fixed; another person of the office names it."
            )
        )
    return None


def _short(kind: Requirement, case: ClosureCase, shown: list[CaseEvidence]) -> Message | None:
    """That less is shown than the finding names; None where it is enough, or nothing is counted."""
    if kind is Requirement.MONEY:
        return _money_short(case, shown)
    return _people_short(case, shown) if kind is Requirement.PEOPLE else None


def _people_short(case: ClosureCase, shown: list[CaseEvidence]) -> Message | None:
    """That fewer people are told of than the finding names; one who is told of twice counts once."""
    people = {person for each in shown for person in each.people}
    if case.people_to_deal_with is None or len(people) >= case.people_to_deal_with:
        return None
    return Message(
        msg("Evidence tells of %(shown)s people dealt with of the %(named)s that the finding names."),
        {"shown": len(people), "named": case.people_to_deal_with},
    )


def _money_short(case: ClosureCase, shown: list[CaseEvidence]) -> Message | None:
    """That less money is shown than the finding names, both in yuan (元); None where it is enough."""
    once = {each.file or each.id: each.amount or Decimal(0) for each in shown}
    total = sum(once.values(), Decimal(0))
    if case.money_to_recover is None or total >= case.money_to_recover:
        return None
    return Message(
        msg("Evidence shows %(shown)s yuan recovered of the %(named)s that the finding names."),
        {"shown": f"{total:,.2f}", "named": f"{case.money_to_recover:,.2f}"},
    )


def _says(kind: Requirement, evidence: CaseEvidence) -> bool:
    return evidence.amount is not None if kind is Requirement.MONEY else bool(evidence.people)


def _shows(kind: Requirement, evidence: CaseEvidence) -> bool:
    if kind is Requirement.MONEY:
        return evidence.amount is not None and evidence.amount > 0
    return kind is not Requirement.PEOPLE or bool(evidence.people)
