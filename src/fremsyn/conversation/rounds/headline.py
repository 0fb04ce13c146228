"""What the results of a round say above their picture: agreement only where there is some, ties where there are any."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fremsyn.conversation.answers import Answers
from fremsyn.methods.opinions import AGREED, StatementResult

MOST_NAMED = 3


def headline(found: Answers, refs: Sequence[str]) -> str:
    """Return what a round's results say of agreement, and of the widest gap; empty where too little is shown."""
    asked = [found.statements[ref] for ref in refs if ref in found.statements]
    said = [_agreement(asked, found.shared(refs)), _distance(found.shared(refs), found.widest(refs))]
    return "; ".join(filter(None, said))


def what_is_agreement(circles: int) -> str:
    """Return the limit from which it is called agreement, in words."""
    if circles == 1:
        return _("Agreement is when at least %(limit)d per cent agree.") % {"limit": AGREED}
    return _("Agreement is when at least %(limit)d per cent of every circle agree.") % {"limit": AGREED}


def _agreement(asked: Sequence[StatementResult], shown: Sequence[StatementResult]) -> str:
    if not shown:
        return ""
    least = shown[0].least
    best = [each.statement for each in shown if each.least == least]
    one = len(shown[0].by_circle) == 1
    if shown[0].agreed:
        told = {"least": least, "refs": named(best)}
        if one:
            return _("%(least)d per cent agree with %(refs)s") % told
        return _("At least %(least)d per cent of every circle agree with %(refs)s") % told
    if len(shown) < len(asked):
        return _("Among the statements where every circle is shown, there is agreement on none")
    return _("There is agreement on no statement")


def _distance(shown: Sequence[StatementResult], widest: Sequence[StatementResult]) -> str:
    if not widest:
        return ""
    gap = widest[0].gap
    if not gap:
        return _("the circles answer alike") if shown else _("The circles that are shown answer alike")
    told = {"widest": named([each.statement for each in widest if each.gap == gap]), "gap": gap}
    if shown:
        return _("the circles are furthest apart on %(widest)s, by %(gap)d points") % told
    return _("The circles that are shown are furthest apart on %(widest)s, by %(gap)d points") % told


def named(refs: Sequence[str]) -> str:
    """Name statements that share a place: one, or each of a few, or how many they are."""
    if len(refs) > MOST_NAMED:
        return _("each of %(n)d statements: %(refs)s and more") % {"n": len(refs), "refs": ", ".join(refs[:MOST_NAMED])}
    if len(refs) < 2:
        return "".join(refs)
    return _("each of %(first)s and %(last)s") % {"first": ", ".join(refs[:-1]), "last": refs[-1]}
