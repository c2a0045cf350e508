"""Posts given, confirmed and ended (任职、确认、免职)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from zhenggai.accounts.errors import NotActiveError, NotOnOneselfError, PostStandsError
from zhenggai.accounts.kinds import SignInEnd
from zhenggai.accounts.leading import group_heads
from zhenggai.accounts.models import GroupSeat, Organisation, Oversight, Post
from zhenggai.accounts.post_changes import post_changed
from zhenggai.accounts.selectors import actor_standing, open_on
from zhenggai.accounts.services.keeping_apart import (
    separate,
    signs_already,
    somebody_else_administers,
)
from zhenggai.accounts.services.signing_in import sign_ins_end_all
from zhenggai.accounts.services.standing import (
    any_person_locked,
    judged,
    line_checked,
    organisation_locked,
    person_locked,
    post_of,
    reaches,
    recorded,
    start_checked,
)
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import (
    ADMIN_ROLES,
    CONFIRMED_ROLES,
    ROLE_LABELS,
    SECONDED_ROLES,
    SIGNING_ROLES,
    Role,
)
from zhenggai.domain.days import day_checked
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Facts, judge

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenggai.accounts.models import Person
    from zhenggai.domain.actor import Actor


@transaction.atomic
def post_grant(
    *,
    person_id: int,
    organisation_id: int,
    role: Role | str,
    title: str = "",
    started_on: date | None = None,
    acting_for_id: int | None = None,
    ended_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Post:
    """Gives a person a role in an organisation and all below it (任职), from today or a later day on.

    ``acting_for_id`` is who holds the same post and is away until ``ended_on`` (代理): the findings of a
    responsible leader are then those of who acts as well, and everything done so says for whom.

    A role that signs or administers (`CONFIRMED_ROLES`) holds only once the security administrator has
    confirmed it: `post_confirm`. Every other role holds from ``started_on``. Source: DOMAIN §5, "nobody both
    administers and signs; a post that signs is granted by two"; 三员分立.

    Raises:
        NotFoundError: when the person or the organisation is not the actor's to see.
        NotPermittedError: when it is the actor himself, or the actor does not administer the organisation.
        SeparationError: when the person would both administer and sign.
        PostStandsError: when the person holds the post already.
        NotAllowedNowError: when whoever is away does not hold the post.
        NotActiveError: when the account or the organisation is closed.
        InvalidError: when the role is unknown, a day is past or missing or the title too long.
    """
    person = person_locked(person_id, actor)
    organisation = organisation_locked(organisation_id, actor)
    if person.pk == actor.person_id:
        raise NotOnOneselfError
    judged(actor_standing(actor, timezone.localdate(at)), Action.POST_GRANT, organisation)
    role = _role_checked(role)
    if role is Role.AUDIT_ADMIN and organisation.path != organisation.root_path:
        raise InvalidError(
            msg(
                "The trail of accounts is that of the root organisation, so an audit administrator's post is "
                "one there. Choose the root organisation."
            )
        )
    starts = start_checked(started_on, timezone.localdate(at))
    title = line_checked(title, most=100, missing="", required=False)
    _active(person, organisation)
    away = _away_checked(acting_for_id, person, organisation, role, starts)
    ends = _end_checked(ended_on, starts, is_acting=away is not None)
    standing = Post.objects.filter(
        open_on(starts), person=person, organisation=organisation, role=role, acting_for=away
    )
    if standing.exists():
        raise PostStandsError(
            person=person.name, role=Message(ROLE_LABELS[role]), organisation=organisation.name
        )
    separate(person, role, starts)
    post = Post(
        person=person,
        organisation=organisation,
        role=role,
        title=title,
        started_on=starts,
        ended_on=ends,
        acting_for=away,
        granted_by_id=actor.person_id,
    )
    if role not in CONFIRMED_ROLES:
        post.confirmed_by_id, post.confirmed_at = actor.person_id, at
    post.full_clean(validate_unique=False, validate_constraints=False)
    post.save()
    _recorded(post, "accounts.post.granted", actor, at)
    post_changed(post, by_id=actor.person_id, at=at)
    return post


@transaction.atomic
def post_confirm(*, post_id: int, actor: Actor, at: datetime) -> Post:
    """Confirms a post that signs or administers, by another person than the one who gave it (确认任职).

    That is the security administrator, or, of a post that signs, the head of the leading group of its
    organisation or of one above it. The post of the head of a unit, which holds already, signs from then on.
    Source: DOMAIN §5.

    Raises:
        NotFoundError: when the post is not the actor's to see.
        NotPermittedError: when the actor gave the post, would hold it, is neither of those two, or has set
            the password of who would administer.
        NotAllowedNowError: when it is confirmed or ended already, or whoever is acted for no longer holds it.
        SeparationError: when the person would both administer and sign.
        NotActiveError: when the account or the organisation is closed.
    """
    post = _post_locked(post_id, actor)
    if post.person_id == actor.person_id:
        raise NotOnOneselfError
    _second_hand(actor_standing(actor, timezone.localdate(at)), post, timezone.localdate(at))
    is_seconded = post.waits_for_second
    if (post.confirmed_at is not None and not is_seconded) or (
        post.ended_on and post.ended_on <= timezone.localdate(at)
    ):
        raise NotAllowedNowError(
            msg("This post has been confirmed or ended already; nothing was changed. Load the page again."),
        )
    if post.granted_by_id == actor.person_id:
        raise NotPermittedError(
            msg(
                "You gave this post yourself, and a post that signs is given by two. Another administrator "
                "can "
                "confirm it."
            )
        )
    if post.role in ADMIN_ROLES and post.person.password_reset_by_id == actor.person_id:
        raise NotPermittedError(
            msg(
                "You set the password of %(person)s, and nobody confirms an administrator whose password "
                "they have known. Another security administrator can confirm it, or a new password is set at "
                "the server with “zhenggai administrator”."
            ),
            person=post.person.name,
        )
    _active(post.person, post.organisation)
    separate(post.person, Role(post.role), post.started_on, is_seconded=is_seconded)
    # whoever is away may have left the post for good since somebody was proposed to act
    starts = max(post.started_on, timezone.localdate(at))
    away = _away_checked(post.acting_for_id, post.person, post.organisation, Role(post.role), starts)
    if is_seconded and away is not None:
        signs_already(away, post)
    post.confirmed_by_id, post.confirmed_at = actor.person_id, at
    post.save(update_fields=["confirmed_by", "confirmed_at"])
    _recorded(post, "accounts.post.confirmed", actor, at)
    post_changed(post, by_id=actor.person_id, at=at)
    return post


@transaction.atomic
def post_end(*, post_id: int, ended_on: date | None = None, actor: Actor, at: datetime) -> Post:
    """Ends a post (免职): it no longer holds on ``ended_on`` (today by default) nor after.

    Raises:
        NotFoundError: when the post is not the actor's to see.
        NotPermittedError: when it is the actor's own, or the actor does not administer the organisation.
        NotAllowedNowError: when it has ended already.
        InvalidError: when the day is past.
    """
    post = _post_locked(post_id, actor)
    if post.person_id == actor.person_id:
        raise NotOnOneselfError
    judged(actor_standing(actor, timezone.localdate(at)), Action.POST_END, post.organisation)
    today = timezone.localdate(at)
    if post.ended_on is not None and post.ended_on <= max(today, ended_on or today):
        # an end once set comes sooner, never later: that would be a post that nobody has given
        raise NotAllowedNowError(
            msg("This post ended on %(ended_on)s already; nothing was changed."), ended_on=post.ended_on
        )
    if ended_on is not None and ended_on < today:
        raise InvalidError(msg("A post ends today or later; %(ended_on)s is past."), ended_on=ended_on)
    day_checked(ended_on, msg("It no longer holds from"))
    somebody_else_administers(post)
    post.ended_on = max(ended_on or today, post.started_on)
    post.save(update_fields=["ended_on"])
    if post.ended_on <= today:
        sign_ins_end_all(post.person, SignInEnd.POST, actor, at)
    _recorded(post, "accounts.post.ended", actor, at)
    return post


def _second_hand(actor: Actor, post: Post, on: date) -> None:
    """Sees that the actor is one whose word makes a post whole that another person has given."""
    is_signing = post.role in SIGNING_ROLES | SECONDED_ROLES
    heads = group_heads(post.organisation.path, on) if is_signing else frozenset()
    facts = Facts(subject_path=post.organisation.path, group_head_ids=heads)
    if not judge(actor, Action.POST_SECOND, facts).allowed:
        judged(actor, Action.POST_CONFIRM, post.organisation)


def posts_end_all(person: Person, today: date) -> int:
    """Ends every open post of a locked person as of today, places in groups and oversight too; how many."""
    ended = 0
    rows = Post.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    for post in rows.filter(open_on(today), person=person).order_by("pk"):
        post.person = person
        somebody_else_administers(post)
        post.ended_on = max(today, post.started_on)
        post.save(update_fields=["ended_on"])
        ended += 1
    GroupSeat.objects.filter(open_on(today), person=person).update(ended_on=Greatest("started_on", today))
    Oversight.objects.filter(open_on(today), leader=person).update(ended_on=Greatest("started_on", today))
    return ended


def _post_locked(post_id: int, actor: Actor) -> Post:
    post = post_of(post_id)
    if not (post.person_id == actor.person_id or reaches(actor, post.organisation.path)):
        raise NotFoundError(msg("There is no such post among those you can see."))
    person = any_person_locked(post.person_id, actor)
    fresh = (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=post.pk)
    )
    fresh.person = person
    return fresh


def _role_checked(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise InvalidError(
            msg("“%(role)s” is no role; choose one from the list."), role=str(role)[:40]
        ) from None


def _away_checked(
    acting_for_id: int | None, person: Person, organisation: Organisation, role: Role, on: date
) -> Person | None:
    """Who is away, where the post is held for somebody: the holder of the same post."""
    if acting_for_id is None:
        return None
    if role in ADMIN_ROLES:
        raise InvalidError(
            msg("Nobody acts for an administrator: give another person that post, with its own confirmation.")
        )
    held = Post.objects.filter(
        open_on(on),
        person_id=acting_for_id,
        organisation=organisation,
        role=role,
        acting_for__isnull=True,
        confirmed_at__isnull=False,
    ).exclude(person=person)
    post = held.select_related("person").first()
    if post is None:
        raise NotAllowedNowError(
            msg(
                "Whoever is acted for does not hold the post “%(role)s” in %(organisation)s. Choose who "
                "does, or give the post without “acting”; nothing was changed."
            ),
            role=Message(ROLE_LABELS[role]),
            organisation=organisation.name,
        )
    return post.person


def _end_checked(ended_on: date | None, starts: date, *, is_acting: bool) -> date | None:
    if ended_on is None:
        if is_acting:
            raise InvalidError(
                msg(
                    "Somebody acts for a time: say from which day on it no longer holds; nothing was changed."
                )
            )
        return None
    if ended_on <= starts:
        raise InvalidError(
            msg(
                "The post would end on %(ended_on)s and begin on %(started_on)s; it ends later than "
                "it begins."
            ),
            ended_on=ended_on,
            started_on=starts,
        )
    return day_checked(ended_on, msg("It no longer holds from"))


def _active(person: Person, organisation: Organisation) -> None:
    if not person.is_active:
        raise NotActiveError(
            msg("The account of %(person)s is closed; open it again before giving a post."),
            person=person.name,
        )
    if not organisation.is_active:
        raise NotActiveError(
            msg("%(organisation)s is closed and takes no further posts; open it again first."),
            organisation=organisation.name,
        )


def _recorded(post: Post, name: str, actor: Actor, at: datetime) -> None:
    recorded(
        organisation=post.organisation,
        name=name,
        actor=actor,
        at=at,
        subject=("person", post.person_id),
        values={
            "person": post.person.name,
            "organisation": post.organisation.name,
            "role": post.role,
            "title": post.title,
            **({"acting_for": post.acting_for.name} if post.acting_for else {}),
            "started_on": post.started_on.isoformat(),
            "ended_on": post.ended_on.isoformat() if post.ended_on else None,
        },
    )
