"""Try a mutant of the rules: which of the tests that run its lines notices it (变异检验).

A process that has loaded pytest, and nothing of the program, forks for every trial; the child puts the
mutant in the place of its module before anything else asks for it, so that no name anywhere is the
unchanged one. What each test runs is seen once beforehand, without a mutant: a test that never comes by
the changed lines cannot notice.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.machinery
import importlib.util
import io
import json
import os
import re
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import coverage
import hypothesis
import hypothesis.stateful
import pytest

import mutant_readers as readers
from mutants import DOMAIN, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import CodeType, ModuleType

    from mutants import Mutant

TESTS: Final = ROOT / "tests" / "domain"
ROOM: Final = "zhenggai.domain"
_MEMORY_BYTES: Final = 3 * 2**30
_LEAST_SECONDS: Final = 15.0
_WORD: Final = re.compile(r"[A-Za-z_]{4,}")
_SIGN: Final = re.compile(r"[^a-z]+")
_NOT_NEEDED: Final = (
    *("terminal", "cacheprovider", "faulthandler", "logging", "warnings", "setuponly"),
    *("unraisableexception", "threadexception"),
)
"""Parts of pytest without which a trial is over sooner."""


class Seen(NamedTuple):
    """What one file of tests ran: seconds by test; by module and line, the tests (null: all of them)."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str] | None]]


def test_files() -> list[Path]:
    """Every file of tests of the rules."""
    return sorted(TESTS.glob("test_*.py"))


def see(file: Path) -> Seen:
    """Run a file of tests as it is and see what it runs.

    :raises RuntimeError: where a test fails without any mutant
    """
    answer = _forked(lambda: _watched(file), seconds=3600)
    if answer is None or answer["failed"]:
        message = f"{file.name} fails without a mutant: {answer and answer['failed']}"
        raise RuntimeError(message)
    return seen_of(answer)


def seen_of(answer: Mapping[str, Any]) -> Seen:
    """From what was kept as JSON."""
    lines = {
        module: {int(line): tests for line, tests in by_line.items()}
        for module, by_line in answer["lines"].items()
    }
    return Seen(answer["seconds"], lines)


def chosen(mutant: Mutant, seen: Mapping[str, Seen]) -> dict[str, list[str]]:
    """By file of tests: the tests that come by the changed lines, or by those that read what they set up."""
    module = mutant.path.stem
    lines, files = {module: frozenset(mutant.lines)}, frozenset[str]()
    if mutant.runs_at_import:
        names = readers.names_at(mutant.path, mutant.line)
        if not names:
            return {name: list(file.seconds) for name, file in seen.items() if module in file.lines}
        names = readers.spread(names)
        lines, files = dict(readers.lines_reading(names)), readers.files_reading(names)
    found: dict[str, list[str]] = {}
    for name, file in seen.items():
        ran = [
            file.lines[each][line]
            for each in lines.keys() & file.lines.keys()
            for line in lines[each] & file.lines[each].keys()
        ]
        if name in files or any(tests is None for tests in ran):
            found[name] = list(file.seconds)
        elif wanted := {test for tests in ran for test in tests or ()}:
            found[name] = [test for test in file.seconds if test in wanted]
    return found


def noticed_by(
    mutant: Mutant, seen: Mapping[str, Seen], kills: Mapping[str, int], *, without: str = ""
) -> str | None:
    """The test that fails, or does not end in time, with the mutant in the place of its module.

    :param kills: how many mutants each file, and each test, has noticed so far; the best is asked first
    :param without: a file of tests that is not asked
    """
    tests = {name: tests for name, tests in chosen(mutant, seen).items() if name != without}
    costs = {name: sum(seen[name].seconds[test] for test in tests[name]) for name in tests}
    own = f"test_{mutant.path.stem}.py"

    def worth(name: str) -> float:
        return (kills.get(name, 0) + (5 if name == own else 1)) / (costs[name] + 0.3)

    order = sorted(tests, key=worth, reverse=True)
    said = {_plain(word) for word in _WORD.findall(mutant.what)}

    def named(test: str) -> int:
        return sum(word in _plain(test) for word in said)

    limit = _LEAST_SECONDS + 10 * sum(costs.values())

    def trial() -> dict[str, Any]:
        _put_in_place(mutant)
        for name in order:
            best = sorted(
                tests[name], key=lambda test: (-kills.get(test, 0), -named(test), seen[name].seconds[test])
            )
            if failed := _run(TESTS / name, _Chosen(best, seen[name].seconds)):
                return {"failed": failed}
        return {"failed": None}

    if not order:
        return None
    answer = _forked(trial, seconds=limit)
    return "time or memory" if answer is None else answer["failed"]


def _plain(text: str) -> str:
    """So that ``Action.FINDING_VIEW`` is found in ``[finding.view-handler]``."""
    return _SIGN.sub("", text.lower())


class _Chosen:
    """Runs the chosen tests in their order and keeps which one failed first."""

    def __init__(self, tests: Sequence[str] = (), known: Iterable[str] = ()) -> None:
        self.rank = {test: number for number, test in enumerate(tests)}
        self.left_out = set(known) - set(tests)
        self.failed: str | None = None
        self.forget: list[Callable[[], None]] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Those that were chosen; a test that the mutant brought to life is run too."""
        items[:] = [each for each in items if _name(each) not in self.left_out]
        items.sort(key=lambda each: self.rank.get(_name(each), 0))
        self.forget = list(_forgetting())

    def pytest_runtest_setup(self) -> None:
        """What a test keeps for the next one is forgotten: each test runs what it needs itself."""
        for forget in self.forget:
            forget()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first failure."""
        if report.failed and self.failed is None:
            self.failed = report.nodeid


