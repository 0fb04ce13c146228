"""Addresses of the phase's pages, under `/cases/<slug>/strategy/`."""

from django.urls import path

from fremsyn.strategy import views

app_name = "strategy"

urlpatterns = [
    path("", views.strategy, name="strategy"),
    path("roles/<str:ref>/", views.role, name="role"),
    path("options/<str:ref>/", views.option, name="option"),
    path("strategies/<str:ref>/", views.possible_strategy, name="possible_strategy"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
