"""What participants wrote, as whoever moderates meets it: what waits first, then what was decided."""

from dataclasses import dataclass
from typing import Any

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.file import languages_of
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Answer, AnswerKind, AnswerState
from fremsyn.conversation.operations.moderating import mark_of
from fremsyn.conversation.participants.queries import about
from fremsyn.conversation.rounds.queries import Led
from fremsyn.web.templatetags.say import say_plain

MOST_SHOWN = 200


@dataclass(frozen=True)
class Written:
    """A text: what it was written to, the mark of what is read, and the statement that a proposal became."""

    answer: Answer
    about: Any
    seen: str
    proposal: bool
    statement: Entry | None
    typed: dict[str, str]


def page(visit: Visit, led: Led, typed: dict[str, Any], refused: str) -> dict[str, Any]:
    """Return what waits to be read, and the latest that was decided.

    :param typed: what was sent of a decision that was refused
    """
    talk = load(visit.case).conversation
    rows = Answer.objects.filter(round=led.row).select_related("replies_to", "statement__item", "decided_by")

    def written(answer: Answer) -> Written:
        proposal = answer.kind == AnswerKind.PROPOSAL
        became = visit.entries.get(answer.statement.item.ref) if proposal and answer.statement else None
        mine = typed if typed.get("answer") == str(answer.pk) else {}
        return Written(answer, about(answer, talk, led.asked), mark_of(answer), proposal, became, mine)

    waiting = rows.filter(state=AnswerState.PENDING).order_by("kind", "place", "pk")
    decided = rows.exclude(state=AnswerState.PENDING).order_by("-decided_at", "pk")
    themes = vocabularies(visit.case).get("conversation.themes", {})
    return {
        "waits": [written(each) for each in waiting[:MOST_SHOWN]],
        "all_waiting": waiting.count(),
        "decided": [written(each) for each in decided[:MOST_SHOWN]],
        "themes": [(code, say_plain(name)) for code, name in themes.items()],
        "languages": languages_of(visit.case),
        "refused": refused,
        "refused_id": typed.get("answer", "") if refused else "",
    }
