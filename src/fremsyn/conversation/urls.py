"""Addresses of the phase's pages, under `/cases/<slug>/conversation/`."""

from django.urls import path

from fremsyn.conversation import views
from fremsyn.conversation.rounds import views as rounds
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
    path("rounds/prepare/", rounds.round_prepare, name="round_prepare"),
    path("rounds/<str:ref>/", views.round_, name="round"),
    path("rounds/<str:ref>/run/", rounds.round_run, name="round_run"),
    path("rounds/<str:ref>/response/", rounds.round_response, name="round_response"),
    path("rounds/<str:ref>/open/", rounds.round_open, name="round_open"),
    path("rounds/<str:ref>/close/", rounds.round_close, name="round_close"),
    path("rounds/<str:ref>/show/", rounds.round_show, name="round_show"),
    path("rounds/<str:ref>/statements/add/", rounds.round_statements, name="round_statements"),
    path("rounds/<str:ref>/invite/", rounds.round_invite, name="round_invite"),
    path("rounds/<str:ref>/invite/<uuid:ident>/withdraw/", rounds.invitation_withdraw, name="invitation_withdraw"),
    path("rounds/<str:ref>/moderate/", rounds.round_moderate, name="round_moderate"),
    path("rounds/<str:ref>/used/", rounds.round_used, name="round_used"),
    path("rounds/<str:ref>/insight/", rounds.insight_write, name="insight_write"),
    path("statements/<str:ref>/", views.statement, name="statement"),
    path("insights/<str:ref>/", views.insight, name="insight"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
