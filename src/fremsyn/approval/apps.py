"""The app's place in Django."""

from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.approval"
    label = "approval"
