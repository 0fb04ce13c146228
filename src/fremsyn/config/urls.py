"""The addresses of the whole product."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from fremsyn.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language", require_POST(set_language), name="set_language"),
    path("", include("fremsyn.people.urls")),
    path("", include("fremsyn.cases.urls")),
]
