"""The invented documents of intake, as the command line is given them."""

from __future__ import annotations

from intake import notices

CLEAN = notices.CLEAN + "2024年12月20日\n"
NO_FINDING = notices.NO_NOTICE
DAMAGED = notices.NOISY
