"""Addresses of the phase's pages, under `/cases/<slug>/scenarios/`."""

from django.urls import path

from fremsyn.scenarios import views
from fremsyn.scenarios.judging.views import matrix_judge, section_judge

app_name = "scenarios"

urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/judge/", matrix_judge, name="matrix_judge"),
    path("matrix/judge/<str:source>/<str:target>/", section_judge, name="section_judge"),
    path("space/<int:number>/", views.consistent, name="consistent"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
    path("drivers/<str:ref>/", views.driver, name="driver"),
    path("states/<str:ref>/", views.variant, name="variant"),
    path("futures/<str:ref>/", views.scenario, name="scenario"),
]
