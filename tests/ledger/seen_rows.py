"""What the rows of a closed finding say, as facts for the oracle; read as they lie there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from closing_oracle import SeenClosing, SeenCriterion, SeenSignature, SeenStep
from zhenggai.ledger import models

if TYPE_CHECKING:
    from collections.abc import Iterable


def seen_rows(finding_id: int, ladder: tuple[SeenStep, ...], insiders: Iterable[int]) -> SeenClosing:
    row = models.Finding.objects.values().get(pk=finding_id)
    of = {"finding_id": finding_id}
    closure = models.Closure.objects.filter(**of).order_by("pk").values()[::1][-1]
    request = models.ClosureRequest.objects.values().get(pk=closure["request_id"])
    round_ = closure["round"]
    live = {
        each["id"]: each
        for each in models.Evidence.objects.filter(round=round_, withdrawn_at=None, **of).values()
    }
    answers = list(models.RequirementAnswer.objects.filter(round=round_, **of).values())
    kinds = ("money", "people", "cause")
    return SeenClosing(
        stage=row["stage"],
        nature=row["nature"] or None,
        submitter=request["by_id"],
        signatures=tuple(
            SeenSignature(each["step"], each["by_id"], each["acting_for_id"], each["body_id"], each["at"])
            for each in models.Signature.objects.filter(request_id=request["id"]).order_by("pk").values()
        ),
        ladder=ladder,
        workers=_workers(finding_id),
        insiders=frozenset(insiders),
        measures_done=tuple(
            each["done_at"] is not None
            for each in models.Measure.objects.filter(dropped_at=None, **of).values()
        ),
        criteria=tuple(
            _criterion(finding_id, each, round_, live)
            for each in models.Criterion.objects.filter(dropped_at=None, **of).values_list("pk", flat=True)
        ),
        effects_by=tuple(
            last["by_id"]
            for each in live
            if (
                last := models.EvidenceJudgement.objects.filter(evidence_id=each)
                .order_by("pk")
                .values()
                .last()
            )
            and last["effect"]
        ),
        applies={kind: row[f"{kind}_required"] for kind in kinds},
        applies_by={kind: (row["requirements_set_by"] or {}).get(kind) for kind in kinds},
        answered=frozenset(each["requirement"] for each in answers if each["evidence_id"] in live),
        waived_by={each["requirement"]: each["by_id"] for each in answers if each["evidence_id"] is None},
        money_named=row["money_to_recover"],
        money_shown=_money_shown(answers, live),
        people_named=row["people_to_deal_with"],
        people_shown=_people_shown(answers, live),
        situations_open=models.Situation.objects.filter(answered_at=None, **of).count(),
        holds_open=models.Hold.objects.filter(cleared_at=None, **of).count(),
        deadline_waits=models.DeadlineRequest.objects.filter(state="open", **of).exists(),
        suspended=models.Suspension.objects.filter(ended_at=None, **of).exists(),
        plan_amended=models.PlanAmendment.objects.filter(state="submitted", **of).exists(),
        has_goal=bool(request["stage_goal"]),
        has_recheck_to_come=bool(request["recheck_on"]) and request["recheck_on"] > closure["at"].date(),
    )


def _money_shown(answers: list[dict[str, Any]], live: dict[int, dict[str, Any]]) -> Decimal:
    """The money of each file once, of the evidence that is named for it."""
    named = {each["evidence_id"] for each in answers if each["requirement"] == "money"}
    return sum(
        {
            each["blob_id"]: each["amount"]
            for each in live.values()
            if each["id"] in named and each["amount"]
        }.values(),
        Decimal(0),
    )


def _people_shown(answers: list[dict[str, Any]], live: dict[int, dict[str, Any]]) -> frozenset[str]:
    """Who is told of by the evidence that is named for it."""
    named = {each["evidence_id"] for each in answers if each["requirement"] == "people"} & set(live)
    links = models.EvidenceLink.objects.filter(evidence_id__in=named).exclude(person="")
    return frozenset(links.values_list("person", flat=True))


def _effect(evidence_id: int) -> dict[str, Any] | None:
    return models.EvidenceJudgement.objects.filter(evidence_id=evidence_id).order_by("pk").values().last()


def _workers(finding_id: int) -> frozenset[int]:
    of = {"finding_id": finding_id}
    models.MeasureTask.objects.filter(measure__finding_id=finding_id)
    models.RequirementAnswer.objects.filter(evidence_id__isnull=False, **of)
    found = [
        *models.ProgressReport.objects.filter(**of).values_list("by_id", flat=True),
        *models.Measure.objects.filter(**of).values_list("done_by_id", flat=True),
        *models.MeasureTask.objects.filter(measure__finding_id=finding_id).values_list(
            "done_by_id", flat=True
        ),
        *models.Evidence.objects.filter(**of).values_list("uploaded_by_id", flat=True),
        *models.Evidence.objects.filter(**of).values_list("withdrawn_by_id", flat=True),
        *models.RequirementAnswer.objects.filter(evidence_id__isnull=False, **of).values_list(
            "by_id", flat=True
        ),
        *models.ClosureRequest.objects.filter(**of).values_list("by_id", flat=True),
    ]
    return frozenset(each for each in found if each is not None)


def _criterion(
    finding_id: int, criterion_id: int, round_: int, live: dict[int, dict[str, int]]
) -> SeenCriterion:
    mine = models.CriterionJudgement.objects.filter(criterion_id=criterion_id)
    last = mine.filter(round=round_).order_by("pk").last()
    if last is None:
        carried = models.CarriedJudgement.objects.filter(
            finding_id=finding_id, round=round_, judgement__criterion_id=criterion_id
        ).first()
        if carried is None:
            return SeenCriterion(met=None, judged_by=None, rests_on_live=False)
        last = carried.judgement
    rests = list(last.evidence.values_list("pk", flat=True))
    # what was carried over stands for what it was carried from, through any number of rounds
    stands_for = set(live)
    for each in live.values():
        before = each["carried_from_id"]
        while before:
            stands_for.add(before)
            before = models.Evidence.objects.values_list("carried_from_id", flat=True).get(pk=before)
    return SeenCriterion(last.met, last.by_id, bool(rests) and stands_for.issuperset(rests))
