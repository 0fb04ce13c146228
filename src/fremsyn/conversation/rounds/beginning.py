"""What a new round's form is filled with: a template or an earlier round, a scenario, and what was heard last."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.stored import stored
from fremsyn.cases.file import languages_of
from fremsyn.cases.plain import to_plain
from fremsyn.conversation.handover import load
from fremsyn.conversation.rounds.library import Template, templates
from fremsyn.conversation.schema import SMALLEST_GROUP, Insight, Round
from fremsyn.conversation.sessions import queries as sessions
from fremsyn.core.text import LANGUAGES, Text
from fremsyn.web.templatetags.say import say_plain

DAYS_OPEN = 14
MOST_HEARD = 3
NOT_OF_A_ROUND = frozenset({"id", "about", "story", "statements"})
LEFT_FROM_BEFORE = frozenset({"ref", "because", "opens", "closes", "statements", "votes", "heard", "perspective"})


def asked_for(visit: Visit, query: QueryDict) -> tuple[Template | None, Round | None]:
    """Return the template, or the case's own earlier round, that an address names as model."""
    name = query.get("model", "")
    template = next((each for each in templates() if each.id == name), None)
    earlier = next(
        (each for each in load(visit.case).conversation.rounds if each.ref == name and each.ref in visit.entries), None
    )
    return template, earlier


def plain_round(visit: Visit, query: QueryDict) -> dict[str, Any]:
    """Return the values that a new round's form begins with, as they stand in a case file."""
    template, earlier = asked_for(visit, query)
    if earlier:
        known = {name: value for name, value in to_plain(earlier).items() if name not in LEFT_FROM_BEFORE}
    elif template:
        known = {name: value for name, value in to_plain(template).items() if name not in NOT_OF_A_ROUND}
    else:
        known = {"kind": "statements", "phase": query.get("phase", "framing")}
    day = visit.case.as_of
    question = next((each.ref for each in visit.of_kind("question")), None)
    made: dict[str, Any] = {
        "question": question,
        "anonymity": "pseudonymous",
        "min_group": SMALLEST_GROUP,
        "results": "when_closed",
        "proposals": _proposals(visit) if known.get("kind") in ("statements", "rating") else None,
        **known,
        "tellings": tellings(visit) if known.get("kind") == "scenarios" else None,
        "opens": day.isoformat(),
        "closes": (day + datetime.timedelta(days=DAYS_OPEN)).isoformat(),
        "heard": heard(visit),
        "surprised_leadership": surprised(visit),
        "perspective": perspective(visit, query.get("scenario", "") or _story(visit, template)),
    }
    return {name: value for name, value in made.items() if value is not None}


def heard(visit: Visit) -> dict[str, str] | None:
    """Return the latest insights that rest on what circles answered, as the words a round opens with."""
    return _joined([each.title for each in _heard(visit)])


def surprised(visit: Visit) -> dict[str, str] | None:
    """Return what surprised the leadership, as it was kept as insights: minutes are the leadership's own."""
    return _joined([each.title for each in _surprised(visit)])


def grounds(visit: Visit, made: Round) -> tuple[str, ...]:
    """Return the insights that a round rests on as it opens with them."""
    opens_with = (*(_heard(visit) if made.heard else ()), *(_surprised(visit) if made.surprised_leadership else ()))
    return tuple(dict.fromkeys(each.ref for each in opens_with))


def _heard(visit: Visit) -> list[Insight]:
    talk = load(visit.case).conversation
    rounds = {each.ref for each in talk.rounds} | {each.ref for each in talk.statements}
    return [each for each in talk.insights if rounds & set(each.because)][-MOST_HEARD:]


def _surprised(visit: Visit) -> list[Insight]:
    talk = load(visit.case).conversation
    held = {each.ref for each in talk.sessions}
    return [each for each in talk.insights if each.shows == "surprise" and held & set(each.because)][-MOST_HEARD:]


def asked(visit: Visit) -> list[sessions.SaidByLeadership]:
    """Return what the leadership has asked the circles, the latest first."""
    return list(sessions.asked_of_circles(visit.case))[:MOST_HEARD]


def _joined(texts: list[Text]) -> dict[str, str] | None:
    """Put texts after one another in each language in which all of them are written."""
    written = {
        code: " ".join(_ended(getattr(text, code)) for text in texts)
        for code in LANGUAGES
        if texts and all(getattr(text, code) for text in texts)
    }
    return written or None


def _ended(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?…" else f"{sentence}."


def perspective(visit: Visit, ref: str) -> dict[str, Any] | None:
    """Return a perspective drawn from a scenario: its name, and its summary or what is said of living in it."""
    entry = visit.entries.get(ref)
    if entry is None or entry.kind != "scenario":
        return None
    scenario = stored(visit.case, ref).thing  # of a later phase: known here by its fields only
    text = scenario.summary or scenario.attraction or scenario.name
    return {"scenario": ref, "title": to_plain(scenario.name), "text": to_plain(text)}


def _story(visit: Visit, template: Template | None) -> str:
    """Return the scenario whose story a template's statements are about, where none was chosen: the first."""
    return next((each.ref for each in visit.of_kind("scenario")), "") if template and template.story else ""


def tellings(visit: Visit) -> dict[str, Any]:
    """Return how each scenario of the working set is told to those who judge it: its summary, else what one longs for."""
    found = {}
    for entry in visit.of_kind("scenario"):
        scenario = stored(visit.case, entry.ref).thing  # of a later phase: known here by its fields only
        text = scenario.summary or scenario.attraction or scenario.unease
        if scenario.use == "working" and text:
            found[entry.ref] = {"title": to_plain(scenario.name), "text": to_plain(text)}
    return found


def _proposals(visit: Visit) -> Mapping[str, str]:
    words = {"da": "Du kan selv foreslå udsagn.", "en": "You may propose statements of your own."}
    return {code: words[code] for code in languages_of(visit.case)}


def plain_statements(visit: Visit, query: QueryDict) -> list[dict[str, Any]]:
    """Return the rows that a new round's table of statements begins with: of the round named, else of the model."""
    template, earlier = asked_for(visit, query)
    talk = load(visit.case).conversation
    source = query.get("statements", "") or (earlier.ref if earlier else "")
    taken = next((each for each in talk.rounds if each.ref == source and each.ref in visit.entries), None)
    if taken:
        said = {each.ref: each for each in talk.statements}
        found = [said[ref] for ref in taken.statements if ref in said]
        return [{**_texts(each.text), "theme": each.theme, "from": each.ref} for each in found]
    return [_texts(each) for each in template.statements] if template else []


def _texts(text: Text) -> dict[str, Any]:
    return {code: getattr(text, code) or "" for code in LANGUAGES}


def scenarios(visit: Visit) -> list[tuple[str, str]]:
    """Return the scenarios that a perspective may be taken from, as a form's choices."""
    found = [(each.ref, f"{each.ref} {say_plain(each.title)}") for each in visit.of_kind("scenario")]
    return [("", _("no scenario")), *found]
