"""Nothing that is shown of a round tells of fewer than five of a circle: not by itself, and not by subtraction."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NOON
from conversation.live import make_judged, make_round
from fremsyn.audit.models import Entry
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import changed
from fremsyn.chain.votes import vote_file
from fremsyn.conversation import pictures
from fremsyn.conversation.answers import answers, in_order
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging import pictures as judged_pictures
from fremsyn.conversation.judging.results import judged
from fremsyn.conversation.judging.verdict import verdict
from fremsyn.conversation.models import Invitation, Participant, Round, RoundRun, Statement, Vote
from fremsyn.conversation.operations import close_round
from fremsyn.conversation.ratings import important, ratings
from fremsyn.conversation.rounds import links, outcome, queries
from fremsyn.conversation.rounds import pictures as round_pictures
from fremsyn.conversation.rounds.response import response_of
from fremsyn.conversation.schema import STEPS
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db

JUDGED = (judged_pictures.field, judged_pictures.divided, judged_pictures.apart)
CIRCLES = ("leadership", "organisation", "wide")
SMALLEST = 5
# For each circle: how many came, and for each of two statements what each of them answered (None: not seen).
ANSWER = st.sampled_from([None, 0, 1, 2])
CIRCLE = st.lists(st.tuples(ANSWER, ANSWER, st.booleans()), min_size=0, max_size=9)


def cast(case: Case, round_: Round, people: dict[str, list], at: datetime.datetime) -> None:
    """Let people in and have them vote; each circle has come by a link of its own."""
    for model in (Vote, Participant, Invitation):
        model.objects.filter(round=round_).delete()
    RoundRun.objects.filter(round=round_).update(closed_at=None, shown_at=None, votes=None, votes_sha256="")
    ties = round_.item.outgoing.filter(field="statements").order_by("position")
    said = [Statement.objects.get(pk=pk) for pk in ties.values_list("to_item_id", flat=True)][:2]
    entries, came, votes = list[Invitation](), list[Participant](), list[Vote]()
    for circle, rows in people.items():
        entries.append(
            Invitation(
                round=round_, circle=circle, token_sha256=circle, cap=50, joined=len(rows), made_at=at,
                expires_at=at + datetime.timedelta(days=9),
            )
        )  # fmt: skip
        for number, (*values, mark) in enumerate(rows):
            name = f"{circle}{number}"
            came.append(Participant(round=round_, circle=circle, pseudonym=name, language="da", joined_at=at))
            for statement, value in zip(said, values, strict=True):
                if value is not None:
                    kept = value - 1 if round_.kind == "statements" else value
                    told = {"round": round_, "participant": name, "circle": circle, "statement": statement}
                    votes.append(Vote(value=kept, important=mark, **told))
    Invitation.objects.bulk_create(entries)
    Participant.objects.bulk_create(came)
    Vote.objects.bulk_create(votes)
    changed(case)


class Known:
    """Linear equations over what is hidden: one for each figure that is shown."""

    def __init__(self) -> None:
        self.unknowns: dict[object, int] = {}
        self.rows: list[Counter] = []

    def told(self, *parts: object) -> None:
        """Say that the sum of these is shown."""
        for part in parts:
            self.unknowns.setdefault(part, len(self.unknowns))
        self.rows.append(Counter(parts))

    def follows(self, *parts: object) -> bool:
        """Tell whether the sum of these can be had from what is shown."""
        for part in parts:
            self.unknowns.setdefault(part, len(self.unknowns))
        table = np.zeros((len(self.rows) + 1, len(self.unknowns)))
        for at, row in enumerate([*self.rows, Counter(parts)]):
            for part, times in row.items():
                table[at, self.unknowns[part]] = times
        return bool(np.linalg.matrix_rank(table) == np.linalg.matrix_rank(table[:-1])) if self.rows else False


def everything_shown(visit: Visit, round_: Round) -> Known:
    """Return the equations of all pages, files and figures: people by circle, answers by statement, circle and value."""
    known = Known()
    asked = next(each for each in load(visit.case).conversation.rounds if each.ref == round_.item.ref)
    values = (-1, 0, 1) if asked.kind == "statements" else tuple(range(STEPS[asked.kind] + 1))
    people_shown(known, visit, round_, asked, values)
    for statement, result in answers(visit.case).statements.items():
        if statement in asked.statements:
            result_shown(known, statement, result, values)
    for statement, result in ratings(visit.case).statements.items():
        result_shown(known, statement, result, values[1:])
    for statement, weights in important(visit.case, asked).items():
        for circle in (circle for circle, weight in weights.items() if weight):
            known.told(*((circle, statement, value) for value in values[asked.kind in STEPS :]))
    for scenario in judged(visit.case).get(asked.ref, ()):
        for each in scenario.aspects.values():  # every step, and those who don't know
            result_shown(known, each.statement, each, values)
    return known


def people_shown(known: Known, visit: Visit, round_: Round, asked: object, values: tuple) -> None:
    circles = in_order(visit.case, asked)
    cells = [(circle, statement, value) for circle in circles for statement in asked.statements for value in values]
    came = response_of(round_, circles, asked.min_group)
    for told in (came, outcome.page(visit, asked.ref)["turnout"]):
        for circle in (circle for circle, count in told.by_circle.items() if count is not None):
            known.told(("people", circle))
        if told.people is not None:
            known.told(*(("people", circle) for circle in circles))
        if getattr(told, "answers", None) is not None:
            known.told(*cells)
    for each in links.listed(visit, queries.led(visit, asked.ref)):
        if each.used is not None:
            known.told(("people", each.row.circle))


def result_shown(known: Known, statement: str, result: object, values: tuple) -> None:
    for value in values:
        for circle in (circle for circle, count in result.by_circle.items() if count):
            known.told((circle, statement, value))
        if result.total:
            known.told(*((circle, statement, value) for circle in result.by_circle))


@pytest.mark.parametrize("kind", ["statements", "rating", "scenarios"])
def test_no_count_of_fewer_than_five_can_be_had_from_all_that_is_shown(kombit, kind):
    made = {"circles": CIRCLES, "kind": kind}
    round_ = make_judged(kombit, at=NOON) if kind == "scenarios" else make_round(kombit, at=NOON, **made)
    person = Person.objects.get(username="facilitator")
    asked = next(each for each in load(kombit).conversation.rounds if each.ref == round_.item.ref)
    base = Entry.objects.count()

    @settings(max_examples=15)
    @given(st.fixed_dictionaries(dict.fromkeys(CIRCLES, CIRCLE)))
    def holds(people):
        cast(kombit, round_, people, NOON)
        close_round(round_=round_, by=None, at=NOON)
        visit = Visit(Case.objects.get(pk=kombit.pk), person, Role.FACILITATOR)
        known = everything_shown(visit, round_)

        for circle, rows in people.items():
            if len(rows) < SMALLEST:
                assert not known.follows(("people", circle)), circle
            for at, statement in enumerate(asked.statements[:2]):
                given_ = [row[at] for row in rows if row[at] is not None]
                if len(given_) < SMALLEST:
                    values = (-1, 0, 1) if kind == "statements" else range(STEPS[kind] + 1)
                    cells = [(circle, statement, value) for value in values]
                    assert not known.follows(*cells), (circle, statement)
                    assert not [cell for cell in cells if known.follows(cell)], (circle, statement)
        in_the_files(visit, round_, people)
        if kind == "scenarios":
            said = in_sentences(visit, round_)
            cast(
                kombit, round_, {circle: rows if len(rows) >= SMALLEST else [] for circle, rows in people.items()}, NOON
            )
            close_round(round_=round_, by=None, at=NOON)
            assert said == in_sentences(Visit(Case.objects.get(pk=kombit.pk), person, Role.FACILITATOR), round_)

    holds()
    assert Entry.objects.count() > base


def in_sentences(visit: Visit, round_: Round) -> list[str]:
    """Return every sentence that is made of how scenarios were judged; none speaks of all where a circle is hidden."""
    found = judged(visit.case).get(round_.item.ref, ())
    every = all(each.shown.keys() == each.by_circle.keys() for told in found for each in told.aspects.values())
    said = []
    for language, of_all in (("da", r"hver kreds|fra de andre i"), ("en", "each circle|from the others on")):
        with translation.override(language):
            figures = [draw(visit, round_.item.ref) for draw in JUDGED] + [
                judged_pictures.scenario(visit, each) for each in found
            ]
            here = [text for each in figures if each for text in (each.title, each.alt)] + [verdict(e) for e in found]
        assert every or not re.search(of_all, " ".join(here))
        said += here
    return said


def in_the_files(visit: Visit, round_: Round, people: dict[str, list]) -> None:
    """Hold the figures' tables and the file of votes to the same: a small group stands in neither."""
    ref = round_.item.ref
    votes = load(visit.case).votes[ref]
    count = Counter((vote.circle, vote.statement) for vote in votes)
    assert not [each for each, n in count.items() if n < SMALLEST]
    rows = list(csv.DictReader(io.StringIO(vote_file(votes).decode()))) if votes else []
    by_name = Counter((row["circle"], row["statement"]) for row in rows)
    assert by_name == count
    small = {circle for circle, each in people.items() if len(each) < SMALLEST}
    drawn = (round_pictures.leadership, round_pictures.rated, round_pictures.weighed)
    for draw in (pictures.results, *drawn, *JUDGED):
        figure = draw(visit, ref)
        for column in figure.table.columns if figure else ():
            for circle in small:
                assert not re.search(rf"{circle}.*n = \d", column.note or "", re.IGNORECASE)
