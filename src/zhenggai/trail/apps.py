"""The trail as a Django app, with the one signal that is allowed."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    """The trail (留痕)."""

    name = "zhenggai.trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has the guards made anew after every migrate: a table that SQLite rebuilds loses its triggers."""
        post_migrate.connect(_guards_again, sender=self, dispatch_uid="zhenggai.trail.guards")


def _guards_again(*, using: str, **_kwargs: Any) -> None:
    from django.db import connections  # noqa: PLC0415  # the app registry is not ready when this module loads

    from zhenggai.trail import guards  # noqa: PLC0415  # likewise

    guards.guards_create(connections[using])
