"""Build the table of readings (读音表) from pypinyin's data: every reading of every character."""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

TABLE = Path(__file__).parents[1] / "src/zhenggai/reading/restoring/readings.txt"


def build() -> str:
    """One line a syllable with its tone mark: the syllable, a tab, all characters that can be read so."""
    characters: defaultdict[str, set[str]] = defaultdict(set)
    for code, readings in PINYIN_DICT.items():
        for reading in readings.split(","):
            characters[unicodedata.normalize("NFC", reading)].add(chr(int(code)))
    return "".join(
        f"{syllable}\t{''.join(sorted(chars))}\n" for syllable, chars in sorted(characters.items())
    )


def main() -> int:
    """Write the table, or with ``--check`` say whether it is up to date."""
    table = build()
    if "--check" in sys.argv[1:]:
        return int(TABLE.read_text(encoding="utf-8") != table)
    TABLE.write_text(table, encoding="utf-8")
    print(f"{TABLE.name}: {table.count(chr(10))} syllables, {len(table.encode())} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
