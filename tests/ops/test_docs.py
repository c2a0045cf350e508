"""The documents name everything there is: commands, settings, error codes, gates, actions, events, roles."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest

import zhenggai
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import SIGNING_ROLES, Role
from zhenggai.domain.case import ClosureCase
from zhenggai.domain.counting import Denominator, Rounding
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.gates import check_gates
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.ladder import STEPS
from zhenggai.domain.lifecycle import TRANSITIONS, Nature, Progress, Stage
from zhenggai.domain.policy import GRANTS
from zhenggai.domain.profiles import DEFAULT_PROFILE, WARNED_ROLES, Colour, Term, profile_content
from zhenggai.domain.spans import EditKind
from zhenggai.ledger.profiles import version_default
from zhenggai.ops.cli import zhenggai as program

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
SOURCES = [
    *(ROOT / "src").rglob("*.py"),
    *(ROOT / "tests").rglob("*.py"),
    ROOT / "Makefile",
    ROOT / ".ci" / "run",
]
IN_CODE_ONLY = {"ZHENGGAI_MAX_UPLOAD_BYTES", "ZHENGGAI_MAX_STORED_BYTES", "ZHENGGAI_READ_AT_ONCE_BYTES"}


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_every_command_and_option_is_in_the_reference() -> None:
    text = page("commands.md")
    context = click.Context(program)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        parts = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        for part, each in parts:
            assert f"`zhenggai {name} {part}".strip() in text
            for option in each.params:
                if isinstance(option, click.Option) and not option.hidden:
                    assert any(f"`{written}" in text for written in option.opts), (name, option.opts)
                if isinstance(option.type, click.Choice) and isinstance(option, click.Option):
                    for choice in option.type.choices:
                        assert f"`{option.opts[0]} {choice}`" in text


def test_every_setting_is_in_the_reference() -> None:
    written = {name for path in SOURCES for name in re.findall(r"ZHENGGAI_[A-Z_]+", path.read_text("utf-8"))}
    known = set(re.findall(r"ZHENGGAI_[A-Z_]+", page("settings.md")))
    assert written - known - IN_CODE_ONLY == set()
    assert known - written == set()


def error_codes() -> set[str]:
    for module in pkgutil.walk_packages(zhenggai.__path__, "zhenggai."):
        if ".migrations" not in module.name and module.name not in {
            "zhenggai.config.wsgi",
            "zhenggai.ops.__main__",
        }:
            importlib.import_module(module.name)
    found, waiting = set(), [ZhenggaiError]
    while waiting:
        classes = waiting.pop().__subclasses__()
        found.update(each.code for each in classes if each.__module__.startswith("zhenggai."))
        waiting += classes
    return found


def test_every_error_code_is_in_the_reference_and_no_other() -> None:
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", page("error-codes.md"), re.MULTILINE)) == error_codes()


def test_every_gate_is_in_the_reference() -> None:
    codes = [result.code for result in check_gates(ClosureCase(on=date(2026, 1, 5), round=1))]
    assert re.findall(r"^\| `([a-z_]+)` \|", page("gates.md"), re.MULTILINE) == codes


def test_every_action_is_in_the_table_of_permissions() -> None:
    table = page("roles-and-permissions.md").split("## Who may do what")[1]
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", table, re.MULTILINE)) == {each.value for each in Action}
    assert set(GRANTS) == set(Action)


def test_every_role_is_explained_and_those_that_sign_are_named() -> None:
    text = page("roles-and-permissions.md")
    assert re.findall(r"^\| `([a-z_]+)` \|", text.split("## Who")[0], re.MULTILINE) == [
        each.value for each in Role
    ]
    signing = text.split("*Posts that sign* are")[1].split(". One holds")[0]
    assert set(re.findall(r"`([a-z_]+)`", signing)) == {role.value for role in SIGNING_ROLES}


def test_the_life_cycle_names_every_stage_and_the_stages_of_every_action() -> None:
    text = page("life-cycle.md")
    for value in (*Stage, *Nature, *Progress):
        assert f"`{value.value}`" in text
    rows = dict(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| ([^|]+) \|", text, re.MULTILINE))
    for action, stages in rows.items():
        said = {part.split(",")[0].strip().replace(" ", "_") for part in stages.split(",")} & set(Stage)
        assert said == {stage for stage, each in TRANSITIONS if each == action}, action
    written = set(rows) | {"hold.open", "hold.clear"}
    assert written == {action.value for _, action in TRANSITIONS}


def test_the_profiles_that_come_along_are_told_as_they_are(db: None) -> None:
    text = page("profiles.md")
    rows = re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", text.split("## What comes along")[1], re.MULTILINE)
    told = {kind: tuple(cells.split(" | ")) for kind, cells in rows}
    terms = (Term.INSPECTION, Term.SUBJECT, Term.INSPECTOR, Term.FEEDBACK, Term.FINDING)
    there = {}
    for kind in told:
        rules = version_default(InspectionKind(kind), "").rules
        time = rules.time
        months = (str(time.concentrated_months), str(time.report_every_months))
        there[kind] = (*(rules.words[term].zh for term in terms), *months)
        assert replace(rules, words=DEFAULT_PROFILE.words, time=DEFAULT_PROFILE.time) == DEFAULT_PROFILE
        assert (time.plan_months, time.evaluation_months) == (1, 1)
    assert told == there
    assert set(told) == set(InspectionKind) - {InspectionKind.OTHER}


def test_every_key_of_a_profile_is_in_the_reference() -> None:
    text = page("profiles.md")
    content = profile_content(DEFAULT_PROFILE)
    for key, value in content.items():
        names = value if key in {"time", "warning", "counting"} else ()
        for name in (f"{key}.{each}" for each in names) if names else (key,):
            assert f"| `{name}` |" in text
    for value in (*Term, *Colour, *Denominator, *Rounding, *WARNED_ROLES):
        assert f"`{value}`" in text


def test_every_step_of_the_ladder_is_named() -> None:
    signatures = page("life-cycle.md").split("## Signatures")[1].split("##")[0]
    assert set(re.findall(r"`([a-z_]+)`", signatures)) == set(STEPS)


@pytest.mark.parametrize("event", list(LedgerEvent))
def test_every_event_of_the_ledger_is_in_the_reference(event: LedgerEvent) -> None:
    assert f"`{event.value}`" in page("trail.md")


@pytest.mark.parametrize("kind", list(EditKind))
def test_every_kind_of_change_is_in_the_reference(kind: EditKind) -> None:
    assert f"`{kind.value}`" in page("commands.md")


def test_every_document_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {
        (index.parent / target.partition("#")[0]).resolve()
        for target in re.findall(r"\]\(([^)\s]+\.md[^)\s]*)\)", index.read_text("utf-8"))
    }
    assert {path for path in (ROOT / "docs").rglob("*.md") if path != index} - linked == set()
    assert all(path.is_file() for path in linked)
