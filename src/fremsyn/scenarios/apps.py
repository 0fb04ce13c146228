"""The app's place in Django."""

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.scenarios"
    label = "scenarios"
