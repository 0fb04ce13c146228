"""The app's place in Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.cases"
    label = "cases"
