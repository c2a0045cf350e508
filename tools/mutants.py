"""Ways to change the code at one place (变异体).

A mutant is one changed operator, constant, condition or a statement left out; of the domain, whose rules
are tables, also one entry left out of a table. Texts are no rules and stay: no mutant changes a string, a
docstring or a note of a type.
"""

from __future__ import annotations

import ast
import copy
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
READING: Final = ROOT / "src" / "zhenggai" / "reading"
DOMAIN: Final = ROOT / "src" / "zhenggai" / "domain"


class Mutant(NamedTuple):
    """One change: the file, the lines of its statement, what it was and became, the whole changed source."""

    path: Path
    line: int
    what: str
    source: str
    lines: range
    runs_at_import: bool


_COMPARED: Final = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: Final = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv}
_JOINED: Final = {ast.And: ast.Or, ast.Or: ast.And}


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """Every way to change one node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        yield _with(node, ops=[_COMPARED[type(node.ops[0])]()])
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
        yield _with(node, op=_COUNTED[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=_JOINED[type(node.op)]())
        yield node.values[0]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield _with(node, value=not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield _with(node, value=node.value + 1)
    elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    elif isinstance(node, ast.If | ast.IfExp):
        yield _with(node, test=ast.Constant(value=True))
        yield _with(node, test=ast.Constant(value=False))
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Expr | ast.AugAssign) and not isinstance(
        getattr(node, "value", None), ast.Constant
    ):
        yield ast.Pass()


def left_out(node: ast.AST) -> Iterator[ast.AST]:
    """Every way to leave one entry out of a table written down in the code."""
    if isinstance(node, ast.Dict):
        for number in range(len(node.keys)):
            keys = node.keys[:number] + node.keys[number + 1 :]
            yield _with(node, keys=keys, values=node.values[:number] + node.values[number + 1 :])
    elif (isinstance(node, ast.Set) and len(node.elts) > 1) or (
        isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 2
    ):
        for number in range(len(node.elts)):
            yield _with(node, elts=node.elts[:number] + node.elts[number + 1 :])


def _ways(path: Path, node: ast.AST) -> list[ast.AST]:
    return [*changed(node), *(left_out(node) if path.parent == DOMAIN else ())]


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node in the place of the old one."""
        if node is self.old:
            return ast.copy_location(self.new, node)
        return self.generic_visit(node)


class Place(NamedTuple):
    """One way to change one node of a module."""

    path: Path
    node: int
    way: int


def _nodes(tree: ast.AST) -> list[ast.AST]:
    """Its imports, the names it gives away and type notes stay."""
    given = [
        each
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for each in ast.walk(node)
    ]
    notes = [
        each
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if note is not None
        for each in ast.walk(note)
    ]
    stay = {id(each) for each in (*given, *notes)}
    return [
        node
        for node in ast.walk(tree)
        if not isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in stay
    ]


def places(path: Path) -> Iterator[Place]:
    """Every way to change a module."""
    for number, node in enumerate(_nodes(ast.parse(path.read_text(encoding="utf-8")))):
        for way in range(len(_ways(path, node))):
            yield Place(path, number, way)


def mutant_at(place: Place) -> Mutant:
    """The module with this one change."""
    tree = ast.parse(place.path.read_text(encoding="utf-8"))
    node = _nodes(tree)[place.node]
    before = ast.unparse(node).split("\n")[0]
    line = getattr(node, "lineno", 1)
    new = ast.copy_location(_ways(place.path, node)[place.way], node)
    after = _gone(node, new) or ast.unparse(ast.fix_missing_locations(new)).split("\n")[0]
    lines, runs_at_import = _standing(tree, node)
    mutated = ast.unparse(ast.fix_missing_locations(_Replace(node, new).visit(tree)))
    what = after if after.startswith("without ") else f"{before}  →  {after}"
    return Mutant(place.path, line, what, mutated, lines, runs_at_import)


def _gone(old: ast.AST, new: ast.AST) -> str:
    """The entry that the new table has not; empty where nothing was left out."""
    if isinstance(old, ast.Dict) and isinstance(new, ast.Dict):
        gone = [at for at, value in enumerate(old.values) if value not in new.values]
        return "".join(f"without {ast.unparse(old.keys[at] or old.values[at])}" for at in gone[:1])
    if isinstance(old, ast.Set | ast.Tuple) and isinstance(new, ast.Set | ast.Tuple):
        return "".join(f"without {ast.unparse(each)}" for each in old.elts if each not in new.elts)
    return ""


def _standing(tree: ast.AST, node: ast.AST) -> tuple[range, bool]:
    """The lines of the statement around a node, without its body; whether loading the module runs it."""
    inside = _way_to(tree, node)
    statement = next(each for each in reversed(inside) if isinstance(each, ast.stmt))
    body = getattr(statement, "body", None)
    stop = body[0].lineno if body else (statement.end_lineno or statement.lineno) + 1
    first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", ()))])
    bodies = [
        each
        for upper, each in pairwise(inside)
        if isinstance(upper, ast.FunctionDef | ast.Lambda)
        and (each is upper.body if isinstance(upper, ast.Lambda) else each in upper.body)
    ]
    return range(first, max(stop, first + 1)), not bodies


def _way_to(tree: ast.AST, node: ast.AST) -> list[ast.AST]:
    """From the module down to a node."""
    if tree is node:
        return [tree]
    for each in ast.iter_child_nodes(tree):
        if found := _way_to(each, node):
            return [tree, *found]
    return []


def modules(target: str) -> list[Path]:
    """The domain; or of the reading, the restorer and the outline."""
    if target == "domain":
        return sorted(DOMAIN.glob("*.py"))
    every = [*(READING / "restoring").glob("*.py"), *READING.glob("outline*.py")]
    return sorted(path for path in every if path.name != "vocabulary.py")
