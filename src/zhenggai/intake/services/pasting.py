"""Rows pasted from a spreadsheet (粘贴台账行): kept like a file, read, and compared with the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from django.utils import timezone

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg
from zhenggai.intake.models import DraftFinding
from zhenggai.intake.services.comparing_job import comparison_order
from zhenggai.intake.services.receiving import intake_compare_again, intake_receive
from zhenggai.intake.states import IntakeState
from zhenggai.ledger.compared_findings import has_findings
from zhenggai.ledger.selectors import inspection_get
from zhenggai.reading.workbook.clipboard import clipboard_file, named_rows
from zhenggai.reading.workbook.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.intake.models import Intake

PASTED_MOST: Final = 2_000
"""Rows that are pasted at once; more come as a file."""


class PasteError(InvalidError):
    """What was pasted holds no rows, too many, or none that says a finding (粘贴内容不可用)."""

    code = "intake.paste"
    template: ClassVar[str] = msg(
        "Nothing is pasted. Copy rows in your spreadsheet, press Ctrl-V in the field, and go on."
    )
    more_template: ClassVar[str] = msg(
        "More than %(most)s rows are pasted, and no more go at once. Paste them in parts, or hand the file "
        "in; what you pasted is kept in the field, and nothing was received."
    )
    large_template: ClassVar[str] = msg(
        "What is pasted is longer than %(most)s characters, and no more goes at once. Paste it in parts, or "
        "hand the file in; what you pasted is kept in the field, and nothing was received."
    )
    problem_template: ClassVar[str] = msg(
        "No column is said to hold the finding, by whose words and number the rows are recognised. Say which "
        "one does; what you pasted is kept in the field, and nothing was received."
    )


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted, as a document; ``is_compared``: with the ledger, ``is_read``: rows were understood."""

    intake: Intake
    is_compared: bool
    is_read: bool


def rows_paste(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    rows: Sequence[Sequence[str]],
    roles: Sequence[Role | None],
    has_head: bool,
) -> Pasted:
    """Receives pasted rows and compares them with the findings of an inspection (粘贴并比对).

    They are a document like any other: kept as they came below the names of their columns, read, compared;
    nothing enters the ledger before somebody confirms. ``roles``: what each column holds, None for nothing
    known. The same rows pasted again are the same document.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    :raises PasteError: when there are no rows, too many, or no column holds the finding.
    :raises NotPermittedError: and the other refusals of `intake_receive` and `comparison_order`.
    """
    inspection = inspection_get(actor, inspection_id)
    count = len(rows) - (1 if has_head else 0)
    if count < 1:
        raise PasteError
    if count > PASTED_MOST:
        raise PasteError(PasteError.more_template, most=PASTED_MOST)
    if not {Role.PROBLEM, Role.DETAIL}.intersection(roles):
        raise PasteError(PasteError.problem_template)
    receipt = intake_receive(
        actor=actor,
        at=at,
        organisation_id=inspection.subject_id,
        content=clipboard_file(named_rows(rows, roles, has_head=has_head)),
        name=f"粘贴-{timezone.localtime(at):%Y-%m-%d-%H%M}.tsv",
        # whoever pastes into a ledger says with it which one it is about
        is_about_both=True,
    )
    intake = receipt.intake
    if intake.state == IntakeState.CONFIRMED:
        intake = intake_compare_again(actor=actor, at=at, intake_id=intake.pk)
    if intake.state != IntakeState.DRAFT:
        return Pasted(intake, is_compared=False, is_read=True)
    if not DraftFinding.objects.filter(intake=intake, dropped_at__isnull=True).exists():
        return Pasted(intake, is_compared=False, is_read=False)
    if not has_findings(actor, inspection_id):
        return Pasted(intake, is_compared=False, is_read=True)
    comparison_order(
        actor=actor, at=at, intake_id=intake.pk, version=intake.version, inspection_id=inspection_id
    )
    return Pasted(intake, is_compared=True, is_read=True)
