"""What an event says, as plain facts (留痕所载事项): kinds, ids and fields, and what is not told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from zhenggai.trail.selectors import EventView

Key = tuple[str, Any]
# a value that was erased, or is not told: nothing to compare
UNTOLD: Final = object()


@dataclass(slots=True)
class Facts:
    """The facts of one finding: what there is, by kind and id, with its fields; ``seqs`` say which entry.

    ``untold``: kinds of which the trail does not tell everything, because a value was erased or is older.
    """

    found: dict[Key, dict[str, Any]] = field(default_factory=dict)
    seqs: dict[Key, int] = field(default_factory=dict)
    counts: dict[Any, int] = field(default_factory=lambda: defaultdict(int))
    untold: set[str] = field(default_factory=set)

    def put(self, kind: str, id_: Any, /, **values: Any) -> None:
        """Adds a thing, or fields of one that is there; of which one was erased, the kind is not compared."""
        if id_ is UNTOLD or (isinstance(id_, tuple) and UNTOLD in id_):
            self.untold.add(kind)
            return
        self.found.setdefault((kind, id_), {}).update(values)

    def next(self, *of: Any) -> int:
        """1, 2, 3 … for things that are told apart by their order only."""
        self.counts[of] += 1
        return self.counts[of]


def told_of(event: EventView, name: str) -> Any:
    """A value of an event, or that it is not told."""
    return event.values.get(name, UNTOLD)


def told_some(event: EventView, *names: str) -> dict[str, Any]:
    """Several values by their names."""
    return {name: told_of(event, name) for name in names}


def told_maybe(event: EventView, name: str, default: Any = None) -> Any:
    """A value that an event has or leaves out; nothing to compare where it was erased."""
    return UNTOLD if name in event.erased else event.values.get(name, default)


def told_reason(event: EventView) -> Any:
    """The reason of a decision: none where none is given, and nothing to compare where it was erased."""
    return event.values.get("reason", UNTOLD if "reason" in event.erased else "")
