"""What stands in a text for a file embedded in it (嵌入文件), which is not read."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg

OBJECT: Final = "\ufffc"
"""The object replacement character, one for each file."""
WHY_EMBEDDED: Final = msg("Another file is embedded here as text; it was not read.")
