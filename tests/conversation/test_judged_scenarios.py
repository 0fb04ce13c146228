"""Scenarios judged in a round: prepared, answered on a phone, shown by circle, carried on, exported and erased."""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOON
from conversation.live import TELLINGS, again, crowd, fresh, link, make_judged, refs_of
from conversation.test_views import read, words
from fremsyn.cases.editing.operations import change_thing
from fremsyn.chain.check import check_folder
from fremsyn.chain.folder import write_folder
from fremsyn.chain.operations import export_case, import_case
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging.results import Judged, JudgedScenario, Judgement, judged, judged_in
from fremsyn.conversation.judging.verdict import verdict
from fremsyn.conversation.models import Answer, AnswerState, Participant, Vote
from fremsyn.conversation.operations import (
    accept_answer,
    accept_proposal,
    cast_vote,
    close_round,
    erase_answers,
    join_round,
    open_round,
    write_answer,
)
from fremsyn.conversation.operations.moderating import mark_of
from fremsyn.conversation.schema import ASPECTS
from fremsyn.conversation.sessions.operations.preparing import prepare_session
from fremsyn.conversation.sessions.operations.running import start_session
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text

pytestmark = pytest.mark.django_db

CASE = "/cases/kombit/"
# By circle: how many, and where in the scale of each question they put Home Ground.
SAID = {"leadership": (6, (2, 4, 3)), "organisation": (7, (2, 4, 1)), "wide": (9, (1, 5, 1))}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def phone(kombit, now):
    """Somebody's phone that has just begun."""
    client = Client()
    client.post(f"/r/{link(make_judged(kombit, at=now), at=now)}/")
    return client


def cast():
    """Return the votes that were cast here: an imported one has no receipt."""
    return Vote.objects.filter(receipt__isnull=False)


@pytest.fixture
def closed(kombit):
    """A round that has closed; all three circles have judged Home Ground, nobody The Pact."""
    round_ = make_judged(kombit, at=NOON)
    asked = refs_of(round_)[3:]
    for circle, (n, steps) in SAID.items():
        crowd(round_, {ref: [step] * n for ref, step in zip(asked, steps, strict=True)}, at=NOON, circle=circle)
    close_round(round_=again(round_), by=None, at=NOON)
    return again(round_)


def test_it_is_prepared_from_its_template_with_three_questions_to_each_scenario_of_the_working_set(kombit, client_as):
    from cases.editing.browser import filled_in

    page, client = f"{CASE}conversation/rounds/prepare/?model=scenarios_judged", client_as("facilitator")
    answer = client.post(page, dict(filled_in(client.get(page).content.decode()).lists()) | {"invite": "1"})

    assert answer.status_code == 302, answer.context["form"].errors
    talk = load(fresh(kombit)).conversation
    made = talk.rounds[-1]
    assert (made.kind, made.circles) == ("scenarios", ("leadership", "organisation", "wide"))
    assert list(made.tellings) == ["C1", "C2", "C3", "C4"]
    asked = [each for each in talk.statements if each.round == made.ref]
    assert [(each.scenario, each.aspect) for each in asked] == [(c, a) for c in made.tellings for a in ASPECTS]
    assert asked[0].text == Text(
        da="Pagten: Hvor gerne ser du, at det går sådan?",
        en="The Pact: How gladly would you see it turn out like this?",
    )


def test_a_scenario_that_is_not_told_is_said_to_be_left_out(kombit, client_as):
    from cases.editing.browser import filled_in

    page, client = f"{CASE}conversation/rounds/prepare/?model=scenarios_judged", client_as("facilitator")
    before = client.get(page).content.decode()
    assert "C0, C5 har ingen kort fortælling og udgår. Resten er udfyldt." in words(before)
    assert "Alt er udfyldt" not in before

    sent = dict(filled_in(before).lists()) | {
        "tellings-0-title_da": "Nær",
        "tellings-0-text_da": "Tæt på.",
        "opens": "",
    }
    again_ = client.post(page, sent | {"tellings-5-title_da": "Klynger", "tellings-5-text_da": "Flere."})
    assert again_.status_code == 422
    assert "har ingen kort" not in words(again_.content.decode())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "C0, C5 have no short story and are left out. The rest is" in words(client.get(page).content.decode())
    assert "Everything is filled in." in words(client.get(page.replace("scenarios_judged", "R1")).content.decode())


