"""What can be chosen on the forms of the paper and the body, where the case itself decides."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fremsyn.approval.handover import load
from fremsyn.cases.models import Case
from fremsyn.core.text import Text

PARTS: Mapping[str, Promise] = {
    "framing": _("the framing"),
    "scanning": _("the scan"),
    "scenarios": _("the scenarios"),
    "conversation": _("the conversation"),
    "direction": _("the direction"),
    "strategy": _("the strategy"),
    "plans": _("the action plan"),
    "restricted": _("something kept outside the case"),
}


def members(case: Case) -> Mapping[str, Text]:
    """Return the body's members by code."""
    body = load(case).body
    return {each.id: each.role for each in body.members} if body else {}


def meetings(case: Case) -> Mapping[str, Text]:
    """Return the meetings by code, the first one first."""
    return {each.id: each.title for each in sorted(load(case).meetings, key=lambda one: one.date)}
