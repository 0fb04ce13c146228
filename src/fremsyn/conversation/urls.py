"""Addresses of the phase's pages, under `/cases/<slug>/conversation/`."""

from django.urls import path

from fremsyn.conversation import views
from fremsyn.conversation.sessions import views as sessions

app_name = "conversation"

urlpatterns = [
    path("", views.conversation, name="conversation"),
    path("sessions/prepare/", sessions.session_prepare, name="session_prepare"),
    path("sessions/<str:ref>/", views.session, name="session"),
    path("sessions/<str:ref>/sheet/", sessions.session_sheet, name="session_sheet"),
    path("sessions/<str:ref>/run/", sessions.session_run, name="session_run"),
    path("sessions/<str:ref>/run/show/", sessions.session_show, name="session_show"),
    path("sessions/<str:ref>/minutes/", sessions.session_minutes, name="session_minutes"),
    path("sessions/<str:ref>/minutes/write/", sessions.session_write, name="session_write"),
    path("sessions/<str:ref>/minutes/reopen/", sessions.session_reopen, name="session_reopen"),
    path("sessions/<str:ref>/keep/", sessions.session_keep, name="session_keep"),
    path("rounds/<str:ref>/", views.round_, name="round"),
    path("statements/<str:ref>/", views.statement, name="statement"),
    path("insights/<str:ref>/", views.insight, name="insight"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
