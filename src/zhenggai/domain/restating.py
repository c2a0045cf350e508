"""What a later file says otherwise than the ledger (再次导入的差异), and what of it may be taken.

A document's claims are taken from a later one at will. The words of a finding are taken until a unit has
taken it on in them or a plan has them; measures until a plan fixes them. Nothing else is ever moved by a
file: deadlines, people and units that were assigned, stages.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from zhenggai.domain.planning import Planning


class Part(StrEnum):
    """What of a finding is compared (比对项)."""

    NUMBER = "number"
    TITLE = "title"
    PROBLEM = "problem"
    THEME = "theme"
    ORGANISATION = "organisation"
    STATUS = "status"
    LEADER = "leader"
    UNIT = "unit"
    SUPPORTING = "supporting"
    DUE = "due"
    RESULT = "result"
    ACTIONS = "actions"
    MEASURES = "measures"


PART_LABELS: Final[dict[Part, str]] = {
    Part.NUMBER: msg("Printed number"),
    Part.TITLE: msg("Finding"),
    Part.PROBLEM: msg("Problem"),
    Part.THEME: msg("Theme and group"),
    Part.ORGANISATION: msg("Organisation"),
    Part.STATUS: msg("Stated status"),
    Part.LEADER: msg("Stated leader"),
    Part.UNIT: msg("Stated unit"),
    Part.SUPPORTING: msg("Stated supporting units"),
    Part.DUE: msg("Stated deadline"),
    Part.RESULT: msg("Stated result"),
    Part.ACTIONS: msg("Actions claimed"),
    Part.MEASURES: msg("Measures"),
}
WORDING: Final = frozenset({Part.NUMBER, Part.TITLE, Part.PROBLEM, Part.THEME})
"""The words of the finding itself (问题表述); everything else but measures is a document's claim."""
TAKEN_AT_FIRST: Final = frozenset(Part) - WORDING - {Part.MEASURES}
"""What is taken unless somebody says otherwise: a later document's claims, and nothing else."""


class Bar(StrEnum):
    """Why a difference is not taken from a file (不可采用的原因)."""

    CLOSED = "closed"
    SIGNING = "signing"
    REBOUND = "rebound"
    PLANNED = "planned"
    TAKEN_ON = "taken_on"
    JUDGED = "judged"


BAR_SENTENCES: Final[dict[Bar, str]] = {
    Bar.CLOSED: msg("The finding is closed, and what it was closed with stays as it was."),
    Bar.SIGNING: msg("The finding waits for signatures; what is signed is not changed meanwhile."),
    Bar.REBOUND: msg("A fault that came back keeps the number and the words of the finding it came from."),
    Bar.PLANNED: msg("A plan has it that waits for approval or is approved: this goes through an amendment."),
    Bar.TAKEN_ON: msg("The unit has taken the finding on in these words; assign it anew to change them."),
    Bar.JUDGED: msg("The work on the finding was judged by these words already; they stay as they are."),
}
_FINAL: Final = frozenset({Stage.CLOSED, Stage.STAGE_CLOSED})
_NOT_TAKEN_ON: Final = frozenset({Stage.REGISTERED, Stage.ASSIGNED})


def bar_of(part: Part, *, stage: Stage, planning: Planning, is_rebound: bool, is_judged: bool) -> Bar | None:
    """Why a part is not taken from a file (能否采用), or nothing where it may be.

    ``is_judged``: a criterion of the finding or a piece of its evidence was judged, in whatever round.

    Source: DOMAIN §5 (what is dropped or changed after plan approval goes through an amendment), §14 rule 9.
    """
    if stage in _FINAL:
        return Bar.CLOSED
    if stage is Stage.CLOSURE_REQUESTED:
        return Bar.SIGNING
    if part in WORDING and is_rebound:
        return Bar.REBOUND
    if (part in WORDING or part is Part.MEASURES) and (planning.is_fixed or planning.is_amended):
        return Bar.PLANNED
    if part in WORDING and stage not in _NOT_TAKEN_ON:
        return Bar.TAKEN_ON
    if part in WORDING and is_judged:
        return Bar.JUDGED
    return None
