"""The addresses of the whole product."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from fremsyn.config.health import healthz
from fremsyn.web import views as web

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language", require_POST(set_language), name="set_language"),
    path("glossary/", web.glossary, name="glossary"),
    path("privacy/", web.privacy, name="privacy"),
    path("was", web.accessibility, name="accessibility"),
    path("", include("fremsyn.people.urls")),
    path("", include("fremsyn.cases.urls")),
    path("r/story/", include("fremsyn.chain.told.urls")),
    path("r/", include("fremsyn.conversation.participants.urls")),
    path("n/", include("fremsyn.scanning.notice_urls")),
    path("cases/<slug:case_slug>/framing/", include("fremsyn.framing.urls")),
    path("cases/<slug:case_slug>/scanning/", include("fremsyn.scanning.urls")),
    path("cases/<slug:case_slug>/scenarios/", include("fremsyn.scenarios.urls")),
    path("cases/<slug:case_slug>/direction/", include("fremsyn.direction.urls")),
    path("cases/<slug:case_slug>/strategy/", include("fremsyn.strategy.urls")),
    path("cases/<slug:case_slug>/plans/", include("fremsyn.plans.urls")),
    path("cases/<slug:case_slug>/conversation/", include("fremsyn.conversation.urls")),
    path("cases/<slug:case_slug>/board/", include("fremsyn.approval.urls")),
    path("cases/<slug:case_slug>/documents/", include("fremsyn.reports.urls")),
    path("cases/", include("fremsyn.chain.urls")),
]
