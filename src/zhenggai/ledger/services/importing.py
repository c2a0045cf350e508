"""Taking a confirmed document into the ledger: it adds claims, and never closes, changes or deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.closing import MissingTextError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.measures import MeasureSource
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InspectionNotFoundError, StandsOtherwiseError
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.intervals import intervals_create
from zhenggai.ledger.models import (
    ActionTaken,
    Finding,
    FindingGroup,
    Inspection,
    Measure,
    SourceDocument,
    Theme,
)
from zhenggai.ledger.order_keys import order_keys_create
from zhenggai.ledger.plan_content import texts_digest
from zhenggai.ledger.search_text import KIND, finding_text
from zhenggai.ledger.services.standing import cleaned
from zhenggai.ledger.visibility import permit, sees_whole
from zhenggai.search.services import entries_put
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, record_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.spans import Span
    from zhenggai.ledger.imports import ImportedDocument, ImportedFinding, ImportedItem

_BATCH: Final = 500


@transaction.atomic
def ledger_import(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    document: ImportedDocument,
    findings: Sequence[ImportedFinding],
) -> SourceDocument:
    """Adds a confirmed document and its findings to an inspection's ledger (导入台账).

    Every finding enters at the stage ``registered``, whatever the document says of it; that stands in
    ``stated_*``. Findings already there stay as they are.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    :raises ActionDeniedError: when the actor may not confirm documents here.
    :raises StandsOtherwiseError: when this intake is in a ledger already.
    :raises MissingTextError: when a finding has no title.
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
    stored = _Import(actor, at, inspection, source).store(findings)
    record_all(
        chain=ChainKey.inspection(inspection.pk),
        entries=[
            Entry(
                LedgerEvent.DOCUMENT_IMPORTED,
                ("document", source.pk),
                {
                    "title": source.title,
                    "name": source.name,
                    "kind": source.kind,
                    "blob_sha256": source.blob_sha256,
                    "reading_sha256": source.reading_sha256,
                    "text_sha256": source.text_sha256,
                    "intake_id": source.intake_id,
                    "findings": len(stored),
                },
            ),
            *(
                Entry(LedgerEvent.FINDING_REGISTERED, ("finding", row.pk), _said(row, each))
                for row, each in zip(stored, findings, strict=True)
            ),
        ],
        actor=actor,
        at=at,
    )
    return source


class _Import:
    """One import under way: themes and groups are made once, rows in bulk."""

    def __init__(self, actor: Actor, at: datetime, inspection: Inspection, source: SourceDocument) -> None:
        self.actor = actor
        self.at = at
        self.inspection = inspection
        self.source = source
        self.themes = {each.title: each for each in inspection.themes.all()}
        self.groups = {(each.theme_id, each.title): each for each in inspection.groups.all()}

    def store(self, findings: Sequence[ImportedFinding]) -> list[Finding]:
        """Writes findings, measures and actions; the findings with their ids, in order."""
        first = 1 + (self.inspection.findings.aggregate(last=Max("position"))["last"] or 0)
        rows = [self._finding(each, position) for position, each in enumerate(findings, start=first)]
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
        theme = self._theme(each.theme)
        row = Finding(
            inspection=self.inspection,
            theme=theme,
            group=self._group(theme, each.group),
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
            **_place(each.span),
        )
        cleaned(row)
        return row

    def _measure(self, finding: Finding, item: ImportedItem, position: int) -> Measure:
        row = Measure(
            finding=finding,
            position=position,
            text=item.text,
            source=MeasureSource.STATED.value,
            stated_leader=item.leader,
            stated_unit=item.unit,
            stated_due_text=item.due_text,
            due=item.due_on,
            document=self.source,
            added_by_id=self.actor.person_id,
            added_at=self.at,
            **_place(item.span),
        )
        cleaned(row)
        return row

    def _action(self, finding: Finding, item: ImportedItem, position: int) -> ActionTaken:
        row = ActionTaken(
            finding=finding, position=position, text=item.text, document=self.source, **_place(item.span)
        )
        cleaned(row)
        return row

    def _theme(self, title: str) -> Theme | None:
        if not title:
            return None
        if title not in self.themes:
            row = Theme(inspection=self.inspection, position=len(self.themes) + 1, title=title)
            cleaned(row)
            row.save()
            self.themes[title] = row
        return self.themes[title]

    def _group(self, theme: Theme | None, title: str) -> FindingGroup | None:
        if not title:
            return None
        key = (theme.pk if theme else None, title)
        if key not in self.groups:
            row = FindingGroup(
                inspection=self.inspection, theme=theme, position=len(self.groups) + 1, title=title
            )
            cleaned(row)
            row.save()
            self.groups[key] = row
        return self.groups[key]


def _place(span: Span | None) -> dict[str, Any]:
    return {"span_start": span.start if span else None, "span_end": span.end if span else None}


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
