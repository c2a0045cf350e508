"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations and posts (人员、单位、职务)."""

    name = "zhenggai.accounts"
    default_auto_field = "django.db.models.BigAutoField"
