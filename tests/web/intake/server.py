"""A server of its own for a real browser: invented offices, a data folder of its own, gone when it ends.

The test database cannot serve a second process, and a trail cannot be flushed; so this one is started afresh.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415 - after setup
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - after setup
    from django.core.management import call_command  # noqa: PLC0415 - after setup
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415 - likewise
    from django.test.utils import override_settings  # noqa: PLC0415 - likewise

    from intake import notices  # noqa: PLC0415 - likewise
    from intake.office import opened  # noqa: PLC0415 - likewise

    call_command("migrate", verbosity=0)
    office = opened()
    office.receive(notices.NOISY, "示例通报.txt")
    with override_settings(DEBUG=True, ALLOWED_HOSTS=["127.0.0.1"]):
        server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(WSGIHandler()))
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
