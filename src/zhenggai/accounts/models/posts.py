"""People, organisations and the posts that join them (人员、单位、职务)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from treebeard.mp_tree import MP_Node

from zhenggai.accounts.kinds import Language, OrganisationKind, Theme, Warrant
from zhenggai.accounts.usernames import username_folded, username_is_valid
from zhenggai.domain.actor import ADMIN_ROLES, SECONDED_ROLES, SIGNING_ROLES, Role


class Organisation(MP_Node):  # type: ignore[misc] # treebeard carries no types
    """An organisation in its tree (单位); ``path`` has four characters a level: a prefix is an ancestor.

    ``successor`` is the organisation into which this one was merged; it stands closed below that one.
    """

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in OrganisationKind])
    is_active = models.BooleanField(default=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="accounts_organisation_named"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | (Q(is_active=False) & ~Q(successor=F("id"))),
                name="accounts_organisation_merged_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]),
                name="accounts_organisation_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one, else the name."""
        return self.short_name or self.name

    @property
    def root_path(self) -> str:
        """The path of the root organisation above this one (or of itself)."""
        return str(self.path)[: self.steplen]


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by user name in any letter case and width."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person who signs in under the name."""
        folded = username_folded(username or "")
        if not username_is_valid(folded):
            # not asked for at all: PostgreSQL takes no text with NUL or half a character in it
            raise self.model.DoesNotExist
        return self.get(username=folded)


class Person(AbstractBaseUser):
    """A person who signs in (人员).

    What a person may do follows from the posts alone: there is no superuser and no other permission.
    ``organisation`` is where the person works and who looks after the account. ``password_reset_at`` is the
    last time somebody else set the password, ``password_changed_at`` the last time the person did;
    ``must_change_password`` holds between the two: such a password opens nothing but its own change.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    merged_from = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    language = models.CharField(
        max_length=8, blank=True, choices=[(language, language) for language in Language]
    )
    theme = models.CharField(max_length=8, blank=True, choices=[(theme, theme) for theme in Theme])
    is_active = models.BooleanField(default=True)
    is_founder = models.BooleanField(default=False)
    password_reset_at = models.DateTimeField(null=True, blank=True)
    password_reset_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    password_changed_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="accounts_person_named"),
            models.CheckConstraint(condition=~Q(username=""), name="accounts_person_has_username"),
            # two first administrators cannot be made at once
            models.UniqueConstraint(
                fields=["is_founder"], condition=Q(is_founder=True), name="accounts_person_one_founder"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role of a person in an organisation and all below it (职务).

    It holds from ``started_on`` up to, but without, ``ended_on``. ``acting_for`` is who holds the same post
    and is away until then (代理). A role that signs or administers holds only
    once a second person has confirmed it (``confirmed_at``); every other is confirmed as it is granted. The
    head of a unit works from then on, and signs once another person than who gave the post has confirmed it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(role, role) for role in Role])
    title = models.CharField(max_length=100, blank=True)
    acting_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="posts_acted", null=True, blank=True
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    warrant = models.CharField(
        max_length=10, choices=[(warrant, warrant) for warrant in Warrant], default=Warrant.TWO
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ended_on__isnull=True),
                name="accounts_post_open_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="accounts_post_role_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="accounts_post_in_order",
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True)
                | (Q(ended_on__isnull=False) & ~Q(acting_for=F("person")) & ~Q(role__in=sorted(ADMIN_ROLES))),
                name="accounts_post_acting_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="accounts_post_confirmation_whole",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(SIGNING_ROLES))
                | Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("granted_by")),
                name="accounts_post_signing_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(SIGNING_ROLES))
                | (
                    ~Q(granted_by=F("person")) & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person")))
                ),
                name="accounts_post_signing_not_by_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(SECONDED_ROLES))
                | Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("person")),
                name="accounts_post_seconded_not_by_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(ADMIN_ROLES))
                | ~Q(warrant=Warrant.TWO.value)
                | (
                    ~Q(granted_by=F("person"))
                    & (
                        Q(confirmed_by__isnull=True)
                        | (~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("granted_by")))
                    )
                ),
                name="accounts_post_admin_by_two",
            ),
            models.CheckConstraint(
                condition=Q(warrant=Warrant.TWO.value)
                | (Q(warrant__in=[each.value for each in Warrant]) & Q(role__in=sorted(ADMIN_ROLES))),
                name="accounts_post_warrant_of_admins",
            ),
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(warrant=Warrant.SET_UP.value),
                name="accounts_post_set_up_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_on"], name="accounts_post_in_force")]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} {self.organisation_id}"

    @property
    def waits_for_second(self) -> bool:
        """Whether one person alone gave this post, which would sign had a second one confirmed it."""
        return self.role in SECONDED_ROLES and self.confirmed_by_id == self.granted_by_id
