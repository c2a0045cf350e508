"""Refusals about people, organisations and posts."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotPermittedError
from zhenggai.domain.messages import msg


class NotOnOneselfError(NotPermittedError):
    """An administrator decides on his own account or post."""

    code = "not_on_oneself"
    template = msg(
        "This is your own account, and nobody decides on their own account. Another administrator can do it."
    )


class AtServerAloneError(NotPermittedError):
    """What opens an administrator's account is done at the server alone."""

    code = "at_server_alone"
    template = msg(
        "%(person)s administers, and whoever opened the account of another administrator could act as both. "
        "It is done at the server with “zhenggai administrator %(username)s”."
    )


class UsernameInvalidError(InvalidError):
    """A user name is too short or long or has other characters."""

    code = "username_invalid"
    template = msg(
        "The user name “%(username)s” cannot be used. It takes 2 to 64 letters (Chinese ones too), digits "
        "and "
        "the characters . @ + - _ without blanks."
    )


class UsernameTakenError(InvalidError):
    """Another person signs in under the name."""

    code = "username_taken"
    template = msg("Another person signs in as “%(username)s” already. Choose another user name.")


class PasswordRefusedError(InvalidError):
    """A password is too weak."""

    code = "password_refused"
    template = msg("The password cannot be used. %(reasons)s")


class PasswordWrongError(InvalidError):
    """The present password was not the one given."""

    code = "password_wrong"
    template = msg("The present password is not right, so nothing was changed. Type it again.")


class TokensManyError(NotAllowedNowError):
    """More tokens than one person keeps in view."""

    code = "tokens_many"
    template = msg(
        "%(most)s tokens of yours stand already, which is as many as one person can have. End one that no "
        "program needs any more, then make another."
    )


class KeyInvalidError(InvalidError):
    """A key of a call that is none."""

    code = "key_invalid"
    template = msg(
        "The header Idempotency-Key takes 1 to %(most)s visible ASCII characters. Nothing was changed; send "
        "the call with another key, or without one."
    )


class KeyElsewhereError(NotAllowedNowError):
    """The key of a call stands for another call."""

    code = "key_elsewhere"
    template = msg(
        "This Idempotency-Key stands for another call that was done already. Nothing was changed; a new call "
        "takes a new key."
    )


class AlreadySetUpError(NotAllowedNowError):
    """There is a first administrator."""

    code = "already_set_up"
    template = msg(
        "This system has its first administrator already. Sign in, or ask an administrator for an account."
    )


class SeparationError(NotAllowedNowError):
    """A person would both administer and sign."""

    code = "separation"


class PostStandsError(NotAllowedNowError):
    """The person holds the same post already."""

    code = "post_stands"
    template = msg("%(person)s holds the post “%(role)s” in %(organisation)s already; nothing was changed.")


class NotActiveError(NotAllowedNowError):
    """An account or an organisation is closed."""

    code = "not_active"


class ImportFaultyError(InvalidError):
    """A spreadsheet to be imported has faults."""

    code = "import_faulty"
    template = msg(
        "The file has %(count)s faults, listed with their cells, so nothing was made of it. Correct them in "
        "the file and choose it again."
    )


class ImportChangedError(NotAllowedNowError):
    """The file, or what is entered already, is not what the trial listed."""

    code = "import_changed"
    template = msg(
        "What the file would make has changed since you looked at it, so nothing was made. Look at the list "
        "again."
    )


class SignInRefusedError(InvalidError):
    """The user name and the password do not fit, or there is no such account, or it is closed."""

    code = "sign_in_refused"
    template = msg(
        "Nobody can sign in with this user name and password. Look at capital letters and the input method; "
        "your administrator can set a new password."
    )


class CodeRefusedError(InvalidError):
    """The code of the second factor does not fit, or was used already."""

    code = "code_refused"
    template = msg(
        "This code does not fit. Wait for the next one in the app and type that; a code holds for half a "
        "minute and is good for once. See that the clock of the telephone is right, or use a recovery code."
    )


class SignInWaitsError(NotAllowedNowError):
    """Too many sign-ins failed under this user name or from this address."""

    code = "sign_in_waits"
    template = msg(
        "Too many sign-ins failed under this user name or from this address, so none is tried for another "
        "%(minutes)s min. Wait that long, or ask the security administrator to lift the wait for the "
        "account."
    )
