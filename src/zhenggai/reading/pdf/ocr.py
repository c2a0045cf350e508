"""Characters of a picture of a page (OCR, 图像识别), with RapidOCR where the extra is installed."""

from __future__ import annotations

from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from zhenggai.reading.pdf.shapes import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOTS_PER_INCH: Final = 200
_MOST_DOTS: Final = 4_000
"""Dots along the longer side of a page: a gigantic page is recognised smaller."""
_ALIKE: Final = 0.3


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class Recogniser:
    """The engine, made once: its models come inside the package and nothing is fetched."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 - an optional extra

        # Any: the types of the extra are there only where it is installed
        self._engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def __call__(self, page: Any) -> list[Piece]:
        """The lines of a page of pypdfium2."""
        width, height = page.get_size()
        scale = min(_DOTS_PER_INCH / 72, _MOST_DOTS / max(width, height, 1.0))
        found = self._engine(page.render(scale=scale).to_numpy())
        if found is None or found.boxes is None:
            return []
        return pieces_of_boxes(found.boxes.tolist(), found.txts, scale)


def pieces_of_boxes(
    boxes: Sequence[Sequence[Sequence[float]]], texts: Sequence[str], scale: float
) -> list[Piece]:
    """Boxes of four corners in dots, and their texts, as pieces of lines; like heights become one."""
    heights = [max(y for _, y in box) - min(y for _, y in box) for box in boxes]
    usual = median(heights) if heights else 0.0
    pieces = []
    for box, text, height in zip(boxes, texts, heights, strict=True):
        if not text.strip():
            continue
        # a box is drawn a little around its line
        tall = usual if abs(height - usual) <= _ALIKE * usual else height
        bottom = max(y for _, y in box) - (height - tall) / 2
        pieces.append(
            Piece(
                min(x for x, _ in box) / scale,
                max(x for x, _ in box) / scale,
                (bottom - 0.22 * tall) / scale,
                0.8 * tall / scale,
                text.strip(),
            )
        )
    return pieces
