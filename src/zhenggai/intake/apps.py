"""The Django app of intake (收件应用)."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Uploaded documents and the drafts that people confirm."""

    name = "zhenggai.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
