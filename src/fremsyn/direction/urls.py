"""Addresses of the phase's pages, under `/cases/<slug>/direction/`."""

from django.urls import path

from fremsyn.direction import views
from fremsyn.direction.composing.views import backcast_edit, desirable_compose

app_name = "direction"

urlpatterns = [
    path("", views.direction, name="direction"),
    path("desirable/compose/", desirable_compose, name="desirable_compose"),
    path("backcast/edit/", backcast_edit, name="backcast_edit"),
    path("desirable/<str:ref>/", views.desirable_scenario, name="desirable_scenario"),
    path("agendas/<str:ref>/", views.agenda, name="agenda"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
