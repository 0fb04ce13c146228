"""Addresses of the phase's pages, under `/cases/<slug>/framing/`."""

from django.urls import path

from fremsyn.framing import views

app_name = "framing"

urlpatterns = [
    path("", views.framing, name="framing"),
    path("questions/<str:ref>/", views.question, name="question"),
    path("criteria/<str:ref>/", views.success_criterion, name="success_criterion"),
    path("assumptions/<str:ref>/", views.assumption, name="assumption"),
    path("baseline/<str:ref>/", views.baseline_role, name="baseline_role"),
    path("stakeholders/", views.stakeholders, name="stakeholders"),
    path("stakeholders/<str:ref>/", views.stakeholder, name="stakeholder"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
