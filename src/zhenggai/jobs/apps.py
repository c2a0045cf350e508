"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work (后台任务)."""

    name = "zhenggai.jobs"
    default_auto_field = "django.db.models.BigAutoField"
