"""What happens to accounts, by the names the trail keeps (账号事件)."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg

ACCOUNT_EVENT_LABELS: Final[dict[str, str]] = {
    "accounts.system.set_up": msg("system set up"),
    "accounts.organisation.created": msg("organisation added"),
    "accounts.organisation.edited": msg("organisation changed"),
    "accounts.organisation.moved": msg("organisation moved below another"),
    "accounts.organisation.merged": msg("organisation merged into another"),
    "accounts.import.made": msg("spreadsheet imported"),
    "accounts.person.created": msg("account opened"),
    "accounts.person.edited": msg("name or telephone changed"),
    "accounts.person.deactivated": msg("account closed"),
    "accounts.person.activated": msg("account opened again"),
    "accounts.language.chosen": msg("language chosen"),
    "accounts.theme.chosen": msg("look of the pages chosen"),
    "accounts.post.granted": msg("post given"),
    "accounts.post.confirmed": msg("post confirmed"),
    "accounts.post.ended": msg("post ended"),
    "accounts.group.set_up": msg("leading group set up"),
    "accounts.group.edited": msg("leading group changed"),
    "accounts.group.dissolved": msg("leading group dissolved"),
    "accounts.group.seat_given": msg("place in the leading group given"),
    "accounts.group.seat_confirmed": msg("head of the leading group confirmed"),
    "accounts.group.seat_ended": msg("place in the leading group ended"),
    "accounts.oversight.set": msg("oversight of a unit set"),
    "accounts.oversight.ended": msg("oversight of a unit ended"),
    "accounts.post.divided": msg("administrator's post assigned to one of the three"),
    "accounts.password.reset": msg("one-time password set"),
    "accounts.password.changed": msg("own password changed"),
    "accounts.factor.set_up": msg("second factor set up"),
    "accounts.factor.removed": msg("second factor taken away"),
    "accounts.factor.recovery_used": msg("recovery code used"),
    "accounts.token.made": msg("token for a program made"),
    "accounts.token.ended": msg("token for a program ended"),
    "accounts.sign_in.began": msg("signed in"),
    "accounts.sign_in.failed": msg("sign-in failed"),
    "accounts.sign_in.locked": msg("account waits after failed sign-ins"),
    "accounts.sign_in.unlocked": msg("wait lifted"),
    "accounts.sign_in.ended": msg("sign-in ended"),
}
# what the page of the trail offers to look at alone, by the beginning of the event's name
ACCOUNT_EVENT_KINDS: Final[dict[str, str]] = {
    "sign_in": msg("sign-ins"),
    "password": msg("passwords"),
    "factor": msg("second factors"),
    "token": msg("tokens of programs"),
    "post": msg("posts"),
    "group": msg("leading groups"),
    "oversight": msg("oversight"),
    "person": msg("people"),
    "organisation": msg("organisations"),
    "import": msg("imports"),
}
