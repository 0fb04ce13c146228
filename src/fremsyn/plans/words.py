"""How the plan's figures are said: money, thresholds, slack."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.shape import Number
from fremsyn.plans.schema import Signpost
from fremsyn.web.templatetags.say import number, say_plain, span


def amount(mdkk: Number) -> str:
    """Say an amount in DKK million."""
    return _("DKK %(amount)s million") % {"amount": number(mdkk)}


def cost_interval(low: Number, high: Number) -> str:
    """Say a cost from low to high in DKK million."""
    return _("DKK %(span)s million") % {"span": span(low, high)}


def threshold(signpost: Signpost) -> str:
    """Say when a signpost trips: above 75 per cent."""
    form = {
        "<": _("below %(number)s %(unit)s"),
        "<=": _("at most %(number)s %(unit)s"),
        ">": _("above %(number)s %(unit)s"),
        ">=": _("at least %(number)s %(unit)s"),
    }[signpost.operator]
    whole = int(signpost.number) if float(signpost.number).is_integer() else signpost.number
    return form % {"number": number(whole), "unit": say_plain(signpost.unit)}


def quarters(count: int) -> str:
    """Say a number of quarters."""
    return ngettext("%(count)d quarter", "%(count)d quarters", count) % {"count": count}
