"""``python -m zhenggai.ops``: the command, for processes that start it themselves."""

from __future__ import annotations

from zhenggai.ops.cli import main

if __name__ == "__main__":
    main()
