"""Addresses of the phase's pages, under `/cases/<slug>/plans/`."""

from django.urls import path

from fremsyn.plans import views
from fremsyn.plans.budgets.views import budget_change
from fremsyn.plans.moving.views import initiative_move
from fremsyn.plans.reading.views import signpost_read

app_name = "plans"

urlpatterns = [
    path("", views.plans, name="plans"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
    path("budget/", budget_change, name="budget_change"),
    path("initiatives/<str:ref>/move/", initiative_move, name="initiative_move"),
    path("signposts/<str:ref>/read/", signpost_read, name="signpost_read"),
    path("initiatives/<str:ref>/", views.initiative, name="initiative"),
    path("milestones/<str:ref>/", views.milestone, name="milestone"),
    path("signposts/<str:ref>/", views.signpost, name="signpost"),
]
