"""What the pages of one part are for (个人账号页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "sign-in": Help(
        msg("Sign in"),
        msg("Signs you in with your name and password."),
        (msg("After failed attempts you wait; your security administrator can lift the wait."),),
    ),
    "sign-in-code": Help(
        msg("Code"),
        msg("Asks for the code of your second factor."),
        (msg("A recovery code serves when the phone is lost."),),
    ),
    "setup": Help(
        msg("First set-up"),
        msg("Makes the first two administrators of an empty system."),
        (msg("The token is in the data folder; only its owner can read it."),),
    ),
    "password": Help(
        msg("Change my password"),
        msg("Changes your password; your other sign-ins end."),
        (),
    ),
    "factor": Help(
        msg("Second factor"),
        msg("Sets up a code from your phone beside the password."),
        (msg("Keep the recovery codes on paper."),),
    ),
    "sign-ins": Help(
        msg("My sign-ins"),
        msg("Where you are signed in, and the last sign-ins that are over."),
        (msg("End one that you do not know, then change your password."),),
    ),
    "tokens": Help(
        msg("My programs"),
        msg("Tokens with which your own programs read, and the address of your calendar."),
        (msg("A token is shown once; end it when it is no longer used."),),
    ),
}
