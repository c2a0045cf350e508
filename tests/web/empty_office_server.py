"""A server with the invented county's people and nothing in any ledger, for setting one up in a browser."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake_pages.server import serve


def _the_county() -> None:
    from web import world  # noqa: PLC0415 - after setup

    world.peopled()


if __name__ == "__main__":
    serve(_the_county)
