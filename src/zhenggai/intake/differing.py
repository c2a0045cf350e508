"""What a draft says of a finding otherwise than the ledger (逐项差异), part by part, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from zhenggai.domain.ledger_keys import ledger_key_read
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.restating import TAKEN_AT_FIRST, Part
from zhenggai.ledger.restated import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhenggai.ledger.compared_findings import LedgerFinding
    from zhenggai.ledger.imports import ImportedFinding, ImportedItem

# the name of a column in the draft, where it differs
_OF_DRAFT: Final = {
    "stated_leader": "responsible_leader",
    "stated_unit": "lead_unit",
    "stated_supporting": "supporting_units",
    "stated_due_text": "due_text",
    "stated_due_on": "due_on",
    "stated_result": "result",
}
# what is written in one cell
_TOGETHER: Final = {
    "stated_due_on": ("stated_due_text", "stated_due_on"),
    "status_text": ("status_text", "stated_progress"),
}
_BY_WORDS: Final = ("status_text", "stated_progress", "stated_nature")


@dataclass(frozen=True, slots=True)
class Difference:
    """One part in which both differ (差异).

    ``before`` and ``after`` are by column, ``items`` those that the ledger does not have; ``places`` where
    the document says it, by column.
    """

    part: Part
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    items: tuple[ImportedItem, ...]
    places: Mapping[str, Sequence[int]]


def differences_of(
    said: ImportedFinding, finding: LedgerFinding, places: Mapping[str, Sequence[int]], *, key: str
) -> list[Difference]:
    """The parts in which a draft differs from the ledger, in their order (比对差异).

    What the document does not say makes no difference, nor do blanks, width and line breaks. ``key`` of the
    draft: in a row that went out of this ledger, what is in force here is no claim of a document.
    """
    stated = stated_of(said)
    named = ledger_key_read(key)
    if named is not None and named[1] == finding.id:
        stated |= _in_force(stated, finding)
    found = []
    for part, names in COLUMNS.items():
        says = {name: stated[name] for name in names}
        if part is Part.STATUS and _as_it_is(says, finding):
            says["stated_closed"] = None
        after = _after(part, says, finding.values)
        before = {name: finding.values[name] for name in after}
        if after and any(not _same(before[name], value) for name, value in after.items()):
            at = {name: places[key] for name in after if (key := _OF_DRAFT.get(name, name)) in places}
            found.append(Difference(part, before, after, (), at))
    for part, items, known in (
        (Part.ACTIONS, said.actions, finding.actions),
        (Part.MEASURES, said.measures, finding.measures),
    ):
        more = _further(items, known)
        if more:
            found.append(Difference(part, {}, {}, tuple(more), {}))
    return found


def stated_of(said: ImportedFinding) -> dict[str, Any]:
    """What a draft says of a finding, by the columns of the ledger."""
    return {
        "number": said.number,
        "title": said.title,
        "problem": said.problem,
        "theme": said.theme,
        "group": said.group,
        "organisation_label": said.organisation_label,
        "status_text": said.status_text,
        "stated_progress": said.stated_progress.value if said.stated_progress else "",
        "stated_nature": said.stated_nature.value if said.stated_nature else "",
        "stated_closed": said.stated_closed,
        "stated_leader": said.leader,
        "stated_unit": said.unit,
        "stated_supporting": "、".join(said.supporting),
        "stated_due_text": said.due_text,
        "stated_due_on": said.due_on,
        "stated_result": said.result,
    }


def is_taken(part: Part, chosen: Mapping[str, bool], rules: Mapping[str, bool]) -> bool:
    """Whether a difference is taken (是否采用): as chosen for the row, else for all rows, else claims are."""
    return bool(chosen.get(part, rules.get(part, part in TAKEN_AT_FIRST)))


def _as_it_is(says: Mapping[str, Any], finding: LedgerFinding) -> bool:
    """Whether a document says of the closing what the ledger itself says, as one that came out of it does."""
    is_final = finding.stage in FINAL_STAGES
    return finding.values["stated_closed"] is None and says["stated_closed"] is is_final


def _in_force(stated: Mapping[str, Any], finding: LedgerFinding) -> dict[str, Any]:
    """The columns that say what the ledger wrote of itself, as the documents before have them."""
    own = [name for name, value in finding.written.items() if _same(value, stated[name])]
    return {column: finding.values[column] for name in own for column in _TOGETHER.get(name, (name,))}


def _after(part: Part, stated: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns of a part become; empty where the document says nothing of it."""
    says = {name: value for name, value in stated.items() if value not in {"", None}}
    if not says:
        return {}
    if part is Part.STATUS:
        words = says.get("status_text")
        # other words say progress and nature anew; whether it is closed stands in a column of its own
        anew = words is not None and not _same(words, known["status_text"])
        return {**({name: stated[name] for name in _BY_WORDS} if anew else {}), **says}
    is_other = any(not _same(known[name], value) for name, value in says.items())
    return stated if is_other and part in {Part.DUE, Part.THEME} else says


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return _plain(before) == _plain(after)
    return bool(before == after)


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _further(items: Iterable[ImportedItem], known: Iterable[str]) -> list[ImportedItem]:
    there = {_plain(text) for text in known}
    more = []
    for item in items:
        if _plain(item.text) not in there:
            there.add(_plain(item.text))
            more.append(item)
    return more
