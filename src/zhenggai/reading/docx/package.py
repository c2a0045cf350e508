"""The ZIP package of an office document (文档包): bounded, and its parts found by relationship."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from zhenggai.reading.docx import markup
from zhenggai.reading.docx.names import local_of
from zhenggai.reading.errors import (
    AmbiguousPartError,
    DamagedSourceError,
    EncryptedSourceError,
    TooManyPartsError,
    UnpacksTooLargeError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES: Final = 20_000
MEBIBYTE: Final = 1024 * 1024
MOST_MAIN_BYTES: Final = 128 * MEBIBYTE
MOST_PART_BYTES: Final = 32 * MEBIBYTE
MOST_TOTAL_BYTES: Final = 1024 * MEBIBYTE
"""What all entries may declare together; pictures hardly shrink, so only a bomb comes near."""
MOST_READ_BYTES: Final = 192 * MEBIBYTE
"""What is unpacked of one document, all parts together."""
MOST_RATIO: Final = 400
RATIO_FREE_BYTES: Final = 48 * MEBIBYTE
"""Below this size an entry may be as compressible as it likes."""
_CHUNK: Final = 32 * 1024
_ENTRY: Final = b"PK\x01\x02"
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError, OverflowError, IndexError,
)  # fmt: skip
_PLAIN_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Relationship:
    """A part named by another one: ``kind`` is the last word of its type, the same in both editions."""

    key: str
    kind: str
    target: str


class Package:
    """The entries of a ZIP file by name; names are compared without case, a backslash counts as a slash.

    ``total_bytes`` is what they declare to unpack to.

    :raises TooManyPartsError: more entries than any document has.
    :raises UnpacksTooLargeError: the entries declare more than a document has.
    :raises DamagedSourceError: no readable ZIP directory.
    """

    def __init__(self, data: bytes, *, name: str, most_read_bytes: int = MOST_READ_BYTES) -> None:
        self.name = name
        self._most_read_bytes = self._left_bytes = most_read_bytes
        # counted before the directory is parsed: every entry of it costs memory
        if data.count(_ENTRY) > MOST_ENTRIES:
            raise TooManyPartsError(name=name, limit=MOST_ENTRIES)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE as error:
            raise DamagedSourceError(name=name, part="ZIP") from error
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in self._zip.infolist():
            self._entries.setdefault(_plain(entry.filename), []).append(entry)
        self.total_bytes = sum(entry.file_size for entry in self._zip.infolist())
        if self.total_bytes > MOST_TOTAL_BYTES:
            raise UnpacksTooLargeError(name=name, part="ZIP", limit=MOST_TOTAL_BYTES // MEBIBYTE)

    def __contains__(self, part: str) -> bool:
        return _plain(part) in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def below(self, folder: str) -> list[str]:
        """The names of the parts in a folder, plain (lower case, ``/``)."""
        return [part for part in self._entries if part.startswith(folder)]

    def chunks(self, part: str, *, most_bytes: int = MOST_PART_BYTES) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; nothing for a part that is missing.

        :raises AmbiguousPartError: two entries of this name differ.
        :raises EncryptedSourceError: the entry asks for a password.
        :raises UnpacksTooLargeError: more than ``most_bytes``, more than is left to read of it, or a
            ratio that no document has.
        :raises DamagedSourceError: the entry cannot be unpacked.
        """
        entries = self._entries.get(_plain(part))
        if not entries:
            return
        entry = entries[0]
        if any((other.CRC, other.file_size) != (entry.CRC, entry.file_size) for other in entries):
            raise AmbiguousPartError(name=self.name, part=part)
        if entry.flag_bits & _IS_ENCRYPTED:
            raise EncryptedSourceError(name=self.name)
        if entry.compress_type not in _PLAIN_METHODS:
            raise DamagedSourceError(name=self.name, part=part)
        is_bomb = (
            entry.file_size > RATIO_FREE_BYTES and entry.file_size > max(entry.compress_size, 1) * MOST_RATIO
        )
        if is_bomb or entry.file_size > most_bytes:
            raise UnpacksTooLargeError(name=self.name, part=part, limit=most_bytes // MEBIBYTE)
        self._left_bytes -= entry.file_size
        if self._left_bytes < 0:
            raise UnpacksTooLargeError(name=self.name, part=part, limit=self._most_read_bytes // MEBIBYTE)
        try:
            # what is unpacked never exceeds the size the entry declares, which was judged above
            with self._zip.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except _UNREADABLE as error:
            raise DamagedSourceError(name=self.name, part=part) from error

    def read(self, part: str, *, most_bytes: int = MOST_PART_BYTES) -> bytes:
        """The bytes of a part at once; empty for a part that is missing. Raises what ``chunks`` raises."""
        return b"".join(self.chunks(part, most_bytes=most_bytes))

    def relationships(self, part: str = "") -> list[Relationship]:
        """The parts that ``part`` (the package itself where empty) names, in order; addresses left out."""
        folder, _, file = part.rpartition("/")
        source = f"{folder}/_rels/{file}.rels".lstrip("/")
        found: list[Relationship] = []
        data = self.read(source)
        if not data.strip():
            return found
        for element in markup.parse(data, name=self.name, part=source):
            if not isinstance(element.tag, str) or local_of(element) != "Relationship":
                continue
            target = element.get("Target", "")
            if element.get("TargetMode") == "External" or not target:
                continue
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relationship(element.get("Id", ""), kind, _joined(folder, target)))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The targets of one kind of relationship that are there."""
        targets = (link.target for link in self.relationships(part) if link.kind == kind)
        return [target for target in targets if target in self]


def _plain(name: str) -> str:
    return re.sub(r"/{2,}", "/", name.replace("\\", "/")).lstrip("/").lower()


def _joined(folder: str, target: str) -> str:
    target = unquote(target.replace("\\", "/")).partition("#")[0]
    whole = target if target.startswith("/") else f"{folder}/{target}"
    return posixpath.normpath(f"/{whole}").lstrip("/")


def unpacks_to(data: bytes) -> int:
    """How many bytes an office document says it unpacks to (解包字节数); 0 where it is none.

    Pictures hardly shrink, and a part of markup can have any name, so everything counts. Nothing is unpacked:
    what is refused by the directory alone is no work.
    """
    if not data.startswith(b"PK"):
        return 0
    try:
        return Package(data, name="").total_bytes
    except (DamagedSourceError, TooManyPartsError, UnpacksTooLargeError):
        return 0
