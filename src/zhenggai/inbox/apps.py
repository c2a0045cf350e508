"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Notices to people (收件箱)."""

    name = "zhenggai.inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has the inbox told of posts given and confirmed."""
        from zhenggai.accounts.post_changes import post_changes_follow  # noqa: PLC0415  # apps load after this
        from zhenggai.inbox.posts import post_notices_follow  # noqa: PLC0415  # likewise

        post_changes_follow(post_notices_follow)
