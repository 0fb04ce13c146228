"""The app's place in Django."""

from django.apps import AppConfig


class DirectionConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.direction"
    label = "direction"
