"""Boxes to sign in (签批栏): what was signed stands in them, the others are empty for a hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.documents.word.blocks import Cell, Row
from zhenggai.documents.word.letters import moment_words
from zhenggai.documents.word.looks import Look

if TYPE_CHECKING:
    from datetime import datetime

# a signature by hand takes about 17 mm
_HEIGHT: Final = 964
BLANK_DAY: Final = "年　　月　　日"
SIGNED_HERE: Final = "（系统内签署）"


@dataclass(frozen=True, slots=True)
class SignBox:
    """One signature on paper (签批栏目), given or still to be given.

    ``name`` who signed, empty while nobody did; ``acting_for`` for whom (代); ``paper``: by what it was
    recorded where it was given elsewhere (纸质、会议纪要). ``asked``: whose hand an empty box waits for.
    """

    step: str
    name: str = ""
    at: datetime | None = None
    opinion: str = ""
    acting_for: str = ""
    paper: str = ""
    asked: str = ""


def sign_rows(boxes: tuple[SignBox, ...], spans: tuple[int, int, int, int]) -> tuple[Row, ...]:
    """Step, opinion, signature and day (环节、意见、签名、日期) in columns as wide as ``spans`` say."""
    names = ("签批环节", "签批意见", "签名", "签名日期")
    head = Row(
        tuple(Cell(name, Look.HEAD, span, shaded=True) for name, span in zip(names, spans, strict=True)),
        keeps_next=True,
        whole=True,
    )
    last = len(boxes) - 1
    return (head, *(_row(box, spans, keeps_next=place < last) for place, box in enumerate(boxes)))


def _row(box: SignBox, spans: tuple[int, int, int, int], *, keeps_next: bool) -> Row:
    step, opinion, name, day = spans
    return Row(
        (
            Cell(f"{box.step}\n（{box.asked}）" if box.asked else box.step, Look.CENTRED, step),
            Cell(box.opinion, Look.CELL, opinion),
            Cell(_signed(box), Look.CENTRED, name),
            Cell(moment_words(box.at) if box.at else BLANK_DAY, Look.CENTRED, day),
        ),
        height=_HEIGHT,
        whole=True,
        keeps_next=keeps_next,
    )


def _signed(box: SignBox) -> str:
    if not box.name:
        return ""
    name = f"{box.name}（代{box.acting_for}）" if box.acting_for else box.name
    return f"{name}\n（{box.paper}）" if box.paper else f"{name}\n{SIGNED_HERE}"
