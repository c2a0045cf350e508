"""What is known of a stored file (文件登记); the bytes lie in the data folder."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """The bytes of one file, whoever handed it in and however often (文件内容); it has no name here."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="files_blob_sha256_hex"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256
