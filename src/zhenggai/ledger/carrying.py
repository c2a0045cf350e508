"""What stays good in a new round (沿用): judgements of criteria, and the evidence they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.ledger.models import Criterion, CriterionJudgement, Evidence, Finding


def judgement_standing(finding: Finding, criterion: Criterion) -> CriterionJudgement | None:
    """The judgement of a criterion that counts in the finding's current round (现行结论).

    The last one of this round; else the one that the return before it carried over.
    """
    judged = list(criterion.judgements.all())
    current = [each for each in judged if each.round == finding.round]
    if current:
        return current[-1]
    carried = {each.judgement_id for each in finding.carried_judgements.all() if each.round == finding.round}
    return next((each for each in judged if each.pk in carried), None)


def is_carried(finding: Finding, judgement: CriterionJudgement) -> bool:
    """Whether a judgement that counts was given in an earlier round (是否沿用)."""
    return judgement.round != finding.round


def evidence_rested_on(finding: Finding, judgement: CriterionJudgement) -> tuple[int, ...]:
    """The evidence a judgement rests on, by id (结论所依佐证); of a carried one as it stands in this round.

    What was not carried over yet keeps its id of the earlier round, at which no gate counts it.
    """
    named = tuple(each.pk for each in judgement.evidence.all())
    if not is_carried(finding, judgement):
        return named
    pieces = {each.pk: each for each in finding.evidence.all()}
    now = {
        _origin(pieces, each): each.pk
        for each in pieces.values()
        if each.round == finding.round and each.withdrawn_at is None
    }
    return tuple(now.get(_origin(pieces, pieces[id_]), id_) for id_ in named)


def _origin(pieces: dict[int, Evidence], piece: Evidence) -> int:
    """The piece that was first filed, of one carried over from round to round."""
    while piece.carried_from_id is not None:
        piece = pieces[piece.carried_from_id]
    return piece.pk
