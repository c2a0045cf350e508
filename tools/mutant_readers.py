"""Who reads what a module sets up when it is loaded: the tests that could notice a changed table (变异检验).

A table is read under its name, or under the name of a table made from it. A test can notice a change of it
where it comes by a line of a function that names one of them, or where its file, or a model that its file
walks, does.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mutants import DOMAIN, ROOT

if TYPE_CHECKING:
    from pathlib import Path

TESTS: Final = ROOT / "tests" / "domain"
_ALWAYS: Final = "test_values.py"


def names_at(path: Path, line: int) -> frozenset[str]:
    """What the statement of a module at this line gives a name to; nothing where it only does something."""
    for statement in _tree(path).body:
        first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", ()))])
        if first <= line <= (statement.end_lineno or first):
            return _given(statement)
    return frozenset()


@cache
def spread(names: frozenset[str]) -> frozenset[str]:
    """These names, and those of everything that is made from them when modules are loaded."""
    statements = [(_given(each), _asked(each)) for path in _modules() for each in _tree(path).body]
    found = set(names)
    while new := {name for given, asked in statements if asked & found for name in given} - found:
        found |= new
    return frozenset(found)


@cache
def lines_reading(names: frozenset[str]) -> tuple[tuple[str, frozenset[int]], ...]:
    """By module of the rules: the lines within functions that name one of these."""
    return tuple((path.stem, _lines(path, names)) for path in _modules())


@cache
def files_reading(names: frozenset[str]) -> frozenset[str]:
    """Files of tests that name one of these, or take part in a model that does."""
    word = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    models = [path for path in TESTS.glob("closing_*.py") if word.search(_text(path))]
    if models:
        # the models call each other: whoever walks one walks all of them
        word = re.compile(rf"{word.pattern}|\bclosing_(?:model|moves|way)\b")
    return frozenset(path.name for path in TESTS.glob("test_*.py") if word.search(_text(path))) | {_ALWAYS}


def _lines(path: Path, names: frozenset[str]) -> frozenset[int]:
    found = set()
    for function in ast.walk(_tree(path)):
        if isinstance(function, ast.FunctionDef | ast.Lambda):
            for each in ast.walk(function):
                name = each.id if isinstance(each, ast.Name) else getattr(each, "attr", None)
                if name in names and isinstance(each, ast.expr):
                    found |= set(range(each.lineno, (each.end_lineno or each.lineno) + 1))
    return frozenset(found)


def _given(statement: ast.stmt) -> frozenset[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return frozenset({statement.name})
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return frozenset(
            each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
        )
    return frozenset()


def _asked(statement: ast.stmt) -> frozenset[str]:
    """What is named where a module is loaded: of a function, its default values and decorators alone."""
    parts: list[ast.AST] = [statement]
    if isinstance(statement, ast.FunctionDef):
        parts = [
            *statement.decorator_list,
            *statement.args.defaults,
            *filter(None, statement.args.kw_defaults),
        ]
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        parts = []
    return frozenset(
        each.id if isinstance(each, ast.Name) else each.attr
        for part in parts
        for each in ast.walk(part)
        if isinstance(each, ast.Name | ast.Attribute)
    )


def _modules() -> list[Path]:
    return sorted(DOMAIN.glob("*.py"))


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(_text(path))
