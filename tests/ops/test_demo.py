from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from ops.notices import CLEAN, NO_FINDING
from ops.programs import start
from zhenggai.ops.terminal import columns_of


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_demonstration_runs_to_its_end(first: subprocess.CompletedProcess[str]) -> None:
    assert first.returncode == 0, first.stderr
    assert "Traceback" not in first.stderr


def test_nobody_else_on_the_machine_reads_what_was_made(
    first: subprocess.CompletedProcess[str], data: Path
) -> None:
    assert first.returncode == 0
    made = [data, *(each for each in data.rglob("*") if "static" not in each.parts)]
    assert {"demo_sign_ins.json", "zhenggai.sqlite3", "blobs"} <= {each.name for each in made}
    assert [each for each in made if each.stat().st_mode & 0o077] == []


def test_the_ledger_is_compared_with_its_trail_and_the_files_with_their_hashes(
    first: subprocess.CompletedProcess[str], data: Path, tmp_path: Path
) -> None:
    assert first.returncode == 0
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    whole = start(copy, "trail", "verify", "--files", COLUMNS="400")
    assert whole.returncode == 0, whole.stdout
    assert "The ledger says what the trail says, and every stored file of it has its bytes." in whole.stdout
    with closing(sqlite3.connect(copy / "zhenggai.sqlite3")) as database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("DELETE FROM ledger_closure")
        for _name, sql in triggers:
            database.execute(sql)
        database.commit()
    broken = start(copy, "trail", "verify", COLUMNS="400")
    assert broken.returncode == 1
    assert "[row_gone] Finding" in broken.stdout
    assert "The ledger differs from the trail in" in broken.stdout


def test_what_was_cleaned_and_the_findings_are_shown(first: subprocess.CompletedProcess[str]) -> None:
    assert "injected readings" in first.stdout
    assert "Findings: 15" in first.stdout
    assert "15 findings entered the ledger" in first.stdout


def test_the_first_request_is_refused_with_every_unmet_condition(
    first: subprocess.CompletedProcess[str],
) -> None:
    said = flat(first.stdout)
    assert "REFUSED: This finding cannot be closed yet. Conditions not met: 8 of 12" in said
    assert first.stdout.count("✗") == 8
    assert "No evidence of this round is filed" in said


def test_nobody_closes_what_is_their_own_and_no_administrator_closes(
    first: subprocess.CompletedProcess[str],
) -> None:
    said = flat(first.stdout)
    for tried in (
        "wants to judge the criterion themselves",
        "wants to sign their own request",
        "an administrator, wants to close it",
        "wants to sign the second step too",
        "wants to withdraw evidence after closing",
    ):
        assert "REFUSED:" in said.split(tried)[1][:20]
    assert "whoever submits never approves" in said.split("wants to sign their own request")[1][:100]


def test_a_document_without_a_heading_opens_an_inspection_with_a_name(
    data: Path, first: subprocess.CompletedProcess[str]
) -> None:
    assert first.returncode == 0, first.stderr
    with closing(sqlite3.connect(data / "zhenggai.sqlite3")) as database:
        query = "SELECT title, inspector_organisation_id FROM ledger_inspection ORDER BY id"
        rows = database.execute(query).fetchall()
    assert rows[0][0].endswith("（演示）")
    assert all(inspectors is not None for _title, inspectors in rows)


def test_two_people_sign_and_the_finding_is_closed(first: subprocess.CompletedProcess[str]) -> None:
    said = flat(first.stdout)
    assert "The finding is now: closed" in said
    assert said.count("signed by") == 2
    assert said.split("The trail, recomputed")[1].count(", holds") == 4


def test_the_larger_inspection_has_findings_in_every_stage(
    first: subprocess.CompletedProcess[str],
) -> None:
    line = flat(first.stdout).split("A larger inspection of ")[1].split("━━")[0]
    assert int(line.split()[0]) >= 60
    for stage in ("registered", "assigned", "accepted", "rectifying", "closure requested", "closed"):
        assert f"{stage} " in line


