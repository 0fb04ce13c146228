"""The app's place in Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.reports"
    label = "reports"
