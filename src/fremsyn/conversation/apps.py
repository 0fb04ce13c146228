"""The app's place in Django."""

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    """Registers the app."""

    name = "fremsyn.conversation"
    label = "conversation"
