"""Administrators of before become one of the three, each recorded in the trail."""

from django.db import migrations
from django.utils import timezone

from zhenggai.domain.actor import Actor
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

STEP = 4


def divide(apps, schema_editor):
    """The founder becomes system administrator, another one security administrator, all others system ones.

    The other is whoever got a post at the root first, or else any; a system with one administrator has no
    security administrator until “zhenggai administrator --appoint security” gives one.
    """
    Post = apps.get_model("accounts", "Post")
    Organisation = apps.get_model("accounts", "Organisation")
    posts = Post.objects.filter(role="administrator").select_related("person", "organisation").order_by("pk")
    open_ones = [post for post in posts if post.ended_on is None and post.person.is_active]
    # the founder first, then who administers the root, then by age
    order = sorted(
        open_ones, key=lambda post: (not post.person.is_founder, len(post.organisation.path) > STEP, post.pk)
    )
    people = list(dict.fromkeys(post.person_id for post in order))
    secures = people[1] if len(people) > 1 else None
    for post in posts:
        post.role = "security_admin" if post.person_id == secures else "system_admin"
        post.warrant = "earlier"
        post.save(update_fields=["role", "warrant"])
    for post in order:
        post.refresh_from_db()
        root = Organisation.objects.get(path=post.organisation.path[:STEP])
        record(
            chain=ChainKey.organisation(root.pk),
            name="accounts.post.divided",
            actor=Actor(0, "zhenggai migrate"),
            at=timezone.now(),
            subject=("person", post.person_id),
            values={"person": post.person.name, "organisation": post.organisation.name, "role": post.role},
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_three_administrators'),
        ('trail', '0002_guards'),
    ]

    operations = [migrations.RunPython(divide, migrations.RunPython.noop)]
