"""A server of its own for a real browser: invented offices, a data folder of its own, gone when it ends.

The test database cannot serve a second process, and a trail cannot be flushed; so this one is started afresh.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"

from migrated import migrate


def serve(fill: Callable[[], object]) -> None:
    """Migrate, let ``fill`` enter what is needed, print the port and serve until ended."""
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415 - after setup
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - after setup
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415 - likewise
    from django.test.utils import override_settings  # noqa: PLC0415 - likewise

    migrate()
    fill()
    with override_settings(DEBUG=True, ALLOWED_HOSTS=["127.0.0.1"]):
        server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(WSGIHandler()))
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


def _one_draft() -> None:
    from intake import notices  # noqa: PLC0415 - after setup
    from intake.office import opened  # noqa: PLC0415 - after setup

    opened().receive(notices.NOISY, "示例通报.txt")


def _draft_to_correct() -> None:
    from intake import notices  # noqa: PLC0415 - after setup
    from intake.office import opened  # noqa: PLC0415 - after setup

    opened().receive(notices.LEVELS, "示例通报.txt")


if __name__ == "__main__":
    serve(_draft_to_correct if "corrections" in sys.argv else _one_draft)
