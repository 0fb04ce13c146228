"""The page of a story that a round tells in short."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fremsyn.conversation.models import Participant
from fremsyn.conversation.participants import queries
from fremsyn.conversation.participants.door import for_participants
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.pages import story as story_of


@require_safe
@for_participants
def story(request: HttpRequest, participant: Participant, ref: str) -> HttpResponse:
    """Show a story to whoever is asked of its scenario, and to nobody else."""
    context = queries.frame(participant.round)
    telling = (context["round"].tellings or {}).get(ref)
    if telling is None:
        raise Refused(Why.STATEMENT)
    held = load(participant.round.item.case)
    named = next((each for each in held.scenarios.scenarios if each.ref == ref), None)
    number = request.GET.get("from", "")
    back = reverse("rounds:step", args=[number]) if number.isascii() and number.isdecimal() else reverse("rounds:go_on")
    context |= {"telling": telling, "story": story_of(held, named) if named else None, "back": back}
    return render(request, "chain/told_story.html", context)
