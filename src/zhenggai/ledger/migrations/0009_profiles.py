"""Profiles with their versions in place of the loose JSON of an inspection, and rounds.

Five profiles come along. An inspection whose JSON said nothing of its own begins with the one of its kind,
which says what the code said until now; one that did gets a profile of its own organisation that says so.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

KINDS = ["inspection", "central_inspection", "audit", "environment", "safety", "other"]
KIND_CHOICES = [(kind, kind) for kind in KINDS]
KEPT = "沿用原设置"
NOTE_SEEDED = "Comes along; every value is a default."
NOTE_KEPT = "As it was set for these inspections before profiles had versions."

# What the five have in common: every value is a default (DOMAIN §7), to be changed in a profile of one's own.
COMMON: dict[str, Any] = {
    "format": "zhenggai.profile/1",
    "ladder": ["responsible_leader", "office_clerk"],
    "plan_ladder": ["leading_group"],
    "warning": {"near_days": 20, "very_near_days": 10},
    "warned": {
        "near": ["handler"],
        "very_near": ["handler", "responsible_leader"],
        "overdue": ["handler", "unit_head"],
    },
    "colours": {
        "none": "grey",
        "far": "green",
        "near": "yellow",
        "very_near": "orange",
        "overdue": "red",
    },
    "counting": {
        "denominator": "findings",
        "stage_closed_counts": False,
        "substantially_done_counts": False,
        "places": 2,
        "rounding": "half_up",
    },
}
WORDS = ("inspection", "subject", "inspector", "feedback", "finding", "plan", "report", "notice", "closing", "round")
# kind → title, months of concentrated work and between reports, words in the order above
SEEDS: dict[str, tuple[str, int, int, tuple[tuple[str, str], ...]]] = {
    "inspection": (
        "巡察默认规则",
        3,
        3,
        (
            ("巡察", "Inspection"),
            ("被巡察单位", "Inspected organisation"),
            ("巡察组", "Inspection team"),
            ("巡察反馈意见", "Feedback"),
            ("反馈问题", "Finding"),
            ("整改方案", "Rectification plan"),
            ("整改情况报告", "Rectification report"),
            ("整改情况通报", "Rectification notice"),
            ("销号", "Closing"),
            ("巡察轮次", "Round"),
        ),
    ),
    "central_inspection": (
        "巡视默认规则",
        6,
        3,
        (
            ("巡视", "Inspection from above"),
            ("被巡视单位", "Inspected organisation"),
            ("巡视组", "Inspection team"),
            ("巡视反馈意见", "Feedback"),
            ("反馈问题", "Finding"),
            ("整改方案", "Rectification plan"),
            ("整改情况报告", "Rectification report"),
            ("整改情况通报", "Rectification notice"),
            ("销号", "Closing"),
            ("巡视轮次", "Round"),
        ),
    ),
    "audit": (
        "审计默认规则",
        3,
        3,
        (
            ("审计", "Audit"),
            ("被审计单位", "Audited organisation"),
            ("审计组", "Audit team"),
            ("审计报告", "Audit report"),
            ("审计查出问题", "Audit finding"),
            ("审计整改方案", "Corrective action plan"),
            ("审计整改报告", "Follow-up report"),
            ("审计整改结果公告", "Published results"),
            ("对账销号", "Closing"),
            ("审计批次", "Round of audits"),
        ),
    ),
    "environment": (
        "环保督察默认规则",
        6,
        3,
        (
            ("督察", "Environmental inspection"),
            ("被督察单位", "Inspected organisation"),
            ("督察组", "Inspectorate"),
            ("督察反馈意见", "Feedback"),
            ("督察反馈问题", "Finding"),
            ("督察整改方案", "Rectification plan"),
            ("整改落实情况报告", "Rectification report"),
            ("整改销号公示", "Closure notice"),
            ("验收销号", "Acceptance and closing"),
            ("督察批次", "Round"),
        ),
    ),
    "safety": (
        "安全检查默认规则",
        1,
        1,
        (
            ("安全检查", "Safety inspection"),
            ("受检单位", "Inspected organisation"),
            ("检查组", "Inspection team"),
            ("检查意见", "Inspection report"),
            ("隐患", "Hazard"),
            ("隐患治理方案", "Hazard treatment plan"),
            ("隐患治理情况报告", "Treatment report"),
            ("隐患治理公示", "Published results"),
            ("验收销号", "Acceptance and closing"),
            ("检查批次", "Round"),
        ),
    ),
}


def content_of(kind: str) -> dict[str, Any]:
    _title, concentrated, report_every, words = SEEDS[kind]
    return {
        **COMMON,
        "words": {name: {"zh": zh, "en": en} for name, (zh, en) in zip(WORDS, words, strict=True)},
        "time": {
            "plan_months": 1,
            "concentrated_months": concentrated,
            "report_every_months": report_every,
            "evaluation_months": 1,
        },
    }


def digest_of(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def begin(apps: Any, schema_editor: Any) -> None:
    profile_model = apps.get_model("ledger", "Profile")
    version_model = apps.get_model("ledger", "ProfileVersion")
    inspection_model = apps.get_model("ledger", "Inspection")
    now = timezone.now()
    if schema_editor.connection.vendor == "postgresql":
        # a database that was taken back still has it; it is made anew after every migrate
        schema_editor.execute(
            "DROP TRIGGER IF EXISTS ledger_inspection_update_profile ON ledger_inspection"
        )

    def made(profile: Any, content: dict[str, Any], note: str) -> Any:
        return version_model.objects.create(
            profile=profile, number=1, content=content, digest=digest_of(content), made_at=now, note=note
        )

    seeded = {
        kind: made(
            profile_model.objects.create(kind=kind, title=title, created_at=now), content_of(kind), NOTE_SEEDED
        )
        for kind, (title, *_rest) in SEEDS.items()
    }
    kept: dict[tuple[int, str, str], Any] = {}
    titles: dict[tuple[int, str], int] = {}
    for inspection in inspection_model.objects.order_by("pk"):
        default = seeded[inspection.kind if inspection.kind in SEEDS else "inspection"]
        content = with_own(default.content, inspection.profile or {})
        version = default
        if content != default.content:
            key = (inspection.subject_id, inspection.kind, digest_of(content))
            if key not in kept:
                count = titles[key[:2]] = titles.get(key[:2], 0) + 1
                profile = profile_model.objects.create(
                    kind=inspection.kind,
                    title=KEPT if count == 1 else f"{KEPT}（{count}）",
                    owner_id=inspection.subject_id,
                    created_at=now,
                )
                kept[key] = made(profile, content, NOTE_KEPT)
            version = kept[key]
        inspection_model.objects.filter(pk=inspection.pk).update(profile_version=version)
    # PostgreSQL alters no table on whose rows a deferred check still waits
    schema_editor.connection.check_constraints()


def with_own(content: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The content with what the loose JSON of an inspection said, as the code read it until now."""
    merged = {**content, "counting": {**content["counting"]}}
    for name in ("ladder", "plan_ladder"):
        if own.get(name) is not None:
            merged[name] = list(own[name])
    counting = own.get("counting") or {}
    for name in ("stage_closed_counts", "substantially_done_counts"):
        if name in counting:
            merged["counting"][name] = bool(counting[name])
    if "places" in counting:
        merged["counting"]["places"] = int(counting["places"])
    return merged


