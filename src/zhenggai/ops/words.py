"""Names for people of the values that code speaks in (名称对照)."""

from __future__ import annotations

from zhenggai.domain.lifecycle import NATURE_LABELS, PROGRESS_LABELS, Nature, Progress
from zhenggai.domain.messages import msg
from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
from zhenggai.domain.spans import EditKind
from zhenggai.ops.language import translate

KINDS = {
    DocumentKind.FEEDBACK: msg("feedback"),
    DocumentKind.PLAN: msg("rectification plan"),
    DocumentKind.REPORT: msg("rectification report"),
    DocumentKind.NOTICE: msg("rectification notice"),
    DocumentKind.CLOSURE_NOTICE: msg("closure notice"),
    DocumentKind.LEDGER: msg("ledger"),
    DocumentKind.NEWS: msg("news"),
    DocumentKind.OTHER: msg("another document"),
}
EDITS = {
    EditKind.BYTES: msg("damaged bytes"),
    EditKind.FURNITURE: msg("lines of the web page"),
    EditKind.READING: msg("injected readings"),
    EditKind.PUNCTUATION: msg("punctuation"),
    EditKind.SCRIPT: msg("script (Traditional to Simplified)"),
    EditKind.FLAG: msg("flagged, cannot be known"),
}


def kind_name(kind: DocumentKind) -> str:
    """The document's kind for people."""
    return translate(KINDS[kind])


def edit_name(kind: EditKind) -> str:
    """What was cleaned, for people."""
    return translate(EDITS[kind])


def progress_name(progress: StatedProgress | None) -> str:
    """The stated progress for people; empty where the document does not say."""
    return translate(PROGRESS_LABELS[Progress(progress)]) if progress else ""


def nature_name(nature: StatedNature | None) -> str:
    """The stated nature for people; empty where the document does not say."""
    return translate(NATURE_LABELS[Nature(nature)]) if nature else ""
