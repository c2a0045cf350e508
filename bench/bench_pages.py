"""Server time of every page with 10,000 findings: ``python bench/bench_pages.py [FINDINGS]``.

Pages are found in the addresses of the program, so that a new one is measured without being named
here. In a database of its own: SQLite in a temporary folder. What a page takes is said in milliseconds,
in queries, in KiB as sent, and as a multiple of a page that asks for nothing but the person: the one on
which a password is changed.
"""

# ruff: noqa: PLC0415 - models load only after Django is set up with that folder

from __future__ import annotations

import logging
import os
import secrets
import sys
import tempfile
from datetime import date
from typing import TYPE_CHECKING, Any

from bench_ledger import AT, median_of, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

# one page in several of its shapes
SHAPES = {
    "inspection": ("?order=leader_last", "?overdue=yes&order=due", "?text=采购", "?group=unit", "?page=150"),
    "search": ("?q=采购", "?q=示例"),
    "inspection-tree": ("?open=1",),
}
BASE = "password"


def addresses(known: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Name and address of each page, and whether all that its address names is there."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def inside(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from inside(each.url_patterns)
            elif each.name:
                yield each

    from django.urls import NoReverseMatch, reverse

    for each in inside(get_resolver("zhenggai.web.urls").url_patterns):
        asked = {name: known.get(name) for name in (*each.pattern.converters, *each.pattern.regex.groupindex)}
        try:
            yield str(each.name), reverse(str(each.name), kwargs=asked), None not in asked.values()
        except NoReverseMatch:
            yield str(each.name), "", False


def administrators(organisation_id: int) -> list[int]:
    """Whoever keeps people, and whoever reads what administrators did."""
    from zhenggai.accounts.models import Organisation, Person, Post
    from zhenggai.domain.actor import Role

    found = []
    granter, second = Person.objects.filter(username__in=("granter", "second")).order_by("pk")
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN):
        organisation = Organisation.objects.get(pk=organisation_id)
        person = Person.objects.create(
            username=role.value, name="管示例", organisation=organisation, created_at=AT
        )
        Post.objects.create(
            person=person,
            organisation=organisation,
            role=role.value,
            started_on=date(2026, 1, 1),
            granted_by=granter,
            confirmed_by=second,
            confirmed_at=AT,
        )
        found.append(person.pk)
    return found


def signed_in(person_id: int) -> Client:
    """A browser in which that person is signed in."""
    from django.test import Client

    from zhenggai.accounts.models import Person

    password = secrets.token_urlsafe(16)
    person = Person.objects.get(pk=person_id)
    person.set_password(password)
    person.must_change_password = False
    person.save()
    browser = Client(HTTP_ACCEPT_ENCODING="gzip")
    browser.post("/sign-in/", {"username": person.username, "password": password})
    return browser


def main(findings: int) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from zhenggai.intake.services import intake_receive
    from zhenggai.ledger.models import Finding, Inspection, Profile, SourceDocument

    clerk, _handler, inspection_id = place(findings)
    inspection = Finding.objects.filter(inspection=inspection_id)
    subject_id = Inspection.objects.get(pk=inspection_id).subject_id
    text = "云山县示例局巡察整改情况的通报\n二、整改情况\n" + "".join(
        f"（{number}）关于第{number}项采购管理不规范问题的整改\n整改措施：逐笔核对并形成清单。\n责任单位：示例股\n"
        for number in range(1, 400)
    )
    receipt: Any = intake_receive(
        actor=clerk, at=AT, organisation_id=subject_id, content=text.encode(), name="bench.txt"
    )
    known = {
        "inspection_id": inspection_id,
        "finding_id": inspection.order_by("position")[findings // 2].pk,
        "document_id": SourceDocument.objects.earliest("pk").pk,
        "person_id": clerk.person_id,
        "intake_id": getattr(receipt, "intake", receipt).pk,
        "kind": "csv",
        "name": "home",
        "profile_id": Profile.objects.earliest("pk").pk,
        "organisation_id": subject_id,
    }
    people = (clerk.person_id, *administrators(subject_id))
    logging.disable(logging.WARNING)
    measured([signed_in(each) for each in people], known, findings)


def measured(browsers: list[Client], known: dict[str, Any], findings: int) -> None:
    """Every page, by the first who may open it, the dearest first; then what has none here."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    base = median_of(5, lambda: browsers[0].get(reverse(BASE)))
    print(f"server time of each page with {findings:,} findings, median of 5; base: {base * 1e3:.1f} ms")
    found, without = [], []
    for name, address, is_whole in addresses(known):
        shapes = ("", *SHAPES.get(name, ())) if is_whole else ()
        if not shapes:
            without.append(name)
        for shape in shapes:
            for browser in browsers:
                with CaptureQueriesContext(connection) as queries:
                    answer = browser.get(address + shape)
                count, weight = len(queries), len(b"".join(answer))
                if answer.status_code == 200:
                    break
            else:
                # what only takes forms is no page
                if answer.status_code != 405:
                    without.append(name)
                continue
            seconds = median_of(5, lambda: b"".join(browser.get(address + shape)))  # noqa: B023 - called at once
            found.append((seconds, f"{name} {shape}".strip(), count, weight))
    for seconds, name, count, weight in sorted(found, reverse=True):
        print(
            f"  {name:<40} {seconds * 1e3:8.1f} ms  {seconds / base:6.1f} × base  {count:3} queries  "
            f"{weight / 1024:7.1f} KiB"
        )
    print(f"  no page of their own here ({len(set(without))}): {', '.join(sorted(set(without)))}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="zhenggai-bench-") as folder:
        os.environ["ZHENGGAI_DATA_DIR"] = folder
        os.environ["ZHENGGAI_DATABASE_URL"] = ""
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhenggai.config.settings"
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
