"""Addresses of the pages (网页路由)."""

from __future__ import annotations

from django.urls import path

from zhenggai.web.views import access

urlpatterns = [
    path("sign-in/", access.sign_in, name="sign-in"),
    path("sign-out/", access.sign_out, name="sign-out"),
    path("setup/", access.setup, name="setup"),
    path("password/", access.password, name="password"),
    path("language/", access.language, name="language"),
    path("health/", access.health, name="health"),
]
