"""Change the restorer and the outline one place at a time and see whether a test notices (变异检验).

``python tools/mutate.py --sample 40 --seed 1``: a mutant is one changed operator, constant, condition or a
statement left out. Its module's own fast tests run against it in a process with a time limit; what no test
notices is printed, except the places that ``ALLOWED`` says are harmless and why.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
READING: Final = ROOT / "src" / "zhenggai" / "reading"
TESTS: Final = ROOT / "tests" / "reading"
GENERAL: Final = [
    "restoring/test_whole_pages.py",
    "restoring/test_properties.py",
    "restoring/test_restored.py",
]
SECONDS: Final = 240
ALLOWED: Final[dict[tuple[str, str], str]] = {
    (
        "cleaning.py",
        "damage.is_open(damages) or (bool(struck) and bool(lost_dates.add(text, []))),",
    ): "One pass more over a text with nothing open changes nothing.",
    (
        "unscramble.py",
        "reach = min(stop, sign + _GONE_REACH) if gone == 0 else stop",
    ): "The reach bounds the time of a search: bytes come back into step long before it ends.",
    (
        "unscramble.py",
        'return _READING.sub("", self.text[sign + 1 : sign + 20].partition("\\n")[0])[:7]',
    ): "Of the letters behind a sign the first ones tell; one more or less at the end tells nothing.",
}
"""Places by file and the source of the line without spaces around it: why a change there does no harm."""


class Mutant(NamedTuple):
    """One change: the file, the line, what it was and became, the whole changed source."""

    path: Path
    line: int
    what: str
    source: str


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
    """Its imports and type notes stay."""
    return [node for node in ast.walk(tree) if not isinstance(node, ast.Import | ast.ImportFrom)]


def places(path: Path) -> Iterator[Place]:
    """Every way to change a module."""
    for number, node in enumerate(_nodes(ast.parse(path.read_text(encoding="utf-8")))):
        for way in range(len(list(changed(node)))):
            yield Place(path, number, way)


def mutant_at(place: Place) -> Mutant:
    """The module with this one change."""
    tree = ast.parse(place.path.read_text(encoding="utf-8"))
    node = _nodes(tree)[place.node]
    before = ast.unparse(node).split("\n")[0]
    line = getattr(node, "lineno", 1)
    new = ast.copy_location(list(changed(node))[place.way], node)
    after = ast.unparse(ast.fix_missing_locations(new)).split("\n")[0]
    mutated = ast.unparse(ast.fix_missing_locations(_Replace(node, new).visit(tree)))
    return Mutant(place.path, line, f"{before}  →  {after}", mutated)


def modules() -> list[Path]:
    """The restorer and the outline."""
    every = [*(READING / "restoring").glob("*.py"), *READING.glob("outline*.py")]
    return sorted(path for path in every if path.name != "vocabulary.py")


def tests_of(path: Path) -> list[str]:
    """The module's own tests first, then those of the whole restorer or outline."""
    own = {
        "gbk_bytes": ["test_damage.py"],
        "likelihood": ["test_damage.py"],
        "unscramble": ["test_damage.py"],
        "signs": ["test_script.py", "test_injected.py"],
        "folding": ["test_furniture.py"],
        "__init__": [],
        "cleaning": [],
        "vocabulary": ["test_damage.py"],
    }
    if path.parent.name == "restoring":
        names = [f"restoring/{name}" for name in own.get(path.stem, [f"test_{path.stem}.py"])]
        chosen = [*names, *GENERAL]
    else:
        chosen = [f"test_{path.stem}.py", "test_outline.py", "test_read_samples.py", "test_interpret.py"]
    return [str(TESTS / name) for name in dict.fromkeys(chosen) if (TESTS / name).exists()]


def is_noticed(mutant: Mutant) -> bool:
    """Whether a test fails, or does not end in time, with the mutant in the place of its module."""
    with tempfile.TemporaryDirectory() as folder:
        changed_file = Path(folder) / "mutant.py"
        changed_file.write_text(mutant.source, encoding="utf-8")
        starter = Path(folder) / "sitecustomize.py"
        starter.write_text(_STARTER, encoding="utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": folder,
            "PYTHONDONTWRITEBYTECODE": "1",
            "MUTATED_FILE": str(mutant.path),
            "MUTANT_FILE": str(changed_file),
            "ZHENGGAI_TEST_EXAMPLES": "3",
        }
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            *tests_of(mutant.path),
        ]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


_STARTER: Final = """
import importlib.machinery, os
real = importlib.machinery.SourceFileLoader.get_data
def get_data(self, path):
    if os.path.abspath(path) == os.environ["MUTATED_FILE"]:
        path = os.environ["MUTANT_FILE"]
    return real(self, path)
def get_code(self, fullname, real_code=importlib.machinery.SourceFileLoader.get_code):
    path = self.get_filename(fullname)
    if os.path.abspath(path) == os.environ["MUTATED_FILE"]:
        return self.source_to_code(self.get_data(path), path)
    return real_code(self, fullname)
importlib.machinery.SourceFileLoader.get_data = get_data
importlib.machinery.SourceFileLoader.get_code = get_code
"""
"""Loads the mutant's source where the module's is asked for: the working copy is never written to."""


def allowed(mutant: Mutant) -> str | None:
    """Why a change of this line does no harm; None where that is not known."""
    line = mutant.path.read_text(encoding="utf-8").split("\n")[mutant.line - 1].strip()
    return ALLOWED.get((mutant.path.name, line))


def main() -> int:
    """Run a sample of mutants; 1 where one that is not allowed goes unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=40, help="how many mutants (0: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="modules whose path holds this")
    options = parser.parse_args()
    every = [place for path in modules() if options.only in str(path) for place in places(path)]
    rng = random.Random(options.seed)  # noqa: S311  # the same sample again for the same seed
    chosen = rng.sample(every, min(options.sample or len(every), len(every)))
    unnoticed = harmless = 0
    for place in chosen:
        mutant = mutant_at(place)
        if is_noticed(mutant):
            continue
        why = allowed(mutant)
        harmless += why is not None
        unnoticed += why is None
        where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
        print(
            f"{'harmless' if why else 'UNNOTICED'}  {where}  {mutant.what}{f'  ({why})' if why else ''}",
            flush=True,
        )
    print(f"{len(every)} mutants, {len(chosen)} tried, {unnoticed} unnoticed, {harmless} harmless")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main())
