"""Values of the rules never change once they are made, and each has its word."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

from zhenggai import domain

MODULES = [
    importlib.import_module(f"zhenggai.domain.{module.name}")
    for module in pkgutil.iter_modules(domain.__path__)
]
# steps have the words of their roles, few kinds are done with a person, and of few lights somebody is told
OF_SOME = {"ladder._LABELS", "proving.HANDLING_LABELS", "profile_lines.WARNED_LABELS"}
LABELS = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if name.endswith("_LABELS") and f"{module.__name__.rpartition('.')[2]}.{name}" not in OF_SOME
}
VALUES = sorted(
    {
        value
        for module in MODULES
        for value in vars(module).values()
        if inspect.isclass(value) and dataclasses.is_dataclass(value)
    },
    key=lambda value: (value.__module__, value.__qualname__),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__qualname__)
def test_a_value_of_the_domain_takes_no_other_field_and_no_other_content(value):
    made = object.__new__(value)
    field = next(iter(dataclasses.fields(value))).name

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, field, "another")
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("labels", LABELS.values(), ids=list(LABELS))
def test_every_value_has_a_word(labels):
    (kind,) = {type(each) for each in labels if each is not None}
    assert set(labels) - {None} == set(kind)
