"""Notices of the mainland in Traditional letters throughout (繁体): read by their Simplified twin."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.lazy import Lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.domain.reading import Item, ReadFinding, Reading, Unread

_OF_NOTICES = re.compile("整改|巡察|巡視|黨組|縣委|區委|督察組|銷號|缺失(?:情形|事項|項目)|改善(?:情形|措施)")
_LETTERS = "關於問題縣區領導黨組辦規範採購驗財產學習記錄"
_KANA = re.compile("[\u3040-\u30ff]")
_QUOTED = re.compile("[“「『《][^“”「」『』《》]*[”」』》]")
_LEAST = 3
_SAMPLE = 4000
_REACH = 20_000


def simplified_twin(text: str) -> str | None:
    """``text`` in Simplified letters, code point for code point; null where it is no such notice."""
    sample = text[:_SAMPLE]
    if sum(1 for _ in islice(_OF_NOTICES.finditer(sample), _LEAST)) < _LEAST:
        return None
    if _KANA.search(sample) and _KANA.search(_QUOTED.sub("", sample)):
        return None
    if sum(letter in sample for letter in _LETTERS) < _LEAST:
        return None
    from zhenggai.reading.restoring.script import simplify  # noqa: PLC0415 - dictionaries are seldom needed

    return simplify(text)


def in_its_own_letters(reading: Reading, text: str) -> Reading:
    """``reading`` of the Simplified twin of ``text`` with every wording as ``text`` prints it."""
    return _Back(reading.text, text).reading(reading)


def _find(text: str, words: str, near: int) -> int:
    """Where ``words`` stand behind ``near``, else before it, else at the top of ``text``, within reach."""
    place = text.find(words, near, near + _REACH + len(words))
    if place < 0:
        place = text.rfind(words, max(0, near - _REACH), near)
    return place if place >= 0 else text.find(words, 0, _REACH + len(words))


class _Back:
    def __init__(self, twin: str, text: str) -> None:
        self.twin = twin
        self.text = text
        self.kept = [place for place, letter in enumerate(twin) if not letter.isspace()]
        self.bare_twin = "".join(twin[place] for place in self.kept)
        self.bare_text = "".join(text[place] for place in self.kept)

    def words(self, said: str | None, near: int = 0) -> str | None:
        """A wording of the twin as the text prints it, looked for from ``near`` on; lines one by one."""
        return None if said is None else self.said(said, near)

    def said(self, said: str, near: int = 0) -> str:
        """The same, of a wording that is there."""
        if "\n" in said:
            return "\n".join(self.said(line, near) for line in said.split("\n"))
        place = _find(self.twin, said, near)
        if place >= 0:
            return self.text[place : place + len(said)]
        bare = "".join(said.split())
        place = _find(self.bare_twin, bare, bisect_left(self.kept, near))
        if place < 0 or len(bare) != len(said):
            return said
        return self.bare_text[place : place + len(bare)]

    def reading(self, reading: Reading) -> Reading:
        """All of ``reading``."""
        contact = reading.contact
        unread = reading.unread
        return replace(
            reading,
            text=self.text,
            title=self.words(reading.title),
            organisation=self.words(reading.organisation),
            inspector=self.words(reading.inspector),
            sections=tuple(
                replace(one, title=self.said(one.title, one.span.start)) for one in reading.sections
            ),
            findings=tuple(self.finding(one) for one in reading.findings),
            statistics=tuple(
                replace(
                    one,
                    text=self.said(one.text, one.span.start),
                    figures=tuple(
                        replace(
                            figure,
                            label=self.said(figure.label, one.span.start),
                            unit=self.words(figure.unit, one.span.start),
                        )
                        for figure in one.figures
                    ),
                )
                for one in reading.statistics
            ),
            contact=contact
            and replace(contact, addresses=tuple(self.said(address) for address in contact.addresses)),
            unread=Lazy(lambda: self.unread(unread)),
        )

    def unread(self, unread: Sequence[Unread]) -> tuple[Unread, ...]:
        """What was not understood."""
        return tuple(replace(one, text=one.span.of(self.text).strip()) for one in unread)

    def finding(self, finding: ReadFinding) -> ReadFinding:
        """One finding."""
        near = finding.span.start
        return replace(
            finding,
            number=self.words(finding.number, near),
            theme=self.words(finding.theme, near),
            group=self.words(finding.group, near),
            title=self.said(finding.title, near),
            problem=self.words(finding.problem, near),
            organisation=self.words(finding.organisation, near),
            measures=tuple(self.item(item) for item in finding.measures),
            actions=tuple(self.item(item) for item in finding.actions),
            result=self.words(finding.result, near),
            status_text=self.words(finding.status_text, near),
            responsible_leader=self.words(finding.responsible_leader, near),
            lead_unit=self.words(finding.lead_unit, near),
            supporting_units=tuple(self.said(unit, near) for unit in finding.supporting_units),
            due_text=self.words(finding.due_text, near),
        )

    def item(self, item: Item) -> Item:
        """One measure or action."""
        near = item.span.start
        return replace(
            item,
            text=self.said(item.text, near),
            leader=self.words(item.leader, near),
            unit=self.words(item.unit, near),
            due_text=self.words(item.due_text, near),
        )
