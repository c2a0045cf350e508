"""Refusals of the command line: what cannot be done from here, and what can be done instead."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError
from zhenggai.domain.messages import msg


class SourceMissingError(NotFoundError):
    """There is no file at this path (文件不存在)."""

    code = "ops.source_missing"
    template = msg("There is no file “%(path)s”. Check the path, or write - to read from standard input.")


class SourceIsFolderError(InvalidError):
    """The path is a folder (给出的是文件夹)."""

    code = "ops.source_is_folder"
    template = msg("“%(path)s” is a folder. Name one file in it.")


class SourceUnreadableError(InvalidError):
    """The system does not let the file be read (文件读不出); ``reason`` in the system's words."""

    code = "ops.source_unreadable"
    template = msg(
        "“%(path)s” cannot be read (%(reason)s). Make it readable for this account, or copy it elsewhere."
    )


class OutputUnwritableError(InvalidError):
    """The output file cannot be written (输出文件写不了); nothing is changed."""

    code = "ops.output_unwritable"
    template = msg("“%(path)s” cannot be written (%(reason)s). Name another file after --output.")


class SettingUnusableError(InvalidError):
    """An environment variable holds what it cannot hold (设置有误)."""

    code = "ops.setting_unusable"
    template = msg("%(name)s is “%(value)s”; it takes a whole number from 1 up.")


class DatabaseUnreachableError(InvalidError):
    """The database does not answer (数据库连不上)."""

    code = "ops.database_unreachable"
    template = msg(
        "The database does not answer: %(reason)s. Check ZHENGGAI_DATABASE_URL and that the server runs."
    )


class DatabaseOutdatedError(NotAllowedNowError):
    """The database lacks migrations (数据库未升级)."""

    code = "ops.database_outdated"
    template = msg(
        "The database lacks %(count)s of this version's migrations. Back it up, then run zhenggai migrate."
    )


class PortTakenError(NotAllowedNowError):
    """Another program listens on this address (端口被占用)."""

    code = "ops.port_taken"
    template = msg(
        "Port %(port)s on %(host)s is in use by another program. Stop that program, or choose another port "
        "with --port."
    )


class AddressUnusableError(InvalidError):
    """This machine cannot listen on the address (地址不可用)."""

    code = "ops.address_unusable"
    template = msg(
        "This machine cannot listen on %(host)s port %(port)s (%(reason)s). Use --host 127.0.0.1, or an "
        "address of this machine and a port from 1024 up."
    )


class PagesMissingError(NotAllowedNowError):
    """The style sheets and scripts of the pages are not laid out (前端文件未就绪)."""

    code = "ops.pages_missing"
    template = msg(
        "The style sheets and scripts of the pages are not there. Run make setup in the project's folder, or "
        "install a built package."
    )


class ChainMissingError(NotFoundError):
    """The inspection has no chain (没有该巡察的留痕链)."""

    code = "ops.chain_missing"
    template = msg(
        "There is no chain of inspection %(inspection)s. Without --inspection every chain is shown."
    )


class RealUseOfDemoError(NotAllowedNowError):
    """The data folder holds the demonstration, whose passwords were printed (演示数据不作正式使用)."""

    code = "ops.real_use_of_demo"
    template = msg(
        "“%(path)s” holds the demonstration, whose passwords everyone knows. Name another folder with "
        "ZHENGGAI_DATA_DIR for real use, or run zhenggai demo."
    )


class DemoElsewhereError(NotAllowedNowError):
    """The data folder already holds real data (数据目录已有正式数据)."""

    code = "ops.demo_elsewhere"
    template = msg(
        "“%(path)s” holds data that is no demonstration, and fictional data never goes there. Name an empty "
        "folder with ZHENGGAI_DATA_DIR, or leave it out for data/demo."
    )


class SampleExistsError(NotAllowedNowError):
    """A sample of this name stands in the folder already (样本已存在); nothing is overwritten."""

    code = "ops.sample_exists"
    template = msg(
        "“%(path)s” exists already and may have been worked on, so nothing was written. Name another folder "
        "after --output, or take that file away first."
    )


class NothingToReadError(NotFoundError):
    """No document stands where one was looked for (没有可读文件)."""

    code = "ops.nothing_to_read"
    template = msg(
        "There is no document to read there (%(passed_over)s other files were passed over). Name a file, "
        "or a folder that holds texts, saved web pages, Word or PDF documents."
    )


class OutputNoFolderError(InvalidError):
    """Several documents are written into a folder, and the path is a file (输出应为文件夹)."""

    code = "ops.output_no_folder"
    template = msg(
        "“%(path)s” is a file; what is read from several documents goes into a folder. Name a folder after "
        "--output, or leave it out and redirect the output."
    )


class ExportKindError(InvalidError):
    """A file whose ending says no kind that is written (导出格式不支持)."""

    code = "ops.export_kind"
    template = msg("“%(path)s” ends as none of the files that are written: .xlsx, .csv or .json.")


class PersonUnknownError(NotFoundError):
    """Nobody signs in under this name (无此用户名)."""

    code = "ops.person_unknown"
    template = msg("Nobody signs in as “%(username)s”. Check the name; the page “People” lists them.")
