"""What papers that are signed have in common (纸质文书): words, marking, boxes with what was signed.

Papers go from office to office: they are in Chinese, whatever the language of the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, override

from zhenggai.documents.sign_boxes import SignBox
from zhenggai.documents.word.letters import day_words
from zhenggai.domain.file_names import file_name_of, file_name_safe
from zhenggai.domain.ladder import StepKind, bodies_open, is_signed, signers
from zhenggai.domain.markings import MARKING_LABELS, Marking
from zhenggai.domain.messages import Message
from zhenggai.domain.paper import RecordKind
from zhenggai.ledger.signing import called_to, given_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.domain.ladder import Step
    from zhenggai.ledger.models import ClosureRequest, Inspection, Signature
    from zhenggai.ledger.models.planning import Approval


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to print (待打印文书), with the name under which it is saved."""

    name: str
    data: bytes


def paper_of(title: str, data: bytes) -> Paper:
    """A document under its title (文书命名); numbers of findings hold signs that no file may (二/(一)/1)."""
    return Paper(file_name_safe(file_name_of(title, ending=".docx")), data)


def said(message: Message | str) -> str:
    """A message, or the msgid of a label, as papers have it (文书用语)."""
    with override("zh-hans"):
        return message.render(gettext) if isinstance(message, Message) else gettext(message)


def marking_words(inspection: Inspection) -> str:
    """What stands in the corner of its papers (密级); nothing where they are open to all."""
    marking = Marking(inspection.marking)
    return "" if marking is Marking.OPEN else said(MARKING_LABELS[marking])


def approval_boxes(ladder: Iterable[Step], signatures: Iterable[Approval]) -> tuple[SignBox, ...]:
    """A box for each step of the approval of a plan (方案审批栏)."""
    given = {each.step: each for each in signatures}
    return tuple(
        _approved(step, given[step.name]) if step.name in given else SignBox(said(step.label))
        for step in ladder
    )


def _approved(step: Step, row: Approval) -> SignBox:
    acting_for = row.acting_for.name if row.acting_for else ""
    return SignBox(said(step.label), row.by.name, timezone.localtime(row.at), row.note, acting_for)


def ladder_boxes(ladder: Iterable[Step], request: ClosureRequest | None) -> tuple[SignBox, ...]:
    """The boxes of a ladder in its order (签批栏): what was signed, and one for each signature still to come.

    The request is loaded with its signatures, their people and who was called.
    """
    signatures = list(request.signatures.all()) if request is not None else []
    boxes: list[SignBox] = []
    for step in ladder:
        boxes += [_signed(step, each) for each in signatures if each.step == step.name]
        boxes += _open_boxes(step, request)
    return tuple(boxes)


def _signed(step: Step, row: Signature) -> SignBox:
    name = f"{said(step.label)}：{row.body.name}" if row.body else said(step.label)
    acting_for = row.acting_for.name if row.acting_for else ""
    paper = ""
    if row.record is not None:
        day = day_words(row.record.held_on)
        is_meeting = row.record.kind == RecordKind.MINUTES
        paper = f"会议纪要{row.record.number}，{day}" if is_meeting else f"纸质，签于{day}"
    return SignBox(name, row.by.name, timezone.localtime(row.at), row.note, acting_for, paper)


def _open_boxes(step: Step, request: ClosureRequest | None) -> list[SignBox]:
    given = given_of(request)
    called = (called_to(request, step) if request is not None else None) or frozenset()
    if is_signed(step, given, called):
        return []
    label = said(step.label)
    if step.bodies:
        return [SignBox(f"{label}：{each.name}") for each in bodies_open(step, given)]
    if step.kind is StepKind.COLLECTIVE:
        return [SignBox(label, opinion="会议纪要文号：")]
    heard = signers(given)
    rows = request.called.all() if request is not None and step.calls else ()
    names = [each.person.name for each in rows if each.step == step.name and each.person_id not in heard]
    if step.kind is StepKind.ALL and names:
        return [SignBox(label, asked=name) for name in names]
    lacking = max(1, step.needed - sum(each.step == step.name for each in given))
    return [SignBox(label, asked="、".join(names)) for _ in range(lacking)]
