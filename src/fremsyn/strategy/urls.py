"""Addresses of the phase's pages, under `/cases/<slug>/strategy/`."""

from django.urls import path

from fremsyn.strategy import views
from fremsyn.strategy.choosing.views import strategy_choose
from fremsyn.strategy.composing.views import portfolio_try
from fremsyn.strategy.scoring.views import option_score, scenario_score

app_name = "strategy"

urlpatterns = [
    path("", views.strategy, name="strategy"),
    path("roles/<str:ref>/", views.role, name="role"),
    path("options/<str:ref>/", views.option, name="option"),
    path("choose/", strategy_choose, name="strategy_choose"),
    path("portfolio/", portfolio_try, name="portfolio_try"),
    path("options/<str:ref>/scores/", option_score, name="option_score"),
    path("scenarios/<str:ref>/scores/", scenario_score, name="scenario_score"),
    path("strategies/<str:ref>/", views.possible_strategy, name="possible_strategy"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
