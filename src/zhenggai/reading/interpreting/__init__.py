"""The last step of reading: outline → what the document says (整改情况的结构)."""

from __future__ import annotations

from zhenggai.reading.interpreting.document import interpret

__all__ = ["interpret"]
