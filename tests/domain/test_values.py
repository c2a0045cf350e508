"""Values of the rules never change once they are made."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

from zhenggai import domain

VALUES = sorted(
    {
        value
        for module in pkgutil.iter_modules(domain.__path__)
        for value in vars(importlib.import_module(f"zhenggai.domain.{module.name}")).values()
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
