"""Doing what was decided of something that a participant wrote."""

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.conversation.models import Answer
from fremsyn.conversation.operations import accept_answer, accept_proposal, decline_answer
from fremsyn.conversation.rounds.forms import DecideForm
from fremsyn.conversation.rounds.queries import Led
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import LANGUAGES, Text


def decide(sent: QueryDict, visit: Visit, led: Led) -> str:
    """Do what was decided; return why it can't be done, or nothing."""
    form = DecideForm(sent)
    if not form.is_valid():
        return _("The page was not read as it should. Load it again; copy what you wrote first.")
    said = form.cleaned_data
    answer = Answer.objects.filter(round=led.row, pk=said["answer"]).first()
    if answer is None:
        raise Http404
    common = {"answer": answer, "seen": said["seen"], "by": visit.person, "at": timezone.now()}
    try:
        if said["action"] == "accept":
            accept_answer(**common)
        elif said["action"] == "decline":
            decline_answer(reason=said["reason"], **common)
        else:
            words = {code: text for code in LANGUAGES if (text := sent.get(f"text_{code}", "").strip())}
            if not words:
                return _("Write the statement.")
            accept_proposal(text=Text(**words), theme=said["theme"], note=said["reason"], **common)
    except RuleBroken as broken:
        return str(broken)
    return ""
