"""The kind of a document by what is told of its findings (文种)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.reading import DocumentKind
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.labels import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.interpreting.drafts import Draft

_PUBLISHES = re.compile(r"(?:公示|公告|通报|公布|公开)(?:[(（][^()（）]*[)）])?$")


def kind_from(
    kind: DocumentKind, title: str | None, drafts: Sequence[Draft], rows: Sequence[object]
) -> DocumentKind:
    """The kind by what is told of the findings, where words tell none; a plan with results is published."""
    if kind is DocumentKind.PLAN and title is not None and _PUBLISHES.search(title):
        results = sum(draft.has(Field.RESULT) for draft in drafts)
        return DocumentKind.NOTICE if results and results * 2 >= len(drafts) else kind
    if kind is not DocumentKind.OTHER:
        return kind
    if rows and drafts and all(draft.rule == "row" for draft in drafts):
        return DocumentKind.LEDGER
    if any(draft.has(Field.RESULT) for draft in drafts):
        return DocumentKind.NOTICE
    if drafts and any(draft.has(Field.MEASURES) for draft in drafts):
        return DocumentKind.PLAN
    return DocumentKind.OTHER
