"""What every service of this room does first and last: find, lock, judge, record."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from zhenggai.accounts.errors import AtServerAloneError
from zhenggai.accounts.models import Organisation, Person, Post
from zhenggai.accounts.selectors import open_on
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import ADMIN_ROLES
from zhenggai.domain.closing import shown_characters
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import InvalidError, NotFoundError, NotPermittedError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Facts, judge
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.proofs.chain import Json


NO_SUCH_PERSON: Final = msg("There is no such person among those you can see.")


def organisation_locked(organisation_id: int, actor: Actor) -> Organisation:
    """The organisation, locked.

    Raises:
        NotFoundError: when there is none or no post of the actor reaches it.
    """
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation_id)
    row: Organisation | None = rows.first()
    if row is None or not reaches(actor, row.path):
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    return row


def person_locked(person_id: int, actor: Actor) -> Person:
    """The person with the organisation, locked together with the actor's own row.

    Raises:
        NotFoundError: when there is none or no post of the actor reaches the person's organisation.
        NotPermittedError: when the actor's own account was closed meanwhile.
    """
    row = any_person_locked(person_id, actor)
    if not (row.pk == actor.person_id or reaches(actor, row.organisation.path)):
        raise NotFoundError(NO_SUCH_PERSON)
    return row


def any_person_locked(person_id: int, actor: Actor) -> Person:
    """As `person_locked`, for a person reached through a post in an organisation of the actor's.

    Raises:
        NotFoundError: when there is none.
        NotPermittedError: when the actor's own account was closed meanwhile.
    """
    rows = {
        row.pk: row
        for row in Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .filter(pk__in={person_id, actor.person_id})
        .order_by("pk")
    }
    me = rows.get(actor.person_id)
    if me is None or not me.is_active:
        raise NotPermittedError(msg("Your account has been closed meanwhile; nothing was changed."))
    if person_id not in rows:
        raise NotFoundError(NO_SUCH_PERSON)
    return rows[person_id]


def post_of(post_id: int) -> Post:
    """The post with its person and organisation, not locked.

    Raises:
        NotFoundError: when there is none.
    """
    row = Post.objects.select_related("person", "organisation").filter(pk=post_id).first()
    if row is None:
        raise NotFoundError(msg("There is no such post among those you can see."))
    return row


def reaches(actor: Actor, path: str) -> bool:
    """Whether some post of the actor stands at or above the path."""
    return any(grant.covers(path) for grant in actor.grants)


def judged(actor: Actor, action: Action, organisation: Organisation) -> None:
    """Asks the one table of grants.

    Raises:
        NotPermittedError: with the table's reason.
    """
    verdict = judge(actor, action, Facts(subject_path=organisation.path))
    if not verdict.allowed:
        reason = verdict.reason or Message(msg("This is not yours to do."))
        raise NotPermittedError(reason.template, **reason.values)


def administered_wholly(
    actor: Actor, person: Person, on: date, action: Action = Action.PERSON_MANAGE
) -> None:
    """Sees that the actor administers every organisation the person works or has a post in.

    Otherwise the administrator of one unit could take over the account of somebody who stands above that
    unit.

    Raises:
        NotPermittedError: when one of them lies outside.
    """
    judged(actor, action, person.organisation)
    for post in person.posts.filter(open_on(on)).select_related("organisation"):
        if not judge(actor, action, Facts(subject_path=post.organisation.path)).allowed:
            raise NotPermittedError(
                msg(
                    "%(person)s also holds a post in %(organisation)s, which you do not administer. An "
                    "administrator "
                    "of both can do it."
                ),
                person=person.name,
                organisation=post.organisation.name,
            )


def administrators_elsewhere(person: Person) -> None:
    """Sees that the person does not administer: what opens an administrator's account is done at the server.

    Raises:
        AtServerAloneError: when one of the three administrators' posts is held.
    """
    administers = person.posts.filter(role__in=sorted(ADMIN_ROLES), ended_on__isnull=True)
    if administers.filter(confirmed_at__isnull=False).exists():
        raise AtServerAloneError(person=person.name, username=person.username)


def recorded(
    *,
    organisation: Organisation,
    name: str,
    actor: Actor,
    at: datetime,
    subject: tuple[str, int],
    values: Mapping[str, Json],
) -> None:
    """Writes the event into the chain of the root organisation above."""
    root_id = (
        organisation.pk
        if organisation.path == organisation.root_path
        else Organisation.objects.values_list("pk", flat=True).get(path=organisation.root_path)
    )
    record(
        chain=ChainKey.organisation(root_id), name=name, actor=actor, at=at, subject=subject, values=values
    )


def start_checked(started_on: date | None, today: date) -> date:
    """The first day of a post or a place, today by default.

    Raises:
        InvalidError: when it is past.
    """
    if started_on is not None and started_on < today:
        raise InvalidError(
            msg("A post begins today or later; %(started_on)s is past."), started_on=started_on
        )
    return day_checked(started_on, msg("From")) or today


def line_checked(text: str, *, most: int, missing: str, required: bool = True) -> str:
    """A single line of text as it is kept: NFC, blanks around it gone.

    ``missing`` is the whole sentence for an empty one.

    Raises:
        InvalidError: when it is empty though required, longer than ``most`` characters, or has characters
            that show nothing.
    """
    line = unicodedata.normalize("NFC", text).strip()
    if not line and required:
        raise InvalidError(missing)
    if len(line) > most:
        raise InvalidError(
            msg("“%(text)s…” has %(count)s characters; at most %(most)s fit here."),
            text=line[:20],
            count=len(line),
            most=most,
        )
    # marks of direction and zero width would make one name look like another's
    if shown_characters(line) != line or any(character in "\n\t" for character in line):
        raise InvalidError(
            msg("“%(text)s” has characters that cannot be shown. Type it again without them."),
            text=ascii(line)[:40],
        )
    return line
