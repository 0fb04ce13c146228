"""How the paper's figures and its access are said."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fremsyn.approval.analysis import Alternative, Money
from fremsyn.approval.schema import Access
from fremsyn.cases.shape import Text
from fremsyn.web.templatetags.say import number


def access(given: Access) -> Text | str:
    """Say who may read the paper: in the paper's own words where it has them."""
    return (
        given.text
        or {
            "open": _("Open"),
            "internal": _("Internal"),
            "confidential-until-decided": _("Confidential until decided"),
            "confidential": _("Confidential"),
        }[given.level]
    )


def money_found(money: Money) -> str:
    """Say what the money comes to."""
    if money.frame is None:
        return _("DKK %(released)s of at most %(high)s million are released; no frame is set") % {
            "released": number(money.released),
            "high": number(money.cost_high),
        }
    return _("DKK %(released)s of at most %(high)s million are released; the frame is %(frame)s") % {
        "released": number(money.released),
        "high": number(money.cost_high),
        "frame": number(money.frame),
    }


def alternatives_found(alternatives: Sequence[Alternative]) -> str:
    """Say where the chosen strategy stands among the alternatives."""
    chosen = next((each for each in alternatives if each.chosen), None)
    if chosen is None:
        return _("The alternatives side by side")
    better = sum(each.mean > chosen.mean for each in alternatives)
    dearer = sum(each.cost_high > chosen.cost_high for each in alternatives)
    said = {"ref": chosen.ref, "count": len(alternatives), "place": better + 1}
    if better == 0 and dearer == 0:
        return _("%(ref)s gives most of %(count)d possible strategies and costs most") % said
    if better == 0:
        return _("%(ref)s gives most of %(count)d possible strategies without costing most") % said
    return _("%(ref)s comes in as number %(place)d of %(count)d possible strategies by mean value") % said
