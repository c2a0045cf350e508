"""PDFs as LibreOffice exports them, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from zhenggai.reading import read

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("about_headings", "labels_plan", "mixed_depth")
pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed: apt install libreoffice-writer-nogui",
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The samples as Word documents with margins, header and indent, exported in one run."""
    folder = tmp_path_factory.mktemp("exported")
    for name in NAMES:
        document = docx.Document()
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.header.paragraphs[0].add_run("云山县示例局文件汇编").font.size = Pt(9)
        text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
        for number, line in enumerate(filter(str.strip, text.split("\n"))):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.line_spacing = Pt(29)
            paragraph.add_run(line.strip(" \u3000")).font.size = Pt(16 if number else 22)
            if number:
                paragraph.paragraph_format.first_line_indent = Pt(32)
            else:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.save(folder / f"{name}.docx")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / f"{name}.docx") for name in NAMES),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_an_exported_document_gives_the_findings_of_its_text(exported, name):
    def essence(reading):
        return [
            (
                one.number,
                one.title,
                one.theme,
                [item.text for item in one.measures],
                [item.text.replace("\n", "") for item in one.actions],
                one.status_text,
                one.due_on,
            )
            for one in reading.findings
        ]

    reading = read(exported / f"{name}.pdf")

    assert essence(reading) == essence(read(SAMPLES / f"{name}.txt"))
    assert "文件汇编" not in reading.text