class _Watching(_Chosen):
    """Every test, with the lines it runs and its seconds."""

    def __init__(self, cover: coverage.Coverage) -> None:
        super().__init__()
        self.cover = cover
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.cover.switch_context(_name(item))
        start = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[_name(item)] = round(time.perf_counter() - start, 4)
            self.cover.switch_context("")


def _name(item: pytest.Item) -> str:
    """A test within its file."""
    return item.nodeid.partition("::")[2]


def _watched(file: Path) -> dict[str, Any]:
    cover = coverage.Coverage(data_file=None, source=[str(DOMAIN)], config_file=False)
    cover.start()
    plugin = _Watching(cover)
    failed = _run(file, plugin)
    cover.stop()
    data = cover.get_data()
    lines = {}
    for measured in data.measured_files():
        by_line = data.contexts_by_lineno(measured)
        if any(by_line.values()):
            lines[Path(measured).stem] = {
                line: None if "" in contexts else contexts for line, contexts in by_line.items()
            }
    return {"failed": failed, "seconds": plugin.seconds, "lines": lines}


def _run(file: Path, plugin: _Chosen) -> str | None:
    """The first test of a file that fails; the file itself where it cannot even be collected."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.ini"
        roots = " ".join(str(ROOT / name) for name in ("", "tests", "src"))
        options = ("[pytest]", "addopts = --import-mode=importlib", f"pythonpath = {roots}")
        bare.write_text("\n".join(options) + "\n", encoding="utf-8")
        plugins = ("_hypothesis_pytestplugin", *(f"no:{name}" for name in _NOT_NEEDED))
        arguments = ["-c", str(bare), "--rootdir", str(ROOT), "--noconftest", "-x", "--capture=no"]
        arguments += [part for name in plugins for part in ("-p", name)]
        code = pytest.main([*arguments, "--hypothesis-seed=0", str(file)], plugins=[plugin])
    if code == pytest.ExitCode.USAGE_ERROR:
        message = f"pytest does not run {file.name} with {arguments}"
        raise RuntimeError(message)
    if code in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        return None
    return plugin.failed or f"{file.name} (cannot be loaded)"


def _forgetting() -> Iterator[Callable[[], None]]:
    """What empties each cache that a file of tests keeps."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("domain.", "tests.domain")):
            for value in vars(module).values():
                if callable(clear := getattr(value, "cache_clear", None)):
                    yield clear


class _Mutated(importlib.machinery.SourceFileLoader):
    """Loads the mutant's source under the name and path of its module, past every cache."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.mutant = source

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        return compile(self.mutant, self.path, "exec", dont_inherit=True)


class _Finder:
    def __init__(self, mutant: Mutant) -> None:
        self.name = f"{ROOM}.{mutant.path.stem}"
        self.mutant = mutant

    def find_spec(
        self, name: str, path: Iterable[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The mutant where its module is asked for."""
        del path, target
        if name != self.name:
            return None
        where = str(self.mutant.path)
        return importlib.util.spec_from_file_location(
            name, where, loader=_Mutated(name, where, self.mutant.source)
        )


def _put_in_place(mutant: Mutant) -> None:
    if any(name.startswith(ROOM) for name in sys.modules):
        message = f"{ROOM} was loaded before its mutant"
        raise RuntimeError(message)
    sys.meta_path.insert(0, _Finder(mutant))


def _forked(work: Callable[[], dict[str, Any]], *, seconds: float) -> dict[str, Any] | None:
    """What the work answers in a process of its own; None where it breaks off or does not end in time."""
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _child(work, writing)
    os.close(writing)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with os.fdopen(reading, encoding="utf-8") as pipe:
            text = pipe.read()
        os.waitpid(child, 0)
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    answer = json.loads(text) if text else None
    if answer and "fault" in answer:
        raise RuntimeError(answer["fault"])
    return answer


def _child(work: Callable[[], dict[str, Any]], writing: int) -> None:
    code = 1
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        gc.disable()
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        try:
            answer = json.dumps(work())
        except RuntimeError as fault:
            answer = json.dumps({"fault": str(fault)})
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(answer)
        code = 0
    finally:
        os._exit(code)


def prepare() -> None:
    """What every child needs is loaded once; what tests of chance keep goes to a folder of its own."""
    os.environ["ZHENGGAI_PROOF_STEPS"] = "1000"
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp(prefix="mutants-")
    hypothesis.settings.register_profile("mutants", deadline=None, database=None, max_examples=50)
    hypothesis.settings.load_profile("mutants")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "test_nothing.py"
        for said, noticed in (("True", False), ("False", True)):
            file.write_text(f"def test_nothing():\n    assert {said}\n", encoding="utf-8")
            answer = _forked(lambda: {"failed": _run(file, _Chosen())}, seconds=_LEAST_SECONDS)
            if answer is None or (answer["failed"] is not None) is not noticed:
                message = f"a test that asserts {said} ended with {answer}"
                raise RuntimeError(message)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            file.write_text("def test_nothing(): pass\n", encoding="utf-8")
            _run(file, _Chosen())
    gc.collect()
    gc.freeze()
