"""What is loaded of a finding that goes out in a file (导出所需). Part of `zhenggai.ledger.selectors`."""

from __future__ import annotations

from typing import Final

from zhenggai.ledger.commented import COMMENTED
from zhenggai.ledger.facts import PIECES
from zhenggai.ledger.restated import RESTATED_SHOWN

EXPORTED: Final = (*PIECES, "progress_views", *COMMENTED, *RESTATED_SHOWN)
