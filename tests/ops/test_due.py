"""``zhenggai due`` as a program of its own."""

from __future__ import annotations

from ops.programs import start


def test_a_month_and_a_term_give_their_days(tmp_path):
    month = start(tmp_path, "due", "2026年6月底前")
    term = start(tmp_path, "due", "15个工作日内", "--since", "2024-02-05")

    assert (month.returncode, month.stdout) == (0, "2026-06-30 · the last calendar day of the month\n")
    assert (term.returncode, term.stdout) == (
        0,
        "2024-03-01 · 15 working days after 2024-02-05, which itself does not count\n",
    )


def test_a_phrase_gives_its_nature_and_a_relative_year_its_day(tmp_path):
    phrase = start(tmp_path, "due", "长期坚持")
    year = start(tmp_path, "due", "明年6月底前", "--on", "2024-03-08")

    assert "long-term" in phrase.stdout
    assert year.stdout.startswith("2025-06-30")


def test_a_wording_without_a_day_is_refused_with_what_is_possible(tmp_path):
    refused = start(tmp_path, "due", "尽快")

    assert refused.returncode == 1
    assert "“尽快” names no one day" in refused.stderr
    assert "15个工作日内" in refused.stderr


def test_a_day_that_is_none_is_wrong_usage(tmp_path):
    refused = start(tmp_path, "due", "10天", "--since", "2024-02-30")

    assert refused.returncode == 2
    assert "2024-02-30 is no day" in refused.stderr


def test_an_office_loads_a_later_year_from_a_file(tmp_path):
    days = tmp_path / "days.txt"
    days.write_text("2031-01-01 off\n2031-01-02 off\n", encoding="utf-8")
    asked = ("due", "1个工作日内", "--since", "2030-12-31")

    shipped = start(tmp_path, *asked)
    loaded = start(tmp_path, *asked, ZHENGGAI_CALENDAR_FILE=str(days))

    assert shipped.stdout.startswith("2031-01-01")
    assert "is not announced" in shipped.stderr
    assert loaded.stdout.startswith("2031-01-03")


def test_a_calendar_file_that_cannot_be_used_is_named(tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_text("2031-01-01 off\nsometime off\n", encoding="utf-8")

    line = start(tmp_path, "due", "1天", ZHENGGAI_CALENDAR_FILE=str(broken))
    missing = start(tmp_path, "due", "1天", ZHENGGAI_CALENDAR_FILE=str(tmp_path / "none.txt"))

    assert (line.returncode, missing.returncode) == (1, 1)
    assert "Line 2 of the calendar file" in line.stderr
    assert "none.txt" in missing.stderr