def test_a_scenario_is_read_and_judged_without_a_script_and_a_change_of_mind_replaces(phone):
    step = phone.get("/r/", follow=True)
    page = step.content.decode()
    assert step.request["PATH_INFO"] == "/r/step/1/"
    assert all(each in page for each in ("Scenarie 1 af 2", "De har bundet sig.", "Kunne det gå sådan?", "Ved ikke"))
    first = phone.post("/r/step/1/", {"desirable": "2", "plausible": "4", "prepared": "0", "word": "Havet"})
    assert first.url == "/r/step/2/"
    phone.post("/r/step/1/", {"desirable": "5", "plausible": "4", "prepared": "0", "word": ""})

    assert list(cast().order_by("statement__item__ref").values_list("value", flat=True)) == [5, 4, 0]
    assert not Answer.objects.exists()
    assert re.search(r'value="5"[^>]*checked', phone.get("/r/step/1/").content.decode())


def test_whoever_reads_the_whole_story_comes_back_to_what_was_chosen(phone):
    page = phone.get("/r/step/1/").content.decode()
    assert '<button class="plain" form="judging" name="read" value="1">Læs hele fortællingen</button>' in page

    there = phone.post("/r/step/1/", {"desirable": "2", "word": "Havet", "read": "1"}, follow=True)
    story = there.content.decode()
    assert there.request["PATH_INFO"] == "/r/story/C1/"
    assert "Marstal" in story

    back = phone.get(re.search(r'href="(/r/step/[^"]*)"', story)[1]).content.decode()
    assert re.search(r'name="desirable" value="2"[^>]*checked', back)
    assert "Havet</textarea>" in back
    assert cast().count() == 1


def test_the_whole_story_is_read_before_anything_is_chosen_and_a_word_that_cant_be_kept_is_told_first(phone):
    assert phone.post("/r/step/1/", {"read": "1"}).url == "/r/story/C1/?from=1"
    assert not cast().exists()
    assert phone.post("/r/step/1/", {"word": "Det er 010203-1234", "read": "1"}).status_code == 422


def test_what_is_left_open_stays_open_and_one_comes_back_to_it(phone):
    assert phone.post("/r/step/1/", {}).status_code == 422
    phone.post("/r/step/1/", {"desirable": "2"})
    phone.post("/r/step/2/", dict.fromkeys(ASPECTS, "3"))
    assert "1 ting er ikke besvaret" in words(phone.get("/r/thanks/").content.decode())
    assert phone.get("/r/").url == "/r/step/1/"
    phone.post("/r/step/1/", {"plausible": "1", "prepared": "1"})
    assert phone.get("/r/").url == "/r/thanks/"
    assert cast().count() == 6


def test_a_word_that_cant_be_kept_keeps_the_answers(phone):
    answer = phone.post("/r/step/1/", {**dict.fromkeys(ASPECTS, "3"), "word": "Det er 010203-1234"})
    assert answer.status_code == 422
    assert (cast().count(), Answer.objects.count()) == (3, 0)


def test_a_story_is_told_to_those_who_are_asked_of_it_and_to_nobody_else(phone):
    assert phone.get("/r/story/C3/").status_code == 410
    assert Client().get("/r/story/C1/").status_code == 403


def test_a_step_that_the_scale_has_not_is_refused_and_so_is_a_place_that_is_not_told(kombit, now):
    round_ = make_judged(kombit, at=now)
    somebody = join_round(token=link(round_, at=now), language="da", at=now)
    with pytest.raises(RuleBroken):
        cast_vote(round_=round_, participant=somebody, statement=refs_of(round_)[0], value=6, at=now)
    with pytest.raises(RuleBroken):
        write_answer(participant=somebody, kind="word", place="C3", text="Nej", language="da", at=now)


