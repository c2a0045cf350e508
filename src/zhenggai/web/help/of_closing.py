"""What the pages of one part are for (签批与佐证页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "sign": Help(
        msg("To sign"),
        msg("Requests whose next step is yours, each with its conditions, several signed at once."),
        (
            msg(
                "Tick those you looked at and sign them; one that cannot be signed says why and the "
                "others are signed."
            ),
            msg("Take the closing forms along on paper."),
        ),
    ),
    "hand-over": Help(
        msg("Hand findings over"),
        msg("Gives the open findings of a leader to another one."),
        (msg("Choose the leader, tick findings, name who follows and why."),),
    ),
    "evidence": Help(
        msg("Evidence"),
        msg("One piece of evidence with what it proves, and its file looked at in place."),
        (msg("Turn pages, enlarge pictures, take the file away."),),
    ),
    "recheck": Help(
        msg("Re-check"),
        msg("A re-check with the file that was filed with it."),
        (msg("Look at the file here or take it away."),),
    ),
    "signature-record": Help(
        msg("Signature on paper"),
        msg("A signature that was given on paper, with its scan and who confirmed it."),
        (msg("A second person compares the scan and confirms or refuses it."),),
    ),
    "sure": Help(
        msg("How you can be sure"),
        msg("The rules as they stand in the program, and the facts of this installation."),
        (msg("Compare what is said here with what your own rules ask for."),),
    ),
}
