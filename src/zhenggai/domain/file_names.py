"""Names of files as they are kept, shown and given back (文件名): always one that every system can save."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NAME_MOST: Final = 120
_ENDING_MOST: Final = 12
# what a file system or a header would take for something else, and what stands for it to the eye
_LOOKALIKES: Final = str.maketrans('<>:"|?*', "＜＞：＂｜？＊")
_PARTING: Final = str.maketrans({"/": "／", "\\": "＼"})
_SHOWS_NOTHING: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_EDGES: Final = " .'＂"


def file_name_safe(name: str, *, otherwise: str = "file") -> str:
    """The name of a file made safe (安全文件名), still to be recognised; ``otherwise`` where nothing remains.

    Folders before it go, and so do control characters, line ends, marks that turn the direction of writing
    and halves of characters; blanks, dots and stray quotes at its ends go too. Characters that file systems
    refuse become their full-width likes, a name that Windows keeps for a device gets a line before it, and a
    long name loses its middle, never its ending. At most 120 characters; safe names stay as they are.
    """
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    blank = "".join(" " if char.isspace() else char for char in base)
    shown = "".join(char for char in blank if unicodedata.category(char) not in _SHOWS_NOTHING)
    plain = re.sub(r" +", " ", shown.translate(_LOOKALIKES)).strip(_EDGES)
    if not plain:
        return otherwise
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return plain if len(plain) <= NAME_MOST else _shortened(plain)


def file_name_of(title: str, *, ending: str = ".txt") -> str:
    """A name for text that came without a file (以标题命名), from what a person typed as its title.

    A title has no folders: what would part them stands as its full-width like. The ending is added where the
    title has none of its own; an empty title gives an empty name.
    """
    plain = " ".join(unicodedata.normalize("NFC", title).translate(_PARTING).split())
    if not plain or plain.lower().endswith((ending, ".htm", ".html")):
        return plain
    return plain + ending


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _ENDING_MOST:
        stem, dot, ending = name, "", ""
    kept = NAME_MOST - len(dot) - len(ending) - 1
    return f"{stem[:kept].rstrip(_EDGES)}…{dot}{ending}"
