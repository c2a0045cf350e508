"""Leading groups with their seats (领导小组), and which leader oversees which unit (分管)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhenggai.accounts.kinds import GroupPlace
from zhenggai.accounts.models.posts import Organisation, Person

_IN_ORDER = Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))


class LeadingGroup(models.Model):
    """The leading group of an organisation (领导小组); one stands at a time.

    ``basis`` is the document that set it up; ``office_unit`` the unit in which its office (整改办) is seated.
    It stands from ``started_on`` up to, but without, ``ended_on``.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leading_groups")
    name = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)
    office_unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="accounts_group_named"),
            models.CheckConstraint(condition=_IN_ORDER, name="accounts_group_in_order"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_on__isnull=True), name="accounts_group_open_once"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class GroupSeat(models.Model):
    """A person's place in a leading group (组长、副组长、成员、办公室主任), from a day on until it is ended.

    The head's holds only once the security administrator has confirmed it, since the head may be the second
    hand that confirms a post that signs; every other place gives no right and is confirmed as it is given.
    """

    group = models.ForeignKey(LeadingGroup, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="group_seats")
    place = models.CharField(max_length=20, choices=[(place, place) for place in GroupPlace])
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__in=[place.value for place in GroupPlace]),
                name="accounts_groupseat_place_known",
            ),
            models.CheckConstraint(condition=_IN_ORDER, name="accounts_groupseat_in_order"),
            models.UniqueConstraint(
                fields=["group", "person", "place"],
                condition=Q(ended_on__isnull=True),
                name="accounts_groupseat_open_once",
            ),
            models.UniqueConstraint(
                fields=["group", "place"],
                condition=Q(
                    ended_on__isnull=True, place__in=[GroupPlace.HEAD.value, GroupPlace.OFFICE_HEAD.value]
                ),
                name="accounts_groupseat_one_head",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="accounts_groupseat_confirmation_whole",
            ),
            models.CheckConstraint(
                condition=~Q(place=GroupPlace.HEAD.value)
                | (
                    ~Q(named_by=F("person"))
                    & (
                        Q(confirmed_by__isnull=True)
                        | (~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("named_by")))
                    )
                ),
                name="accounts_groupseat_head_by_two",
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_on"], name="accounts_groupseat_in_force")]

    def __str__(self) -> str:
        return f"{self.place} {self.person_id} {self.group_id}"


class Oversight(models.Model):
    """A leader oversees a unit and everything below it (分管), and is proposed as its responsible leader.

    It gives no right: who leads a finding is assigned by the office, and who signs holds the post.
    """

    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="oversights")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="oversights")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="accounts_oversight_in_order"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_on__isnull=True), name="accounts_oversight_open_once"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.leader_id} {self.unit_id}"
