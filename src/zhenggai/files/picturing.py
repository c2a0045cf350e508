"""The process that draws previews (预览隔离进程): decoders meet a stranger's file only here.

``python -P -m zhenggai.files.picturing WHAT NUMBER WIDTH`` reads the file from standard input, which is the
file itself, and answers with one line of JSON, then the bytes of the picture. ``WHAT`` is ``count`` (pages of
a PDF), ``page`` (one of them as PNG) or ``picture`` (a picture as JPEG, drawn anew: no metadata, no text and
no second file that hid behind it goes along). What a library prints goes nowhere.
"""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

MEMORY_BYTES: Final = 1536 * 1024**2
CPU_SECONDS: Final = 12
PIXELS_MOST: Final = 100_000_000
"""Pixels of a picture that is opened at all: those of the largest cameras of telephones."""
DRAWN_MOST: Final = 4_000_000
"""Pixels of a page as it is drawn."""
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
DAMAGED, ENCRYPTED, TOO_LARGE, NO_PAGE = "damaged", "encrypted", "too_large", "no_page"
_QUALITY: Final = 82
_WHITE: Final = (255, 255, 255)


class RefusedError(Exception):
    """No picture comes of the file, and why."""


def drawn(file: BinaryIO, what: str, number: int, width: int) -> tuple[int, bytes]:
    """How many pages there are, and the picture asked for.

    :raises RefusedError: with the reason, when there is none.
    """
    if what == "picture":
        return 1, _picture(file, width)
    return _page(file, number, width) if what == "page" else (_count(file), b"")


def _picture(file: BinaryIO, width: int) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - loaded under the limits of this process

    # our own bound is asked below, before anything is decoded
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > PIXELS_MOST:
                raise RefusedError(TOO_LARGE)
            image.draft("RGB", (width, width))
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail((width, width))
            return _jpeg(turned)
    except MemoryError:
        raise RefusedError(TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, IndexError, EOFError):
        # what Pillow raises at a file that is none, broken off or made to harm
        raise RefusedError(DAMAGED) from None


def _jpeg(image: Image) -> bytes:
    from PIL import Image as images  # noqa: N813, PLC0415 - as above

    plain = image.convert("RGBA")
    flat = images.new("RGB", plain.size, _WHITE)
    flat.paste(plain, mask=plain.getchannel("A"))
    with io.BytesIO() as answer:
        flat.save(answer, "JPEG", quality=_QUALITY)
        return answer.getvalue()


def _count(file: BinaryIO) -> int:
    document = _opened(file)
    try:
        return len(document)
    finally:
        document.close()


def _page(file: BinaryIO, number: int, width: int) -> tuple[int, bytes]:
    document = _opened(file)
    try:
        count = len(document)
        if not 1 <= number <= count:
            raise RefusedError(NO_PAGE)
        page = document[number - 1]
        across, down = page.get_size()
        if across <= 0 or down <= 0:
            raise RefusedError(DAMAGED)
        scale = min(width / across, (DRAWN_MOST / (across * down)) ** 0.5)
        image = page.render(scale=scale).to_pil()
        with io.BytesIO() as answer:
            image.convert("RGB").quantize(64).save(answer, "PNG")
            return count, answer.getvalue()
    except MemoryError:
        raise RefusedError(TOO_LARGE) from None
    finally:
        document.close()


def _opened(file: BinaryIO):  # type: ignore[no-untyped-def]  # pypdfium2 has no types
    import pypdfium2  # noqa: PLC0415 - as above
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - as above

    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        locked = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise RefusedError(ENCRYPTED if error.err_code in locked else DAMAGED) from None
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        # what was filled into a form is part of what it shows; there is no engine for scripts in here
        document.init_forms()
    return document


def bound() -> None:
    """Bounds memory and time of this process, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(arguments: Sequence[str], file: BinaryIO, answers: BinaryIO) -> None:
    """Draws what is asked for."""
    what, number, width = arguments
    try:
        pages, picture = drawn(file, what, int(number), int(width))
        said: dict[str, object] = {"pages": pages}
    except RefusedError as refused:
        said, picture = {"refused": str(refused)}, b""
    answers.write(json.dumps(said).encode() + b"\n" + picture)
    answers.flush()


if __name__ == "__main__":  # pragma: no cover - runs in a process that is not measured
    bound()
    with os.fdopen(os.dup(1), "wb") as answers_only:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        main(sys.argv[1:], sys.stdin.buffer, answers_only)
