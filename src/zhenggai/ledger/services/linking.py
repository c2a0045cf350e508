"""What a piece of evidence says that it proves (证明对象): linked when it is filed, carried over with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.proving import DealtWith, people_dealt_with
from zhenggai.ledger.errors import StandsOtherwiseError
from zhenggai.ledger.models import EvidenceLink
from zhenggai.ledger.services.standing import cleaned, pieces

if TYPE_CHECKING:
    from zhenggai.domain.proving import Described
    from zhenggai.ledger.models import Criterion, Evidence, Finding, Measure


@dataclass(frozen=True, slots=True)
class Links:
    """What a piece proves (证明对象): measures and criteria of its finding, and people dealt with."""

    measures: tuple[Measure, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    people: tuple[DealtWith, ...] = ()

    def said(self) -> dict[str, Any]:
        """As the trail keeps it; people in a value of their own, which can be erased alone."""
        return {
            "for_measures": [{"id": each.pk, "text": each.text} for each in self.measures],
            "for_criteria": [{"id": each.pk, "text": each.text} for each in self.criteria],
            "people": [{"person": each.person, "handling": each.handling.value} for each in self.people],
        }


def links_checked(
    finding: Finding,
    described: Described,
) -> Links:
    """What is named of a finding, as it can be proved.

    :raises PieceNotFoundError: when a measure or criterion is none of this finding's.
    :raises StandsOtherwiseError: when one was dropped.
    :raises PersonLabelError: and the like of `people_dealt_with`.
    """
    measures: list[Measure] = pieces(finding, "measures", described.measure_ids)
    criteria: list[Criterion] = pieces(finding, "criteria", described.criterion_ids)
    named: list[Measure | Criterion] = [*measures, *criteria]
    for each in named:
        if each.dropped_at is not None:
            raise StandsOtherwiseError(
                msg(
                    "“%(text)s” was dropped and stays for the record only, so nothing is filed to prove it. "
                    "Name what stands; nothing was changed."
                ),
                text=each.text[:120],
            )
    return Links(tuple(measures), tuple(criteria), people_dealt_with(described.people))


def links_carried(finding: Finding, old: Evidence) -> Links:
    """What a piece of an earlier round goes on proving (沿用的证明对象): all that was not dropped since."""
    rows = list(old.links.all())
    measures = {each.pk: each for each in finding.measures.all()}
    criteria = {each.pk: each for each in finding.criteria.all()}
    linked_measures = (measures[each.measure_id] for each in rows if each.measure_id is not None)
    linked_criteria = (criteria[each.criterion_id] for each in rows if each.criterion_id is not None)
    return Links(
        tuple(each for each in linked_measures if each.dropped_at is None),
        tuple(each for each in linked_criteria if each.dropped_at is None),
        people_dealt_with(DealtWith(each.person, OutcomeKind(each.handling)) for each in rows if each.person),
    )


def links_put(evidence: Evidence, links: Links) -> None:
    """Writes what a piece proves, with the piece."""
    rows = [
        *(EvidenceLink(evidence=evidence, measure=each) for each in links.measures),
        *(EvidenceLink(evidence=evidence, criterion=each) for each in links.criteria),
        *(
            EvidenceLink(evidence=evidence, person=each.person, handling=each.handling.value)
            for each in links.people
        ),
    ]
    for row in rows:
        cleaned(row)
    EvidenceLink.objects.bulk_create(rows)
