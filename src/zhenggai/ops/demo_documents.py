"""Taking a document into a ledger in the demonstration (演示：收件与确认): the same way as on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:

    pass

TWIN, LARGER = "twin.txt", "second.txt"


@dataclass(frozen=True, slots=True)
class Document:
    """A document to take in: its name and its bytes."""

    name: str
    data: bytes


def shipped(name: str) -> Document:
    """An invented notice that comes along."""
    return Document(name, (resources.files("zhenggai.ops") / "samples" / name).read_bytes())
