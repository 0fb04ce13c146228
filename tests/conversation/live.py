"""A round that is open, made as the facilitator's pages make it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import add_thing, add_things
from fremsyn.cases.models import Case, Link
from fremsyn.cases.remembered import changed
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging.asking import statements
from fremsyn.conversation.models import Participant, Round, RoundRun
from fremsyn.conversation.operations import cast_vote, invite, join_round, open_round, prepare_round
from fremsyn.conversation.running import digest_of_votes, hold_votes
from fremsyn.conversation.schema import Perspective, Statement, Telling
from fremsyn.conversation.schema import Round as AskedRound
from fremsyn.core.text import Text

TEXTS = (
    ("Hellere én fælles løsning end 98, der passer helt.", "Rather one shared solution than 98 that fit."),
    ("AI må gerne træffe enkle afgørelser.", "AI may make simple decisions."),
    ("Den enkelte kommune skal kunne sige nej.", "Each municipality must be able to say no."),
)


def asked(**given: Any) -> AskedRound:
    """Return a round as a case file holds it, with everything a participant can meet."""
    fields: dict[str, Any] = {
        "ref": "",
        "phase": "framing",
        "circles": ("wide", "organisation"),
        "kind": "statements",
        "question": "Q0",
        "opens": datetime.date(2026, 11, 20),
        "closes": datetime.date(2030, 1, 1),
        "title": Text(da="Hvad mener du om det fælles?", en="What do you think of what is shared?"),
        "asks": Text(da="Vi vil vide, hvor meget der skal være fælles.", en="We want to know how much to share."),
        "heard": Text(da="Sidst hørte vi, at I vil kunne sige nej.", en="Last we heard that you want to say no."),
        "surprised_leadership": Text(da="Så mange var enige.", en="So many agreed."),
        "perspective": Perspective(
            scenario="C1", title=Text(da="En mandag i 2035", en="A Monday in 2035"), text=Text(da="Klokken er otte.")
        ),
        "anonymity": "pseudonymous",
        "min_group": 5,
        "proposals": Text(da="Du kan foreslå dine egne.", en="You may propose your own."),
    }
    return AskedRound(**fields | given)


def make_round(case: Case, *, at: datetime.datetime, texts: Any = TEXTS, opened: bool = True, **given: Any) -> Round:
    """Add a round with statements to a case and open it."""
    common: dict[str, Any] = {"case": case, "parent": "conversation", "by": None, "at": at}
    made = add_thing(slot="rounds", thing=asked(**given), **common)
    theme = load(case).conversation.themes[0].id
    things = [
        Statement(ref="", round=made.ref, text=Text(da=da, en=en), theme=theme, question="Q0") for da, en in texts
    ]
    added = add_things(slot="statements", things=things, **common) if things else ()
    Link.objects.bulk_create(
        Link(from_item=made, to_item=each, kind="names", field="statements", position=at_)
        for at_, each in enumerate(added)
    )
    round_ = Round.objects.select_related("item__case").get(item=made)
    if opened:
        RoundRun.objects.create(round=round_, opened_at=at)
    return round_


TELLINGS = {
    "C1": Telling(
        title=Text(da="Pagten", en="The Pact"), text=Text(da="De har bundet sig.", en="They have bound themselves.")
    ),
    "C2": Telling(
        title=Text(da="Hjemmebanen", en="Home Ground"), text=Text(da="Koden er åben.", en="The code is open.")
    ),
}


def make_judged(case: Case, *, at: datetime.datetime, opened: bool = True, **given: Any) -> Round:
    """Add a round in which two scenarios are judged, and open it."""
    told = {
        "kind": "scenarios",
        "phase": "scenarios",
        "tellings": TELLINGS,
        "because": ("C1", "C2"),
        "proposals": None,
        "perspective": None,
    }
    thing = asked(**{"circles": ("leadership", "organisation", "wide"), **told, **given})
    item = prepare_round(case=case, round_=thing, statements=statements(case, thing), by=None, at=at)
    row = Round.objects.select_related("item__case").get(pk=item.pk)
    if opened:
        open_round(round_=row, by=None, at=at)
    return again(row)


def link(round_: Round, *, at: datetime.datetime, cap: int = 100, circle: str = "wide", days: int = 7) -> str:
    """Invite to a round and return the link's token."""
    _made, token = invite(
        round_=round_, circle=circle, cap=cap, expires_at=at + datetime.timedelta(days=days), by=None, at=at
    )
    return token


def close(round_: Round, *, at: datetime.datetime, shown: bool = True) -> None:
    """Close a round, as its facilitator does."""
    case = Case.objects.get(pk=round_.item.case_id)
    hold_votes(round_)
    count, sha256 = digest_of_votes(round_, "")
    changed(case)
    RoundRun.objects.filter(round=round_).update(
        closed_at=at, shown_at=at if shown else None, votes=count, votes_sha256=sha256
    )
    Round.objects.filter(pk=round_.pk).update(votes=f"votes/{round_.item.ref}.csv")


def crowd(
    round_: Round, values: dict[str, list[int]], *, at: datetime.datetime, circle: str = "wide", apart: int = 0
) -> list[Participant]:
    """Let people answer: `values` holds by statement what the first, second, third of them say.

    :param apart: seconds between their coming
    """
    token = link(round_, at=at, circle=circle)
    people = []
    for number in range(max(map(len, values.values()))):
        came = at + datetime.timedelta(seconds=number * apart)
        somebody = join_round(token=token, language="da", at=came)
        people.append(somebody)
        for ref, given in values.items():
            if number < len(given):
                cast_vote(
                    round_=round_,
                    participant=somebody,
                    statement=ref,
                    value=given[number],
                    important=number == 0,
                    at=at,
                )
    return people


def refs_of(round_: Round) -> list[str]:
    """Return a round's statements in order."""
    links = Link.objects.filter(from_item=round_.item, field="statements").order_by("position")
    return list(links.values_list("to_item__ref", flat=True))


def somebody(round_: Round, n: int = 1, *, at: datetime.datetime, circle: str = "wide") -> list[Participant]:
    """Let some people in, who have answered nothing yet."""
    token = link(round_, at=at, circle=circle)
    return [join_round(token=token, language="da", at=at) for _each in range(n)]


def again(round_: Round) -> Round:
    """Return a round as it stands now."""
    return Round.objects.select_related("item__case", "run").get(pk=round_.pk)


def fresh(case: Case) -> Case:
    """Return the case as it stands now: a page has changed it."""
    return Case.objects.get(pk=case.pk)


def lines(name: str) -> list[dict[str, object]]:
    """Return what the log says under a name, without when it was written."""
    found = [json.loads(entry.data) for entry in Entry.objects.filter(event=f"conversation.{name}")]
    return [{key: value for key, value in line.items() if key != "said_at"} for line in found]
