"""Which organisation a cell of a spreadsheet means (单位名称匹配), by name, with those above."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhenggai.accounts.models import Organisation, OrganisationPast
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable

_STEPS: Final = re.compile(r"[/／＞>]")


@dataclass(slots=True)
class Places:
    """The organisations that the importing administrator looks after, by every name."""

    by_path: dict[str, Organisation] = field(default_factory=dict)
    by_name: dict[str, list[Organisation]] = field(default_factory=lambda: defaultdict(list))
    former: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Iterable[Organisation]) -> Places:
        """Those of the rows, with what they were called before; one query more."""
        places = cls()
        for row in rows:
            places.add(row)
        past = OrganisationPast.objects.filter(organisation__in=list(places.by_path.values()))
        for name, path in past.values_list("name", "organisation__path"):
            places.former[name].append(places.by_path[path].name)
        return places

    def add(self, row: Organisation) -> None:
        """One more."""
        self.by_path[row.path] = row
        for name in {row.name, row.short_name} - {""}:
            self.by_name[name].append(row)

    def child(self, parent: Organisation, name: str) -> Organisation | None:
        """The organisation of the name directly below another."""
        return next(
            (row for row in self.by_name.get(name, ()) if row.name == name and _above(row) == parent.path),
            None,
        )

    def find(self, text: str) -> Organisation | Message:
        """The one open organisation that the text means, or the sentence why there is none."""
        steps = [step.strip() for step in _STEPS.split(text) if step.strip()]
        named = self.by_name.get(steps[-1], []) if steps else []
        found = [row for row in named if self._lies(row, steps[:-1])]
        still_open = [row for row in found if row.is_active]
        if len(still_open) == 1:
            return still_open[0]
        if still_open:
            return Message(
                msg("Several organisations are called “%(name)s”. Write those above it too, as %(example)s."),
                {"name": text, "example": self._whole(still_open[0])},
            )
        if found:
            return Message(
                msg("“%(name)s” is no longer in use. Write its successor, or open it again first."),
                {"name": text},
            )
        if steps and (names := self.former.get(steps[-1])):
            return Message(
                msg("“%(name)s” is called “%(now)s” now. Write that."), {"name": text, "now": names[0]}
            )
        return Message(
            msg(
                "There is no organisation “%(name)s” among those you administer, nor in this file. Write the "
                "name as it is entered, or add a row for it to the sheet of organisations."
            ),
            {"name": text},
        )

    def _lies(self, row: Organisation, above: list[str]) -> bool:
        path = _above(row)
        for name in reversed(above):
            parent = self.by_path.get(path)
            if parent is None or name not in {parent.name, parent.short_name}:
                return False
            path = _above(parent)
        return True

    def _whole(self, row: Organisation) -> str:
        parent = self.by_path.get(_above(row))
        return f"{parent.name}/{row.name}" if parent else row.name


def _above(row: Organisation) -> str:
    return str(row.path)[: -row.steplen]
