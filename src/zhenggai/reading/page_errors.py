"""Refusals of web pages and web archives: what they lack, and what can be saved instead."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg
from zhenggai.reading.errors import EmptySourceError


class PageTooIntricateError(InvalidError):
    """A web page has more tags than a document has (网页标签过多)."""

    code = "reading.page_too_intricate"
    template = msg(
        "The web page “%(name)s” has more than %(max_tags)s tags, which no notice has. "
        "Save the notice alone as plain text, or split the page, and choose that file."
    )


class FramedPageError(EmptySourceError):
    """A web page that only shows other pages in frames (框架网页); ``addresses`` are theirs."""

    code = "reading.page_of_frames"
    template = msg(
        "The web page “%(name)s” only shows other pages in frames (%(frames)s) and has no text of its own. "
        "Open the framed page by itself in the browser, save it and choose that file."
    )


class ScriptedPageError(EmptySourceError):
    """A web page whose text is only there after its scripts have run (脚本网页)."""

    code = "reading.page_of_scripts"
    template = msg(
        "The web page “%(name)s” has no text: its scripts fetch it when a browser shows it. "
        "Open it in a browser, save it as a web page in one file (.mhtml) or copy its text, and choose that."
    )


class ArchiveDamagedError(InvalidError):
    """A web archive (MHTML) without a page in it (网页归档损坏)."""

    code = "reading.archive_damaged"
    template = msg(
        "The web archive “%(name)s” holds no web page that can be read: it is damaged or cut off. "
        "Save the page again, as a web page in one file or as HTML, and choose that file."
    )


class ArchiveTooDeepError(InvalidError):
    """A web archive holds archives inside archives, or parts, without end (网页归档嵌套过深)."""

    code = "reading.archive_too_deep"
    template = msg(
        "The web archive “%(name)s” holds more than %(max_parts)s parts, or parts more than "
        "%(max_depth)s deep inside each other, which no saved page has. "
        "Save the page again and choose that file."
    )
