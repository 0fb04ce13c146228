"""What is said when something has been added: what was kept, one more of the same, and the way on."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from fremsyn.cases.access import Visit
from fremsyn.cases.kinds import PAGE_OF_APP, app_name
from fremsyn.cases.models import Item
from fremsyn.cases.rights import Right


def say_added(
    request: HttpRequest, visit: Visit, item: Item, *, app: str, again: str = "", thanks: bool = False
) -> None:
    """Say what was kept on the next page that is shown, with the ways on from there: back leads to what it is a part of.

    :param app: the app on whose page the thing stands among the others
    :param again: the address at which one more of the same is added; empty where there is but one
    """
    entries = Visit(visit.case, visit.person, visit.role).entries
    entry = entries.get(item.ref or item.path)
    holder = entries.get(item.parent.ref) if item.parent and item.parent.ref else None
    back, page = (holder.url, holder.ref) if holder else ("", "")
    if not holder and app != "chain":
        back, page = reverse(PAGE_OF_APP[app], args=[visit.case.slug]), app_name(app)
    told = {
        "entry": entry,
        "again": again,
        "thanks": thanks,
        "back": back,
        "page": page,
        "step": f"{reverse('chain:case', args=[visit.case.slug])}#next" if visit.may(Right.EDIT) else "",
    }
    messages.success(request, render_to_string("cases/editing/_added.html", told))
