"""Reading the JSON of a profile (规则校验): what cannot be is refused with field, value and the possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, NewType

from zhenggai.domain.closing import visible_text
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

# Where in the profile a value stands: keys with dots between them, empty for the whole.
Place = NewType("Place", str)
_SHOWN_MOST: Final = 60


class ProfileKeyError(InvalidError):
    """A key of a profile that is missing, or that there is not (规则项有误)."""

    code = "profile_key"
    template: ClassVar[str] = msg(
        "The profile lacks “%(key)s”, which it needs; there it has exactly: %(known)s. Nothing was changed."
    )
    unknown: ClassVar[str] = msg(
        "A profile knows no “%(key)s”; there it has exactly: %(known)s. Nothing was changed."
    )


class ProfileFieldError(InvalidError):
    """A value of a profile that cannot be (规则取值有误)."""

    code = "profile_field"
    template: ClassVar[str] = msg(
        "“%(field)s” of the profile cannot be “%(value)s”; possible is %(possible)s. Nothing was changed."
    )


class ProfileClashError(InvalidError):
    """Values of a profile that contradict each other (规则矛盾); the sentence says which."""

    code = "profile_clash"


def only_keys(at: Place, value: Any, known: Sequence[str]) -> dict[str, Any]:
    """The object at a place, with exactly the known keys (须且仅须的项).

    :raises ProfileFieldError: when it is no object.
    :raises ProfileKeyError: when one is missing, or another is there.
    """
    if not isinstance(value, Mapping):
        raise _wrong(at, value, Message(msg("an object with the keys %(keys)s"), {"keys": ", ".join(known)}))
    prefix = f"{at}." if at else ""
    for key in known:
        if key not in value:
            raise ProfileKeyError(key=f"{prefix}{key}", known=", ".join(known))
    for key in value:
        if key not in known:
            raise ProfileKeyError(
                ProfileKeyError.unknown, key=f"{prefix}{key}"[:_SHOWN_MOST], known=", ".join(known)
            )
    return {str(key): each for key, each in value.items()}


def whole(at: Place, value: Any, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most`` (整数).

    :raises ProfileFieldError: when it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        possible = Message(msg("a whole number from %(least)s to %(most)s"), {"least": least, "most": most})
        raise _wrong(at, value, possible)
    return value


def flag(at: Place, value: Any) -> bool:
    """Yes or no (是否).

    :raises ProfileFieldError: when it is neither.
    """
    if not isinstance(value, bool):
        raise _wrong(at, value, Message("true, false"))
    return value


def member(at: Place, value: Any, known: Sequence[str]) -> str:
    """One of a closed list (取值).

    :raises ProfileFieldError: when it is none of them.
    """
    if not isinstance(value, str) or value not in known:
        raise _wrong(at, value, Message(", ".join(known)))
    return value


def members(at: Place, value: Any, known: Sequence[str]) -> tuple[str, ...]:
    """Some of a closed list, none twice, kept in the order of that list (多选).

    :raises ProfileFieldError: when they are not.
    """
    listed = names(at, value)
    if len(set(listed)) != len(listed) or not set(listed) <= set(known):
        possible = Message(msg("some of these, none twice: %(known)s"), {"known": ", ".join(known)})
        raise _wrong(at, ", ".join(listed), possible)
    return tuple(each for each in known if each in listed)


def names(at: Place, value: Any) -> tuple[str, ...]:
    """A list of names (名单).

    :raises ProfileFieldError: when it is none.
    """
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise _wrong(at, value, Message(msg("a list of names")))
    return tuple(value)


def texts(at: Place, value: Any, keys: Sequence[str], most: int) -> tuple[str, ...]:
    """One visible text for each key, each of at most ``most`` characters and one line (文字).

    :raises ProfileFieldError: when one is empty, longer, or no text.
    """
    found = only_keys(at, value, keys)
    return tuple(text(Place(f"{at}.{key}"), found[key], most) for key in keys)


def text(at: Place, value: Any, most: int) -> str:
    """A visible text of at most ``most`` characters in one line (文字).

    :raises ProfileFieldError: when it is empty, longer, or no text.
    """
    shown = " ".join(visible_text(value).split()) if isinstance(value, str) else ""
    if not shown or len(shown) > most:
        raise _wrong(at, value, Message(msg("a text of 1 to %(most)s characters"), {"most": most}))
    return shown


def _wrong(at: Place, value: Any, possible: Message) -> ProfileFieldError:
    shown = value if isinstance(value, str) else repr(value)
    return ProfileFieldError(field=at or "profile", value=shown[:_SHOWN_MOST], possible=possible)
