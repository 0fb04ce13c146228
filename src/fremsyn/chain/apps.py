"""The app's place in Django."""

from django.apps import AppConfig


class ChainConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.chain"
    label = "chain"