def test_a_round_that_tells_nothing_is_not_opened_and_no_statement_is_made_of_a_proposal(kombit, now):
    with pytest.raises(RuleBroken, match=r"scenarie|scenario"):
        open_round(round_=make_judged(kombit, at=now, opened=False, tellings=None), by=None, at=now)
    round_ = make_judged(kombit, at=now)
    somebody = join_round(token=link(round_, at=now), language="da", at=now)
    answer = write_answer(participant=somebody, kind="proposal", text="Et femte", language="da", at=now)
    with pytest.raises(RuleBroken):
        accept_proposal(answer=answer, seen=mark_of(answer), text=Text(da="Et"), theme="role", by=None, at=now)


def test_a_scenario_is_not_told_without_being_asked_of(kombit, now):
    round_ = make_judged(kombit, at=now)
    only = {"C1": TELLINGS["C1"]}
    for told in (only, {**TELLINGS, "C3": TELLINGS["C2"]}):
        with pytest.raises(RuleBroken, match=r"C[23]"):
            change_thing(
                case=fresh(kombit), key=round_.item.ref, version=None, values={"tellings": told}, meaning=False, why="",
                by=None, at=now,
            )  # fmt: skip


def test_results_stand_by_circle_with_middle_and_spread_and_those_nobody_judged_are_hidden(kombit, closed):
    pact, home = judged(fresh(kombit))[closed.item.ref]
    assert not [each for one in pact.aspects.values() for each in one.by_circle.values() if each]
    prepared = home.aspects["prepared"]
    assert {code: each.spread.middle for code, each in prepared.shown.items()} == {
        "leadership": (3, 3), "organisation": (1, 1), "wide": (1, 1),
    }  # fmt: skip
    assert prepared.total.counts == (16, 0, 6, 0, 0)
    assert prepared.apart == 2
    assert verdict(pact) == ""
    with translation.override("en"):
        assert verdict(home) == "Plausible but unwished, and we are not prepared."


TOLD = (
    ("facilitator", "conversation/rounds/{round}/"),
    ("leadership", "scenarios/futures/C2/"),
    ("member", "scenarios/"),
    ("leadership", "direction/"),
    ("leadership", "direction/desirable/C0/"),
    ("facilitator", "direction/desirable/compose/"),
    ("facilitator", "conversation/sessions/E3/cards/"),
)


def test_what_the_circles_said_is_told_where_it_is_used_with_the_round_behind_it(closed, client_as):
    for role, address in TOLD:
        page = read(client_as(role), address.format(round=closed.item.ref), at=CASE)
        assert "Tænkelig, men uønsket, og vi er ikke forberedt." in words(page), address
        if "cards" not in address:
            assert "»Tænkelig« er folks egen vurdering og ikke en sandsynlighed." in page, address
            assert f"rounds/{closed.item.ref}/" in page, address


def test_an_open_round_tells_nothing(kombit, client_as):
    round_ = make_judged(kombit, at=NOON)
    crowd(round_, {ref: [5] * 9 for ref in refs_of(round_)}, at=NOON)
    for address in (f"conversation/rounds/{round_.item.ref}/", "scenarios/futures/C2/", "direction/"):
        assert "ønskelig, og vi" not in words(read(client_as("owner"), address, at=CASE))
    assert not judged(fresh(kombit))


def test_on_the_screen_a_scenario_is_shown_first_and_revealed_after(kombit, closed, client_as):
    day = datetime.date(2026, 12, 3)
    ref = prepare_session(case=fresh(kombit), model="scenarios_stay", held=day, question="Q0", by=None, at=NOON).ref
    start_session(case=kombit, ref=ref, language="da", by=None, at=NOON)
    client, run = client_as("facilitator"), f"{CASE}conversation/sessions/{ref}/run/"
    assert "Hjemmebanen" in read(client, run, at="")

    client.post(run, {"action": "show", "key": "C2"})
    before = words(read(client, f"{run}show/", at=""))
    client.post(run, {"action": "reveal", "key": "C2"})
    after = words(read(client, f"{run}show/", at=""))

    assert "Hjemmebanen" in before
    assert "Tænkelig" not in before
    assert "Tænkelig, men uønsket, og vi er ikke forberedt." in after
    assert "Topledelsen helst ikke sagtens delvist" in after
    assert "ikke en sandsynlighed" in after


