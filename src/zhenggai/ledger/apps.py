"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger (整改台账)."""

    name = "zhenggai.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hands in the ledger's guards, made anew after every migrate, and what follows names and moves."""
        from zhenggai.accounts.moves import moves_follow  # noqa: PLC0415  # apps load after this module
        from zhenggai.accounts.renames import renames_follow  # noqa: PLC0415  # likewise
        from zhenggai.ledger.following import fixing_units_follow  # noqa: PLC0415  # likewise
        from zhenggai.ledger.guards import GUARDS  # noqa: PLC0415  # likewise
        from zhenggai.ledger.order_keys import order_keys_follow  # noqa: PLC0415  # likewise
        from zhenggai.trail.guards import guards_register  # noqa: PLC0415  # likewise

        guards_register(GUARDS)
        renames_follow(order_keys_follow)
        moves_follow(fixing_units_follow)
