"""Every change of intake (收件的服务)."""

from __future__ import annotations

from zhenggai.intake.services.choosing import RowChoice, comparison_choose
from zhenggai.intake.services.comparing import comparison_make
from zhenggai.intake.services.comparing_job import comparison_order, comparison_take
from zhenggai.intake.services.confirming import Confirmed, NewInspection, intake_confirm
from zhenggai.intake.services.correcting import draft_correction_undo
from zhenggai.intake.services.deciding import unread_assign, unread_dismiss, unread_reopen
from zhenggai.intake.services.editing import Change, FieldState, Outcome, Saved, draft_fields_save
from zhenggai.intake.services.handing_in import imported_of, problem_of
from zhenggai.intake.services.joining import draft_findings_merge
from zhenggai.intake.services.levelling import draft_level_change
from zhenggai.intake.services.mapping import SheetChoice, intake_map, intake_map_back
from zhenggai.intake.services.marking import book_mark
from zhenggai.intake.services.naming import AssignedRow, names_say, stated_assign
from zhenggai.intake.services.receiving import (
    Receipt,
    intake_compare_again,
    intake_read_again,
    intake_read_now,
    intake_receive,
)
from zhenggai.intake.services.settling import intake_abandon, intake_reopen
from zhenggai.intake.services.splitting import draft_finding_split, draft_item_split
from zhenggai.intake.services.structure import (
    Direction,
    draft_finding_add,
    draft_finding_drop,
    draft_finding_move,
    draft_finding_place,
    draft_finding_restore,
    draft_item_add,
    draft_item_drop,
    draft_item_restore,
    draft_item_turn,
)
from zhenggai.intake.services.taking import Taken, comparison_confirm

__all__ = [
    "AssignedRow",
    "Change",
    "Confirmed",
    "Direction",
    "FieldState",
    "NewInspection",
    "Outcome",
    "Receipt",
    "RowChoice",
    "Saved",
    "SheetChoice",
    "Taken",
    "book_mark",
    "comparison_choose",
    "comparison_confirm",
    "comparison_make",
    "comparison_order",
    "comparison_take",
    "draft_correction_undo",
    "draft_fields_save",
    "draft_finding_add",
    "draft_finding_drop",
    "draft_finding_move",
    "draft_finding_place",
    "draft_finding_restore",
    "draft_finding_split",
    "draft_findings_merge",
    "draft_item_add",
    "draft_item_drop",
    "draft_item_restore",
    "draft_item_split",
    "draft_item_turn",
    "draft_level_change",
    "imported_of",
    "intake_abandon",
    "intake_compare_again",
    "intake_confirm",
    "intake_map",
    "intake_map_back",
    "intake_read_again",
    "intake_read_now",
    "intake_receive",
    "intake_reopen",
    "names_say",
    "problem_of",
    "stated_assign",
    "unread_assign",
    "unread_dismiss",
    "unread_reopen",
]
