"""What the tests of PDFs share: reading in this process, where its code can be watched."""

from __future__ import annotations

import pytest

from zhenggai.reading.pdf import process
from zhenggai.reading.pdf.extract import extract


@pytest.fixture
def here(monkeypatch):
    """PDFs are opened in this process instead of one of their own."""

    def ask(data, *, max_pages, ocr=False, on_page=None):
        return extract(data, max_pages=max_pages, on_page=on_page)

    monkeypatch.setattr(process, "ask", ask)
