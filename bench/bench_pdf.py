"""How fast a PDF is read, per page, against a bare pypdfium2 text pass over the same file in the same run."""

from __future__ import annotations

import io
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from zhenggai.reading.pdf import process
from zhenggai.reading.pdf.extract import extract

if TYPE_CHECKING:
    from collections.abc import Callable

TWIN = Path(__file__).resolve().parents[1] / "src" / "zhenggai" / "ops" / "samples" / "twin.txt"
FONT = "STSong-Light"
CELLS = ("1", "示例问题登记不全", "一是建立台账；二是每月检查。", "张示例", "2033年3月底前")


def printed(pages: int) -> bytes:
    """Pages of 22 lines with header and number; every fifth is a ruled table of 25 rows."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    text = "".join(TWIN.read_text(encoding="utf-8").split())
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(595, 842), invariant=1)
    at = 0
    for number in range(1, pages + 1):
        paper.setFont(FONT, 10.5)
        paper.drawString(79, 790, "云山县示例局文件")
        paper.drawCentredString(297, 60, f"— {number} —")
        if number % 5 == 0:
            for row in range(25):
                for column, cell in enumerate(CELLS):
                    paper.rect(60 + 96 * column, 700 - 22 * row, 96, 22)
                    paper.drawString(62 + 96 * column, 707 - 22 * row, cell[:9])
        else:
            paper.setFont(FONT, 16)
            for row in range(22):
                paper.drawString(79, 730 - 29 * row, text[at : at + 27])
                at = (at + 27) % (len(text) - 27)
        paper.showPage()
    paper.save()
    return out.getvalue()


def bare(data: bytes) -> int:
    """PDFium's own text of every page."""
    document = pypdfium2.PdfDocument(data)
    count = 0
    for page in document:
        text_page = page.get_textpage()
        count += len(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return count


def best_of(repeats: int, work: Callable[[], object]) -> float:
    """Processor seconds of this process: the machine may be busy with other work."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main(pages: int) -> None:
    data = printed(pages)
    floor = best_of(3, lambda: bare(data))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole = best_of(3, lambda: extract(data, max_pages=pages))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    start = time.perf_counter()
    process.ask(printed(1), max_pages=1)
    first = time.perf_counter() - start
    print(
        f"{pages} pages, {len(data):,} bytes  bare {floor / pages * 1e3:6.2f} ms a page",
        f"read {whole / pages * 1e3:6.2f} ms a page  {whole / floor:4.2f} times (aim: at most 3)",
        f"memory {grown / len(data):4.1f} times the input (aim: below 40)",
        f"first document in a new process {first:4.2f} s",
        sep="  ",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
