"""What a round's page shows of its outcome: further pictures, and what people wrote that the others may read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.conversation import pictures as results
from fremsyn.conversation.answers import is_over
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging import pictures as judged_pictures
from fremsyn.conversation.judging.results import judged
from fremsyn.conversation.judging.scales import NO_PROBABILITY
from fremsyn.conversation.judging.verdict import verdict
from fremsyn.conversation.models import Answer, AnswerKind, AnswerState
from fremsyn.conversation.participants.queries import about
from fremsyn.conversation.ratings import turnout_in
from fremsyn.conversation.rounds import alike, pictures, queries
from fremsyn.conversation.wording import circle_name

MOST_TEXTS = 200


@dataclass(frozen=True)
class Texts:
    """Texts of one kind under their heading, each with what it was written to."""

    heading: str
    texts: tuple[tuple[Answer, Any], ...]


def page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return the outcome of a round, as far as its results are shown."""
    asked = pictures.round_of(visit, ref)
    shown = is_over(asked, load(visit.case), visit.case.as_of)
    turnout = turnout_in(visit.case, ref)
    drawn = (
        results.results(visit, ref), pictures.rated(visit, ref), judged_pictures.field(visit, ref), judged_pictures.divided(visit, ref),
        pictures.weighed(visit, ref),
    )  # fmt: skip
    return {
        "shown": shown,
        "turnout": turnout,
        "by_circle": [(circle_name(visit.case, code), n) for code, n in turnout.by_circle.items()] if turnout else [],
        "leadership": pictures.leadership(visit, ref) or judged_pictures.apart(visit, ref),
        "said": [(visit.entries.get(each.ref), each, verdict(each)) for each in judged(visit.case).get(ref, ())],
        "no_probability": NO_PROBABILITY,
        "figures": [each for each in drawn if each],
        "written": written(visit, ref) if shown else (),
    }


def led_page(visit: Visit, led: queries.Led) -> dict[str, Any]:
    """Return what whoever leads a round sees of answers that are alike."""
    return alike.page(visit, led)


def written(visit: Visit, ref: str) -> tuple[Texts, ...]:
    """Return what was accepted of what people wrote, by kind. No circle stands with a text."""
    talk = load(visit.case).conversation
    asked = next(each for each in talk.rounds if each.ref == ref)
    headings = {
        AnswerKind.POSTCARD: _("Postcards from the horizon year"),
        AnswerKind.MONDAY: _("On Monday I would"),
        AnswerKind.OPEN: _("Answers to the open questions"),
        AnswerKind.REASON: _("Why people answered as they did"),
        AnswerKind.WORD: _("What made people say so of the scenarios"),
        AnswerKind.REPLY: _("Answers to each other"),
    }
    rows = Answer.objects.filter(round__item__case=visit.case, round__item__ref=ref, state=AnswerState.ACCEPTED)
    found = list(rows.select_related("replies_to").order_by("kind", "place", "pk")[:MOST_TEXTS])
    groups = (
        Texts(heading, tuple((each, about(each, talk, asked)) for each in found if each.kind == kind))
        for kind, heading in headings.items()
    )
    return tuple(each for each in groups if each.texts)
