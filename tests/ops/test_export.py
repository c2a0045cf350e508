"""``zhenggai export`` writes a ledger as one person sees it."""

from __future__ import annotations

import csv
import json

from ops.programs import start
from zhenggai.reading.workbook import open_book


def test_a_ledger_is_written_in_every_kind(data, tmp_path):
    book, table, whole = (tmp_path / name for name in ("台账.xlsx", "ledger.csv", "LEDGER.JSON"))
    for target in (book, table, whole):
        written = start(data, "export", "1", str(target), "--as", "zhou")
        assert written.returncode == 0, written.stderr
        assert "findings were written" in " ".join(written.stdout.split())
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert len(json.loads(whole.read_text(encoding="utf-8"))["findings"]) >= len(rows) > 1
    sheets = open_book(book.read_bytes(), name=book.name).sheets
    assert [sheet.name for sheet in sheets][:2] == ["台账", "问题清单"]

    chosen = (
        "--columns",
        "due,unit",
        "--sheets",
        "guide",
        "--no-merge",
        "--stage",
        "closed",
        "--text",
        "公园",
    )
    again = start(data, "export", "1", str(book), "--as", "zhou", *chosen, "--overdue")
    assert again.returncode == 0, again.stderr
    ledger, guide = open_book(book.read_bytes(), name=book.name).sheets
    assert (ledger.rows[2][3:5], guide.name) == (["完成时限", "责任单位"], "填写说明")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["LEDGER.JSON", "ledger.csv", "台账.xlsx"]


def test_what_cannot_be_written_is_refused_in_a_sentence_and_leaves_nothing(data, tmp_path):
    refused = {
        ("1", "ledger.pdf", "zhou"): "ends as none of the files that are written",
        ("1", "ledger.csv", "nobody"): "Nobody signs in as “nobody”",
        ("99", "ledger.xlsx", "zhou"): "There is no such inspection",
        ("1", "none/ledger.xlsx", "zhou"): "cannot be written",
    }
    for (inspection, name, user), sentence in refused.items():
        said = start(data, "export", inspection, str(tmp_path / name), "--as", user)
        assert said.returncode == 1, said.stdout
        assert sentence in " ".join(said.stderr.split())
    assert list(tmp_path.iterdir()) == []
