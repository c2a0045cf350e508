"""Every variable of the environment is read once, and a wrong one is refused with a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from zhenggai.config import environment

if TYPE_CHECKING:
    from pathlib import Path


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_LOG_LEVEL", "  ")
    assert environment.text("ZHENGGAI_LOG_LEVEL", "WARNING") == "WARNING"


@pytest.mark.parametrize(("raw", "meant"), [("yes", True), ("ON", True), ("0", False), ("False", False)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, raw: str, meant: object) -> None:
    monkeypatch.setenv("ZHENGGAI_DEBUG", raw)
    assert environment.flag("ZHENGGAI_DEBUG", default=not meant) is meant


def test_a_flag_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_DEBUG", "maybe")
    with pytest.raises(environment.SettingError, match="ZHENGGAI_DEBUG is 'maybe'; it takes yes or no"):
        environment.flag("ZHENGGAI_DEBUG", default=False)


@pytest.mark.parametrize("raw", ["many", "0", "-3"])
def test_a_number_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, raw: str) -> None:
    monkeypatch.setenv("ZHENGGAI_MAX_UPLOAD_MIB", raw)
    with pytest.raises(environment.SettingError, match="a whole number from 1 up"):
        environment.whole("ZHENGGAI_MAX_UPLOAD_MIB", 64)


def test_a_list_is_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_ALLOWED_HOSTS", "a.example, b.example ,")
    assert environment.words("ZHENGGAI_ALLOWED_HOSTS", []) == ["a.example", "b.example"]


def test_the_secret_key_is_made_once_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ZHENGGAI_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert len(key) >= 64
    assert environment.secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_without_an_address_the_database_is_sqlite_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ZHENGGAI_DATABASE_URL", raising=False)
    setting = environment.database(tmp_path)
    assert setting["NAME"] == tmp_path / "zhenggai.sqlite3"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        assert pragma in setting["OPTIONS"]["init_command"]


def test_a_database_that_others_could_read_is_closed_to_them_with_its_journals(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ZHENGGAI_DATABASE_URL", raising=False)
    path = environment.database(tmp_path)["NAME"]
    assert not list(tmp_path.iterdir())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE ledger (id INTEGER)")
        files = sorted(tmp_path.iterdir())
        assert [file.name[16:] for file in files] == ["", "-shm", "-wal"]
        for file in files:
            file.chmod(0o644)
        environment.database(tmp_path)
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_postgresql_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(
        "ZHENGGAI_DATABASE_URL", "postgresql://clerk:a%40b@db.example:6432/ledger?sslmode=require"
    )
    monkeypatch.setenv("ZHENGGAI_DATABASE_POOL", "0")
    setting = environment.database(tmp_path)
    assert (setting["USER"], setting["PASSWORD"]) == ("clerk", "a@b")
    assert (setting["HOST"], setting["PORT"], setting["NAME"]) == ("db.example", "6432", "ledger")
    assert setting["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_can_be_the_host_and_the_pool_is_on_by_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHENGGAI_DATABASE_URL", "postgresql://clerk@/ledger?host=/run/postgresql")
    monkeypatch.delenv("ZHENGGAI_DATABASE_POOL", raising=False)
    setting = environment.database(tmp_path)
    assert setting["HOST"] == "/run/postgresql"
    assert setting["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 10}


def test_another_kind_of_database_is_refused_with_what_is_possible(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHENGGAI_DATABASE_URL", "mysql://clerk@db.example/ledger")
    with pytest.raises(environment.SettingError, match="begins with 'mysql'; it takes postgresql"):
        environment.database(tmp_path)


def test_a_choice_is_one_of_the_words_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = ("optional", "all")
    assert environment.choice("ZHENGGAI_SECOND_FACTOR", "optional", offered) == "optional"
    monkeypatch.setenv("ZHENGGAI_SECOND_FACTOR", "all")
    assert environment.choice("ZHENGGAI_SECOND_FACTOR", "optional", offered) == "all"
    monkeypatch.setenv("ZHENGGAI_SECOND_FACTOR", "some")
    with pytest.raises(environment.SettingError, match="it takes one of optional, all"):
        environment.choice("ZHENGGAI_SECOND_FACTOR", "optional", offered)
