"""The app's place in Django."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.strategy"
    label = "strategy"