def back(apps: Any, schema_editor: Any) -> None:
    """What the code before profiles read goes back into the JSON; words, times and colours it did not know."""
    inspection_model = apps.get_model("ledger", "Inspection")
    for inspection in inspection_model.objects.select_related("profile_version"):
        content = inspection.profile_version.content
        default = content_of(inspection.kind if inspection.kind in SEEDS else "inspection")
        own = {name: content[name] for name in ("ladder", "plan_ladder") if content[name] != default[name]}
        counting = {
            name: content["counting"][name]
            for name in ("stage_closed_counts", "substantially_done_counts", "places")
            if content["counting"][name] != default["counting"][name]
        }
        inspection_model.objects.filter(pk=inspection.pk).update(
            profile={**own, **({"counting": counting} if counting else {})}
        )
    schema_editor.connection.check_constraints()


def kind_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name=name)


def titled(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name=name)


def link(to: str, related: str, **values: Any) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related, to=to, **values
    )


def id_field() -> tuple[str, models.BigAutoField]:
    return (
        "id",
        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_organisations_past"),
        ("ledger", "0008_restricted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                id_field(),
                ("kind", models.CharField(choices=KIND_CHOICES, max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("owner", link("accounts.organisation", "profiles", blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    titled("ledger_profile_titled"),
                    kind_known("ledger_profile_kind_known"),
                    models.UniqueConstraint(
                        fields=("kind",),
                        condition=models.Q(("owner__isnull", True)),
                        name="ledger_profile_seeded_once",
                    ),
                    models.UniqueConstraint(
                        fields=("owner", "kind", "title"),
                        condition=models.Q(("owner__isnull", False)),
                        name="ledger_profile_title_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileVersion",
            fields=[
                id_field(),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("made_by", link(settings.AUTH_USER_MODEL, "+", blank=True, null=True)),
                ("profile", link("ledger.profile", "versions")),
            ],
            options={
                "ordering": ["profile", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("profile", "number"), name="ledger_profileversion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="ledger_profileversion_counted"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                id_field(),
                ("title", models.CharField(max_length=200)),
                ("kind", models.CharField(choices=KIND_CHOICES, max_length=20)),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("body", link("accounts.organisation", "rounds")),
            ],
            options={
                "ordering": ["-begins_on", "-id"],
                "constraints": [
                    titled("ledger_round_titled"),
                    kind_known("ledger_round_kind_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="ledger_round_in_order",
                    ),
                    models.UniqueConstraint(fields=("body", "title"), name="ledger_round_title_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="round",
            field=link("ledger.round", "inspections", blank=True, null=True),
        ),
        migrations.AddField(
            model_name="inspection",
            name="profile_version",
            field=link("ledger.profileversion", "inspections", null=True),
        ),
        migrations.RunPython(begin, back),
        migrations.AlterField(
            model_name="inspection",
            name="profile_version",
            field=link("ledger.profileversion", "inspections"),
        ),
        migrations.RemoveField(model_name="inspection", name="profile"),
    ]
