"""Kinds of inspection (检查种类)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import DocumentKind


class InspectionKind(StrEnum):
    """What kind of inspection it is (巡察、巡视、审计、督察、检查)."""

    INSPECTION = "inspection"
    CENTRAL_INSPECTION = "central_inspection"
    AUDIT = "audit"
    ENVIRONMENT = "environment"
    SAFETY = "safety"
    OTHER = "other"


INSPECTION_KIND_LABELS: Final[dict[InspectionKind, str]] = {
    InspectionKind.INSPECTION: msg("inspection"),
    InspectionKind.CENTRAL_INSPECTION: msg("inspection from above"),
    InspectionKind.AUDIT: msg("audit"),
    InspectionKind.ENVIRONMENT: msg("environmental inspection"),
    InspectionKind.SAFETY: msg("safety inspection"),
    InspectionKind.OTHER: msg("other inspection"),
}

# Whether work counts only under an approved plan (default): with safety hazards it does not wait for one.
_PLAN_REQUIRED: Final = frozenset(
    {
        InspectionKind.INSPECTION,
        InspectionKind.CENTRAL_INSPECTION,
        InspectionKind.AUDIT,
        InspectionKind.ENVIRONMENT,
    }
)
# What tells of rectification done: its plan was approved elsewhere, before.
_TELLS_OF_WORK: Final = frozenset({DocumentKind.REPORT, DocumentKind.NOTICE, DocumentKind.CLOSURE_NOTICE})
# Words of titles by which an inspection is told; 生态环境 or 审计 alone may name whom it inspected.
_TITLE_WORDS: Final = {
    "巡察": InspectionKind.INSPECTION,
    "巡视": InspectionKind.CENTRAL_INSPECTION,
    "审计查出": InspectionKind.AUDIT,
    "审计发现": InspectionKind.AUDIT,
    "审计报告": InspectionKind.AUDIT,
    "审计整改": InspectionKind.AUDIT,
    "环境保护督察": InspectionKind.ENVIRONMENT,
    "环保督察": InspectionKind.ENVIRONMENT,
    "安全生产": InspectionKind.SAFETY,
    "事故隐患": InspectionKind.SAFETY,
}
_BODY_WORDS: Final = {
    **_TITLE_WORDS,
    "审计": InspectionKind.AUDIT,
    "生态环境": InspectionKind.ENVIRONMENT,
    "应急管理": InspectionKind.SAFETY,
    "消防": InspectionKind.SAFETY,
}


def inspection_kind_likely(inspector: str, title: str) -> InspectionKind:
    """The kind an inspection most likely is (检查种类推定), to be proposed and never to be taken unasked.

    By the inspecting body, else by the title of the document, and there by the first word that tells; 巡察
    where none does. *(default)*
    """
    for text, words in ((inspector, _BODY_WORDS), (title, _TITLE_WORDS)):
        found = [(text.index(word), kind) for word, kind in words.items() if word in text]
        if found:
            return min(found, key=lambda each: each[0])[1]
    return InspectionKind.INSPECTION


def plan_is_required(kind: InspectionKind, document: DocumentKind | None = None) -> bool:
    """Whether work is to count only under an approved plan (是否须先批方案), where nothing else is said.

    By the kind of inspection, and the document with which it is opened: one that tells of work done comes
    after its plan. *(default)*
    """
    return kind in _PLAN_REQUIRED and document not in _TELLS_OF_WORK
