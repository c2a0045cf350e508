"""The Django app of the pages (网页应用)."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds templates and static files only; it has no tables."""

    name = "zhenggai.web"
    label = "web"
