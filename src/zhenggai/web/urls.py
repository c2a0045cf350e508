"""Addresses of the pages (网页路由)."""

from __future__ import annotations

from django.urls import path

from zhenggai.web.views import access, people

urlpatterns = [
    path("sign-in/", access.sign_in, name="sign-in"),
    path("sign-out/", access.sign_out, name="sign-out"),
    path("setup/", access.setup, name="setup"),
    path("password/", access.password, name="password"),
    path("language/", access.language, name="language"),
    path("health/", access.health, name="health"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_create, name="person-create"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/<slug:verb>/", people.person_act, name="person-act"),
    path("posts/<int:post_id>/<slug:verb>/", people.post_act, name="post-act"),
    path(
        "organisations/<int:organisation_id>/<slug:verb>/", people.organisation_act, name="organisation-act"
    ),
]
