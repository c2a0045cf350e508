"""What a process of its own is given of the environment (隔离进程的环境): nothing of ours that is secret.

Native code and other programs open a stranger's file there; what they cannot read they cannot give away.
"""

from __future__ import annotations

import os
from typing import Final

_NAMES: Final = frozenset({"PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH"})
# of the language, and of the libraries that count threads and kinds of processors
_BEGINNINGS: Final = ("LC_", "OMP_", "OPENBLAS_", "MKL_")


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that opens a stranger's file (最小环境): no key, address or setting."""
    kept = {name: value for name, value in os.environ.items() if _is_kept(name)}
    return {"PATH": os.defpath, **kept, **more}


def _is_kept(name: str) -> bool:
    return name in _NAMES or name.startswith(_BEGINNINGS)
