"""Addresses of intake (收件路由)."""

from __future__ import annotations

from django.urls import path, re_path

from zhenggai.web.intake import (
    comparing,
    draft,
    issues_page,
    mapping_page,
    names_page,
    progress,
    receiving,
    settling,
)

urlpatterns = [
    path("intake/", receiving.intake_list, name="intake-list"),
    path("intake/upload/", receiving.intake_upload, name="intake-upload"),
    path("intake/<int:intake_id>/", draft.intake_page, name="intake"),
    path("intake/<int:intake_id>/progress/", progress.intake_progress, name="intake-progress"),
    path("intake/<int:intake_id>/source/", draft.intake_source, name="intake-source"),
    path("intake/<int:intake_id>/mapping/", mapping_page.intake_mapping, name="intake-mapping"),
    path("intake/<int:intake_id>/issues/", issues_page.intake_issues, name="intake-issues"),
    re_path(
        r"^intake/(?P<intake_id>[0-9]{1,18})/issues\.(?P<kind>csv|txt)$",
        issues_page.intake_issues_file,
        name="intake-issues-file",
    ),
    path("intake/<int:intake_id>/mark/", issues_page.intake_mark, name="intake-mark"),
    path("intake/<int:intake_id>/marked/", issues_page.intake_marked, name="intake-marked"),
    path("intake/<int:intake_id>/trial/", issues_page.intake_trial, name="intake-trial"),
    path("intake/<int:intake_id>/save/", draft.intake_save, name="intake-save"),
    path("intake/<int:intake_id>/confirm/", draft.intake_confirm, name="intake-confirm"),
    path("intake/<int:intake_id>/compare/", comparing.intake_compare, name="intake-compare"),
    path("intake/<int:intake_id>/compare/anew/", comparing.intake_compare_make, name="intake-compare-make"),
    path(
        "intake/<int:intake_id>/compare/choose/",
        comparing.intake_compare_choose,
        name="intake-compare-choose",
    ),
    path(
        "intake/<int:intake_id>/compare/confirm/",
        comparing.intake_compare_confirm,
        name="intake-compare-confirm",
    ),
    path(
        "intake/<int:intake_id>/compare-again/", comparing.intake_compare_again, name="intake-compare-again"
    ),
    path(
        "intake/<int:intake_id>/compare/progress/",
        comparing.intake_compare_progress,
        name="intake-compare-progress",
    ),
    path("intake/<int:intake_id>/names/", names_page.intake_names, name="intake-names"),
    path("intake/<int:intake_id>/read-again/", settling.intake_read_again, name="intake-read-again"),
    path("intake/<int:intake_id>/set-aside/", settling.intake_abandon, name="intake-abandon"),
    path("intake/<int:intake_id>/take-up/", settling.intake_reopen, name="intake-reopen"),
    path("intake/<int:intake_id>/original/", settling.intake_original, name="intake-original"),
    path("intake/<int:intake_id>/sample/", settling.intake_sample, name="intake-sample"),
]
