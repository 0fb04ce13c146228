"""How shares of trials and starts are said."""

from django.utils.translation import gettext as _

from fremsyn.methods import cib
from fremsyn.scenarios.space.standing import Standing
from fremsyn.web.templatetags.say import number

SMALLEST = 0.001


def per_cent(share: float) -> str:
    """Write a share, 0…1, in per cent: whole above 10, with a decimal below; what is nearly nothing is said to be."""
    if 0 < share < SMALLEST:
        return _("< %(n)s%%") % {"n": number(100 * SMALLEST)}
    decimals = 0 if share >= 0.1 or share == 0 else 1
    return _("%(n)s%%") % {"n": number(100 * share, decimals)}


def held(standing: Standing, at: int) -> str:
    """Say in what share of the trials a scenario holds."""
    return per_cent(float(standing.holds[at])) if standing.trials else "–"


def drawn(standing: Standing, at: int) -> str:
    """Say what share of the starts ends in a scenario, with its interval where the starts are a sample."""
    share = per_cent(float(standing.drawn[at]))
    if standing.exact:
        return share
    low, high = (number(100 * end, 1) for end in standing.drawn_between(at))
    return f"{share} ({low}–{high})"


def off(standing: Standing) -> str:
    """Say how far a share of the trials is off at most, with 95 % certainty, in points of per cent."""
    low, high = cib.wilson(standing.trials // 2, max(1, standing.trials))
    return number(50 * (high - low), 0)
