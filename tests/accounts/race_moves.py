"""Many moves and confirmations at one moment; prints what came of it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake.race import together
from migrated import migrate

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TODAY = date(2026, 1, 2)


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()

    migrate()

    from zhenggai.accounts import selectors, services  # noqa: PLC0415 - after setup
    from zhenggai.accounts.models import Organisation, OrganisationPast, Post  # noqa: PLC0415 - likewise
    from zhenggai.domain.actor import Role  # noqa: PLC0415 - likewise
    from zhenggai.trail import selectors as trail  # noqa: PLC0415 - likewise

    first, second = services.first_administrators_create(
        username="first",
        name="首示例",
        password="mostly-harmless-7",
        security_username="second",
        security_name="次示例",
        security_password="mostly-harmless-8",
        organisation_name="云山县",
        at=AT,
    )
    actor = selectors.actor_of(first, TODAY)
    given = {"actor": actor, "at": AT}
    made = [
        services.organisation_create(parent_id=first.organisation_id, name=f"示例{n}局", **given).pk
        for n in range(3)
    ]
    for parent in made:
        services.organisation_create(parent_id=parent, name=f"示例{parent}科", **given)

    def move(number: int) -> str:
        # round in a ring: whichever comes first, no two may end below each other
        which, below = made[number % 3], made[(number + 1) % 3]
        services.organisation_move(organisation_id=which, parent_id=below, **given)
        return "moved"

    said = {"moves": together(move)}
    said["problems"] = [list(each) for each in Organisation.objects.find_problems()]
    said["past"] = OrganisationPast.objects.count()
    person = services.person_create(
        organisation_id=first.organisation_id,
        username="third",
        name="三示例",
        password="mostly-harmless-9",
        **given,
    )
    post = services.post_grant(person_id=person.pk, organisation_id=made[0], role=Role.VERIFIER, **given)

    def confirm(number: int) -> str:
        services.post_confirm(post_id=post.pk, actor=selectors.actor_of(second, TODAY), at=AT)
        return "confirmed"

    said["confirmed"] = together(confirm)
    heir = services.organisation_create(parent_id=first.organisation_id, name="示例承接局", **given).pk
    said["heirs"] = together(
        lambda number: (
            services.organisation_merge(organisation_id=made[0], into_id=heir, **given).successor_id
        )
    )
    said["ended"] = Post.objects.get(pk=post.pk).ended_on is not None
    said["chains"] = [report.ok for report in trail.verify()]
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
