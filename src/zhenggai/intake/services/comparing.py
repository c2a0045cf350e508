"""Comparing a draft with the findings of an inspection (台账比对): the ledger stays as it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from zhenggai.domain.actions import Action
from zhenggai.domain.ledger_keys import ledger_key_read
from zhenggai.domain.matching import Entry, Matching, findings_matched
from zhenggai.intake.access import draft_locked
from zhenggai.intake.compare_errors import ComparisonNotFoundError
from zhenggai.intake.differing import differences_of
from zhenggai.intake.errors import DraftChangedError
from zhenggai.intake.models import ComparedFinding, Comparison, DraftFinding, Intake
from zhenggai.intake.selectors import findings_of
from zhenggai.intake.services.handing_in import imported_of, problem_of
from zhenggai.intake.states import ComparedState
from zhenggai.ledger.compared_findings import entries_to_match, finding_newest, ledger_findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.compared_findings import LedgerFinding

_AT_ONCE: Final = 500


@transaction.atomic
def comparison_make(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    version: int,
    inspection_id: int,
) -> Comparison:
    """Compares a draft with the findings that the actor sees of an inspection (比对), anew if need be.

    What the person chose before stays where the draft's finding still is the same finding of the ledger.

    :raises NotPermittedError: when the actor's posts do not let him confirm.
    :raises DraftChangedError: when somebody changed the draft after ``version``.
    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    """
    intake = draft_locked(actor, at, intake_id, action=Action.INTAKE_CONFIRM)
    if intake.version != version:
        raise DraftChangedError(name=intake.name)
    # before the findings are read: what comes in meanwhile is newer
    newest = finding_newest(actor, inspection_id)
    matching = findings_matched(_entries(intake, inspection_id), entries_to_match(actor, inspection_id))
    before = Comparison.objects.filter(intake=intake, by_id=actor.person_id).first()
    kept = _chosen_before(before, inspection_id)
    rules = before.rules if before is not None and before.inspection_id == inspection_id else {}
    number = before.version + 1 if before is not None else 1
    if before is not None:
        before.delete()
    comparison = Comparison.objects.create(
        intake=intake,
        inspection_id=inspection_id,
        by_id=actor.person_id,
        draft_version=intake.version,
        version=number,
        rules=rules,
        made_at=at,
        last_finding=newest,
    )
    answers = _answers(matching, kept, _seen_still(actor, inspection_id, kept.values()))
    left = findings_of(intake).filter(dropped_at__isnull=True).iterator(chunk_size=_AT_ONCE)
    while batch := list(islice(left, _AT_ONCE)):
        rows = [_row(comparison, draft, answers[draft.pk]) for draft in batch]
        compare_rows(actor, comparison, rows, batch)
        ComparedFinding.objects.bulk_create(rows)
    return comparison


def comparison_locked(actor: Actor, at: datetime, intake_id: int) -> Comparison:
    """The actor's own comparison of a draft that can be confirmed, both rows locked (锁定比对).

    :raises ComparisonNotFoundError: when this person compares it with nothing.
    """
    intake = draft_locked(actor, at, intake_id, action=Action.INTAKE_CONFIRM)
    rows = Comparison.objects.select_for_update(of=("self",), no_key=True)
    comparison = rows.filter(intake=intake, by_id=actor.person_id).first()
    if comparison is None:
        raise ComparisonNotFoundError(name=intake.name)
    comparison.intake = intake
    return comparison


def compare_rows(
    actor: Actor,
    comparison: Comparison,
    rows: Sequence[ComparedFinding],
    drafts: Sequence[DraftFinding],
) -> None:
    """Sets on each row what differs between its draft and its finding, as both stand now; nothing is saved.

    Of a finding that the actor does not see any more nothing is said: the row is asked about.
    """
    ids = [row.finding_id for row in rows if row.finding_id is not None]
    found = ledger_findings(actor, comparison.inspection_id, ids) if ids else {}
    for row, draft in zip(rows, drafts, strict=True):
        row.differing, row.barred = [], {}
        finding = found.get(row.finding_id or 0)
        if finding is not None:
            _differ(row, draft, finding)


def _differ(row: ComparedFinding, draft: DraftFinding, finding: LedgerFinding) -> None:
    row.finding_version = finding.version
    found = differences_of(imported_of(draft), finding, draft.spans, key=draft.key)
    row.differing = [each.part.value for each in found]
    row.barred = {part: finding.barred[part].value for part in finding.barred if part.value in row.differing}


def _entries(intake: Intake, inspection_id: int) -> Iterator[Entry]:
    rows = DraftFinding.objects.filter(intake=intake, dropped_at__isnull=True)
    names = ("pk", "position", "number", "title", "problem", "lead_unit", "key")
    for row in rows.values_list(*names).iterator(chunk_size=2_000):
        yield replace(Entry(*row[:-1]), key=_keyed(row[-1], inspection_id))


def _keyed(key: str, inspection_id: int) -> int | None:
    """The finding that a key names; 0 for a key that names none of this inspection."""
    if not key:
        return None
    named = ledger_key_read(key)
    return named[1] if named is not None and named[0] == inspection_id else 0


def _chosen_before(before: Comparison | None, inspection_id: int) -> dict[int, ComparedFinding]:
    """The rows for which something was chosen, by the draft's finding."""
    if before is None or before.inspection_id != inspection_id:
        return {}
    return {row.draft_id: row for row in before.rows.exclude(chosen={})}


