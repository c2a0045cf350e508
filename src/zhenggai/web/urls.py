"""Addresses of the pages (网页路由)."""

from __future__ import annotations

from django.urls import include, path, re_path

from zhenggai.web.views import (
    access,
    audit,
    factor,
    finding,
    groups,
    handing_over,
    importing,
    inspections,
    jobs,
    people,
    setting_up,
    sign_ins,
)

urlpatterns = [
    path("", inspections.home, name="home"),
    path("inspections/new/", inspections.inspection_create, name="inspection-create"),
    path("inspections/<int:inspection_id>/", inspections.inspection, name="inspection"),
    path("inspections/<int:inspection_id>/trail/", inspections.trail, name="trail"),
    re_path(
        r"^inspections/(?P<inspection_id>[0-9]{1,18})/export\.(?P<kind>csv|json)$",
        inspections.inspection_export,
        name="inspection-export",
    ),
    path("documents/<int:document_id>/", inspections.source, name="source"),
    path("findings/<int:finding_id>/", finding.finding, name="finding"),
    path("findings/<int:finding_id>/<slug:verb>/", finding.finding_act, name="finding-action"),
    path("hand-over/", handing_over.hand_over, name="hand-over"),
    path("evidence/<int:evidence_id>/download/", finding.evidence_download, name="evidence-download"),
    path("sign-in/", access.sign_in, name="sign-in"),
    path("sign-in/code/", factor.sign_in_code, name="sign-in-code"),
    path("factor/", factor.factor, name="factor"),
    path("factor/remove/", factor.factor_remove, name="factor-remove"),
    path("sign-out/", access.sign_out, name="sign-out"),
    path("sign-ins/", sign_ins.sign_ins, name="sign-ins"),
    path("sign-ins/others/end/", sign_ins.sign_ins_end_others, name="sign-ins-end-others"),
    path("sign-ins/<int:sign_in_id>/end/", sign_ins.sign_in_end, name="sign-in-end"),
    path("setup/", setting_up.setup, name="setup"),
    path("password/", access.password, name="password"),
    path("language/", access.language, name="language"),
    path("health/", access.health, name="health"),
    path("audit/", audit.audit, name="audit"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_create, name="person-create"),
    path("people/import/", importing.people_import, name="people-import"),
    path("people/import/template/", importing.import_template, name="people-import-template"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/<slug:verb>/", people.person_act, name="person-act"),
    path("posts/<int:post_id>/<slug:verb>/", people.post_act, name="post-act"),
    path(
        "organisations/<int:organisation_id>/<slug:verb>/", people.organisation_act, name="organisation-act"
    ),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.group_create, name="group-create"),
    path("groups/<int:group_id>/<slug:verb>/", groups.group_act, name="group-act"),
    path("group-seats/<int:seat_id>/<slug:verb>/", groups.group_seat_act, name="group-seat-act"),
    path("oversight/set/", groups.oversight_set, name="oversight-set"),
    path("oversight/<int:oversight_id>/<slug:verb>/", groups.oversight_act, name="oversight-act"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:job_id>/restart/", jobs.job_restart, name="job-restart"),
    path("", include("zhenggai.web.intake.urls")),
]
