"""What intake keeps of a workbook (电子表格的数据): mapping, grid, problems of cells; what is remembered."""

from __future__ import annotations

from django.db import models

SHA256 = 64


class IntakeBook(models.Model):
    """The workbook of an intake (收件的电子表格): how its sheets and columns were understood, and by whom.

    ``sheets`` is what pages show of the mapping by which the draft was made (`book_view.sheets_shown`).
    ``choices`` is what a person chose for this very document, sheet by sheet; ``uses_memory`` whether what
    was chosen for the same headers before is taken. ``remembers``: the choice is still to be remembered, once
    the document has been read by it. ``kept`` are columns of which nothing becomes a field.
    """

    intake = models.OneToOneField(
        "intake.Intake", on_delete=models.CASCADE, primary_key=True, related_name="book"
    )
    sheets = models.JSONField(default=list, blank=True)
    kept = models.JSONField(default=list, blank=True)
    grid_sha256 = models.CharField(max_length=SHA256, blank=True)
    cells = models.PositiveBigIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    choices = models.JSONField(default=list, blank=True)
    uses_memory = models.BooleanField(default=True)
    remembers = models.BooleanField(default=False)
    chosen_by = models.CharField(max_length=200, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    marked = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.intake_id}"


class SheetWindow(models.Model):
    """Where some rows of a sheet stand (表格片段) in the blob of the grid and in the text of the reading.

    ``sheet`` is the place of the sheet in the workbook, from 0; rows count from 1.
    """

    intake = models.ForeignKey("intake.Intake", on_delete=models.CASCADE, related_name="sheet_windows")
    position = models.PositiveIntegerField()
    sheet = models.PositiveIntegerField()
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    start = models.PositiveBigIntegerField()
    end = models.PositiveBigIntegerField()
    offset_bytes = models.PositiveBigIntegerField()
    length_bytes = models.PositiveBigIntegerField()

    class Meta:
        """Stretches in order, each once; found by a place in the text, or by sheet and row."""

        constraints = [
            models.UniqueConstraint(fields=["intake", "position"], name="intake_sheet_window_once"),
        ]
        indexes = [
            models.Index(fields=["intake", "start"], name="intake_sheet_window_place"),
            models.Index(fields=["intake", "sheet", "first_row"], name="intake_sheet_window_row"),
        ]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.position}"


class CellIssue(models.Model):
    """One problem of a workbook (校验问题), as the reader named it: rule, sheet, cell, what stands there.

    ``row`` is the cell's, from 0; ``words`` are those of the rule's sentence.
    ``finding`` is the finding of the draft in whose rows it lies.
    """

    intake = models.ForeignKey("intake.Intake", on_delete=models.CASCADE, related_name="issues")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    sheet = models.PositiveIntegerField()
    sheet_name = models.TextField(blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    address = models.CharField(max_length=40, blank=True)
    value = models.TextField(blank=True)
    words = models.JSONField(default=dict, blank=True)
    is_question = models.BooleanField(default=False)
    finding = models.ForeignKey(
        "intake.DraftFinding", on_delete=models.SET_NULL, null=True, blank=True, related_name="issues"
    )

    class Meta:
        """In the order of the cells, and by sheet or rule."""

        constraints = [
            models.UniqueConstraint(fields=["intake", "position"], name="intake_issue_once"),
        ]
        indexes = [
            models.Index(fields=["intake", "code", "position"], name="intake_issue_rule"),
            models.Index(fields=["intake", "sheet", "position"], name="intake_issue_sheet"),
            models.Index(fields=["intake", "sheet", "row"], name="intake_issue_row"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.sheet_name}!{self.address}"


class HeaderMapping(models.Model):
    """What a sheet with these names of columns was held to be (记住的对应关系), for its organisation.

    ``kind`` is empty where it was left to the guess; ``roles`` go with ``names`` one by one, null for a
    column that is kept as it is printed.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=32)
    kind = models.CharField(max_length=10, blank=True)
    roles = models.JSONField(default=list)
    names = models.JSONField(default=list)
    saved_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField()

    class Meta:
        """One mapping for one header in one organisation."""

        constraints = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="intake_header_once"),
        ]

    def __str__(self) -> str:
        return self.fingerprint
