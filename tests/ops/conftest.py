"""One demonstration for all tests that look at what it made; each module works on its own copy."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from ops.programs import start

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def _demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demonstration"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "done").exists():
            run = start(shared / "data", "demo", "--no-serve")
            (shared / "done").write_bytes(pickle.dumps(run))
    return shared


@pytest.fixture(scope="module")
def data(_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the demonstration left it."""
    return shutil.copytree(_demonstration / "data", tmp_path_factory.mktemp("demo") / "data")


@pytest.fixture(scope="session")
def first(_demonstration: Path) -> subprocess.CompletedProcess[str]:
    """What the demonstration said."""
    run = pickle.loads((_demonstration / "done").read_bytes())  # noqa: S301  # written a moment ago by these tests
    assert isinstance(run, subprocess.CompletedProcess)
    return run
