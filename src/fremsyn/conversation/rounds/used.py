"""What came of what was said: for each statement of a round its insights, what these were used for, or why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.forms import ChoiceField
from django.http import QueryDict

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.editing.forms import ThingForm
from fremsyn.conversation.answers import FAR, answers
from fremsyn.conversation.handover import load
from fremsyn.conversation.participants.outcome import Use, uses
from fremsyn.conversation.queries import used_in
from fremsyn.conversation.rounds.queries import Led
from fremsyn.conversation.schema import Insight

MOST_PREFILLED = 5


@dataclass(frozen=True)
class Fate:
    """A statement and what became of it.

    `stands` is `used`, `learnt` (an insight rests on it, which has been used for nothing yet), `not_used` (with the
    reason given) or `unanswered`: nobody has said.
    """

    entry: Entry
    uses: tuple[Use, ...]
    directly: tuple[Entry, ...]
    stands: str


def page(visit: Visit, led: Led) -> dict[str, Any]:
    """Return the fate of each statement of a round, and the insights that rest on the round as a whole."""
    talk = load(visit.case).conversation
    unused = talk.not_used.statements if talk.not_used else ()
    fates = [_fate(visit, talk, entry, entry.ref in unused) for entry in visit.shown(led.asked.statements)]
    refs = set(led.asked.statements)
    whole = [each for each in talk.insights if led.entry.ref in each.because and not refs & set(each.because)]
    counted = {stands: sum(each.stands == stands for each in fates) for stands in ("used", "learnt", "not_used")}
    return {
        "fates": fates,
        "counted": counted | {"unanswered": len(fates) - sum(counted.values()), "all": len(fates)},
        "whole": [(visit.entries[each.ref], visit.shown(each.used_for)) for each in whole if each.ref in visit.entries],
        "not_used": talk.not_used,
        "not_used_key": "conversation/not_used" if talk.not_used else "",
    }


def _fate(visit: Visit, talk: Any, entry: Entry, unused: bool) -> Fate:
    found = uses(visit, talk, entry.ref)
    insights = {use.insight.ref for use in found}
    directly = tuple(each for each in used_in(visit, entry.ref) if each.kind not in ("insight", "round", "statement"))
    if directly or any(use.insight.used_for for use in found):
        stands = "used"
    elif insights:
        stands = "learnt"
    else:
        stands = "not_used" if unused else "unanswered"
    return Fate(entry, found, directly, stands)


def plain_insight(visit: Visit, led: Led, query: QueryDict) -> Mapping[str, Any]:
    """Return what an insight that is written of a round's results begins with, as it stands in a case file."""
    found = answers(visit.case).statements
    refs = [ref for ref in query.getlist("statement") if ref in led.asked.statements][:MOST_PREFILLED]
    results = [found[ref] for ref in refs if ref in found]
    evidence = [
        {"statement": each.statement, "circle": circle}
        for each in results
        for circle, count in each.by_circle.items()
        if count
    ]
    made: dict[str, Any] = {"question": led.asked.question, "because": [led.entry.ref, *refs], "evidence": evidence}
    if results:
        if max(each.gap or 0 for each in results) >= FAR:
            made["shows"] = "gap"
        elif all(each.agreed for each in results):
            made["shows"] = "agreement"
    return made


def insight_form(sent: QueryDict | None, visit: Visit, led: Led, query: QueryDict) -> ThingForm:
    """Return the form of an insight of a round's results; as its grounds it offers only the circles that were asked."""
    form = ThingForm(sent, schema=Insight, visit=visit, prefilled=plain_insight(visit, led, query))
    for name, field in form.fields.items():
        if name.startswith("evidence-") and isinstance(field, ChoiceField) and name.endswith("-circle"):
            offered = cast("Iterable[tuple[str, Any]]", field.choices)
            field.choices = [(code, words) for code, words in offered if code in ("", *led.asked.circles)]
    return form
