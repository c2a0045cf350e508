"""Marks of views that the middleware heeds (视图标记)."""

from __future__ import annotations

from typing import Any


def one_time_allowed(view: Any) -> Any:
    """Marks a page that is open also to somebody who has yet to change a one-time password."""
    view.one_time_allowed = True
    return view


def factor_not_needed(view: Any) -> Any:
    """Marks a page that is open also to somebody who has yet to set up the second factor they must have."""
    view.factor_not_needed = True
    return view


def is_poll(view: Any) -> Any:
    """Marks a view that pages ask for by themselves again and again: it keeps no sign-in from idling out."""
    view.is_poll = True
    return view
