"""What tests begin with is done once by the services, taken down, and written again for those that follow.

A world in which a finding is closed takes a second to make, and the tests ask for it a thousand times. The
statements that the services wrote are written again in the same order, past the same guards, into the same
place and with the same ids; a test that has written something of its own has its steps done in full.
"""

from __future__ import annotations

import functools
import inspect
import re
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")
# what reads, and what nests; anything else is not understood and therefore not written again
PASSED_OVER = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE SAVEPOINT|PRAGMA|SET CONSTRAINTS)\b")


@dataclass(frozen=True)
class Tale:
    """What one step wrote, and what it left."""

    statements: tuple[tuple[str, Any, bool], ...]
    files: dict[Path, bytes]
    on_commit: tuple[Callable[[], Any], ...]
    minutes: int
    result: Any
    # what the step noted on the place itself, such as the inspection that is worked on from here
    noted: dict[str, Any]


@dataclass
class Tales:
    """The steps taken down in one place; copies of the place share them."""

    told: dict[Any, Tale] = field(default_factory=dict)
    sequences: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
                )
                self.sequences = cursor.fetchall()

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    def begin_anew(self) -> None:
        """Ids begin where they began for the test before: PostgreSQL takes back no sequence."""
        if self.sequences:
            with connection.cursor() as cursor:
                calls = ", ".join("setval(%s, %s, %s)" for _ in self.sequences)
                values = [
                    value
                    for name, last in self.sequences
                    for value in (f'"{name}"', last or 1, last is not None)
                ]
                cursor.execute(f"SELECT {calls}", values)


@dataclass
class Listener:
    """Hears every statement of one test, and knows how it came to stand where it stands."""

    tales: Tales
    written: list[tuple[str, Any, bool]] = field(default_factory=list)
    # the steps told so far, and how many statements they were
    steps: tuple[Any, ...] = ()
    heard: int = 0
    lost: bool = False

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if WRITES.match(sql):
            self.written.append((sql, params, many))
        elif not PASSED_OVER.match(sql):
            self.lost = True
        return result

    @property
    def knows_where(self) -> bool:
        return not self.lost and self.heard == len(self.written)

    def stands(self, before: tuple[Any, ...], step: Any) -> None:
        self.steps = (*before, step)
        self.heard = len(self.written)


@contextmanager
def listening(tales: Tales) -> Iterator[Listener]:
    """Hears the statements of one test."""
    tales.begin_anew()
    listener = Listener(tales)
    with connection.execute_wrapper(listener):
        yield listener


def retold(step: Callable[..., Any]) -> Callable[..., Any]:
    """A step of a place that has a ``listener`` and counts its ``minute``: told again where it begins alike.

    A method of the place, or a function (a fixture, too) that is given the place first.
    """
    first = next(iter(inspect.signature(step).parameters))

    @functools.wraps(step)
    def told(*given: Any, **values: Any) -> Any:
        # pytest gives a fixture what it asks for by name
        place, *args = given or (values.pop(first),)
        listener: Listener | None = place.listener
        # whoever counts queries wants them asked
        if listener is None or not listener.knows_where or connection.force_debug_cursor:
            return step(place, *args, **values)
        asked = (_comparable(args), _comparable(values))
        key = (step.__qualname__, *asked, place.minute, place.inspection.pk, listener.steps)
        tale = listener.tales.told.get(key)
        if tale is not None:
            _write_again(tale)
            place.minute += tale.minutes
            noted, result = deepcopy((tale.noted, tale.result))
            vars(place).update(noted)
            listener.stands(key[-1], key)
            return result
        written, minute, waiting = len(listener.written), place.minute, len(connection.run_on_commit)
        stood = dict(vars(place))
        files = set(_files())
        result = step(place, *args, **values)
        if not listener.lost:
            noted = {
                name: value
                for name, value in vars(place).items()
                if name != "minute" and (name not in stood or stood[name] is not value)
            }
            # one copy of both: what is noted and given back as well stays one thing
            noted, left = deepcopy((noted, result))
            listener.tales.told[key] = Tale(
                tuple(listener.written[written:]),
                {path: (_folder() / path).read_bytes() for path in _files() if path not in files},
                tuple(call for _, call, _ in connection.run_on_commit[waiting:]),
                place.minute - minute,
                left,
                noted,
            )
            listener.stands(key[-1], key)
        return result

    return told


def _comparable(value: Any) -> Any:
    """The same value, with what can be changed turned into what can be compared for good."""
    if isinstance(value, dict):
        return tuple((name, _comparable(each)) for name, each in value.items())
    return tuple(map(_comparable, value)) if isinstance(value, list | tuple) else value


def _write_again(tale: Tale) -> None:
    for path, content in tale.files.items():
        target = _folder() / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    with connection.cursor() as cursor:
        for sql, params, many in tale.statements:
            if many:
                cursor.executemany(sql, params)
            else:
                cursor.execute(sql, params)
    for call in tale.on_commit:
        transaction.on_commit(call)


def _folder() -> Path:
    return Path(settings.ZHENGGAI_DATA_DIR)


def _files() -> list[Path]:
    return [path.relative_to(_folder()) for path in _folder().rglob("*") if path.is_file()]
