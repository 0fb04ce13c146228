"""Addresses of the phase's pages, under `/cases/<slug>/plans/`."""

from django.urls import path

from fremsyn.plans import views

app_name = "plans"

urlpatterns = [
    path("", views.plans, name="plans"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
    path("initiatives/<str:ref>/", views.initiative, name="initiative"),
    path("milestones/<str:ref>/", views.milestone, name="milestone"),
    path("signposts/<str:ref>/", views.signpost, name="signpost"),
]
