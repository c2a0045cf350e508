"""Setting Django up for a command that needs it (启动), in the language of the command."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import click

from zhenggai.ops.language import ENGLISH, HANT, language

DJANGO_LANGUAGES = {HANT: "zh-hant", ENGLISH: "en"}
PROJECT = Path(__file__).resolve().parents[3]


def ready_module(name: str, *, demo: bool = False) -> Any:
    """The module of this name, imported after Django is set up; ``demo`` gives it a data folder of its own.

    Raises:
        click.UsageError: when a setting cannot be used; its sentence names it.
    """
    if demo:
        os.environ["ZHENGGAI_DEMO"] = "yes"
        os.environ.setdefault("ZHENGGAI_DATA_DIR", str(_demo_folder()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
    import django  # noqa: PLC0415 - reading and --help do without it
    from django.utils import translation  # noqa: PLC0415 - the same

    try:
        django.setup()
    except RuntimeError as refusal:
        raise click.UsageError(str(refusal)) from refusal
    translation.activate(DJANGO_LANGUAGES.get(language(), "zh-hans"))
    return importlib.import_module(name)


def _demo_folder() -> Path:
    """``data/demo`` of the project's own folder; below the working folder where there is none."""
    home = PROJECT if (PROJECT / "pyproject.toml").is_file() else Path.cwd()
    return home / "data" / "demo"
