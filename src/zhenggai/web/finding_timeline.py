"""What happened to a finding, on its page (问题页办理过程): of a kind or all, the newest first, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.web.timeline import Entry

SHOWN_AT_ONCE: Final = 50
# by the second word of an event's name; what is none of these is of the finding itself
_KINDS: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "work": (msg("Work"), frozenset({"progress", "reports", "measure", "task", "situation", "hold"})),
    "proof": (
        msg("Proof"),
        frozenset({"criterion", "reading", "evidence", "requirement", "outcome"}),
    ),
    "plan": (msg("Plan"), frozenset({"plan", "amendment"})),
    "deadline": (msg("Deadline"), frozenset({"extension", "long_term", "deadline", "suspension"})),
    "closing": (msg("Closing"), frozenset({"closure", "signature", "recheck", "stage"})),
}
_CLOSING: Final = frozenset(
    {"ledger.finding.closed", "ledger.finding.stage_closed", "ledger.finding.rebounded"}
)
_FINDING: Final = "finding"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event to choose (事件类别), with how many of it there are; ``name`` is empty for all."""

    name: str
    word: str
    number: int
    address: str
    is_chosen: bool


@dataclass
class FindingTimeline:
    """The timeline of a finding; ``asked`` is the kind chosen, ``pages`` how many times 50 are shown."""

    entries: Sequence[Entry]
    newest: int
    asked: str = ""
    pages: int = 1

    @cached_property
    def _by_kind(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(_kind_of(entry.name), []).append(entry)
        return found

    @property
    def is_asked(self) -> bool:
        """Whether the reader asked for more than the page shows by itself."""
        return self.pages > 1

    @property
    def _chosen(self) -> Sequence[Entry]:
        return self._by_kind.get(self.asked, ()) if self.asked else self.entries

    @property
    def shown(self) -> Sequence[Entry]:
        """The entries shown, the newest first."""
        return self._chosen[: self.pages * SHOWN_AT_ONCE]

    @property
    def older(self) -> int:
        """How many entries there are below the first ten."""
        return max(0, len(self._chosen) - 10)

    @property
    def left(self) -> int:
        """How many are not shown."""
        return len(self._chosen) - len(self.shown)

    @property
    def more(self) -> str:
        """Where fifty more are shown; empty where all are."""
        return self._address(self.asked, self.pages + 1) if self.left > 0 else ""

    @property
    def kinds(self) -> list[Kind]:
        """The kinds that there are, and all of them first."""
        names = [
            (_FINDING, msg("The finding itself")),
            *((name, word) for name, (word, _s) in _KINDS.items()),
        ]
        return [
            Kind("", _("All"), len(self.entries), self._address("", 1), not self.asked),
            *(
                Kind(name, _(word), len(self._by_kind[name]), self._address(name, 1), self.asked == name)
                for name, word in names
                if name in self._by_kind
            ),
        ]

    def _address(self, kind: str, pages: int) -> str:
        asked = {"happened": kind} if kind else {}
        if pages > 1:
            asked["pages"] = str(pages)
        return f"?{urlencode(asked)}#timeline"


def _kind_of(name: str) -> str:
    if name in _CLOSING:
        return "closing"
    about = name.split(".")[1] if "." in name else ""
    return next((kind for kind, (_word, parts) in _KINDS.items() if about in parts), _FINDING)
