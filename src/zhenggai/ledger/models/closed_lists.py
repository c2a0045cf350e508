"""Closed lists as columns keep them (取值范围): choices for Django, and the check of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum


def choices_of(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The values of a closed list as choices of a column."""
    return [(each.value, each.value) for each in values]


def known(field: str, values: Iterable[StrEnum], *, blank: bool = False) -> Q:
    """That a column holds a value of the list, or nothing where it may be ``blank``."""
    return Q(**{f"{field}__in": [*([""] if blank else []), *(each.value for each in values)]})
