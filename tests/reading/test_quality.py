"""The measure of reading itself: matching by hand, gains and losses, a loss that nobody explained."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "bench" / "bench_reading.py"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_reading", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def finding(number, title, **more):
    return {"number": number, "title": title, "measures": [], "actions": [], **more}


def test_findings_are_matched_by_number_then_likeness(bench):
    gold = [finding("1", "学习不够深入"), finding("2", "考核流于形式"), finding("3", "台账不全")]
    read = [finding("1", "考核流于形式。"), finding("2", "学习不够深入"), finding(None, "车辆闲置")]

    assert bench.match(gold, read) == [(0, 1), (1, 0)]
    twins = [finding("1", "学习不够深入"), finding("2", "学习不够深入")]
    assert bench.match(twins, list(reversed(twins))) == [(0, 1), (1, 0)]


def test_what_is_invented_costs_precision_and_what_is_missed_recall(bench):
    gold = {
        "findings": [
            finding("1", "学习不够深入", stated_progress="done", lead_unit="办公室", actions=["补课"])
        ],
        "dates": {"feedback_on": "2031-06-08"},
        "statistics": [["0 反馈问题 25 个", "0 完成整改 19 个"]],
    }
    read = {
        "findings": [
            finding("1", "学习不够深入", stated_progress="in_progress", actions=[{"text": "补课。"}]),
            finding("2", "车辆闲置"),
        ],
        "dates": {"feedback_on": "2031-06-08", "as_of": "2031-01-01"},
        "statistics": [{"figures": [{"value": "25", "unit": "个"}]}],
    }

    assert bench.score(gold, read) == {
        "findings": [1, 2, 1],
        "status": [0, 1, 1],
        "people": [0, 0, 1],
        "dates": [1, 1, 1],
        "items": [1, 1, 1],
        "figures": [1, 1, 2],
    }


def test_a_gold_that_names_few_fields_judges_only_those(bench):
    read = {"findings": [finding("1", "学习不够深入", stated_progress="done")], "dates": {}, "statistics": []}

    assert set(bench.score({"dates": {}}, read)) == {"dates"}
    assert "status" not in bench.score({"findings": [{"title": "学习不够深入"}]}, read)


def test_a_loss_needs_a_sentence(bench, tmp_path, monkeypatch, capsys):
    before = {"form": {"findings": [2, 2, 2]}, "gone": {}}
    gained, lost = bench.changes(before, {"form": {"findings": [1, 1, 2]}})
    assert (gained, lost) == (
        [],
        ["form: recall of findings 1.000 → 0.500", "gone: the layout is gone"],
    )
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "LOSSES", tmp_path / "reading_losses.txt")
    assert bench.check(lost) == 1
    assert "2 losses without a sentence" in capsys.readouterr().out
    (tmp_path / "reading_losses.txt").write_text("form: 表单暂不读取合并单元格。\ngone: \n", encoding="utf-8")
    assert bench.check(lost) == 1
    assert bench.check(lost[:1]) == 0
    assert bench.changes({"form": {"findings": [1, 1, 2]}}, {"form": {"findings": [2, 2, 2]}})[1] == []


def test_the_kept_scores_hold_and_any_document_can_be_scored(tmp_path):
    kept = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert kept.returncode == 0, kept.stdout
    source = tmp_path / "通报.txt"
    source.write_text(
        "示例局党组关于巡察整改情况的通报\n一、反馈问题整改情况\n1.学习不够深入。\n整改情况：补课。\n",
        encoding="utf-8",
    )
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps({"findings": [{"title": "学习不够深入"}]}), encoding="utf-8")
    command = [sys.executable, SCRIPT, "--gold", gold, "--source", source]
    scored = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "1.000/1.000" in scored.stdout
