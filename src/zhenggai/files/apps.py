"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files (文件存储)."""

    name = "zhenggai.files"
    default_auto_field = "django.db.models.BigAutoField"
