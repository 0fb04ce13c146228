"""What the conversation's codes are called on the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fremsyn.cases.models import Case
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.core.text import Text
from fremsyn.web.templatetags.say import say_plain

SHOWS: dict[str, Promise] = {
    "agreement": _("Agreement"),
    "fault_line": _("Fault line"),
    "gap": _("Gap between circles"),
    "surprise": _("Surprise"),
}
ANONYMITY: dict[str, Promise] = {
    "named": _("Answers were given by name."),
    "pseudonymous": _("Answers were given under a pseudonym and can't be tied to an address."),
    "unlinked": _("Answers can't be joined to anyone, not even by an administrator."),
}
CIRCLES: dict[str, Promise] = {
    "leadership": pgettext_lazy("circle", "Top management"),
    "organisation": _("The organisation"),
    "wide": _("The circle of stakeholders"),
    "board": _("The board"),
}


def circles(case: Case) -> dict[str, Text | Promise]:
    """Return what the case calls its circles, in its order; what it leaves unnamed has a name of ours."""
    own = vocabularies(case).get("stakeholders.circles", {})
    return {**own, **{code: name for code, name in CIRCLES.items() if code not in own}}


def circle_name(case: Case, code: str) -> str:
    """Return a circle's name in the language in use."""
    return say_plain(circles(case).get(code, code))