def test_whoever_answered_sees_what_everybody_said_in_words(kombit, now):
    round_ = make_judged(kombit, at=now)
    phone = Client()
    phone.post(f"/r/{link(round_, at=now)}/")
    phone.post("/r/step/2/", {**dict.fromkeys(ASPECTS, "0"), "word": "Havet"})
    crowd(round_, {refs_of(round_)[4]: [4, 4, 4, 5, 5]}, at=now)
    word = Answer.objects.get()
    accept_answer(answer=word, seen=mark_of(word), by=None, at=now)
    close_round(round_=again(round_), by=None, at=now)

    page = words(phone.get("/r/outcome/").content.decode())
    assert "Du: Ved ikke" in page
    assert "sagtens" in page
    assert Answer.objects.get().state == AnswerState.ACCEPTED


def test_it_travels_with_the_case_and_faults_in_a_file_are_named(kombit, closed, tmp_path):
    content = export_case(fresh(kombit))
    write_folder(content, tmp_path / "one")
    assert not check_folder(tmp_path / "one", both=True).faults
    other = import_case(content=content, slug="other", by=None, at=NOON)
    assert export_case(other).conversation.conversation == content.conversation.conversation
    assert (
        found_in(other, closed.item.ref) == found_in(fresh(kombit), closed.item.ref) == judged(kombit)[closed.item.ref]
    )

    file = tmp_path / "one" / "conversation.yaml"
    good = file.read_text(encoding="utf-8")
    last = refs_of(closed)[-1]
    for wrong, says in (
        (good.replace("aspect: prepared", "aspect: plausible"), "twice"),
        (re.sub(r"(?m)^  scenario: C2$", "  scenario: C3", good), "asks of no scenario"),
        (good.replace("kind: scenarios", "kind: rating"), "judges no scenarios"),
    ):
        file.write_text(wrong, encoding="utf-8")
        assert [each for each in check_folder(tmp_path / "one").faults if says in str(each)], says
    file.write_text(good, encoding="utf-8")
    votes = tmp_path / "one" / "votes" / f"{closed.item.ref}.csv"
    votes.write_text(votes.read_text() + f"p1,wide,{last},6,0\n")
    assert "is no vote" in str(check_folder(tmp_path / "one").faults[0])


def found_in(case, ref):
    """Return what was found in a round, whether or not the day has come on which it is told."""
    talk = load(case).conversation
    round_ = next(each for each in talk.rounds if each.ref == ref)
    return judged_in(round_, {each.ref: each for each in talk.statements}, round_.circles, load(case).votes[ref])


def test_whoever_erases_their_answers_takes_judgements_and_words_along(kombit, now):
    round_ = make_judged(kombit, at=now)
    phone = Client()
    phone.post(f"/r/{link(round_, at=now)}/")
    phone.post("/r/step/1/", {**dict.fromkeys(ASPECTS, "3"), "word": "Havet"})
    erase_answers(participant=Participant.objects.get(), at=now)
    assert not Vote.objects.filter(round=round_).exists()
    assert not Answer.objects.exists()


JUDGEMENT = st.none() | st.builds(
    Judgement, st.tuples(*[st.integers(0, 3)] * 5).filter(lambda counts: sum(counts) > 0), st.integers(0, 3)
)


@given(st.lists(st.lists(JUDGEMENT, min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_verdict_says_something_exactly_where_something_is_shown(aspects):
    circles = ("leadership", "organisation", "wide")
    found = {
        aspect: Judged("U1", aspect, dict(zip(circles, each, strict=True)), None)
        for aspect, each in zip(ASPECTS, aspects, strict=True)
    }
    told = JudgedScenario("C1", Text(da="Pagten"), None, found)
    with translation.override("en"):
        said = verdict(told)
        turned = verdict(dataclasses.replace(told, aspects={**found, "prepared": found["prepared"]}))
    assert bool(said) == any(each for one in aspects for each in one)
    assert said == turned
    assert "None" not in said
    assert "%" not in said
