"""How fast Word documents are read, as a ratio to a bare python-docx pass: ``python bench/bench_docx.py``.

The bare pass takes the text of all paragraphs and table cells of the same file in the same run. ``decode`` is
bytes to text with places, ``read`` the whole reading with findings. Memory is what the peak of a process
grows by, as a multiple of the file and of its unpacked main part.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

from zhenggai.reading import read
from zhenggai.reading.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "整改落实情况制度台账检查示例单位完成问题责任人员会议研究部署推进规范管理监督资金项目群众服务学习"


def sentence(dice: random.Random, length: int) -> str:
    return "".join(dice.choice(WORDS) for _ in range(length)) + "。"


def prose(paragraphs: int) -> bytes:
    """A report: headings with automatic numbers, paragraphs of three runs with fonts of their own."""
    dice = random.Random(7)
    document = docx.Document()
    for place in range(paragraphs):
        if place % 8 == 0:
            document.add_paragraph(sentence(dice, 14), style="List Number")
            continue
        paragraph = document.add_paragraph()
        for length in (20, 45, 35):
            run = paragraph.add_run(sentence(dice, length))
            run.font.name = "仿宋_GB2312"
            run.bold = length == 20
    return saved(document)


def ledger(rows: int) -> bytes:
    """A ledger of eight columns, its first column merged down by threes."""
    dice = random.Random(8)
    document = docx.Document()
    table = document.add_table(rows, 8)
    for row in table.rows:
        for cell in row.cells:
            cell.text = sentence(dice, 12)
    for place, cell in enumerate(table._element.iterfind(f"{qn('w:tr')}/{qn('w:tc')}[1]")):  # noqa: SLF001 - python-docx merges slowly
        merge = cell.get_or_add_tcPr().makeelement(qn("w:vMerge"), {})
        if place % 3 == 0:
            merge.set(qn("w:val"), "restart")
        cell.tcPr.append(merge)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def bare(data: bytes) -> int:
    """The text of every paragraph and cell, as python-docx gives it."""
    document = docx.Document(io.BytesIO(data))
    length = sum(len(paragraph.text) for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            length += sum(len(cell.text) for cell in row.cells)
    return length


def best_of(repeats: int, work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def peak_bytes(data: bytes) -> int:
    """What decoding ``data`` adds to the peak of a fresh process (Linux)."""
    program = (
        "import pathlib, sys\n"
        "from zhenggai.reading.decode import decode\n"
        "import zhenggai.reading.docx\n"
        "peak = lambda: int(pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
        "data = sys.stdin.buffer.read()\n"
        "before = peak()\n"
        "decode(data, name='bench.docx')\n"
        "print(peak() - before)\n"
    )
    # this interpreter, this program, no shell
    told = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)  # noqa: S603
    return int(told.stdout) * 1024


def measure(label: str, data: bytes, repeats: int) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        unpacked = package.getinfo("word/document.xml").file_size
    text = decode(data, name=label).text
    pages = max(len(text) / 600, 1)
    plain = best_of(repeats, lambda: bare(data))
    decoding = best_of(repeats, lambda: decode(data, name=label))
    whole = best_of(repeats, lambda: read(data, name=label))
    memory = peak_bytes(data)
    print(
        f"{label:>14}  {len(data) / 1024:8.0f} KiB ({unpacked / 1024:.0f} unpacked)  {pages:6.0f} pages",
        f"python-docx {plain * 1e3:8.1f} ms",
        f"decode {decoding * 1e3:8.1f} ms = {decoding / plain:.2f}×",
        f"read {whole * 1e3:8.1f} ms = {whole / plain:.2f}× ({whole / pages * 1e3:.2f} ms a page)",
        f"memory {memory / len(data):.1f}× the file, {memory / unpacked:.1f}× unpacked",
        sep="  ",
    )


def main() -> None:
    measure("a notice", prose(120), 5)
    measure("a long report", prose(3000), 3)
    measure("a ledger", ledger(600), 3)


if __name__ == "__main__":
    main()
