"""Small ways of saying things that several of the phase's pages need."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.framing.handover.gates import standings
from fremsyn.web.templatetags.say import say_plain

PHASES = ("framing", "scanning", "scenarios", "direction", "strategy", "plans")
APPS = (*PHASES, "conversation", "approval")


def area_names(visit: Visit) -> dict[str, str]:
    """Return what each area of the case is called, in the case's own words, for those areas that may be entered."""
    plans = standings(visit.case)
    names = {phase: say_plain(plans[phase].plan.name) for phase in PHASES if phase in plans}
    names |= {"conversation": _("The conversation"), "approval": _("The board's points")}
    return {app: names[app] for app in APPS if app in names and visit.may_enter(app)}


def downloads(visit: Visit) -> str:
    """Return the address before the file name of the phase's figures."""
    return reverse("framing:framing", args=[visit.case.slug]) + "figures/"
