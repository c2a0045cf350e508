"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger (整改台账)."""

    name = "zhenggai.ledger"
    default_auto_field = "django.db.models.BigAutoField"
