"""Change the code one place at a time and see whether a test notices (变异检验).

``python tools/mutate.py --target domain --sample 40 --seed 1``: tests run against each mutant with a time
limit; what no test notices is printed, except the places that ``HARMLESS`` says do no harm and why. What was
found about the rules is kept outside the repository: a run that is broken off goes on where it stopped.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import mutant_trials
from harmless import HARMLESS
from mutant_memory import Memory, file_of
from mutants import ROOT, Place, modules, mutant_at, places

if TYPE_CHECKING:
    from collections.abc import Callable

    from mutants import Mutant

TESTS: Final = ROOT / "tests" / "reading"
GENERAL: Final = [
    "restoring/test_whole_pages.py",
    "restoring/test_properties.py",
    "restoring/test_restored.py",
]
SECONDS: Final = 240
DANGER: Final = [
    "lifecycle",
    "policy",
    "actions",
    "grants",
    "ladder",
    "ladder_reading",
    "claims",
    "closing",
    "paper",
    "returning",
    "rechecking",
    "extending",
    "deadlines",
    "counting",
    "figures",
    "evidence",
    "proving",
    "fixing",
    "planning",
    "amending",
    "measures",
    "requirement_gates",
    "standing",
    "posts_standing",
    "restricting",
    "reporting",
    "situations",
    "progress",
    "indicators",
    "outcomes",
    "working_days",
]
"""The rules whose fault would do the most harm are tried first."""


def tests_of(path: Path) -> list[str]:
    """What runs against a mutant: its module's own tests first."""
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
        return _fails(tests_of(mutant.path), environment)


def _fails(tests: list[str], environment: dict[str, str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
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
    name = mutant.path.name
    return HARMLESS.get((name, line, mutant.what)) or HARMLESS.get((name, line)) or HARMLESS.get(("*", line))


def order(place: Place) -> tuple[int, Path]:
    """Module by module, the dangerous ones first."""
    name = place.path.stem
    return DANGER.index(name) if name in DANGER else len(DANGER), place.path


def noticing(target: str, folder: Path, without: str) -> Callable[[Mutant], str | None]:
    """How a mutant is tried: the name of what noticed it, or None."""
    if target == "reading":
        return lambda mutant: "a test" if is_noticed(mutant) else None
    mutant_trials.prepare()
    memory = Memory(folder)
    seen = memory.seen()

    def ask(mutant: Mutant) -> str | None:
        tried, by = memory.ask(mutant, without)
        if not tried:
            by = mutant_trials.noticed_by(mutant, seen, memory.kills(mutant), without=without)
            memory.tell(mutant, by, without)
        return by

    return ask


def main() -> int:
    """Run a sample of mutants; 1 where one that is not allowed goes unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=["reading", "domain"], default="reading")
    parser.add_argument("--sample", type=int, default=40, help="how many mutants (0: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="modules whose path holds this")
    parser.add_argument(
        "--memory",
        type=Path,
        default=Path(tempfile.gettempdir()) / f"zhenggai-mutants-{os.getuid()}",
        help="the folder that keeps what is known of the rules' mutants; empty it to try all of them again",
    )
    parser.add_argument(
        "--without",
        default="",
        help="a file of tests of the rules that is not asked: test_closing_search.py takes longest",
    )
    options = parser.parse_args()
    every = [place for path in modules(options.target) if options.only in str(path) for place in places(path)]
    rng = random.Random(options.seed)  # noqa: S311  # the same sample again for the same seed
    chosen = rng.sample(every, min(options.sample or len(every), len(every)))
    started = time.monotonic()
    notice = noticing(options.target, options.memory, options.without)
    by_module: dict[str, Counter[str]] = {}
    by_test: dict[str, Counter[str]] = {}
    for place in sorted(chosen, key=order):
        mutant = mutant_at(place)
        module = str(mutant.path.relative_to(ROOT))
        counts = by_module.setdefault(module, Counter())
        counts["tried"] += 1
        if by := notice(mutant):
            by_test.setdefault(module, Counter())[file_of(by)] += 1
            continue
        why = allowed(mutant)
        counts["harmless" if why else "unnoticed"] += 1
        where = f"{module}:{mutant.line}"
        print(
            f"{'harmless' if why else 'UNNOTICED'}  {where}  {mutant.what}{f'  ({why})' if why else ''}",
            flush=True,
        )
    for module, counts in by_module.items():
        best = ", ".join(f"{name} {number}" for name, number in by_test.get(module, Counter()).most_common(3))
        print(
            f"{module}  {counts['tried']} tried, {counts['harmless']} harmless,"
            f" {counts['unnoticed']} unnoticed; {best}"
        )
    unnoticed, harmless = (
        sum(each[kind] for each in by_module.values()) for kind in ("unnoticed", "harmless")
    )
    print(
        f"{len(every)} mutants, {len(chosen)} tried, {unnoticed} unnoticed, {harmless} harmless,"
        f" {time.monotonic() - started:.0f} seconds"
    )
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main())
