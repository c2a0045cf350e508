"""Fields (域): of each only the result is text; what makes it is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from lxml.etree import _Element

    from zhenggai.reading.docx.names import Names

_CONTENTS: Final = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_CODE_CHARACTERS: Final = 4096
TICKED: Final = "☑"
UNTICKED: Final = "□"


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False
    is_contents: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of a story; ``mutes`` counts those whose instruction is running."""

    mutes: int = 0
    contents: int = 0
    _open: list[_Field] = field(default_factory=list)

    def mark(self, element: _Element, names: Names) -> str:
        """Cross a ``fldChar``; gives what a form field shows without any text of its own."""
        kind = names.get(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
            self.mutes += 1
            form = names.find(element, "ffData")
            return form_value(form, names) if form is not None and self.mutes == 1 else ""
        if not self._open:
            return ""
        if kind == "separate" and not self._open[-1].in_result:
            self._into_result(self._open[-1])
        elif kind == "end":
            self._close()
        return ""

    def instruct(self, code: str) -> None:
        """Add a piece of the innermost field's instruction."""
        if self._open and not self._open[-1].in_result and len(self._open[-1].code) < _CODE_CHARACTERS:
            self._open[-1].code += code

    def end_paragraph(self) -> None:
        """An instruction ends with its paragraph at the latest: a field left open swallows no text."""
        while self._open and not self._open[-1].in_result:
            self._close()

    def _into_result(self, one: _Field) -> None:
        one.in_result = True
        self.mutes -= 1
        one.is_contents = is_contents(one.code)
        self.contents += one.is_contents

    def _close(self) -> None:
        one = self._open.pop()
        if one.in_result:
            self.contents -= one.is_contents
        else:
            self.mutes -= 1


def is_contents(code: str) -> bool:
    """Whether a field's instruction makes a table of contents or an index."""
    return _CONTENTS.match(code) is not None


def form_value(form: _Element, names: Names) -> str:
    """What a form field prints: a box, ticked or not, or the chosen entry of a list."""
    box = names.find(form, "checkBox")
    if box is not None:
        said = names.find(box, "checked")
        said = names.find(box, "default") if said is None else said
        return TICKED if names.is_on(said) else UNTICKED
    choices = names.find(form, "ddList")
    if choices is None:
        return ""
    entries = choices.findall(names.tag("listEntry"))
    chosen = names.number(names.find(choices, "result")) or 0
    return (names.get(entries[chosen]) or "") if 0 <= chosen < len(entries) else ""
