"""Chains, their events and the events' values (留痕链); guarded by triggers, see `zhenggai.trail.guards`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.proofs.chain import GENESIS


class ChainKind(models.TextChoices):
    """What a chain belongs to (链的归属)."""

    INSPECTION = "inspection"
    ORGANISATION = "organisation"


class Chain(models.Model):
    """One chain of events (留痕链): of an inspection, or of a root organisation's people and posts.

    ``key`` is the id of that inspection or organisation; it is no foreign key, so that nothing deleted there
    can take its trail along. ``head_seq`` and ``head_hash`` are those of the last event, ``GENESIS`` before
    the first.
    """

    kind = models.CharField(max_length=16, choices=ChainKind.choices)
    key = models.PositiveBigIntegerField()
    head_seq = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default=GENESIS)
    head_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="trail_chain_once"),
            models.CheckConstraint(condition=Q(kind__in=ChainKind.values), name="trail_chain_kind_known"),
            models.CheckConstraint(
                condition=Q(head_seq=0, head_hash=GENESIS, head_at__isnull=True)
                | Q(head_seq__gt=0, head_at__isnull=False),
                name="trail_chain_head_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Event(models.Model):
    """One thing that happened (事件). ``hash`` covers every field here and the digests of the values.

    ``actor_id`` and ``subject_id`` are plain ids; the actor's name is the value ``actor`` and so can be
    erased.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=50)
    subject_id = models.PositiveBigIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="trail_event_once"),
            models.CheckConstraint(condition=Q(seq__gt=0), name="trail_event_counts_from_one"),
        ]
        indexes = [
            models.Index(
                fields=["chain", "subject_kind", "subject_id", "seq"], name="trail_event_by_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.name}"


class EventValue(models.Model):
    """One value of an event (事件内容), apart from it so that it can be erased without breaking the chain.

    ``value`` is canonical JSON text (RFC 8785), hashed with ``salt`` into ``digest``; an erased value has
    neither text nor salt, and its digest stays.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="values")
    name = models.CharField(max_length=50)
    salt = models.BinaryField(null=True)
    # one NULL for "erased"; canonical text is never empty
    value = models.TextField(null=True)  # noqa: DJ001
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="trail_eventvalue_once"),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, value__isnull=True)
                | Q(salt__isnull=False, value__isnull=False) & ~Q(value=""),
                name="trail_eventvalue_erased_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.name}"
