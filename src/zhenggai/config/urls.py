"""Root addresses (根路由)."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("api/1/", include("zhenggai.api.urls")), path("", include("zhenggai.web.urls"))]

handler400 = "zhenggai.web.errors.bad_request"
handler403 = "zhenggai.web.errors.not_permitted"
handler404 = "zhenggai.web.errors.not_found"
handler500 = "zhenggai.web.errors.server_error"
