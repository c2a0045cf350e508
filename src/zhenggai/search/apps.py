"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Full text (全文检索)."""

    name = "zhenggai.search"
    default_auto_field = "django.db.models.BigAutoField"
