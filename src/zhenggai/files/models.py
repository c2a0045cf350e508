"""What is known of a stored file (文件登记); the bytes lie in the data folder."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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


class Upload(models.Model):
    """A file on its way in, which resumes where it broke off (断点续传); only its owner's.

    ``token`` names it in addresses and, alone, on the disk. ``offset_bytes`` of ``size_bytes`` are certainly
    there; ``sha256`` is what the sender said, or empty; ``stored_sha256`` is the blob that it became.
    """

    token = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    offset_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    stored_sha256 = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(offset_bytes__lte=F("size_bytes")), name="files_upload_offset_within"
            ),
            models.CheckConstraint(
                condition=Q(("token__regex", r"^[0-9a-f]{32}$")), name="files_upload_token_hex"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, stored_sha256="")
                | Q(finished_at__isnull=False, offset_bytes=F("size_bytes")) & ~Q(stored_sha256=""),
                name="files_upload_finished_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(finished_at__isnull=True), name="files_upload_open"),
            models.Index(fields=["touched_at"], name="files_upload_touched"),
        ]

    def __str__(self) -> str:
        return self.token


class BlobText(models.Model):
    """The text of a stored file, as far as it has one (文件文本); ``fault_code`` says why there is none."""

    blob = models.OneToOneField(Blob, on_delete=models.PROTECT, related_name="taken_text")
    text = models.TextField(blank=True)
    fault_code = models.CharField(max_length=100, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.blob_id} {self.fault_code}"
