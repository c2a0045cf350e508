"""A database with every table, made once for all processes of a run; making one anew takes ten seconds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
DATABASE = "zhenggai.sqlite3"
_TEMPLATE = "zhenggai_template"


def migrated(data: Path) -> Path:
    """Puts a migrated SQLite database into an empty data folder; the folder."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template(), data / DATABASE)
    return data


def migrate() -> None:
    """Makes the tables of this process's own database, as `zhenggai migrate` does."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup
    from django.db import connection  # noqa: PLC0415 - likewise

    if connection.vendor == "sqlite":
        shutil.copyfile(template(), connection.settings_dict["NAME"])
    call_command("migrate", verbosity=0)


def template() -> Path:
    """The database of the sources as they stand, made by whoever comes first."""
    made = KEPT / f"{_sources()}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in KEPT.glob("*.sqlite3"):
                old.unlink()
            folder = KEPT / "making"
            shutil.rmtree(folder, ignore_errors=True)
            _migrate(str(folder))
            (folder / DATABASE).rename(made)
            shutil.rmtree(folder)
    return made


def postgresql_template(url: str) -> str:
    """The name of a migrated database on the tests' server, kept there until the sources change."""
    name = f"{_TEMPLATE}_{_sources()}"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock, psycopg.connect(url, autocommit=True) as server:
        fcntl.flock(lock, fcntl.LOCK_EX)
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        there = [each for (each,) in server.execute(query, [_TEMPLATE]).fetchall()]
        if name not in there:
            for old in there:
                server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            making = f"{_TEMPLATE}_making"
            server.execute(f'CREATE DATABASE "{making}"')
            with tempfile.TemporaryDirectory() as folder:
                _migrate(folder, ZHENGGAI_DATABASE_URL=_beside(url, making))
            server.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


@contextmanager
def postgresql_database(purpose: str, *, is_empty: bool = False) -> Iterator[str]:
    """The address of a database of a test's own beside that of the tests, with every table or none."""
    url = os.environ["ZHENGGAI_TEST_POSTGRESQL"]
    name = f"zhenggai_{purpose}_{os.getpid()}"
    template = "template0" if is_empty else postgresql_template(url)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield _beside(url, name)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _beside(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _migrate(folder: str, **more: str) -> None:
    left_out = ("ZHENGGAI_DATABASE_URL", "ZHENGGAI_DEMO", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    subprocess.run(
        [Path(sys.executable).with_name("zhenggai"), "migrate"],
        env={**kept, "ZHENGGAI_DATA_DIR": folder, **more},
        check=True,
        capture_output=True,
    )


def _sources() -> str:
    found = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
