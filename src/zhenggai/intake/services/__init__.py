"""Every change of intake (收件的服务)."""

from __future__ import annotations

from zhenggai.intake.services.confirming import Confirmed, NewInspection, intake_confirm
from zhenggai.intake.services.deciding import unread_assign, unread_dismiss, unread_reopen
from zhenggai.intake.services.editing import Change, FieldState, Outcome, Saved, draft_fields_save
from zhenggai.intake.services.receiving import Receipt, intake_read_again, intake_receive
from zhenggai.intake.services.settling import intake_abandon, intake_reopen
from zhenggai.intake.services.structure import (
    Direction,
    draft_finding_add,
    draft_finding_drop,
    draft_finding_move,
    draft_finding_restore,
    draft_item_add,
    draft_item_drop,
    draft_item_restore,
)

__all__ = [
    "Change",
    "Confirmed",
    "Direction",
    "FieldState",
    "NewInspection",
    "Outcome",
    "Receipt",
    "Saved",
    "draft_fields_save",
    "draft_finding_add",
    "draft_finding_drop",
    "draft_finding_move",
    "draft_finding_restore",
    "draft_item_add",
    "draft_item_drop",
    "draft_item_restore",
    "intake_abandon",
    "intake_confirm",
    "intake_read_again",
    "intake_receive",
    "intake_reopen",
    "unread_assign",
    "unread_dismiss",
    "unread_reopen",
]