Answer = dict[str, Any]


def _seen_still(actor: Actor, inspection_id: int, rows: Iterable[ComparedFinding]) -> set[int]:
    """Of the findings that somebody chose for a row those that he still sees."""
    ids = {row.finding_id for row in rows if row.finding_id is not None}
    return set(ledger_findings(actor, inspection_id, ids)) if ids else set()


def _answers(
    matching: Matching, kept: Mapping[int, ComparedFinding], seen: Collection[int]
) -> dict[int, Answer]:
    """By draft, what becomes of it: as it was matched, or as somebody chose before where that still fits."""
    answers: dict[int, Answer] = {
        pair.entry_id: {
            "state": ComparedState.SAME,
            "finding_id": pair.finding_id,
            "how": pair.how.value,
            "likeness": pair.likeness,
            "candidates": [[pair.finding_id, pair.likeness]],
        }
        for pair in matching.pairs
    }
    for question in matching.questions:
        answers[question.entry_id] = {
            "state": ComparedState.ASK,
            "doubt": question.why.value,
            "candidates": [[each.finding_id, each.likeness] for each in question.candidates],
        }
    answers |= {id_: {"state": ComparedState.ADD} for id_ in matching.new}
    given = {answer.get("finding_id") for answer in answers.values()}
    for id_, row in kept.items():
        answer = answers.get(id_)
        if answer is None:
            continue
        answer["chosen"] = row.chosen
        chosen = row.chosen.get("state")
        offered = answer.get("candidates", [])
        if chosen in {ComparedState.ADD, ComparedState.LEAVE_OUT}:
            answer |= {"state": chosen, "finding_id": None}
        elif chosen == ComparedState.SAME and row.finding_id in seen and row.finding_id not in given:
            if all(each[0] != row.finding_id for each in offered):
                answer["candidates"] = [*offered, [row.finding_id, 0]]
            answer |= {"state": chosen, "finding_id": row.finding_id}
            given.add(row.finding_id)
    return answers


def _row(comparison: Comparison, draft: DraftFinding, answer: Answer) -> ComparedFinding:
    row = ComparedFinding(comparison=comparison, draft=draft, position=draft.position, **answer)
    if row.finding_id is not None:
        # set with what differs
        row.finding_version = 0
    if problem_of(draft) is not None:
        row.state, row.finding_id, row.finding_version = ComparedState.UNFIT.value, None, None
    return row
