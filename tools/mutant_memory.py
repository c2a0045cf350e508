"""What is known of the mutants of the rules, kept outside the repository (变异检验的记录).

That a test noticed a mutant holds as long as the module and the file of the test are what they were;
that none did, as long as no rule and no test changed. A run that is broken off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import mutant_trials
from mutants import DOMAIN

if TYPE_CHECKING:
    from pathlib import Path

    from mutants import Mutant

ELSEWHERE: Final = "time or memory"


class Memory:
    """Which mutants were tried, and what noticed them.

    :param folder: holds ``tried.jsonl``, a line a trial, and ``seen.json``, what each file of tests runs
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._tried, self._seen = folder / "tried.jsonl", folder / "seen.json"
        self._tests = {path.name: _digest(path) for path in mutant_trials.test_files()}
        self._room = _digest(*sorted(DOMAIN.glob("*.py")))
        self._everything = _digest(*sorted(mutant_trials.TESTS.glob("*.py"))) + self._room
        self._known: dict[str, tuple[str | None, str]] = {}
        self._kills: dict[str, Counter[str]] = {}
        if self._tried.exists():
            for line in self._tried.read_text(encoding="utf-8").splitlines():
                module, key, by, holds = json.loads(line)
                self._keep(module, key, by, holds)

    def ask(self, mutant: Mutant, without: str) -> tuple[bool, str | None]:
        """Whether the mutant was tried, and the test that noticed it."""
        by, holds = self._known.get(_key(mutant), (None, ""))
        return holds in {self._holding(by), self._holding(by, without)}, by

    def tell(self, mutant: Mutant, by: str | None, without: str) -> None:
        """A mutant was tried."""
        line = mutant.path.stem, _key(mutant), by, self._holding(by, without)
        self._keep(*line)
        with self._tried.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def kills(self, mutant: Mutant) -> Counter[str]:
        """By file of tests, and by test: how many mutants of this module were noticed there."""
        return self._kills.get(mutant.path.stem, Counter())

    def seen(self) -> dict[str, mutant_trials.Seen]:
        """What each file of tests runs; seen anew where it, or a rule, is not what it was."""
        known: dict[str, Any] = {}
        if self._seen.exists():
            known = json.loads(self._seen.read_text(encoding="utf-8"))
        models = _digest(*sorted(mutant_trials.TESTS.glob("closing_*.py")))
        found = {}
        for path in mutant_trials.test_files():
            holds = self._tests[path.name] + self._room + models
            if known.get(path.name, {}).get("holds") != holds:
                known[path.name] = {"holds": holds, **mutant_trials.see(path)._asdict()}
                new = self._seen.with_suffix(".new")
                new.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
                new.replace(self._seen)
            found[path.name] = mutant_trials.seen_of(known[path.name])
        return found

    def _keep(self, module: str, key: str, by: str | None, holds: str) -> None:
        self._known[key] = by, holds
        if by is not None:
            self._kills.setdefault(module, Counter()).update([file_of(by), by.partition("::")[2]])

    def _holding(self, by: str | None, without: str = "") -> str:
        return self._everything + without if by is None else self._tests.get(file_of(by), self._everything)


def file_of(test: str) -> str:
    """The name of the file of a test."""
    return test.partition("::")[0].rpartition("/")[2].partition(" ")[0]


def _key(mutant: Mutant) -> str:
    changed = f"{mutant.path.stem} {_digest(mutant.path)} {mutant.source}"
    return hashlib.sha256(changed.encode()).hexdigest()[:24]


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]
