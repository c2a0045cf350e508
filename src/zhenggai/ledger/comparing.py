"""Comparing the ledger's rows with the trail (台账与留痕核对): a change behind the services shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch

from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.measures import MeasureSource
from zhenggai.domain.messages import Message, msg
from zhenggai.files.selectors import blob_is_whole
from zhenggai.ledger.compared_kinds import KIND_LABELS
from zhenggai.ledger.deadlines import DEADLINES_WEIGHED
from zhenggai.ledger.differing import Difference, DifferenceCode
from zhenggai.ledger.evaluations_compared import evaluation_differences
from zhenggai.ledger.evidence_links import links_as_rows
from zhenggai.ledger.intervals_compared import interval_differences
from zhenggai.ledger.models import Evidence, Finding, Inspection, SourceDocument
from zhenggai.ledger.plan_content import texts_digest
from zhenggai.ledger.plans_compared import plan_differences
from zhenggai.ledger.recorded import facts_recorded
from zhenggai.ledger.recorded_afterwards import ROWS_AFTERWARDS, rows_afterwards
from zhenggai.ledger.recorded_comments import comment_rows
from zhenggai.ledger.reports_compared import report_differences
from zhenggai.ledger.rounds_compared import placing_differences, round_differences
from zhenggai.ledger.told import UNTOLD, Facts, Key
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import chains, event_views, events_about, events_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

_FURTHER: Final = (*DEADLINES_WEIGHED, *ROWS_AFTERWARDS, "comments__named", "claim_updates", "placings")
_CHUNK: Final = 200
# Fields whose values are long or say something of people: only that they differ is said.
_WORDED: Final = frozenset(
    {"number", "title", "text", "proves", "note", "reason", "statement", "narrative", "result", "answer"}
    | {"reference", "stage_goal", "status_text", "withdrawn_reason", "cleared_reason", "file_name"}
    | {"report", "requirement", "content", "decided_reason", "dropped_reason", "key_area", "systemic_cause"}
    | {"ended_reason", "goal", "promise", "refused_reason", "people", "issuer", "document_number"}
    | {"figure_source", "analysis", "fields", "problem", "organisation_label", "stated_leader"}
    | {"stated_unit", "stated_supporting", "stated_due_text", "stated_result"}
)
_GONE: Final = msg(
    "Finding %(finding)s: %(what)s stands in the trail (entry %(seq)s) and is gone from the ledger."
)
_UNRECORDED: Final = msg(
    "Finding %(finding)s: %(what)s stands in the ledger, and no entry of the trail records it."
)
_CHANGED: Final = msg(
    "Finding %(finding)s: of %(what)s the ledger says %(field)s = %(row)s, and the trail (entry %(seq)s) "
    "says %(told)s."
)
_REWORDED: Final = msg(
    "Finding %(finding)s: of %(what)s the words of %(field)s are others in the ledger than in the trail "
    "(entry %(seq)s)."
)
_FINDING_GONE: Final = msg(
    "Finding %(finding)s was registered in inspection %(inspection)s and is gone from the ledger."
)
_INSPECTION_GONE: Final = msg("Inspection %(inspection)s was opened and is gone from the ledger.")
_LOST: Final = msg(
    "Finding %(finding)s: the file of %(what)s is missing from the data folder or holds other bytes than "
    "were filed (%(sha256)s…)."
)
_DOCUMENT_LOST: Final = msg(
    "Inspection %(inspection)s: the file of document %(document)s is missing from the data folder or holds "
    "other bytes than were received (%(sha256)s…)."
)
_DOCUMENT_CHANGED: Final = msg(
    "Inspection %(inspection)s: document %(document)s stands otherwise in the ledger than in the trail."
)


def differences(inspection_id: int | None = None, *, files: bool = False) -> Iterator[Difference]:
    """Every difference between rows and trail (核对), of one inspection or of all, 200 findings at a time.

    What the trail does not tell (a value that was erased) is not compared. With ``files`` the bytes of every
    piece of evidence and every document are read and compared with their hash.
    """
    inspections = Inspection.objects.order_by("pk")
    if inspection_id is not None:
        inspections = inspections.filter(pk=inspection_id)
    yield from _inspections_gone(inspection_id)
    if inspection_id is None:
        yield from round_differences()
    for key in inspections.values_list("pk", flat=True).iterator():
        yield from _documents(key, files=files)
        yield from plan_differences(key)
        yield from placing_differences(key)
        yield from evaluation_differences(key)
        yield from report_differences(key)
        yield from _gone(key)
        for findings in _chunks(Finding.objects.filter(inspection_id=key).order_by("pk")):
            yield from _compared(key, findings, files=files)


def _chunks(rows: QuerySet[Finding]) -> Iterator[list[Finding]]:
    last = 0
    loaded = rows.prefetch_related(
        "measures__tasks",
        "fixing_units",
        "supporting",
        "refusals",
        "readers",
        "amendments__signatures",
        "criteria__judgements__evidence",
        "carried_judgements",
        Prefetch("evidence", Evidence.objects.select_related("blob")),
        "evidence__judgements",
        "evidence__links",
        "requirement_answers",
        "progress_reports__actions",
        "progress_reports__evidence",
        "progress_views",
        "situations__steps",
        "holds",
        "closure_requests__signatures",
        "closure_requests__returned",
        "closure_requests__steps",
        "closure_requests__called",
        "closure_requests__records__blob",
        "closures",
        "intervals",
        *_FURTHER,
    )
    while chunk := list(loaded.filter(pk__gt=last)[:_CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _compared(inspection_id: int, findings: Sequence[Finding], *, files: bool) -> Iterator[Difference]:
    ids = [finding.pk for finding in findings]
    events = event_views(events_about(ChainKey.inspection(inspection_id), "finding", ids))
    told = facts_recorded(events)
    for finding in findings:
        yield from _finding(finding, told.get(finding.pk) or Facts())
        yield from interval_differences(finding)
        if files:
            yield from (
                _lost(finding.pk, (kind, each.pk), each.blob.sha256)
                for kind, rows in _filed(finding)
                for each in rows
                if not blob_is_whole(each.blob.sha256)
            )


def _filed(finding: Finding) -> Iterator[tuple[str, Sequence[Any]]]:
    """What has a file of its own: evidence, and scans of what was signed elsewhere."""
    yield "evidence", list(finding.evidence.all())
    requests = finding.closure_requests.all()
    yield "signature_record", [each for request in requests for each in request.records.all()]


def _finding(finding: Finding, told: Facts) -> Iterator[Difference]:
    rows = rows_of(finding)
    for key in sorted(told.found.keys() | rows.keys(), key=str):
        if key[0] in told.untold:
            continue
        said, row = told.found.get(key), rows.get(key)
        is_stated = row is not None and row.get("source") == MeasureSource.STATED.value
        if row is not None and is_stated and (said is not None or row.get("stated")):
            # that it was stated is told of the finding, and nobody arranged it before that is told
            said = {**_stated(told, row["position"]), **(said or {})}
        values = {"finding": finding.pk, "what": _what(key), "seq": told.seqs.get(key, 0)}
        if row is None:
            yield Difference(DifferenceCode.ROW_GONE, Message(_GONE, values))
        elif said is None:
            if not row.get("stated"):
                yield Difference(DifferenceCode.ROW_UNRECORDED, Message(_UNRECORDED, values))
        else:
            for name, value in said.items():
                if value is not UNTOLD and name in row and not _same(value, row[name]):
                    # of a restricted finding no value is said, whoever runs the comparison
                    is_told = name not in _WORDED and not finding.restricted
                    yield _changed(values, name, value, row[name], is_told=is_told)


def _stated(told: Facts, position: int) -> dict[str, Any]:
    """How a measure stands that a document stated, until somebody arranges it."""
    dues = told.found.get(("finding", 0), {}).get("stated_dues", UNTOLD)
    if dues is not UNTOLD:
        dues = dues[position - 1] if len(dues) >= position else None
    return {"leader_id": None, "requirement": "", "due": dues, "arranged_amendment_id": None}


def _changed(values: dict[str, Any], name: str, told: Any, row: Any, *, is_told: bool) -> Difference:
    if not is_told:
        return Difference(DifferenceCode.ROW_CHANGED, Message(_REWORDED, {**values, "field": name}))
    shown = {"field": name, "row": _shown(row), "told": _shown(told)}
    return Difference(DifferenceCode.ROW_CHANGED, Message(_CHANGED, {**values, **shown}))


def _lost(finding_id: int, key: Key, sha256: str) -> Difference:
    values = {"finding": finding_id, "what": _what(key), "sha256": sha256[:12]}
    return Difference(DifferenceCode.FILE_LOST, Message(_LOST, values))


def _what(key: Key) -> Message:
    kind, id_ = key
    return Message(KIND_LABELS[kind], {"id": "/".join(map(str, id_)) if isinstance(id_, tuple) else id_})


def _shown(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)[:64]


def _same(told: Any, row: Any) -> bool:
    if isinstance(row, date):
        return bool(told == row.isoformat())
    if isinstance(row, Decimal):
        try:
            return Decimal(str(told)) == row
        except InvalidOperation:
            return False
    return bool(told == row)


def rows_of(finding: Finding) -> dict[Key, dict[str, Any]]:
    """The rows of one loaded finding in the shape in which the trail is told over."""
    facts = Facts()
    stated = [each for each in finding.measures.all() if each.source == MeasureSource.STATED.value]
    facts.put(
        "finding",
        0,
        **_columns(finding),
        stated_measures=texts_digest(each.text for each in stated),
        supporting_ids=sorted(each.unit_id for each in finding.supporting.all()),
    )
    for taken in finding.claim_updates.all():
        facts.put("claim_update", taken.version, **_columns(taken))
    for placing in finding.placings.all():
        facts.put("placing", placing.version, **_columns(placing))
    for unit in finding.fixing_units.all():
        facts.put("fixing_unit", unit.unit_id)
    _planning_rows(finding, facts)
    _proving_rows(finding, facts)
    _closing_rows(finding, facts)
    return facts.found


def _planning_rows(finding: Finding, facts: Facts) -> None:
    for measure in finding.measures.all():
        is_untouched = measure.done_at is None and measure.dropped_at is None
        is_stated = measure.source == MeasureSource.STATED.value and is_untouched
        facts.put("measure", measure.pk, stated=is_stated, **_columns(measure))
        if measure.tasks.all():
            standing = [task.unit_id for task in measure.tasks.all() if task.dropped_at is None]
            facts.put("arrangement", measure.pk, units=sorted(standing))
        for task in measure.tasks.all():
            # which unit has a part is told of the measure; its own entry is its report
            facts.put("task", task.pk, stated=task.done_at is None, **_columns(task))
    for reader in finding.readers.all():
        facts.put("reader", reader.pk, **_columns(reader))
    for refusal in finding.refusals.all():
        facts.put("refusal", refusal.pk, **_columns(refusal))
    for amendment in finding.amendments.all():
        facts.put("amendment", amendment.pk, **_columns(amendment))
        for place, signature in enumerate(amendment.signatures.all(), start=1):
            facts.put("amendment_signature", (amendment.pk, place), **_columns(signature))
    for asked in finding.deadline_requests.all():
        facts.put("deadline_request", asked.pk, **_columns(asked))
        for place, approval in enumerate(asked.signatures.all(), start=1):
            facts.put("deadline_signature", (asked.pk, place), **_columns(approval))
    for suspension in finding.suspensions.all():
        facts.put("suspension", suspension.pk, **_columns(suspension))


def _proving_rows(finding: Finding, facts: Facts) -> None:
    for criterion in finding.criteria.all():
        facts.put("criterion", criterion.pk, **_columns(criterion))
        for place, said in enumerate(criterion.judgements.all(), start=1):
            named = sorted(each.pk for each in said.evidence.all())
            facts.put("criterion_judgement", (criterion.pk, place), **{**_columns(said), "evidence": named})
    for evidence in finding.evidence.all():
        told = {"sha256": evidence.blob.sha256, **links_as_rows(evidence)}
        facts.put("evidence", evidence.pk, **told, **_columns(evidence))
        for place, judged in enumerate(evidence.judgements.all(), start=1):
            facts.put("evidence_judgement", (evidence.pk, place), **_columns(judged))
    for place, answer in enumerate(finding.requirement_answers.all(), start=1):
        facts.put("requirement_answer", place, **_columns(answer))
    for place, report in enumerate(finding.progress_reports.all(), start=1):
        beside = {
            "actions": [each.text for each in report.actions.all()],
            "action_measures": [each.measure_id for each in report.actions.all()],
            "evidence_ids": sorted(each.pk for each in report.evidence.all()),
        }
        facts.put("progress_report", place, **_columns(report), **beside)
    for place, view in enumerate(finding.progress_views.all(), start=1):
        facts.put("progress_view", place, **_columns(view))
    for situation in finding.situations.all():
        facts.put("situation", situation.pk, **_columns(situation))
        for passed in situation.steps.all():
            facts.put("situation_step", (situation.pk, passed.to_level), **_columns(passed))
    for hold in finding.holds.all():
        facts.put("hold", hold.pk, **_columns(hold))
    comment_rows(finding, facts, _columns)


def _closing_rows(finding: Finding, facts: Facts) -> None:
    for request in finding.closure_requests.all():
        facts.put("closure_request", request.pk, **_columns(request))
        for step in request.steps.all():
            facts.put("request_step", (request.pk, step.step), **_columns(step))
        for record in request.records.all():
            facts.put("signature_record", record.pk, sha256=record.blob.sha256, **_columns(record))
        for called in request.called.all():
            facts.put("called_signer", (request.pk, called.step, called.person_id))
        for place, signature in enumerate(request.signatures.all(), start=1):
            facts.put("signature", (request.pk, place), **_columns(signature))
        if hasattr(request, "returned"):
            facts.put("return", request.pk, **_columns(request.returned))
    for carried in finding.carried_judgements.all():
        facts.put("carried_judgement", (carried.round, carried.judgement_id))
    for closure in finding.closures.all():
        facts.put("closure", closure.pk, **_columns(closure))
    rows_afterwards(finding, facts, _columns)


def _columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}  # noqa: SLF001  # the documented Meta API


def _inspections_gone(inspection_id: int | None) -> Iterator[Difference]:
    """Inspections that were opened and of which no row is left."""
    known = set(Inspection.objects.values_list("pk", flat=True))
    for chain in chains():
        is_asked = chain.kind == ChainKey.inspection(0).kind and inspection_id in {None, chain.key}
        is_gone = is_asked and chain.key not in known
        if is_gone and events_named(chain, LedgerEvent.INSPECTION_CREATED).exists():
            values = {"inspection": chain.key}
            yield Difference(DifferenceCode.ROW_GONE, Message(_INSPECTION_GONE, values))


def _gone(inspection_id: int) -> Iterator[Difference]:
    """Findings that were registered and of which no row is left."""
    events = events_named(ChainKey.inspection(inspection_id), LedgerEvent.FINDING_REGISTERED)
    ids = iter(events.values_list("subject_id", flat=True).iterator(chunk_size=5_000))
    while chunk := list(islice(ids, 5_000)):
        left = set(
            Finding.objects.filter(pk__in=chunk, inspection_id=inspection_id).values_list("pk", flat=True)
        )
        for id_ in chunk:
            if id_ not in left:
                values = {"finding": id_, "inspection": inspection_id}
                yield Difference(DifferenceCode.ROW_GONE, Message(_FINDING_GONE, values))


def _documents(inspection_id: int, *, files: bool) -> Iterator[Difference]:
    events = events_named(ChainKey.inspection(inspection_id), LedgerEvent.DOCUMENT_IMPORTED)
    told = {view.subject_id: view.values for view in event_views(events)}
    for row in SourceDocument.objects.filter(inspection_id=inspection_id).order_by("pk"):
        said = told.get(row.pk)
        values: dict[str, Any] = {"inspection": inspection_id, "document": row.pk}
        hashes = {name: getattr(row, name) for name in ("blob_sha256", "reading_sha256", "text_sha256")}
        if said is None:
            yield Difference(DifferenceCode.ROW_UNRECORDED, Message(_DOCUMENT_CHANGED, values))
        elif any(said.get(name, value) != value for name, value in hashes.items()):
            yield Difference(DifferenceCode.ROW_CHANGED, Message(_DOCUMENT_CHANGED, values))
        lost = [each for each in dict.fromkeys(hashes.values()) if files and not blob_is_whole(each)]
        for sha256 in lost:
            shown = {**values, "sha256": sha256[:12]}
            yield Difference(DifferenceCode.FILE_LOST, Message(_DOCUMENT_LOST, shown))
