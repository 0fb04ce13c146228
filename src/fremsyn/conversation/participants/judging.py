"""A scenario judged: read, answered on three scales, and a word on why."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from fremsyn.conversation import operations
from fremsyn.conversation.models import Answer, AnswerKind, Participant, Vote
from fremsyn.conversation.participants.forms import ScenarioForm
from fremsyn.conversation.participants.steps import Step
from fremsyn.conversation.refusals import Refused
from fremsyn.conversation.schema import Round
from fremsyn.core.errors import RuleBroken


def scenario_page(participant: Participant, round_: Round, here: Step) -> dict[str, Any]:
    """Return a scenario as it is told, and what the participant has answered of it."""
    cast = Vote.objects.filter(round=participant.round_id, participant=participant.pseudonym)
    votes = dict(cast.values_list("statement__item__ref", "value"))
    word = Answer.objects.filter(participant=participant, kind=AnswerKind.WORD, place=here.place).first()
    given = {str(each.aspect): votes[each.ref] for each in here.asked if each.ref in votes}
    return {
        "telling": (round_.tellings or {})[here.place],
        "given": given | {"word": word.text if word else ""},
    }


def keep_judgement(participant: Participant, here: Step, form: ScenarioForm) -> bool:
    """Keep what was answered of a scenario, the answers even where the word can't be; return whether all is kept."""
    if not form.is_valid() and form.non_field_errors():
        return False
    at = timezone.now()
    try:
        for each in here.asked:
            value = form.cleaned_data.get(str(each.aspect))
            if value is not None:
                operations.cast_vote(
                    round_=participant.round, participant=participant, statement=each.ref, value=value, at=at
                )
        if "word" in form.cleaned_data:
            keep_word(participant, here, form.cleaned_data["word"])
    except Refused:
        raise
    except RuleBroken as broken:
        form.add_error(None, str(broken))
    return not form.errors


def keep_word(participant: Participant, here: Step, word: str) -> None:
    """Keep what made a participant say so; nothing written takes back what was."""
    where: dict[str, Any] = {
        "participant": participant, "kind": AnswerKind.WORD, "place": here.place, "at": timezone.now(),
    }  # fmt: skip
    if word:
        operations.write_answer(text=word, language=get_language() or "da", **where)
    else:
        operations.take_back_answer(**where)
