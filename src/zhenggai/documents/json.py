"""JSON files (JSON): UTF-8, readable, one line feed at the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from zhenggai.documents.plain import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def json_bytes(value: Any) -> bytes:
    """One value as a JSON file."""
    return f"{_dumped(value)}\n".encode("utf-8", "replace")


def json_pieces(head: Mapping[str, Any], name: str, items: Iterable[Any]) -> Iterator[bytes]:
    """A JSON object with the members of ``head`` and, last, a list ``name``, item by item, for long lists."""
    opening = _dumped(head).removesuffix("}").rstrip()
    comma = "," if head else ""
    yield f'{opening}{comma}\n  "{name}": ['.encode("utf-8", "replace")
    separator = "\n    "
    for item in items:
        yield (separator + _dumped(item).replace("\n", "\n    ")).encode("utf-8", "replace")
        separator = ",\n    "
    yield b"\n  ]\n}\n"


def _dumped(value: Any) -> str:
    return json.dumps(plain_value(value), ensure_ascii=False, indent=2)
