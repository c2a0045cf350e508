"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger (整改台账)."""

    name = "zhenggai.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hands the ledger's guards in, to be made with those of the trail after every migrate."""
        from zhenggai.ledger.guards import GUARDS  # noqa: PLC0415  # apps are not loaded when this module is
        from zhenggai.trail.guards import guards_register  # noqa: PLC0415  # likewise

        guards_register(GUARDS)
