"""Words for closed lists that the pages show (页面用词)."""

from __future__ import annotations

from typing import Any, Final

from zhenggai.domain.case import HOLD_LABELS, REQUIREMENT_LABELS
from zhenggai.domain.closing import CLOSURE_KIND_LABELS, REQUEST_STATE_LABELS
from zhenggai.domain.evidence import EVIDENCE_KIND_LABELS
from zhenggai.domain.extending import DEADLINE_STATE_LABELS, DeadlineKind
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS
from zhenggai.domain.ladder import STEPS
from zhenggai.domain.lifecycle import NATURE_LABELS, PROGRESS_LABELS, STAGE_LABELS
from zhenggai.domain.markings import MARKING_LABELS
from zhenggai.domain.measures import MEASURE_SOURCE_LABELS
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OUTCOME_LABELS
from zhenggai.domain.paper import RECORD_KIND_LABELS
from zhenggai.domain.planning import DIRECTION_LABELS, PLAN_STATE_LABELS
from zhenggai.domain.proving import HANDLING_LABELS
from zhenggai.domain.reading import StatedProgress
from zhenggai.domain.rechecking import REBOUND_GROUND_LABELS
from zhenggai.domain.restricting import RESTRICTION_LABELS
from zhenggai.domain.returning import RETURN_GROUND_LABELS
from zhenggai.domain.situations import LEVEL_LABELS
from zhenggai.ledger.related import Relation

STATED_PROGRESS_LABELS: Final[dict[StatedProgress, str]] = {
    StatedProgress.NOT_STARTED: msg("not started"),
    StatedProgress.IN_PROGRESS: msg("in progress"),
    StatedProgress.SUBSTANTIALLY_DONE: msg("substantially done"),
    StatedProgress.DONE: msg("done"),
}

# what stands in a list beside a due date while a request about it waits
DEADLINE_MARKS: Final[dict[DeadlineKind, str]] = {
    DeadlineKind.EXTENSION: msg("extension asked for"),
    DeadlineKind.LONG_TERM: msg("long-term rectification asked for"),
}
# why a finding stands beside another one
RELATION_LABELS: Final[dict[Relation, str]] = {
    Relation.ORIGIN: msg("this one came back from it"),
    Relation.SUCCESSOR: msg("it came back from this one"),
    Relation.SAME_ORIGIN: msg("came back from the same finding"),
    Relation.SAME_TEXT: msg("the same words"),
    Relation.SAME_FILE: msg("the same file as evidence"),
    Relation.NEAR_TEXT: msg("nearly the same words"),
    Relation.SAME_UNIT: msg("same unit, same theme"),
}
LABELS: Final[dict[str, dict[Any, str]]] = {
    "stages": dict(STAGE_LABELS),
    "natures": dict(NATURE_LABELS),
    "progresses": dict(PROGRESS_LABELS),
    "stated": dict(STATED_PROGRESS_LABELS),
    "measure_sources": dict(MEASURE_SOURCE_LABELS),
    "evidence_kinds": dict(EVIDENCE_KIND_LABELS),
    "holds": dict(HOLD_LABELS),
    "levels": dict(LEVEL_LABELS),
    "request_states": dict(REQUEST_STATE_LABELS),
    "closure_kinds": dict(CLOSURE_KIND_LABELS),
    "markings": dict(MARKING_LABELS),
    "plan_states": dict(PLAN_STATE_LABELS),
    "directions": dict(DIRECTION_LABELS),
    "deadline_marks": dict(DEADLINE_MARKS),
    "deadline_states": dict(DEADLINE_STATE_LABELS),
    "restrictions": dict(RESTRICTION_LABELS),
    "record_kinds": dict(RECORD_KIND_LABELS),
    "steps": {name: step.label for name, step in STEPS.items()},
    "return_grounds": dict(RETURN_GROUND_LABELS),
    "inspection_kinds": dict(INSPECTION_KIND_LABELS),
    "outcomes": dict(OUTCOME_LABELS),
    "requirements": dict(REQUIREMENT_LABELS),
    "handlings": dict(HANDLING_LABELS),
    "rebound_grounds": dict(REBOUND_GROUND_LABELS),
    "relations": dict(RELATION_LABELS),
}
