"""What the log keeps of what is no fault of the program (日志)."""

from __future__ import annotations

import logging


class OneLine(logging.Filter):
    """Leaves the sentence of a record and takes its traceback off (单行日志)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through, on one line."""
        record.exc_info, record.exc_text = None, None
        return True
