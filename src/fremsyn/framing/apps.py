"""The app's place in Django."""

from django.apps import AppConfig


class FramingConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.framing"
    label = "framing"
