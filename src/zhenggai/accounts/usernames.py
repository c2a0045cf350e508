"""How a user name is written and compared (用户名)."""

from __future__ import annotations

import re
import unicodedata

USERNAME_MOST = 64
_ALLOWED = re.compile(r"[\w.@+-]+")


def username_folded(username: str) -> str:
    """The one form under which a user name is kept and looked up: NFKC, lower case, no blanks around it."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def username_is_valid(folded: str) -> bool:
    """Whether a folded user name has 2 to 64 letters (Chinese ones too), digits or ``. @ + - _``."""
    return 2 <= len(folded) <= USERNAME_MOST and _ALLOWED.fullmatch(folded) is not None
