"""Taking a confirmed document into the ledger: claims only; it never closes, reopens or deletes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.closing import MissingTextError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InspectionNotFoundError, StandsOtherwiseError
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.intervals import intervals_create
from zhenggai.ledger.models import (
    ActionTaken,
    Finding,
    Inspection,
    Measure,
    SourceDocument,
)
from zhenggai.ledger.order_keys import order_keys_create
from zhenggai.ledger.plan_content import texts_digest
from zhenggai.ledger.search_text import KIND, finding_text
from zhenggai.ledger.services.headings import Headings, action_stated, measure_stated, place_of
from zhenggai.ledger.services.restating import findings_restate
from zhenggai.ledger.services.standing import cleaned
from zhenggai.ledger.visibility import permit, sees_whole
from zhenggai.search.services import entries_put
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, record_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.imports import ImportedDocument, ImportedFinding, ImportedItem, RestatedFinding

_BATCH: Final = 500
_AT_ONCE: Final = 1_000


def inspection_lock(inspection_id: int) -> None:
    """Holds an inspection's row to the end of the transaction (锁定项目): nothing is imported beside it."""
    Inspection.objects.select_for_update(of=("self",), no_key=True).filter(pk=inspection_id).first()


@transaction.atomic
def ledger_import(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    document: ImportedDocument,
    findings: Iterable[ImportedFinding],
    total: int | None = None,
    restated: Iterable[RestatedFinding] = (),
) -> SourceDocument:
    """Adds a confirmed document and its new findings to an inspection's ledger (导入台账).

    Every finding enters at the stage ``registered``, whatever the document says of it; that stands in
    ``stated_*``. Of findings already there those that the document tells of are ``restated``: what was taken
    of it is written, and the others stay as they are. Neither is held in memory as a whole;
    ``total`` says how many findings there are where they come one by one.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    :raises ActionDeniedError: when the actor may not confirm documents here.
    :raises StandsOtherwiseError: when this intake is in a ledger already.
    :raises MissingTextError: when a finding has no title.
    :raises FindingNotFoundError: and the like of `findings_restate`.
    """
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True)
    inspection = rows.select_related("subject", "inspector_organisation").filter(pk=inspection_id).first()
    actor = actor_standing(actor, timezone.localdate(at))
    if inspection is None or not sees_whole(actor, inspection):
        raise InspectionNotFoundError
    permit(actor, Action.INTAKE_CONFIRM, inspection_facts(inspection))
    if (
        document.intake_id is not None
        and SourceDocument.objects.filter(intake_id=document.intake_id).exists()
    ):
        raise StandsOtherwiseError(
            msg("This document is in a ledger already; it was not entered again. Open the ledger to go on.")
        )
    source = SourceDocument(
        inspection=inspection,
        kind=document.kind.value,
        title=document.title,
        name=document.name,
        blob_sha256=document.blob_sha256,
        reading_sha256=document.reading_sha256,
        text_sha256=document.text_sha256,
        intake_id=document.intake_id,
        added_at=at,
    )
    cleaned(source)
    source.save()
    chain = ChainKey.inspection(inspection.pk)
    count = len(findings) if isinstance(findings, Sequence) else total
    told = {
        name: getattr(source, name)
        for name in ("title", "name", "kind", "blob_sha256", "reading_sha256", "text_sha256", "intake_id")
    }
    entry = Entry(LedgerEvent.DOCUMENT_IMPORTED, ("document", source.pk), {**told, "findings": count})
    # before any new row: a row is locked before the chain, and nothing else locks these
    findings_restate(actor=actor, at=at, inspection=inspection, source=source, first=entry, restated=restated)
    under_way = _Import(actor, at, inspection, source)
    left = iter(findings)
    while batch := list(islice(left, _AT_ONCE)):
        entries = [
            Entry(LedgerEvent.FINDING_REGISTERED, ("finding", row.pk), _said(row, each))
            for row, each in zip(under_way.store(batch), batch, strict=True)
        ]
        record_all(chain=chain, entries=entries, actor=actor, at=at)
    return source


class _Import:
    """One import under way: themes and groups are made once, rows in bulk."""

    def __init__(self, actor: Actor, at: datetime, inspection: Inspection, source: SourceDocument) -> None:
        self.actor = actor
        self.at = at
        self.inspection = inspection
        self.source = source
        self.headings = Headings(inspection)
        self.position = inspection.findings.aggregate(last=Max("position"))["last"] or 0

    def store(self, findings: Sequence[ImportedFinding]) -> list[Finding]:
        """Writes findings, measures and actions; the findings with their ids, in order."""
        rows = [self._finding(each, place) for place, each in enumerate(findings, start=self.position + 1)]
        self.position += len(rows)
        Finding.objects.bulk_create(rows, batch_size=_BATCH)
        order_keys_create(rows)
        intervals_create(rows, at=self.at)
        measures, actions = [], []
        for row, each in zip(rows, findings, strict=True):
            measures += [self._measure(row, item, place) for place, item in enumerate(each.measures, start=1)]
            actions += [self._action(row, item, place) for place, item in enumerate(each.actions, start=1)]
        Measure.objects.bulk_create(measures, batch_size=_BATCH)
        ActionTaken.objects.bulk_create(actions, batch_size=_BATCH)
        texts = {
            row.pk: finding_text(row, [item.text for item in (*each.measures, *each.actions)])
            for row, each in zip(rows, findings, strict=True)
        }
        entries_put(kind=KIND, scope=self.inspection.pk, texts=texts)
        return rows

    def _finding(self, each: ImportedFinding, position: int) -> Finding:
        if not each.title.strip():
            raise MissingTextError(
                msg("Finding %(position)s has no title; give it one. Nothing was entered into the ledger."),
                position=each.number or position,
            )
        theme = self.headings.theme(each.theme)
        row = Finding(
            inspection=self.inspection,
            theme=theme,
            group=self.headings.group(theme, each.group),
            position=position,
            number=each.number,
            title=each.title,
            problem=each.problem,
            organisation_label=each.organisation_label,
            status_text=each.status_text,
            stated_progress=each.stated_progress.value if each.stated_progress else "",
            stated_nature=each.stated_nature.value if each.stated_nature else "",
            stated_closed=each.stated_closed,
            stated_leader=each.leader,
            stated_unit=each.unit,
            stated_supporting="、".join(each.supporting),
            stated_due_text=each.due_text,
            stated_due_on=each.due_on,
            stated_result=each.result,
            truncated=each.truncated,
            document=self.source,
            registered_at=self.at,
            changed_at=self.at,
            **place_of(each.span),
        )
        cleaned(row)
        return row

    def _measure(self, finding: Finding, item: ImportedItem, position: int) -> Measure:
        return measure_stated(finding, item, position, self.source, by_id=self.actor.person_id)

    def _action(self, finding: Finding, item: ImportedItem, position: int) -> ActionTaken:
        return action_stated(finding, item, position, self.source)


def _said(finding: Finding, stated: ImportedFinding) -> dict[str, Any]:
    dues = [each.due_on.isoformat() if each.due_on else None for each in stated.measures]
    return {
        "number": finding.number,
        "title": finding.title,
        "status_text": finding.status_text,
        "stated_progress": finding.stated_progress,
        "stated_nature": finding.stated_nature,
        "stated_closed": finding.stated_closed,
        "document_id": finding.document_id,
        "stated_measures": texts_digest(each.text for each in stated.measures),
        **({"stated_dues": dues} if any(dues) else {}),
        "stage": finding.stage,
        "version": finding.version,
    }
