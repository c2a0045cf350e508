"""The help of one page, as a value (页面帮助)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Help:
    """What a page is called, what it is for, and what can be done there; msgids, each a sentence or more."""

    title: str
    purpose: str
    can: tuple[str, ...] = ()
