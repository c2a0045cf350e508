"""How a chain is named (留痕链的名称)."""

from __future__ import annotations

from typing import NamedTuple


class ChainKey(NamedTuple):
    """The name of a chain: ``inspection`` or ``organisation`` (a root one), and its id."""

    kind: str
    key: int

    @classmethod
    def inspection(cls, inspection_id: int) -> ChainKey:
        """The chain of an inspection's ledger."""
        return cls("inspection", inspection_id)

    @classmethod
    def organisation(cls, root_id: int) -> ChainKey:
        """The chain of the people and posts below a root organisation."""
        return cls("organisation", root_id)
