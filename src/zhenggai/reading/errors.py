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


class NotAFileError(InvalidError):
    """A named pipe, a socket or a device in place of a file (不是普通文件): it may never end."""

    code = "reading.not_a_file"
    template = msg(
        "“%(name)s” is no file but a pipe or a device, which may never end, and is not opened. "
        "Save what it gives as a file and choose that, or hand it over on standard input."
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
        "Save it as a Word document (.docx), plain text or an HTML page and choose that file."
    )


class UndecodableSourceError(InvalidError):
    """No encoding turns the bytes into text (无法识别编码)."""

    code = "reading.undecodable"
    template = msg(
        "The characters of “%(name)s” cannot be recognised: it is neither UTF-8, UTF-16, GB18030 nor Big5. "
        "Save it again as UTF-8 and choose that file."
    )


class OldWordError(BinarySourceError):
    """A Word 97–2003 or WPS Writer document (.doc、.wps)."""

    code = "reading.old_word"
    template = msg(
        "“%(name)s” is a document of old Word or of WPS Writer (.doc, .wps), which is read only where "
        "LibreOffice is installed; here it is not. "
        "Open it in Word or WPS, save it as a Word document (.docx) and choose that file."
    )
    unconverted = msg(
        "“%(name)s” is a document of old Word or of WPS Writer (.doc, .wps) that LibreOffice cannot convert: "
        "it is damaged, asks for a password or takes too long. "
        "Open it in Word or WPS, save it as a Word document (.docx) and choose that file."
    )


class OldWorkbookError(BinarySourceError):
    """An Excel 97–2003 or WPS workbook (.xls、.et)."""

    code = "reading.old_workbook"
    template = msg(
        "“%(name)s” is a workbook of old Excel or of WPS Spreadsheets (.xls, .et): it is read cell by cell "
        "as a ledger and has no running text. Read it as a ledger, or paste the text of its cells."
    )


class WorkbookError(BinarySourceError):
    """An Excel workbook (.xlsx)."""

    code = "reading.workbook"
    template = msg(
        "“%(name)s” is a workbook: it is read cell by cell as a ledger and has no running text. "
        "Read it as a ledger, or paste the text of its cells."
    )


class WorkbookDamagedError(InvalidError):
    """The workbook cannot be opened (工作簿损坏)."""

    code = "reading.workbook_damaged"
    template = msg(
        "“%(name)s” begins like a workbook but cannot be opened: it is cut off or damaged. Open it in Excel, "
        "WPS or LibreOffice, let the program repair it, save it as .xlsx and choose that file."
    )


class WorkbookTooCostlyError(InvalidError):
    """Opening the workbook took more time or memory than a ledger does, or broke off (工作簿解析超限)."""

    code = "reading.workbook_too_costly"
    template = msg(
        "Opening “%(name)s” was stopped: it takes more time or memory than a ledger does, or breaks the "
        "reader. Copy the table into a new workbook, save it as .xlsx and choose that file."
    )


class PresentationError(BinarySourceError):
    """A presentation (.pptx、.ppt、.dps)."""

    code = "reading.presentation"
    template = msg(
        "“%(name)s” is a presentation, which is not read. "
        "Save its outline as a Word document (.docx) and choose that file."
    )


class OpenDocumentError(BinarySourceError):
    """A document of LibreOffice or OpenOffice (.odt、.ods)."""

    code = "reading.open_document"
    template = msg(
        "“%(name)s” is an OpenDocument text or presentation (.odt, .odp), which is not read. "
        "Open it in LibreOffice or WPS, save it as a Word document (.docx) and choose that file."
    )


class OfdError(BinarySourceError):
    """A fixed-layout official document (OFD 版式文件)."""

    code = "reading.ofd"
    template = msg(
        "“%(name)s” is an OFD document, which is not read. "
        "Ask for the Word document it was made from, or paste its text."
    )


class ArchiveError(BinarySourceError):
    """A ZIP archive that is no document (压缩包); ``entries`` counts what it holds."""

    code = "reading.archive"
    template = msg(
        "“%(name)s” is a ZIP archive of %(entries)s entries and no document. "
        "Unpack it and choose the notice itself."
    )


class WordXmlError(BinarySourceError):
    """A Word document saved as one XML file (Word XML 文档)."""

    code = "reading.word_xml"
    template = msg(
        "“%(name)s” is a Word document saved as XML, which is not read. "
        "Open it in Word or WPS, save it as a Word document (.docx) and choose that file."
    )


class OldOfficeError(BinarySourceError):
    """An OLE file of another program (OLE 复合文件)."""

    code = "reading.old_office"
    template = msg(
        "“%(name)s” is a file of an old office program that is neither a document nor a workbook. "
        "Save the text as a Word document (.docx) and choose that file."
    )


