"""Who may see what others judged: the one rule, asked by every page that holds a value somebody gave.

Until somebody who is asked to judge a section has given their own, they see nobody else's, whatever their role. Whoever is
not asked sees them only to lead the talk, when all have given or it was opened. When it is settled, all who judge may.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.rights import Right
from fremsyn.core.errors import NotAllowed
from fremsyn.scenarios.group.state import GroupPair


def may_see(visit: Visit, section: GroupPair) -> bool:
    """Tell whether the judgements of a section may be shown to this person."""
    if section.settled:
        return visit.may(Right.JUDGE)
    mine = section.seat_of(visit.person)
    if mine is not None:
        return mine.given
    return visit.may(Right.LEAD) and section.ready


def shown(visit: Visit, sections: Iterable[GroupPair]) -> tuple[GroupPair, ...]:
    """Return the sections whose judgements may be shown."""
    return tuple(each for each in sections if may_see(visit, each))


def refuse_unless_seen(visit: Visit, section: GroupPair) -> None:
    """Refuse whoever may not see the judgements of a section yet.

    :raises NotAllowed: saying what to wait for, or to do first
    """
    if may_see(visit, section):
        return
    if section.seat_of(visit.person):
        raise NotAllowed(_("Give your own judgement of this section first; then you see what the others gave."))
    if visit.may(Right.LEAD):
        raise NotAllowed(_("Not all have given their judgement of this section. You can open it before they have."))
    raise NotAllowed(_("What others judged here is shown to you when the group's judgement is settled."))
