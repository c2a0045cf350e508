"""Refusals of the reader: what cannot be taken as a document, and what can be done instead."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg


class EmptySourceError(InvalidError):
    """The source has no text at all (空文件)."""

    code = "reading.empty"
    template = msg(
        "“%(name)s” is empty: there is no text to read. "
        "Choose the file that holds the notice, or paste its text."
    )


class SourceTooLargeError(InvalidError):
    """The source is larger than the limit (文件过大); sizes in bytes."""

    code = "reading.too_large"
    template = msg(
        "“%(name)s” has %(size_bytes)s bytes; at most %(max_bytes)s bytes are read. "
        "Split the document, or raise the limit in the settings."
    )


class BinarySourceError(InvalidError):
    """The source is no text (二进制文件); ``looks_like`` says what it is instead."""

    code = "reading.binary"
    template = msg(
        "“%(name)s” is not a text: it looks like %(looks_like)s. "
        "Save it as plain text or as an HTML page and choose that file."
    )


class UndecodableSourceError(InvalidError):
    """No encoding turns the bytes into text (无法识别编码)."""

    code = "reading.undecodable"
    template = msg(
        "The characters of “%(name)s” cannot be recognised: it is neither UTF-8, UTF-16, GB18030 nor Big5. "
        "Save it again as UTF-8 and choose that file."
    )
