"""Change the code one place at a time and see whether a test notices (变异检验).

``python tools/mutate.py --target domain --sample 40 --seed 1``: a mutant is one changed operator, constant,
condition or a statement left out; of the domain, whose rules are tables, also one entry left out of a table.
Its module's own fast tests run against it in a process with a time limit; what no test notices is printed,
except the places that ``HARMLESS`` says do no harm and why.
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

from harmless import HARMLESS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
READING: Final = ROOT / "src" / "zhenggai" / "reading"
DOMAIN: Final = ROOT / "src" / "zhenggai" / "domain"
TESTS: Final = ROOT / "tests" / "reading"
TESTS_OF_DOMAIN: Final = ROOT / "tests" / "domain"
GENERAL: Final = [
    "restoring/test_whole_pages.py",
    "restoring/test_properties.py",
    "restoring/test_restored.py",
]
SECONDS: Final = 240


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
    after = ast.unparse(ast.fix_missing_locations(new)).split("\n")[0]
    mutated = ast.unparse(ast.fix_missing_locations(_Replace(node, new).visit(tree)))
    return Mutant(place.path, line, f"{before}  →  {after}", mutated)


def modules(target: str) -> list[Path]:
    """The domain; or of the reading, the restorer and the outline."""
    if target == "domain":
        return sorted(DOMAIN.glob("*.py"))
    every = [*(READING / "restoring").glob("*.py"), *READING.glob("outline*.py")]
    return sorted(path for path in every if path.name != "vocabulary.py")


def tests_of(path: Path) -> list[list[str]]:
    """What runs against a mutant: its module's own tests first; of the domain all others in a second run."""
    if path.parent == DOMAIN:
        mine = TESTS_OF_DOMAIN / f"test_{path.stem}.py"
        rest = [each for each in sorted(TESTS_OF_DOMAIN.glob("test_*.py")) if each != mine]
        return [[str(each) for each in part] for part in ([mine] if mine.exists() else [], rest) if part]
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
    return [[str(TESTS / name) for name in dict.fromkeys(chosen) if (TESTS / name).exists()]]


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
            "ZHENGGAI_PROOF_STEPS": "1000",
        }
        options = ["-x", "-q", "-p", "no:cacheprovider", *_bare(Path(folder), mutant.path)]
        return any(_fails(options, tests, environment) for tests in tests_of(mutant.path))


def _fails(options: list[str], tests: list[str], environment: dict[str, str]) -> bool:
    command = [sys.executable, "-m", "pytest", *options, *tests]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _bare(folder: Path, path: Path) -> list[str]:
    """Options under which the tests of the domain start without Django, three times as fast."""
    if path.parent != DOMAIN:
        return []
    bare = folder / "bare.ini"
    lines = [
        "[pytest]",
        "addopts = --import-mode=importlib -p no:django",
        f"pythonpath = {ROOT} {ROOT / 'tests'}",
    ]
    bare.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["-c", str(bare), "--rootdir", str(ROOT)]


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
    return HARMLESS.get((mutant.path.name, line)) or HARMLESS.get(("*", line))


def main() -> int:
    """Run a sample of mutants; 1 where one that is not allowed goes unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=["reading", "domain"], default="reading")
    parser.add_argument("--sample", type=int, default=40, help="how many mutants (0: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="modules whose path holds this")
    options = parser.parse_args()
    every = [place for path in modules(options.target) if options.only in str(path) for place in places(path)]
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
