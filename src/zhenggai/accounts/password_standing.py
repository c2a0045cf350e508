"""Who may know a password beside its person (密码状况), as it is kept and shown beside a signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.accounts.models import Person

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PasswordStanding:
    """Who may know a person's password beside that person (密码状况), as it is kept with a signature.

    ``reset_at``: when somebody else last set it; ``changed_at``: when it was last set by whoever was signed
    in as the person, if that was later.
    """

    reset_at: datetime | None = None
    changed_at: datetime | None = None


def password_standing(person_id: int) -> PasswordStanding:
    """How the person's password came about, to be kept and shown beside a signature given now.

    A reset stays visible also when the password was changed since: whoever reset it can sign in with it and
    change it. The first password of an account is left out once it was changed, or it would stand beside
    everything that anybody ever signs.
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person.password_reset_at is None:
        return PasswordStanding()
    reset_at, changed_at = person.password_reset_at, person.password_changed_at
    if changed_at is None or changed_at < reset_at:
        return PasswordStanding(reset_at)
    if reset_at == person.created_at:
        return PasswordStanding()
    return PasswordStanding(reset_at, changed_at)