def test_the_larger_inspection_has_a_leading_group_and_a_plan_that_it_approved(
    data: Path, first: subprocess.CompletedProcess[str]
) -> None:
    assert first.returncode == 0, first.stderr
    with closing(sqlite3.connect(data / "zhenggai.sqlite3")) as database:
        groups = database.execute("SELECT name, office_unit_id FROM accounts_leadinggroup").fetchall()
        seats = database.execute(
            "SELECT place, COUNT(*) FROM accounts_groupseat WHERE confirmed_at IS NOT NULL GROUP BY place"
        ).fetchall()
        overseen = database.execute("SELECT COUNT(DISTINCT unit_id) FROM accounts_oversight").fetchone()[0]
        plans = database.execute(
            "SELECT p.number, p.state, i.plan_required FROM ledger_plan p "
            "JOIN ledger_inspection i ON i.id = p.inspection_id"
        ).fetchall()
        unplanned = database.execute(
            "SELECT COUNT(*) FROM ledger_finding f JOIN ledger_inspection i ON i.id = f.inspection_id "
            "WHERE i.plan_required AND f.plan_id IS NULL"
        ).fetchone()[0]
    assert len(groups) == 1
    assert groups[0][1] is not None
    assert dict(seats) == {"head": 1, "deputy": 2, "member": 1, "office_head": 1}
    assert overseen == 7
    assert plans == [(1, "approved", 1)]
    assert unplanned == 0


def test_days_lie_around_today_and_a_small_inspection_is_evaluated(
    data: Path, first: subprocess.CompletedProcess[str]
) -> None:
    assert "A small inspection of 2 findings, closed and evaluated." in flat(first.stdout)
    with closing(sqlite3.connect(data / "zhenggai.sqlite3")) as database:
        grades = database.execute("SELECT number, grade FROM ledger_evaluation").fetchall()
        soon, late = database.execute(
            "SELECT SUM(due BETWEEN date('now') AND date('now', '+8 days')), "
            "SUM(due < date('now', '-1 day')) FROM ledger_finding "
            "WHERE stage NOT IN ('closed', 'stage_closed')"
        ).fetchone()
    assert grades == [(1, "较好")]
    assert soon >= 2
    assert late >= 1


