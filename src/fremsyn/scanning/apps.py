"""The app's place in Django."""

from django.apps import AppConfig


class ScanningConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.scanning"
    label = "scanning"
