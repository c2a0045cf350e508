"""The product's settings, with the tests' tasks beside its own, for worker processes."""

from __future__ import annotations

from zhenggai.config.settings import *  # noqa: F403 - settings are a flat list of names

TASKS = {
    "default": {
        "BACKEND": "zhenggai.jobs.backend.DatabaseBackend",
        "OPTIONS": {"packages": ["zhenggai", "jobs"]},
    }
}
