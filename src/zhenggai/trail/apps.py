"""The trail as a Django app, with the one pair of signals that is allowed: before and after a migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class TrailConfig(AppConfig):
    """The trail (留痕)."""

    name = "zhenggai.trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has the guards made anew after every migrate, and taken away before one on SQLite.

        A table that SQLite rebuilds loses its triggers, and those of others that name it stop the rebuild.
        """
        pre_migrate.connect(_guards_away, sender=self, dispatch_uid="zhenggai.trail.guards.away")
        post_migrate.connect(_guards_again, sender=self, dispatch_uid="zhenggai.trail.guards")


def _guards_away(*, using: str, plan: list[Any], **_kwargs: Any) -> None:
    from django.db import connections  # noqa: PLC0415  # the app registry is not ready when this module loads

    from zhenggai.trail import guards  # noqa: PLC0415  # likewise

    if plan and connections[using].vendor == "sqlite":
        guards.guards_drop(connections[using])


def _guards_again(*, using: str, **_kwargs: Any) -> None:
    from django.db import connections  # noqa: PLC0415  # the app registry is not ready when this module loads

    from zhenggai.trail import guards  # noqa: PLC0415  # likewise

    guards.guards_create(connections[using])
