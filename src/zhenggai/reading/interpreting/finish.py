"""Drafts → findings of the reading, each field with its place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from zhenggai.domain.reading import Item, PartKind, ReadFinding, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import items, people, status
from zhenggai.reading.interpreting.closed_words import said_closed
from zhenggai.reading.interpreting.dates import due_day
from zhenggai.reading.interpreting.drafts import Draft, Passage, whole
from zhenggai.reading.interpreting.labels import NAMING, Field, LabelIndex
from zhenggai.reading.interpreting.parts import WHY_STRAY, Claim, claim
from zhenggai.reading.interpreting.usual_due import usual_due
from zhenggai.reading.interpreting.without_field import WHY_NO_FIELD, is_without_field
from zhenggai.reading.interpreting.wording import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.reading.interpreting.labels import Label

_PATHS = {
    Field.PROBLEM: "problem",
    Field.TASK: "task",
    Field.GOAL: "goal",
    Field.MEASURES: "measures",
    Field.RESULT: "result",
    Field.STATUS: "status_text",
    Field.NATURE: "stated_nature",
    Field.CLOSED: "stated_closed",
    Field.LEADER: "responsible_leader",
    Field.PERSON: "person",
    Field.LEAD_UNIT: "lead_unit",
    Field.SUPPORTING: "supporting_units",
    Field.OVERSEER: "overseer",
    Field.CAUSE: "cause",
    Field.AMOUNT: "problem",
    Field.RECOVERED: "result",
    Field.REASON: "result",
    Field.COUNT: "measures",
    Field.DUE: "due_text",
    Field.REMARK: "remark",
    Field.DETAIL: "problem",
    Field.NUMBER: "number",
    Field.THEME: "theme",
    Field.GROUP: "group",
    Field.ORGANISATION: "organisation",
}
_LISTED = re.compile(
    r"[、，,；;\n\t/](?![^()（）]{0,40}+[)）])|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff]{2})"
)
_PARTS = re.compile(r"[,，;；、\n]\s*并?|并(?=长期|持续)|[(（)）]")
_YES = re.compile(r"是|已销号|已完成销号|√|已整改销号")
_NO = re.compile(r"否|×|未|(?:尚|暂|还)?(?:未|不予)(?:验收)?销号")
_BY = re.compile(r"前|止|底|年内")
_BARE = frozenset("是否√×未")
_OPEN = frozenset({StatedProgress.NOT_STARTED, StatedProgress.IN_PROGRESS})
_OF_ITEM = {
    Field.PERSON: "leader",
    Field.LEADER: "leader",
    Field.LEAD_UNIT: "unit",
    Field.DUE: "due_text",
}
_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
_CLOSED_ALONE = re.compile(r"^([^()（）]+)[)）]$")
_STOP = re.compile(r"[。；;！？\n]")
_FIRST = re.compile(r"^[ \u3000]*(?:[(（]1[)）]|①|1[.．、](?!\d)|一是)[ \u3000]*")
"""The number of the first of several problems under one label."""
_LEADS_MOST = 20
# a line may end inside a value where what follows ends at once (责任科室：宣⏎传科；)
_ITEM_VALUE = re.compile(r"[^\n。；;)）]*+(?:\n[^\n。；;()（）：:\d]{1,12}(?=[；;)）]))?")


class Finisher:
    """Turns the drafts of one document into findings and claims their places."""

    def __init__(self, text: str, index: LabelIndex) -> None:
        self.text = text
        self.index = index
        self.claims: list[Claim] = []

    def finish(self, drafts: Sequence[Draft], breaks_at: int | None) -> tuple[ReadFinding, ...]:
        """``drafts`` as findings; ``breaks_at`` is a place in the paragraph where the text breaks off."""
        return tuple(self._one(number, draft, breaks_at) for number, draft in enumerate(drafts))

    def _one(self, number: int, draft: Draft, breaks_at: int | None) -> ReadFinding:
        path = f"findings/{number}"
        draft.passages = people.apart(self.text, draft.passages)
        if draft.heading is not None:
            kind = PartKind.FIELD if draft.rule == "row" else PartKind.HEADING
            self.claims.append(
                claim(
                    draft.start if kind is PartKind.HEADING else draft.heading[0],
                    draft.heading[1],
                    kind,
                    f"{path}/title",
                    draft.rule,
                )
            )
        told = draft.by_field()
        if Field.CLOSED in told:
            self._told_when(told)
        due_text = self._value(told.get(Field.DUE))
        status_text, meaning = self._status(told, due_text)
        fields = {passage.field for passage in draft.passages}
        for passage in draft.passages:
            field, label = f"{path}/{_PATHS[passage.field]}", passage.label
            dropped = passage.field is Field.CLOSED and not self._holds(passage, told, status_text, meaning)
            if dropped or is_without_field(self.text, passage, draft, fields):
                start, end = self._bounds(passage)
                start = label.start if label is not None else start
                self.claims.append(claim(start, end, PartKind.UNREAD, WHY_NO_FIELD, "no_field"))
                continue
            if label is not None:
                self.claims.append(claim(label.start, label.end, PartKind.LABEL, field, "label"))
            if passage.lead is not None:
                self.claims.append(claim(passage.lead, passage.start, PartKind.LABEL, field, "subject"))
            self.claims.append(claim(*self._bounds(passage), PartKind.FIELD, field, passage.rule))
        for start, end, name in draft.marks:
            self.claims.append(claim(start, end, PartKind.FIELD, f"{path}/{_PATHS[Field(name)]}", "cell"))
        results = told.get(Field.RESULT, ())
        problems = told.get(Field.PROBLEM, ())
        if not problems and draft.heading is None:
            problems = told.get(Field.TASK, ())
        problem = whole(self.text, draft.of(*{one.field for one in problems}, Field.AMOUNT))
        title = draft.title or _STOP.split(_FIRST.sub("", problem or "").strip("。；; \n"))[0]
        measures = self._items(told.get(Field.MEASURES, ()), f"{path}/measures", draft)
        actions = self._items(results, f"{path}/actions", draft)
        cut_off = breaks_at is not None and draft.start <= breaks_at < draft.end
        said = {
            passage.field: self._value([passage]) for passage in draft.passages if passage.field in NAMING
        }
        return ReadFinding(
            number=draft.number or said.get(Field.NUMBER),
            theme=draft.theme or said.get(Field.THEME),
            group=draft.group or said.get(Field.GROUP),
            title=clean(title),
            span=Span(draft.start, self._end(draft)),
            problem=problem,
            organisation=draft.organisation or said.get(Field.ORGANISATION),
            measures=measures,
            actions=actions,
            result=whole(self.text, draft.of(Field.RESULT, Field.RECOVERED, Field.REASON)),
            status_text=status_text,
            stated_progress=meaning.progress,
            stated_nature=meaning.nature,
            stated_closed=meaning.closed,
            responsible_leader=self._value(told.get(Field.LEADER) or told.get(Field.PERSON)),
            lead_unit=self._value(told.get(Field.LEAD_UNIT)),
            supporting_units=_listed(self._value(told.get(Field.SUPPORTING))),
            due_text=due_text,
            due_on=due_on(due_text),
            truncated=cut_off,
        )

    def _told_when(self, told: dict[Field, list[Passage]]) -> None:
        """A day by which a finding is to be closed (销号时间：2031年6月底前) is its deadline."""
        planned = Field.MEASURES in told and Field.RESULT not in told
        for passage in list(told[Field.CLOSED]):
            said = self.text[passage.start : passage.end]
            if due_day(clean(said)) is not None and (planned or _BY.search(said)):
                told[Field.CLOSED].remove(passage)
                told.setdefault(Field.DUE, [passage])

    def _end(self, draft: Draft) -> int:
        stop = draft.end
        while stop > draft.start and self.text[stop - 1] in " \u3000\n\t":
            stop -= 1
        return stop

    def _bounds(self, passage: Passage) -> tuple[int, int]:
        start, end = passage.start, passage.end
        while start < end and self.text[start] in " \u3000\n\t":
            start += 1
        while end > start and self.text[end - 1] in " \u3000\n\t":
            end -= 1
        return start, end

    def _value(self, passages: Sequence[Passage] | None) -> str | None:
        if not passages:
            return None
        values = []
        for passage in passages:
            value = clean(self.text[passage.start : passage.end]).strip("；; \u3000/—-")
            bracketed = _BRACKETED.fullmatch(value)
            value = bracketed[1] if bracketed else _CLOSED_ALONE.sub(r"\1", value)
            if passage.field in {Field.LEAD_UNIT, Field.SUPPORTING}:
                value = people.without_role(value)
            value = value.strip("，,、 ")
            if value and value not in values:
                values.append(value)
        return "；".join(values) or None

    def _status(
        self, told: Mapping[Field, Sequence[Passage]], due: str | None
    ) -> tuple[str | None, status.Stated]:
        said = told.get(Field.STATUS, ())
        each = [value for value in (self._value([passage]) for passage in said) if value]
        in_rows = len(set(each)) > 1 and all(passage.rule == "cell" for passage in said)
        # one status a row: how many rows are how far is told only by all of them
        printed = "；".join(each) if in_rows else self._value(said)
        meaning = status.together(each if in_rows else [printed]) if printed else status.Stated()
        nature = self._value(told.get(Field.NATURE))
        if nature:
            meaning = meaning._replace(nature=meaning.nature or status.stated(nature).nature)
            printed = printed or (nature if status.stated(nature).nature else None)
        if due and meaning.nature is None:
            natures = {status.stated(part).nature for part in _PARTS.split(due)} - {None}
            meaning = meaning._replace(nature=natures.pop() if len(natures) == 1 else None)
        printed, meaning = self._closed(told.get(Field.CLOSED, ()), printed, meaning)
        if printed is None:
            return self._of_results(told.get(Field.RESULT, ()), meaning)
        return printed, meaning

    def _of_results(
        self, passages: Sequence[Passage], meaning: status.Stated
    ) -> tuple[str | None, status.Stated]:
        """The status that results consist of, of all rows together, beside the ``meaning`` told elsewhere."""
        said = [
            clean(self.text[start:end]) for start, end in map(self._bounds, passages) if end - start <= 24
        ]
        each = [words for words in said if status.is_status(words)]
        if not each:
            return None, meaning
        rows = each if all(passage.rule == "cell" for passage in passages) else each[:1]
        stated = status.together(rows)
        closed = meaning.closed if stated.closed is None else stated.closed
        nature = stated.nature or meaning.nature
        return "；".join(dict.fromkeys(rows)), status.Stated(stated.progress, nature, closed)

    def _closed(
        self, passages: Sequence[Passage], printed: str | None, meaning: status.Stated
    ) -> tuple[str | None, status.Stated]:
        """What a column or label on closing says beside the status; its words are the status where none is.

        A day (销号时间：2031年6月3日) says that the finding is closed, unless the status says it is not done.
        """
        says: list[bool] = []
        for passage in passages:
            said = self._value([passage])
            if not said:
                continue
            closed, label = _says_closed(said, meaning), passage.label
            if printed is None and said not in _BARE and (label is not None or due_day(said) is None):
                printed = said if status.is_status(said) else f"{label.word}：{said}" if label else said
            says.extend(() if closed is None else (closed,))
        return printed, meaning._replace(closed=all(says)) if says else meaning

    def _holds(
        self,
        passage: Passage,
        told: Mapping[Field, Sequence[Passage]],
        printed: str | None,
        meaning: status.Stated,
    ) -> bool:
        """Whether status, deadline or being closed holds what ``passage`` says of closing."""
        said = self._value([passage])
        if said is None or passage in told.get(Field.DUE, ()) or said in (printed or ""):
            return True
        return passage in told[Field.CLOSED] and _says_closed(said, meaning) is not None

    def _items(self, passages: Sequence[Passage], path: str, draft: Draft) -> tuple[Item, ...]:
        result: list[Item] = []
        for passage in passages:
            pieces = items.split(self.text, passage.start, passage.end)
            before = len(self.claims)
            for place, piece in enumerate(pieces):
                limit = pieces[place + 1].start if place + 1 < len(pieces) else passage.end
                if draft.rule in {"row", "form"} and status.is_status(self.text[piece.start : piece.end]):
                    continue
                item = self._item(piece, limit, f"{path}/{len(result)}", draft, passage.meta)
                if item is not None:
                    result.append(item)
            if passage.field is Field.MEASURES:
                self._rest(passage, path, before)
        return tuple(result)

    def _rest(self, passage: Passage, path: str, before: int) -> None:
        """Say of words that no measure holds that they lead to measures (采取以下措施：) or are left over.

        The claims from number ``before`` on are those of the measures of ``passage``.
        """
        place = passage.start
        for start, end in [*sorted((one[0], -one[1]) for one in self.claims[before:]), (passage.end,) * 2]:
            low, high = items.between(self.text, place, max(place, start))
            if any(map(str.isalnum, self.text[low:high])):
                leads = place == passage.start and high - low <= _LEADS_MOST
                leads = leads and self.text[high - 1] in "：:"
                kind, where = (PartKind.LABEL, path) if leads else (PartKind.UNREAD, WHY_STRAY)
                self.claims.append(claim(low, high, kind, where, "label" if leads else "unclaimed"))
            place = max(place, end)

    def _item(
        self, piece: items.Piece, limit: int, path: str, draft: Draft, meta: Mapping[Field, str] | None
    ) -> Item | None:
        labels: list[Label] = []
        core = piece
        if draft.per_item:
            labels = [
                label for label in self.index.within(piece.start, limit) if label.field in draft.per_item
            ]
            if labels:
                core = items.trimmed(self.text, piece.start, min(piece.end, labels[0].start))
        end = core.end
        while end > core.start and self.text[end - 1] in "（( \u3000":
            end -= 1
        core = items.trimmed(self.text, core.start, end)
        if core.start >= core.end:
            return None
        values = {name: meta[kind] for kind, name in _OF_ITEM.items() if kind in meta} if meta else {}
        dated = any(label.field is Field.DUE for label in labels)
        for number, label in enumerate(labels):
            until = labels[number + 1].start if number + 1 < len(labels) else limit
            found = cast("re.Match[str]", _ITEM_VALUE.match(self.text[label.end : until].strip(" \u3000\n")))
            value = found[0].strip(" \u3000,，、（(")
            name = _OF_ITEM.get(label.field)
            if name is None:
                self.claims.append(claim(label.start, until, PartKind.UNREAD, WHY_NO_FIELD, "no_field"))
                continue
            self.claims.append(claim(label.start, label.end, PartKind.LABEL, f"{path}/{name}", "item_label"))
            said = {name: value}
            if name != "due_text" and not dated and (place := people.named_and_due(value)) is not None:
                said = {name: value[:place].strip(" \u3000,，、"), "due_text": value[place:]}
            for field, printed in said.items():
                if printed and values.setdefault(field, printed) != printed:
                    continue
                begin = self.text.find(printed, label.end, until) if printed else -1
                if begin >= 0:
                    self.claims.append(
                        claim(begin, begin + len(printed), PartKind.FIELD, f"{path}/{field}", "item_label")
                    )
        self.claims.append(claim(core.start, core.end, PartKind.FIELD, path, "item"))
        due_text = values.get("due_text")
        return Item(
            clean(self.text[core.start : core.end]),
            Span(core.start, core.end),
            values.get("leader"),
            values.get("unit"),
            due_text,
            due_on(due_text),
        )


def _says_closed(said: str, meaning: status.Stated) -> bool | None:
    """Whether words or a day say that a finding is closed; no day does beside a status that is open."""
    said = status.ticked(said)
    if _YES.fullmatch(said) or (due_day(said) is not None and meaning.progress not in _OPEN):
        return True
    return False if _NO.fullmatch(said) else said_closed(said)


def due_on(printed: str | None) -> date | None:
    """The day of a deadline, also of one that goes on (2031年6月底前，并长期坚持); null for two days."""
    if not printed:
        return None
    printed = usual_due(printed)
    whole_day = due_day(printed)
    if whole_day is not None:
        return whole_day
    parts = [part for part in _PARTS.split(printed) if part]
    days = [day for day in map(due_day, parts) if day is not None]
    others = len(parts) - len(days)
    kept = sum(status.stated(part).nature is not None or "持续" in part for part in parts)
    return days[0] if len(days) == 1 and kept == others else None


def _listed(value: str | None) -> tuple[str, ...]:
    return (
        tuple(name for name in (part.strip(" \u3000。") for part in _LISTED.split(value)) if name)
        if value
        else ()
    )


def spread(findings: Sequence[ReadFinding], printed: str) -> tuple[ReadFinding, ...]:
    """``findings`` with the status of a sentence about all of them, where they state none themselves."""
    from dataclasses import replace  # noqa: PLC0415 - only for notices with such a sentence

    meaning = status.stated(printed)
    return tuple(
        finding
        if finding.status_text is not None
        else replace(
            finding,
            status_text=printed,
            stated_progress=meaning.progress,
            stated_nature=meaning.nature,
            stated_closed=meaning.closed,
        )
        for finding in findings
    )
