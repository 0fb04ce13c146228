"""How a quorum and an attendance are said."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval.counting import Quorum
from fremsyn.approval.models import Disqualification
from fremsyn.approval.schema import Body
from fremsyn.web.templatetags.say import say_plain


def quorum_words(quorum: Quorum) -> str:
    """Say the sum of a quorum."""
    return ngettext(
        "%(here)d of %(base)d entitled to vote takes part; %(needed)d needed",
        "%(here)d of %(base)d entitled to vote take part; %(needed)d needed",
        quorum.represented,
    ) % {"here": quorum.represented, "base": quorum.base, "needed": quorum.needed}


def written_words(voted: int, may: int, needed: int) -> str:
    """Say how far a voting in writing has come: there, whoever has voted takes part."""
    return ngettext(
        "%(voted)d of %(may)d who may vote has voted; %(needed)d needed",
        "%(voted)d of %(may)d who may vote have voted; %(needed)d needed",
        voted,
    ) % {"voted": voted, "may": may, "needed": needed}


def named(body: Body, members: Iterable[str]) -> str:
    """Name members by their roles, in the body's order."""
    chosen = set(members)
    return ", ".join(say_plain(each.role) for each in body.members if each.id in chosen)


def named_people(body: Body, people: Iterable[Disqualification]) -> str:
    """Name those whom disqualifications are of by their roles, in the body's order, and say who is an alternate."""
    order = {each.id: at for at, each in enumerate(body.members)}
    known = sorted(
        (each for each in people if each.member in order), key=lambda one: (order[one.member], one.alternate)
    )
    return ", ".join(person_named(body, each) for each in known)


def person_named(body: Body, each: Disqualification) -> str:
    """Name whom a disqualification is of by the member's role, and say where it is the alternate."""
    role = named(body, (each.member,))
    return _("%(member)s (alternate)") % {"member": role} if each.alternate else role


def delivery(sent: int, failed: int, *, can_mail: bool) -> str:
    """Say whom the mail has reached."""
    if not can_mail:
        return _("No mail server is set, so nothing was mailed: the members read it on the meeting's page.")
    if failed:
        return _("Mailed to %(sent)d; %(failed)d could not be reached. Try again from the meeting's page.") % {
            "sent": sent, "failed": failed,
        }  # fmt: skip
    return ngettext("Mailed to %(sent)d member.", "Mailed to %(sent)d members.", sent) % {"sent": sent}
