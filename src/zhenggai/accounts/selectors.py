"""What is asked about people, organisations and posts (查询)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, or_
from typing import TYPE_CHECKING, Final, Protocol

from django.db.models import Prefetch, Q

from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.accounts.models import (
    Factor,
    FactorRemoval,
    FailedSignIns,
    Organisation,
    OrganisationPast,
    Person,
    Post,
    RecoveryCode,
    SignIn,
)
from zhenggai.accounts.sign_in_times import overdue
from zhenggai.accounts.subjects import account_subject
from zhenggai.domain.actor import Actor, Grant, Role, Seat
from zhenggai.domain.errors import NotFoundError, NotPermittedError
from zhenggai.domain.fixing import WORKING_ROLES
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import GRANTS, Action, Facts, judge
from zhenggai.trail.chains import ChainKey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet


# who sees people and posts
PEOPLE_ROLES: Final = tuple(role for role, _ in GRANTS[Action.PEOPLE_VIEW])
WITH_POST: Final = ("person__organisation", "person__merged_from", "organisation", "acting_for")


class SignedIn(Protocol):
    """What `actor_of` needs of ``request.user``."""

    pk: int
    name: str
    is_active: bool


def actor_of(person: SignedIn, on: date) -> Actor:
    """The person with the posts that hold on the day (当事人); one query. A closed account has none."""
    rows = Post.objects.filter(person_id=person.pk, person__is_active=True)
    posts = sorted(rows.select_related(*WITH_POST).order_by(), key=attrgetter("pk"))
    return actor_from(person.pk, person.name, posts, on)


def actor_standing(actor: Actor, on: date) -> Actor:
    """The same person with the posts as they stand at this moment (现时当事人), to be judged once more.

    To be called inside the transaction of a change: between the sign-in or the first byte of a long upload
    and the change, a post can end and an account can be closed. The person's row stays locked until then, so
    that an end that was answered as done is never followed by an act under that post.
    """
    rows = Post.objects.select_for_update(of=("person",), no_key=True).filter(
        person_id=actor.person_id, person__is_active=True
    )
    posts = sorted(rows.select_related(*WITH_POST).order_by(), key=attrgetter("pk"))
    return actor_from(actor.person_id, actor.label, posts, on)


def actor_from(person_id: int, name: str, rows: Iterable[Post], on: date) -> Actor:
    """The person with the posts that hold on the day, of all posts in order, loaded with `WITH_POST`."""
    posts = [post for post in rows if post.started_on <= on and post.confirmed_at is not None]
    grants = tuple(
        Grant(
            Role(post.role),
            post.organisation_id,
            post.organisation.path,
            post.acting_for_id,
            post.acting_for.name if post.acting_for else "",
            by_two=not post.waits_for_second,
        )
        for post in posts
        if post.ended_on is None or post.ended_on > on
    )
    home = _homes(posts[0].person) if posts else ()
    return Actor(person_id, name, grants, (*home, *(_seat(post) for post in posts)))


def seats_of(person_ids: Collection[int], on: date) -> dict[int, tuple[Seat, ...]]:
    """Where each person belongs, or ever belonged (历任所在单位), by workplace and post; one query.

    Who never held a post is left out: such a person has done nothing that could be asked about.
    """
    posts = Post.objects.filter(person_id__in=set(person_ids), started_on__lte=on, confirmed_at__isnull=False)
    seats: dict[int, list[Seat]] = defaultdict(list)
    for post in posts.select_related(*WITH_POST).order_by("pk"):
        if post.person_id not in seats:
            seats[post.person_id].extend(_homes(post.person))
        seats[post.person_id].append(_seat(post))
    return {person_id: tuple(each) for person_id, each in seats.items()}


def _homes(person: Person) -> tuple[Seat, ...]:
    """Where the person works, and worked until that was merged into another."""
    places = [person.organisation, *([person.merged_from] if person.merged_from else [])]
    return tuple(Seat(each.path) for each in places)


def _seat(post: Post) -> Seat:
    return Seat(post.organisation.path, Role(post.role), post.ended_on, post.started_on)


def person_get(person_id: int) -> Person:
    """The person with the organisation.

    Raises:
        NotFoundError: when there is none.
    """
    person = Person.objects.select_related("organisation").filter(pk=person_id).first()
    if person is None:
        raise NotFoundError(msg("There is no such person among those you can see."))
    return person


def person_by_username(username: str) -> Person | None:
    """The person who signs in under the name, in any letter case and width."""
    try:
        return Person.objects.get_by_natural_key(username)
    except Person.DoesNotExist:
        return None


def sign_ins_shown(person_id: int, at: datetime, most: int) -> tuple[list[SignIn], list[SignIn]]:
    """The sign-ins of a person that stand, and the last that are over (登录记录), the newest first.

    One that ran out of time is over, also where no page has noticed yet.
    """
    rows = SignIn.objects.filter(person_id=person_id).order_by("-started_at", "-pk")
    latest = list(rows.filter(ended_at__isnull=True))
    standing = [row for row in latest if overdue(row, at) is None]
    late = [row for row in latest if row not in standing]
    for row in late:
        row.ended_why = str(overdue(row, at))
    past = sorted([*late, *rows.filter(ended_at__isnull=False)[:most]], key=lambda row: row.started_at)
    return standing, past[::-1][:most]


def last_here(person_id: int, sign_in_id: int | None) -> datetime | None:
    """When the person was last seen before this sign-in (上次在线); None for the first time. One query."""
    rows = SignIn.objects.filter(~Q(pk=sign_in_id), person_id=person_id).order_by("-seen_at")
    return rows.values_list("seen_at", flat=True).first()


def waits_until(username: str, at: datetime) -> datetime | None:
    """Until when nobody can sign in under the user name (锁定至); None while it does not wait."""
    row = FailedSignIns.objects.filter(subject=account_subject(username), blocked_until__gt=at).first()
    return row.blocked_until if row else None


def factor_of(person_id: int) -> Factor | None:
    """The second factor that the person uses (第二验证方式); None while none is confirmed."""
    return Factor.objects.filter(person_id=person_id, confirmed_at__isnull=False).first()


def recovery_codes_left(person_id: int) -> int:
    """How many recovery codes (备用码) the person has not used yet."""
    return RecoveryCode.objects.filter(factor__person_id=person_id, used_at__isnull=True).count()


def factor_removed_at(person_id: int) -> datetime | None:
    """When somebody else last took the person's second factor away (解除时间)."""
    last = FactorRemoval.objects.filter(person_id=person_id).order_by("-at").first()
    return last.at if last else None


