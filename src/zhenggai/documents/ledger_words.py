"""What hangs on a finding as one cell of its ledger says it (台账用语)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.documents.words import DEADLINE_STATE_WORDS, LEVEL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.documents.ledger import DeadlineRow, EvidenceRow, SituationRow


def situation_words(row: SituationRow) -> str:
    """An open new situation with where it waits, and by when it is to be answered."""
    due = f"，应于{row.due}前答复" if row.due else ""
    return f"{row.text}（待{LEVEL_WORDS[row.level]}答复{due}）"


def evidence_words(row: EvidenceRow) -> str:
    """A piece of evidence by title, number and issuer as offices cite it (名称（文号，出具单位）)."""
    cited = "，".join(each for each in (row.document_number, row.issuer) if each)
    return f"{row.title}（{cited}）" if cited else row.title


def deadline_words(request: DeadlineRow) -> str:
    """One request about the deadline on a line: what was asked for, when, and what became of it."""
    asked = (
        f"申请延期，由{request.due_before}延至{request.new_due}"
        if request.new_due
        else f"申请长期整改，首次回头看{request.recheck_on}"
    )
    return f"{request.asked_on}{asked}：{DEADLINE_STATE_WORDS[request.state]}"


def lines_of(texts: Iterable[str]) -> str:
    """Texts one below the other in a cell."""
    return "\n".join(texts)
