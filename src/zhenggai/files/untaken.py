"""Stored files that no form ever took (无人使用的文件), removed after a stated time.

What names a stored file is a foreign key to it, or a column whose name ends in ``sha256``: every room is
looked through, so that a new table needs no line here. A hash inside JSON keeps nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, ForeignKey, OuterRef, Q

from zhenggai.files import storage
from zhenggai.files.models import Blob, BlobText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import Model, QuerySet

# longer than any form stays open: its mark ends after a day
UNTAKEN_KEPT: Final = timedelta(days=5)


def blobs_untaken_remove(*, before: datetime) -> int:
    """Forgets files that nothing names and nobody stored since a moment (清理未使用文件); how many.

    The bytes go with the next sweep of files that no row names. Whoever stores the same bytes at this moment
    waits for the row, or has it: `zhenggai.files.services.blob_store` locks it too.
    """
    found = _unnamed().filter(created_at__lt=before).values_list("pk", flat=True)
    return sum(_removed(pk, before) for pk in list(found))


def naming_columns() -> Iterator[tuple[type[Model], str, str]]:
    """Every column that may name a stored file: its model, its name, and what of the file it holds."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001  # Django's documented API of models
            if isinstance(field, ForeignKey):
                if field.related_model is Blob and model is not BlobText:
                    yield model, field.attname, "pk"
            elif field.name.endswith("sha256") and model is not Blob:
                yield model, field.name, "sha256"


def _unnamed() -> QuerySet[Blob]:
    named = Q()
    for model, name, held in naming_columns():
        named |= Q(Exists(model._base_manager.filter(**{name: OuterRef(held)})))  # noqa: SLF001  # likewise
    return Blob.objects.exclude(named)


@transaction.atomic
def _removed(pk: int, before: datetime) -> bool:
    blob = Blob.objects.select_for_update(no_key=True).filter(pk=pk).first()
    # looked at again under the lock: the same bytes may have been stored, and taken, since
    if blob is None or storage.is_since(blob.sha256, before) or not _unnamed().filter(pk=pk).exists():
        return False
    BlobText.objects.filter(blob=blob).delete()
    blob.delete()
    return True
