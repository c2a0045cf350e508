"""What the environment may say (环境变量): each variable read and checked in one place."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

MEBIBYTE = 1024 * 1024


class SettingError(RuntimeError):
    """A setting cannot be used as it stands; the sentence names it and what is possible instead."""


def text(name: str, default: str) -> str:
    """The variable as text; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """The variable as yes or no.

    Raises:
        SettingError: when it is neither.
    """
    raw = text(name, "yes" if default else "no").lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name} is {raw!r}; it takes yes or no.")


def whole(name: str, default: int, *, least: int = 1) -> int:
    """The variable as a whole number of at least ``least``.

    Raises:
        SettingError: when it is no such number.
    """
    raw = text(name, str(default))
    try:
        value = int(raw)
    except ValueError:
        raise SettingError(f"{name} is {raw!r}; it takes a whole number from {least} up.") from None
    if value < least:
        raise SettingError(f"{name} is {value}; it takes a whole number from {least} up.")
    return value


def choice(name: str, default: str, offered: tuple[str, ...]) -> str:
    """The variable as one of the words offered.

    Raises:
        SettingError: when it is none of them.
    """
    raw = text(name, default)
    if raw not in offered:
        raise SettingError(f"{name} is {raw!r}; it takes one of {', '.join(offered)}.")
    return raw


def time_of_day(name: str, default: str) -> time:
    """The variable as hours and minutes of the day, ``02:30``.

    Raises:
        SettingError: when it is no such time.
    """
    raw = text(name, default)
    try:
        hours, minutes = raw.split(":")
        return time(int(hours), int(minutes))
    except ValueError:
        raise SettingError(f"{name} is {raw!r}; it takes a time of day from 00:00 to 23:59.") from None


def words(name: str, default: list[str]) -> list[str]:
    """The variable as a list separated by commas."""
    raw = text(name, "")
    return [word.strip() for word in raw.split(",") if word.strip()] if raw else default


def data_dir() -> Path:
    """Folder of database, stored files and secret key; made on first use with access for its owner only."""
    folder = Path(text("ZHENGGAI_DATA_DIR", "data")).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def incoming_dir(folder: Path) -> Path:
    """Folder below the data folder in which an upload lies while it comes in; for its owner only."""
    incoming = folder / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    return incoming


def secret_key(folder: Path) -> str:
    """The signing key: from ``ZHENGGAI_SECRET_KEY``, else kept in the data folder, made on first use."""
    given = text("ZHENGGAI_SECRET_KEY", "")
    if given:
        return given
    path = folder / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def database(folder: Path) -> dict[str, Any]:
    """Django's database setting: SQLite in the data folder, or the PostgreSQL of ``ZHENGGAI_DATABASE_URL``.

    Raises:
        SettingError: when the address is of no supported kind.
    """
    url = text("ZHENGGAI_DATABASE_URL", "")
    if not url:
        return _sqlite(folder / "zhenggai.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(
            f"ZHENGGAI_DATABASE_URL begins with {parts.scheme!r}; it takes postgresql://… or sqlite:///…, "
            "or nothing at all for SQLite in the data folder."
        )
    query: dict[str, Any] = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    pool = whole("ZHENGGAI_DATABASE_POOL", 10, least=0)
    if pool:
        query["pool"] = {"min_size": 1, "max_size": pool}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    _owner_only(path)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: NORMAL loses acknowledged commits on a power cut
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            # erased values must not linger in free pages
            "PRAGMA secure_delete=ON;",
        },
    }


def _owner_only(path: Path) -> None:
    """Takes the access of everybody else to a database that is there, as an earlier version may have left it.

    A new one is made so before its first migration; SQLite gives its journals the access of the file itself.
    """
    for file in (path, *(path.with_name(f"{path.name}-{ending}") for ending in ("wal", "shm", "journal"))):
        # a file that is missing or somebody else's is told of by the first query, in its own sentence
        with suppress(OSError):
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)
