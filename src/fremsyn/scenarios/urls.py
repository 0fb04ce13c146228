"""Addresses of the phase's pages, under `/cases/<slug>/scenarios/`."""

from django.urls import path

from fremsyn.scenarios import views

app_name = "scenarios"

urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("matrix/", views.matrix, name="matrix"),
    path("space/<int:number>/", views.consistent, name="consistent"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
    path("drivers/<str:ref>/", views.driver, name="driver"),
    path("states/<str:ref>/", views.variant, name="variant"),
    path("futures/<str:ref>/", views.scenario, name="scenario"),
]
