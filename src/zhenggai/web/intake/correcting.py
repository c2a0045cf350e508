"""What the buttons of a draft do to its structure (更正按钮): each calls one service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.intake import services
from zhenggai.intake.states import Heading, ItemKind, UnreadTarget
from zhenggai.web.intake.posted import selection_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Doing:
    """One pressed button: who, when and which draft; which row; the whole form; the version it was shown."""

    common: Mapping[str, Any]
    row: int
    posted: Mapping[str, str]
    seen: int

    def words(self, name: str) -> str:
        """What was typed beside the button of this row."""
        return self.posted.get(f"{name}-{self.row}", "")


def _add_finding(do: Doing) -> str:
    return f"finding-{services.draft_finding_add(**do.common, selection=selection_of(do.posted)).pk}"


def _drop_finding(do: Doing) -> str:
    services.draft_finding_drop(**do.common, finding_id=do.row, reason=do.words("reason"))
    return f"finding-{do.row}"


def _restore_finding(do: Doing) -> str:
    services.draft_finding_restore(**do.common, finding_id=do.row)
    return f"finding-{do.row}"


def _move(direction: services.Direction) -> Callable[[Doing], str]:
    def move(do: Doing) -> str:
        services.draft_finding_move(**do.common, finding_id=do.row, direction=direction)
        return f"finding-{do.row}"

    return move


def _place(do: Doing) -> str:
    place = whole_of(do.posted, f"place-{do.row}") or 0
    services.draft_finding_place(**do.common, finding_id=do.row, place=place, seen=do.seen)
    return f"finding-{do.row}"


def _merge_next(do: Doing) -> str:
    merged = services.draft_findings_merge(**do.common, finding_id=do.row, seen=do.seen)
    return f"finding-{merged.pk}"


def _merge_with(do: Doing) -> str:
    other = whole_of(do.posted, f"merge-with-{do.row}") or do.row
    merged = services.draft_findings_merge(**do.common, finding_id=do.row, other_id=other, seen=do.seen)
    return f"finding-{merged.pk}"


def _split(do: Doing) -> str:
    made = services.draft_finding_split(**do.common, finding_id=do.row, words=do.words("split"), seen=do.seen)
    return f"finding-{made.pk}"


def _level(of: Heading, to: Heading) -> Callable[[Doing], str]:
    def change(do: Doing) -> str:
        services.draft_level_change(**do.common, finding_id=do.row, of=of, to=to, seen=do.seen)
        return f"finding-{do.row}"

    return change


def _undo(do: Doing) -> str:
    services.draft_correction_undo(**do.common)
    return "findings"


def _add_item(kind: ItemKind) -> Callable[[Doing], str]:
    def add(do: Doing) -> str:
        selection = selection_of(do.posted)
        item = services.draft_item_add(**do.common, finding_id=do.row, kind=kind, selection=selection)
        return f"item-{item.pk}-text"

    return add


def _drop_item(do: Doing) -> str:
    return f"finding-{services.draft_item_drop(**do.common, item_id=do.row).finding_id}"


def _restore_item(do: Doing) -> str:
    return f"finding-{services.draft_item_restore(**do.common, item_id=do.row).finding_id}"


def _turn_item(do: Doing) -> str:
    item = services.draft_item_turn(**do.common, item_id=do.row, seen=do.seen)
    return f"item-{item.pk}-text"


def _split_item(do: Doing) -> str:
    words = do.words("split-item")
    item = services.draft_item_split(**do.common, item_id=do.row, words=words, seen=do.seen)
    return f"item-{item.pk}-text"


def _assign(do: Doing) -> str:
    wanted = do.words("target")
    target = UnreadTarget(wanted) if wanted in set(UnreadTarget) else UnreadTarget.ACTION
    finding_id = whole_of(do.posted, f"finding-of-{do.row}")
    services.unread_assign(**do.common, unread_id=do.row, target=target, finding_id=finding_id)
    return f"unread-{do.row}"


def _own_finding(do: Doing) -> str:
    stretch = services.unread_assign(**do.common, unread_id=do.row, target=UnreadTarget.FINDING)
    return f"finding-{stretch.finding_id}"


def _dismiss(do: Doing) -> str:
    services.unread_dismiss(**do.common, unread_id=do.row)
    return f"unread-{do.row}"


def _reopen(do: Doing) -> str:
    services.unread_reopen(**do.common, unread_id=do.row)
    return f"unread-{do.row}"


VERBS: Final[dict[str, Callable[[Doing], str]]] = {
    "add-finding": _add_finding,
    "drop-finding": _drop_finding,
    "restore-finding": _restore_finding,
    "up": _move(services.Direction.UP),
    "down": _move(services.Direction.DOWN),
    "place": _place,
    "merge-next": _merge_next,
    "merge-with": _merge_with,
    "split": _split,
    **{f"{of.value}-to-{to.value}": _level(of, to) for of in Heading for to in Heading if of is not to},
    "undo": _undo,
    "add-action": _add_item(ItemKind.ACTION),
    "add-measure": _add_item(ItemKind.MEASURE),
    "drop-item": _drop_item,
    "restore-item": _restore_item,
    "turn-item": _turn_item,
    "split-item": _split_item,
    "assign": _assign,
    "own-finding": _own_finding,
    "dismiss": _dismiss,
    "reopen": _reopen,
}