def factor_removals(person_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When the second factors of these people were taken away by somebody else, oldest first; one query."""
    removals: dict[int, list[datetime]] = defaultdict(list)
    for row in FactorRemoval.objects.filter(person_id__in=set(person_ids)).order_by("at"):
        removals[row.person_id].append(row.at)
    return dict(removals)


def people_exist() -> bool:
    """Whether the first administrator has been made."""
    return Person.objects.exists()


def people_of(path: str, *, on: date | None = None) -> QuerySet[Person]:
    """People who work, or hold an open post, in the organisation at ``path`` or below it, by name.

    Their organisation and their open posts (``open_posts``, with organisations) come along in two more
    queries; with ``on`` only posts that are not over on that day.
    """
    still_open = open_on(on)
    seated = Post.objects.filter(still_open, organisation__path__startswith=path).values("person_id")
    posts = (
        Post.objects.filter(still_open)
        .select_related("organisation", "acting_for")
        .order_by("organisation__path", "role")
    )
    return (
        Person.objects.filter(Q(organisation__path__startswith=path) | Q(pk__in=seated))
        .select_related("organisation")
        .prefetch_related(Prefetch("posts", queryset=posts, to_attr="open_posts"))
        .order_by("name", "pk")
    )


def people_visible(actor: Actor, *, on: date | None = None) -> QuerySet[Person]:
    """People who work in, or hold an open post in, an organisation the actor administers, as `people_of`.

    With ``on``, a post that ends later than that day is open too.
    """
    paths = actor.paths_of(*PEOPLE_ROLES)
    seated = Post.objects.filter(open_on(on), below("organisation__path", paths)).values("person_id")
    return people_of("", on=on).filter(below("organisation__path", paths) | Q(pk__in=seated))


def people_with_role(role: Role, path: str, on: date) -> QuerySet[Person]:
    """Open accounts that hold the role on the day at, above or below the organisation at ``path``."""
    steps = [path[:end] for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen)]
    holding = Post.objects.filter(
        _holding(on), Q(organisation__path__in=steps) | Q(organisation__path__startswith=path), role=role
    )
    return (
        Person.objects.filter(is_active=True, pk__in=holding.values("person_id"))
        .select_related("organisation")
        .order_by("name", "pk")
    )


def working_paths(paths: Collection[str], on: date) -> set[str]:
    """Those organisations whose work somebody's post as handler or head covers on the day; one query."""
    if not paths:
        return set()
    roots = {path[: Organisation.steplen] for path in paths}
    posts = Post.objects.filter(
        _holding(on),
        reduce(or_, (Q(organisation__path__startswith=root) for root in sorted(roots))),
        role__in=sorted(WORKING_ROLES),
        person__is_active=True,
    )
    seats = set(posts.values_list("organisation__path", flat=True))
    return {path for path in paths if any(path.startswith(seat) for seat in seats)}


def post_get(post_id: int) -> Post:
    """The post with person and organisation.

    Raises:
        NotFoundError: when there is none.
    """
    post = Post.objects.select_related("person", "organisation").filter(pk=post_id).first()
    if post is None:
        raise NotFoundError(msg("There is no such post among those you can see."))
    return post


def posts_unconfirmed(actor: Actor, on: date | None = None) -> QuerySet[Post]:
    """Posts that wait for the security administrator (待确认任职), below what the actor administers."""
    return (
        Post.objects.filter(
            open_on(on),
            below("organisation__path", actor.paths_of(*PEOPLE_ROLES)),
            confirmed_at__isnull=True,
        )
        .select_related("person", "organisation", "granted_by", "acting_for")
        .order_by("pk")
    )


def organisation_get(organisation_id: int) -> Organisation:
    """The organisation.

    Raises:
        NotFoundError: when there is none.
    """
    organisation: Organisation | None = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    return organisation


def organisation_path(organisation_id: int) -> str:
    """The path of an organisation (单位路径), empty where there is none."""
    return str(Organisation.objects.filter(pk=organisation_id).values_list("path", flat=True).first() or "")


def organisations_at(paths: Collection[str]) -> dict[str, Organisation]:
    """The organisations at these paths (按路径取单位), by path; one query."""
    return {each.path: each for each in Organisation.objects.filter(path__in=set(paths))}


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on an organisation (所属情况): people and posts seated there, those below."""

    people: int
    posts: int
    below: int


def organisation_hanging(organisation: Organisation, on: date) -> Hanging:
    """What would go along or end if the organisation merged into another; three queries."""
    return Hanging(
        Person.objects.filter(organisation=organisation).count(),
        Post.objects.filter(open_on(on), organisation=organisation).count(),
        Organisation.objects.filter(path__startswith=organisation.path, depth=organisation.depth + 1).count(),
    )


def organisation_past(organisation: Organisation) -> QuerySet[OrganisationPast]:
    """What the organisation was called and where it stood before (沿革), the newest change first."""
    rows = OrganisationPast.objects.filter(organisation=organisation).select_related("parent")
    return rows.order_by("-until", "-pk")


def organisations_visible(actor: Actor, *roles: Role) -> QuerySet[Organisation]:
    """Organisations at or below the actor's posts (可见单位), of the given roles or of all, as a tree."""
    wanted = roles or tuple(actor.roles)
    rows: QuerySet[Organisation] = Organisation.objects.filter(below("path", actor.paths_of(*wanted)))
    return rows.select_related("successor").order_by("path")


def inspecting_bodies(actor: Actor) -> QuerySet[Organisation]:
    """The inspecting bodies that work here (检查机构), below the same roots as the actor's posts."""
    roots = {grant.path[: Organisation.steplen] for grant in actor.grants}
    rows: QuerySet[Organisation] = Organisation.objects.filter(
        below("path", roots), kind=OrganisationKind.INSPECTING_BODY.value, is_active=True
    )
    return rows.order_by("path")


def organisations_below(path: str) -> QuerySet[Organisation]:
    """The organisation at ``path`` and all below it that are open, in the tree's order."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(path__startswith=path, is_active=True)
    return rows.order_by("path")


def organisation_root_ids() -> list[int]:
    """Every root organisation's id, for checks of the whole system; shows nothing of any."""
    return list(Organisation.objects.filter(depth=1).order_by("pk").values_list("pk", flat=True))


def organisation_root_id(path: str) -> int:
    """The id of the root organisation above ``path``: the key of its chain in the trail.

    Raises:
        NotFoundError: when there is none.
    """
    root_id = (
        Organisation.objects.filter(path=path[: Organisation.steplen]).values_list("pk", flat=True).first()
    )
    if root_id is None:
        raise NotFoundError(msg("There is no such organisation among those you can see."))
    return int(root_id)


def organisation_root_path(path: str) -> str:
    """The path of the root organisation above ``path``."""
    return path[: Organisation.steplen]


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """The names of people by their ids; one query."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "name"))


def accounts_chain(actor: Actor) -> ChainKey:
    """The chain of people, posts and sign-ins that the actor may read (账号留痕).

    Raises:
        NotPermittedError: when the actor is no audit administrator of a root organisation.
    """
    path = next(iter(actor.paths_of(Role.AUDIT_ADMIN)), None)
    verdict = judge(actor, Action.ACCOUNTS_TRAIL_VIEW, Facts(subject_path=path))
    if verdict.reason is not None:
        raise NotPermittedError(verdict.reason.template, **verdict.reason.values)
    return ChainKey.organisation(organisation_root_id(path or ""))


def _holding(on: date) -> Q:
    return Q(started_on__lte=on, confirmed_at__isnull=False) & open_on(on)


def open_on(on: date | None) -> Q:
    """Posts that are not over on the day, or, without one, that have no end."""
    return Q(ended_on__isnull=True) if on is None else Q(ended_on__isnull=True) | Q(ended_on__gt=on)


def below(field: str, paths: Collection[str]) -> Q:
    """At or below one of the paths, for a filter; nothing where there is none."""
    # an empty OR would let everything through
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=[]))
