"""An older database brought up to date, then many guesses at one moment; prints what came of it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake.race import together

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def older() -> None:
    """Two administrators of the one kind there was, a third below, and one whose post is over."""
    from django.db import connection  # noqa: PLC0415 - after setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - likewise

    target = [("accounts", "0002_sign_ins"), ("trail", "0002_guards")]
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    apps = executor.loader.project_state(target).apps
    organisation = apps.get_model("accounts", "Organisation")
    root = organisation.objects.create(name="云山县", kind="area", path="0001", depth=1, numchild=1)
    below = organisation.objects.create(name="示例局", kind="authority", path="00010001", depth=2)
    people: dict[str, Any] = {}
    for name, seat in (("below", below), ("second", root), ("founder", root), ("gone", root)):
        people[name] = apps.get_model("accounts", "Person").objects.create(
            username=name,
            name=f"{name}示例",
            organisation=root,
            is_founder=name == "founder",
            created_at=AT,
            password="!",
        )
        apps.get_model("accounts", "Post").objects.create(
            person=people[name],
            organisation=seat,
            role="administrator",
            started_on=date(2026, 1, 1),
            ended_on=date(2026, 1, 2) if name == "gone" else None,
            granted_by=people[name],
            confirmed_by=people[name],
            confirmed_at=AT,
        )


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    older()
    call_command("migrate", verbosity=0)

    from zhenggai.accounts import selectors, services  # noqa: PLC0415 - after setup
    from zhenggai.accounts.models import FailedSignIns, Person, Post  # noqa: PLC0415 - likewise
    from zhenggai.domain.errors import ZhenggaiError  # noqa: PLC0415 - likewise
    from zhenggai.domain.totp import code_at, step_of  # noqa: PLC0415 - likewise
    from zhenggai.trail import selectors as trail  # noqa: PLC0415 - likewise
    from zhenggai.trail.chains import ChainKey  # noqa: PLC0415 - likewise

    posts = Post.objects.select_related("person").order_by("pk")
    root = posts[0].person.organisation_id
    views = trail.event_views(trail.events_of(ChainKey.organisation(root)))
    said: dict[str, Any] = {
        "roles": {post.person.username: post.role for post in posts},
        "warrants": sorted({post.warrant for post in posts}),
        "recorded": [[view.name, view.values["role"]] for view in views],
    }
    person = Person.objects.get(username="founder")
    person.set_password("mostly-harmless-7")
    person.save()
    place = services.Place("192.0.2.7")

    def guess(number: int) -> str:
        password = "mostly-harmless-7" if number == 5 else f"guess-{number}"
        try:
            services.sign_in(username="founder", password=password, place=place, at=AT)
        except ZhenggaiError as refusal:
            return refusal.code
        return "in"

    said["guesses"] = together(guess)
    said["counted"] = FailedSignIns.objects.get(subject__startswith="account:").failures
    FailedSignIns.objects.all().delete()
    actor = selectors.actor_of(person, date(2026, 1, 2))
    secret = services.factor_begin(actor=actor, at=AT)
    services.factor_confirm(code=code_at(secret, step_of(AT)), sign_in_id=0, actor=actor, at=AT)
    later = AT + timedelta(seconds=30)

    def check(_number: int) -> str:
        code = code_at(secret, step_of(later))
        services.factor_check(person_id=person.pk, code=code, place=place, at=later)
        return "fits"

    said["codes"] = together(check)
    said["chains"] = [report.ok for report in trail.verify()]
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
