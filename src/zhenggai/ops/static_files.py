"""Collecting the pages' style sheets and scripts (静态文件) into the data folder, once for each version."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders
from django.core.management import call_command

from zhenggai import __version__
from zhenggai.ops.errors import PagesMissingError

LAID_OUT = ("vendor/tabler.min.css", "vendor/icons.svg", "vendor/htmx.min.js")
STAMP = "static.stamp"


def collect() -> bool:
    """Collect where version or files have changed since the last time; whether anything was done.

    Raises:
        PagesMissingError: when the front-end packages were never laid out.
    """
    if not all(find(name) for name in LAID_OUT):
        raise PagesMissingError
    stamp = Path(settings.ZHENGGAI_DATA_DIR) / STAMP
    wanted = fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted and settings.STATIC_ROOT.is_dir():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")
    return True


def fingerprint() -> str:
    """SHA-256 over the version and over name, size and time of every source file."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
