"""How the plan says why an initiative can't be moved."""

from django.utils.translation import gettext as _

from fremsyn.plans.moving.schedule import Hindrance
from fremsyn.web.templatetags.say import quarter_in_words


def in_words(each: Hindrance) -> str:
    """Say what stands in the way, and what one can do about it."""
    told = {"ref": each.ref, "other": each.other, "quarter": quarter_in_words(each.quarter) if each.quarter else ""}
    return {
        "backwards": _("%(ref)s would end before it begins. Swap the two quarters, or correct one."),
        "begun": _("%(ref)s began in %(quarter)s, so its start stays; only its end can be changed."),
        "past": _("%(ref)s would begin in a quarter that is over. It can begin in %(quarter)s or later."),
        "waits": _("%(ref)s waits for %(other)s, which ends in %(quarter)s. Begin later, or move %(other)s first."),
        "horizon": _("%(ref)s would end after the horizon of the case, %(quarter)s."),
        "milestone": _("Milestone %(other)s of %(ref)s was due in %(quarter)s, which is over, and would fall outside."),
        "follows": _("%(other)s waits for %(ref)s and begins in %(quarter)s. Let it move along, or end earlier."),
    }[each.code] % told
