"""The app's place in Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.plans"
    label = "plans"
