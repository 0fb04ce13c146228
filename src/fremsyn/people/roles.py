"""What somebody may be in a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of a case, from the one who answers for it to the one who keeps it running."""

    OWNER = "owner", _("Process owner")
    FACILITATOR = "facilitator", _("Facilitator")
    LEADERSHIP = "leadership", _("Top management")
    MEMBER = "member", _("Member of the organisation")
    STAKEHOLDER = "stakeholder", _("Stakeholder")
    BOARD = "board", _("Board member")
    OBSERVER = "observer", _("Observer")
    ADMINISTRATOR = "administrator", _("Administrator")