def test_a_folder_of_before_there_was_a_leading_group_is_given_one(copy: Path) -> None:
    with closing(sqlite3.connect(copy / "zhenggai.sqlite3")) as database:
        guards = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'accounts_%'"
        ).fetchall()
        for name, _sql in guards:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("DELETE FROM accounts_groupseat")
        database.execute("DELETE FROM accounts_leadinggroup")
        database.execute("DELETE FROM accounts_oversight")
        for _name, sql in guards:
            database.execute(sql)
        database.commit()
    again = start(copy, "demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    with closing(sqlite3.connect(copy / "zhenggai.sqlite3")) as database:
        seats = database.execute("SELECT COUNT(*) FROM accounts_groupseat").fetchone()[0]
    assert seats == 5


def test_a_second_run_recognises_everything_and_changes_nothing(
    data: Path, first: subprocess.CompletedProcess[str]
) -> None:
    again = start(data, "demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    assert "was recognised" in again.stdout
    assert "walked to closed in an earlier run" in again.stdout
    trail = "The trail, recomputed"
    assert again.stdout.split(trail)[1] == first.stdout.split(trail)[1]


def test_another_notice_is_taken_in_beside_it(data: Path, first: subprocess.CompletedProcess[str]) -> None:
    notice = Path(__file__).parent.parent.parent / "src" / "zhenggai" / "ops" / "samples" / "second.txt"
    other = start(data, "demo", "--no-serve", "--file", str(notice))
    assert other.returncode == 0, other.stderr
    assert "was recognised" in other.stdout or "entered the ledger" in other.stdout
    assert "The finding is now: closed" in other.stdout


def test_a_notice_of_an_organisation_that_is_there_already_finds_its_people(
    data: Path, tmp_path: Path, first: subprocess.CompletedProcess[str]
) -> None:
    path = tmp_path / "own.txt"
    text = CLEAN.replace("中共云山县示例局党组", "云山县示例局").replace("对示例局党组", "对云山县示例局")
    path.write_text(text, encoding="utf-8")
    done = start(data, "demo", "--no-serve", "--file", str(path))
    assert done.returncode == 0, done.stderr
    assert "The finding is now: closed" in done.stdout


def test_a_text_that_is_no_notice_is_told_and_the_rest_is_shown(
    data: Path, tmp_path: Path, first: subprocess.CompletedProcess[str]
) -> None:
    path = tmp_path / "walk.txt"
    path.write_text(NO_FINDING, encoding="utf-8")
    done = start(data, "demo", "--no-serve", "--file", str(path))
    assert done.returncode == 0, done.stderr
    assert "Findings: none" in done.stdout
    assert "The trail, recomputed" in done.stdout


@pytest.mark.parametrize("content", [b"", b"\x7fELF" + bytes(200)])
def test_a_file_that_is_no_text_is_refused_before_anything_is_made(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    done = start(tmp_path / "data", "demo", "--no-serve", "--file", str(path))
    assert done.returncode == 1
    assert "file" in done.stderr
    assert not (tmp_path / "data" / "zhenggai.sqlite3").exists()


def test_no_line_is_wider_than_the_terminal(first: subprocess.CompletedProcess[str]) -> None:
    assert max(map(columns_of, first.stdout.splitlines())) <= 100


@pytest.fixture
def copy(data: Path, first: subprocess.CompletedProcess[str], tmp_path: Path) -> Path:
    shutil.copytree(data, tmp_path / "copy")
    return tmp_path / "copy"


def tamper(folder: Path, *statements: str) -> None:
    database = sqlite3.connect(folder / "zhenggai.sqlite3")
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'trail_%'"
    for (name,) in database.execute(guards).fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        assert database.execute(statement).rowcount > 0
    database.commit()
    database.close()


def test_a_whole_trail_is_verified_and_says_what_was_not_looked_at(copy: Path) -> None:
    done = start(copy, "trail", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(", holds") >= 3
    assert "kept outside the database" in flat(done.stdout)


def test_a_changed_event_is_named(copy: Path) -> None:
    tamper(copy, "UPDATE trail_event SET actor_id = actor_id + 1 WHERE name = 'ledger.finding.closed'")
    done = start(copy, "trail", "verify")
    assert done.returncode == 1
    assert "BROKEN" in done.stdout
    assert "triggers" in done.stdout


def test_one_inspection_is_verified_alone(copy: Path) -> None:
    tamper(copy, "DELETE FROM trail_event WHERE name = 'ledger.closure.signed'")
    reports = {number: start(copy, "trail", "verify", "--inspection", number) for number in ("1", "99")}
    assert reports["1"].returncode == 1
    assert "BROKEN" in reports["1"].stdout
    assert reports["99"].returncode == 1
    assert "There is no chain of inspection 99" in reports["99"].stderr


def test_triggers_that_were_dropped_are_named_and_made_again_by_migrating(copy: Path) -> None:
    tamper(copy)
    assert start(copy, "trail", "verify").returncode == 1
    assert start(copy, "migrate").returncode == 0
    assert start(copy, "trail", "verify").returncode == 0


def test_a_folder_with_real_data_is_never_given_fictional_data(copy: Path) -> None:
    (copy / "demo_sign_ins.json").unlink()
    done = start(copy, "demo", "--no-serve")
    assert done.returncode == 1
    assert "holds data that is no demonstration" in done.stderr


def test_an_administrator_who_cannot_sign_in_is_helped_at_the_server_and_it_is_recorded(copy: Path) -> None:
    done = start(copy, "administrator", "jia")
    assert done.returncode == 0, done.stderr
    assert "One-time password of 甲管理: " in done.stdout
    for arguments, sentence in (
        (("nobody",), "There is no such person"),
        (("zhou",), "周示例 is no administrator"),
        (("zhou", "--appoint", "security"), "乙管理 is “security administrator” already"),
    ):
        refused = start(copy, "administrator", *arguments)
        assert refused.returncode == 1
        assert sentence in refused.stderr
    assert start(copy, "administrator", "jia", "--appoint", "king").returncode == 2
    assert start(copy, "trail", "verify").returncode == 0
