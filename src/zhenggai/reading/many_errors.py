"""Refusals where many documents are read: of one of them, or of what they would be read on."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg


class UnreadableFileError(InvalidError):
    """The system does not let a file be read (文件读不出); ``reason`` in the system's words."""

    code = "reading.unreadable"
    template = msg(
        "“%(name)s” cannot be read (%(reason)s). Make it readable for this account, or copy it elsewhere."
    )


class ReaderFaultError(InvalidError):
    """A fault of this program met a document (程序出错); ``fault`` is the kind of the fault."""

    code = "reading.fault"
    template = msg(
        "“%(name)s” met a fault of this program (%(fault)s) and was not read; the others were not touched by "
        "it. Please report the fault, with the document if it is public."
    )


class ReaderDiedError(InvalidError):
    """The process that read a document was ended (进程中断), mostly because memory ran out."""

    code = "reading.process_ended"
    template = msg(
        "“%(name)s” was not read: the process that read it was ended twice, mostly a sign that memory ran "
        "out. Read it alone on a machine with more memory, or split it."
    )


class EngineUnknownError(InvalidError):
    """No engine for many documents has this name (引擎名有误)."""

    code = "reading.engine_unknown"
    template = msg("There is no engine “%(engine)s” for many documents; there are %(engines)s.")


class EngineMissingError(InvalidError):
    """An optional engine is not installed (未安装可选引擎)."""

    code = "reading.engine_missing"
    template = msg(
        "The engine “%(engine)s” is not installed. Install it with pip install 'zhenggai[%(extra)s]', or use "
        "the engine “processes”."
    )


class SchedulerUnreachableError(InvalidError):
    """No cluster answers at the address (集群连不上)."""

    code = "reading.scheduler_unreachable"
    template = msg(
        "No scheduler of a cluster answers at “%(address)s” (%(reason)s). Check the address, start the "
        "scheduler, or use the engine “processes”."
    )
