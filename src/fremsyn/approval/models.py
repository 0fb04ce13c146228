"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow


class BoardPoint(ItemRow):
    """B: an "at …" point that is voted on by itself."""

    text = models.JSONField()