class EncryptedSourceError(InvalidError):
    """A Word document or a PDF asks for a password (加密文件)."""

    code = "reading.encrypted"
    template = msg(
        "“%(name)s” is protected by a password and cannot be read. "
        "Open it, remove the password, save it and choose that file."
    )


class DamagedSourceError(InvalidError):
    """A document whose parts cannot be unpacked or parsed (文件损坏); ``part`` is the one at fault."""

    code = "reading.damaged"
    template = msg(
        "“%(name)s” is damaged: its part “%(part)s” cannot be read. "
        "Open it in Word or WPS, let the program repair it, save it and choose that file."
    )


class IncompleteSourceError(InvalidError):
    """A Word document without its main part (缺少正文部件)."""

    code = "reading.incomplete"
    template = msg(
        "“%(name)s” is a Word document without its text: the main part is missing. "
        "Save it again in Word or WPS and choose that file."
    )


class UnpacksTooLargeError(InvalidError):
    """A small file that would unpack into a huge one (压缩炸弹); ``limit`` in MiB."""

    code = "reading.unpacks_too_large"
    template = msg(
        "“%(name)s” would unpack to more than is read of one document (%(limit)s MiB in “%(part)s”). "
        "Remove what is not text, or split the document, and choose that file."
    )


class TooManyPartsError(InvalidError):
    """An archive of more entries than any document has (部件过多)."""

    code = "reading.too_many_parts"
    template = msg(
        "“%(name)s” consists of more than %(limit)s parts, more than a document has. "
        "Save it again in Word or WPS and choose that file."
    )


class TooManyParagraphsError(InvalidError):
    """A Word document of more paragraphs and table rows than are read (段落过多)."""

    code = "reading.too_many_paragraphs"
    template = msg(
        "“%(name)s” has more than %(limit)s paragraphs and table rows, more than is read of one document. "
        "Split the document and choose its parts."
    )


class AmbiguousPartError(InvalidError):
    """Two entries of one name with different contents (部件重名)."""

    code = "reading.ambiguous_part"
    template = msg(
        "“%(name)s” holds its part “%(part)s” twice with different contents, so nobody can say which one "
        "counts. Save it again in Word or WPS and choose that file."
    )


class ForbiddenMarkupError(InvalidError):
    """A part with a document type or entities, which Word never writes (含实体声明)."""

    code = "reading.forbidden_markup"
    template = msg(
        "“%(name)s” declares a document type or entities in “%(part)s”, which no Word document needs, and is "
        "not read. Save it again in Word or WPS and choose that file."
    )


class TooDeepError(InvalidError):
    """Elements nested deeper than any document needs (嵌套过深)."""

    code = "reading.too_deep"
    template = msg(
        "“%(name)s” nests its elements too deeply in “%(part)s”. "
        "Take tables out of one another and choose the saved file."
    )


class PicturesOnlyError(InvalidError):
    """A document of pictures without any text (只有图片)."""

    code = "reading.pictures_only"
    template = msg(
        "“%(name)s” holds pictures and no text, so there is nothing to read. "
        "Choose the document the pictures were made from, or paste the text."
    )


class PdfDamagedError(InvalidError):
    """The PDF cannot be opened: it is cut off or damaged (PDF 损坏)."""

    code = "reading.pdf_damaged"
    template = msg(
        "“%(name)s” begins like a PDF but cannot be opened: it is cut off or damaged. "
        "Fetch or export it again and choose the new file."
    )


class PdfNoPagesError(InvalidError):
    """The PDF has no page (PDF 没有页面)."""

    code = "reading.pdf_no_pages"
    template = msg("“%(name)s” is a PDF without pages. Export the document again and choose the new file.")


class PdfTooManyPagesError(InvalidError):
    """The PDF has more pages than are read (PDF 页数过多)."""

    code = "reading.pdf_too_many_pages"
    template = msg(
        "“%(name)s” has %(pages)s pages; at most %(max_pages)s pages are read. "
        "Split the document, or raise the limit in the settings."
    )


class PdfTooCostlyError(InvalidError):
    """Reading the PDF took more time or memory than a document does, or broke off (PDF 解析超限)."""

    code = "reading.pdf_too_costly"
    template = msg(
        "Reading “%(name)s” was stopped: it takes more time or memory than a document does, or breaks the "
        "reader. Print it to a new PDF and choose that file, or paste its text."
    )


class PdfPicturesError(InvalidError):
    """The PDF has no text that can be read: its pages are pictures (扫描件); ``pages`` names them."""

    code = "reading.pdf_pictures"
    template = msg(
        "“%(name)s” has no text to read: %(count)s pages are pictures, such as scans (pages %(pages)s). Hand "
        "in the document it was printed from, paste its text, or have the extra “ocr” installed, which reads "
        "pictures."
    )
