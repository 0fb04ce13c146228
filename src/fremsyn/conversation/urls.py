"""Addresses of the phase's pages, under `/cases/<slug>/conversation/`."""

from django.urls import path

from fremsyn.conversation import views

app_name = "conversation"

urlpatterns = [
    path("", views.conversation, name="conversation"),
    path("sessions/<str:ref>/", views.session, name="session"),
    path("rounds/<str:ref>/", views.round_, name="round"),
    path("statements/<str:ref>/", views.statement, name="statement"),
    path("insights/<str:ref>/", views.insight, name="insight"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
