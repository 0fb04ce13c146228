"""The pages of a voting: signing in again, voting in a minute, what shows to whom, and what is led from where."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import NOON
from fremsyn.approval.ballots.operations import (
    begin_written,
    count_voting,
    vote_again,
    write_dissent,
)
from fremsyn.approval.models import (
    Amendment,
    Ballot,
    Dissent,
    MeetingRun,
    PointRun,
    Presence,
    Ruling,
    Seat,
    Voting,
)
from fremsyn.people.models import Person

pytestmark = pytest.mark.django_db
VOTE = "/cases/kombit/board/votes/second/1/"
AGAIN = "/sign-in/again/"
FRAGMENT = {"HTTP_X_FRAGMENT": "1"}


def seen(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_signing_in_again_comes_before_the_first_ballot_and_leads_back_with_the_choice(room, client_of):
    room.put()
    client = client_of("m2", confirmed=False)
    page = seen(client.get(VOTE))
    assert "Log ind igen for at stemme" in page
    assert 'name="value"' not in page

    response = client.post(VOTE, {"value": "against"})
    assert response["Location"] == f"{AGAIN}?next=%2Fcases%2Fkombit%2Fboard%2Fvotes%2Fsecond%2F1%2F%3Fvalue%3Dagainst"
    assert not Ballot.objects.exists()

    room.board.people["m2"].set_password("en lang og egen sætning")
    room.board.people["m2"].save()
    client = client_of("m2", confirmed=False)
    response = client.post(AGAIN, {"password": "en lang og egen sætning", "next": f"{VOTE}?value=against"})
    assert 'value="against" checked' in seen(client.get(response["Location"]))


def test_a_member_votes_and_reads_the_receipt(room, client_of):
    room.put()
    client = client_of("m2")
    page = seen(client.get(VOTE))
    assert "Afgiv stemme på punkt 4.1" in page
    assert room.sitting.points[0].text["da"].split(" ")[4] in page
    assert client.post(VOTE, {"value": "abstain"}).status_code == 302

    page = seen(client.get(VOTE))
    assert "Du har undladt at stemme" in page
    assert Ballot.objects.get().receipt in page
    assert "1 af 7 har stemt" in page
    assert 'name="value"' not in page


@pytest.mark.parametrize(("code", "words"), [("da", "Gem kvitteringen."), ("en", "Keep the receipt.")])
def test_the_receipt_stands_on_the_members_own_page_after_the_count_as_well(room, client_of, code, words):
    voting = room.put()
    room.all_cast(voting, m2="for", m3="against")
    count_voting(voting=voting, by=None, at=NOON)
    own, other = (Ballot.objects.get(member=member).receipt for member in ("m2", "m3"))
    client = client_of("m2")
    client.cookies["fremsyn_language"] = code
    page = seen(client.get(VOTE))
    assert (own in page, other in page, words in page, "board/record.json" in page) == (True, False, True, True)
    assert own not in seen(client_of("m4").get(VOTE))
    for why in ("One pressed wrong", "Another did"):
        vote_again(point=voting.point, why=why, by=None, at=NOON)
        voting = room.put()
        room.cast(voting, "m2")
    stopped = {"da": "Denne afstemning blev standset, før den blev talt op.", "en": "stopped before it was counted."}[
        code
    ]
    count_voting(voting=voting, by=None, at=NOON)
    page = seen(client.get(VOTE))
    assert page.count(stopped) == 1
    assert {"da": "Ny afstemning, fordi: Another did", "en": "Voted on again, because: Another did"}[code] in page


def test_after_the_count_whoever_leads_goes_on_to_the_next_point(room, client_of):
    count_voting(voting=room.put(), by=None, at=NOON)
    run, coming = "/cases/kombit/board/meetings/second/run/", room.sitting.points[1]
    page = seen(client_of("m1").get(VOTE))
    assert f'href="{run}?point={coming.pk}">Næste punkt: 4.2</a>' in page
    assert run not in seen(client_of("m2").get(VOTE))


@pytest.mark.parametrize(("member", "leads"), [("m2", True), ("m3", False)])
def test_a_point_that_waits_for_the_ruling_leads_back_to_what_was_declared(room, client_of, member, leads):
    made = room.sitting.disqualify(room.put().point, member, Ruling.PENDING)
    made.declared_by = room.board.people["m2"]
    made.save()
    for address in (VOTE, "/cases/kombit/board/meetings/second/"):
        page = seen(client_of(member).get(address))
        assert ("Se, hvad du har oplyst, eller tag det tilbage" in page) is leads


def test_what_says_that_the_answers_are_synthetic_stands_where_the_rounds_are_and_not_by_ballots(room, client_of):
    client = client_of("m2")
    for address in (VOTE, "/cases/kombit/board/meetings/second/", "/cases/kombit/board/meetings/second/minutes/"):
        assert "Ingen har afgivet disse stemmer" not in seen(client.get(address))
    assert "Ingen har afgivet disse stemmer" in seen(client.get("/cases/kombit/board/"))


def test_another_value_is_refused_and_says_how(room, client_of):
    room.put()
    client = client_of("m2")
    client.post(VOTE, {"value": "for"})
    response = client.post(VOTE, {"value": "against"})
    assert response.status_code == 422
    assert "Bed formanden om, at der stemmes igen" in seen(response)


def test_how_others_vote_shows_after_the_count_and_by_name_where_the_body_says_so(room, rules, client_of):
    voting = room.put()
    room.all_cast(voting, m1="for", m3="against")
    page = seen(client_of("m2").get(VOTE))
    assert 'data-vote="cast"' in page
    assert 'data-vote="against"' not in page

    count_voting(voting=voting, by=None, at=NOON)
    page = seen(client_of("m2").get(VOTE))
    assert "Forkastet: 1 for, 1 imod, 5 stemte ikke" not in page
    assert "Godkendt: 1 for, 1 imod, 5 stemte ikke" in page
    assert "Der var stemmelighed; formandens stemme afgjorde." in page
    assert '<dt>Imod</dt><dd data-vote="against">Medlem fra en stor kommune</dd>' in page
    assert page.count('data-vote="against"') == 1
    rules(room.board.case, ballots="by_count")
    assert 'data-vote="against"' not in seen(client_of("m2").get(VOTE))


def test_a_member_who_is_disqualified_sees_neither_the_point_nor_its_voting(room, client_of):
    voting = room.put()
    room.cast(voting, "m3")
    room.sitting.disqualify(voting.point, "m2")
    propose = {"da": "at sagen udsættes"}
    Amendment.objects.create(point=voting.point, number=1, text=propose, member="m5", proposed_at=NOON)
    Dissent.objects.create(point=voting.point, member="m5", text="Ikke med min stemme", written_at=NOON)
    client = client_of("m2")
    for address in (VOTE, f"{VOTE}amend/", f"{VOTE}words/"):
        page = seen(client.get(address))
        assert "inhabil" in page
        for hidden in ("KOMBIT holder op", "udsættes", "Ikke med min stemme", 'data-vote="'):
            assert hidden not in page, (address, hidden)
    assert client.post(VOTE, {"value": "for"}).status_code == 422
    for part in ("ballot", "seats"):
        assert "KOMBIT holder op" not in seen(client.get(f"{VOTE}?part={part}", **FRAGMENT))


def test_somebody_with_no_seat_follows_without_a_vote(room, client_of):
    room.put()
    client = client_of("secretary")
    assert "Du følger afstemningen uden at stemme" in seen(client.get(VOTE))
    assert client.post(VOTE, {"value": "for"}).status_code == 403


def test_a_former_member_has_no_vote_on_the_page(room, client_of):
    """Security case 18: what goes with a seat ends with its term."""
    room.put()
    Seat.objects.filter(member="m2").update(until=Seat.objects.get(member="m2").since)
    client = client_of("m2")
    assert 'name="value"' not in seen(client.get(VOTE))
    assert client.post(VOTE, {"value": "for"}).status_code == 403


def test_a_page_that_has_it_all_is_answered_with_nothing(room, client_of):
    voting = room.put()
    client = client_of("m2")
    tags = {part: client.get(f"{VOTE}?part={part}", **FRAGMENT)["ETag"] for part in ("ballot", "seats")}

    def status(part):
        return client.get(f"{VOTE}?part={part}", HTTP_IF_NONE_MATCH=tags[part], **FRAGMENT).status_code

    assert [status(part) for part in tags] == [304, 304]
    room.cast(voting, "m3")
    # What others do never takes away a choice that is not sent yet.
    assert [status(part) for part in tags] == [304, 200]
    count_voting(voting=voting, by=None, at=NOON)
    assert [status(part) for part in tags] == [200, 200]


def test_the_secretary_and_the_chair_lead_the_voting_and_nobody_else(room, client_of):
    room.point()
    lead = f"{VOTE}lead/"
    assert client_of("m2").post(lead, {"action": "put"}).status_code == 403
    assert "Sæt punkt 4.1 til afstemning" not in seen(client_of("m2").get(VOTE))
    assert "Sæt punkt 4.1 til afstemning" in seen(client_of("m1").get(VOTE))

    assert client_of("m1").post(lead, {"action": "put"})["Location"] == VOTE
    assert client_of("secretary").post(lead, {"action": "put"}).status_code == 422
    response = client_of("secretary").post(lead, {"action": "count", "voting": "1", "next": "/glossary/"})
    assert (response.status_code, Voting.objects.get().outcome) == (200, "")
    assert 'name="sure"' in response.content.decode()
    sure = {"action": "count", "voting": "1", "next": "/glossary/", "sure": "1"}
    response = client_of("secretary").post(lead, sure)
    assert response["Location"] == "/glossary/"
    assert Voting.objects.get().outcome == "rejected"
    client_of("m1").post(
        lead, {"action": "again", "why": "Flere trykkede forkert", "next": "https://elsewhere.example"}
    )
    assert PointRun.objects.get(position=1).state == "on"


def test_the_language_is_switched_on_a_page_that_can_be_opened(room, client_of):
    room.put()
    run = f"{reverse('approval:meeting_run', args=['kombit', 'second'])}?point={room.sitting.points[0].pk}"
    note = reverse("approval:meeting_note", args=["kombit", "second"])
    client = client_of("m1")
    pages = {
        VOTE: client.post(f"{VOTE}lead/", {"action": "count", "voting": "1"}),
        run: client.post(note, {"point": room.sitting.points[0].pk, "was": "andet", "note": "Min"}),
        f"{VOTE}amend/": client.post(f"{VOTE}amend/", {"da": "", "en": ""}),
    }
    for address, answered in pages.items():
        switch = re.search(r'action="/language">.*?name="next" value="([^"]*)"', answered.content.decode(), re.DOTALL)
        assert switch
        assert switch[1] == address
        assert client.get(address).status_code == 200


def test_the_voting_that_was_seen_is_counted_and_no_later_one(room, client_of):
    room.put()
    client = client_of("secretary")
    client.post(f"{VOTE}lead/", {"action": "again", "why": "Forkert tryk"})
    client.post(f"{VOTE}lead/", {"action": "put"})
    assert client.post(f"{VOTE}lead/", {"action": "count", "voting": "1"}).status_code == 422
    assert Voting.objects.get(number=2).outcome == ""


def test_an_override_needs_its_reason_in_words(room, client_of):
    room.put()
    Presence.objects.filter(point__position=1).exclude(member="m1").delete()
    client = client_of("secretary")
    assert "tælles der op nu, falder det" in seen(client.get(VOTE)).lower()
    client.post(f"{VOTE}lead/", {"action": "count", "voting": "1", "why": "Aftalt med alle på forhånd", "sure": "1"})
    assert "Aftalt med alle på forhånd" in seen(client.get(VOTE))


def test_a_member_writes_for_the_minutes_and_all_read_it(room, client_of):
    room.point()
    client = client_of("m5")
    assert client.post(f"{VOTE}words/", {"text": "Retten til at sige nej <mangler>."}, follow=True).status_code == 200
    assert "Retten til at sige nej &lt;mangler&gt;." in seen(client_of("m2").get(VOTE))
    assert client.post(f"{VOTE}words/", {"text": "CPR 010180-1234"}).status_code == 422
    assert client_of("secretary").post(f"{VOTE}words/", {"text": "Mit"}).status_code == 403
    assert Dissent.objects.count() == 1


def test_a_written_procedure_from_beginning_to_end(room, client_of):
    address = "/cases/kombit/board/votes/second/"
    assert client_of("m2").get(address).status_code == 404
    deadline = timezone.now() + timezone.timedelta(days=7)
    MeetingRun.objects.update(kind="written", state="noticed", opened_at=None, deadline=deadline)
    Presence.objects.all().delete()
    begin_written(run=MeetingRun.objects.get(), by=None, at=timezone.now())
    assert client_of("m2").post(address, {"action": "end"}).status_code == 403

    page = seen(client_of("m2").get(address))
    assert "Stem om punkt 4.6" in page
    assert "Jeg beder om et møde" in page
    card = (
        seen(client_of("m2").get("/cases/kombit/board/")).partition('id="part-meetings-second"')[2].partition("</p>")[0]
    )
    assert "Skriftlig behandling" in card
    assert "10.00–12.30" not in card
    assert client_of("m2").post(VOTE, {"value": "for"}).status_code == 302
    assert "du har stemt" in seen(client_of("m2").get(address))
    room.sitting.disqualify(room.sitting.points[0], "m7")
    page = seen(client_of("m2").get(reverse("approval:meeting", args=["kombit", "second"])))
    assert "1 af 6 stemmeberettigede har stemt; 4 kræves" in page
    assert "0 af 7 stemmeberettigede har stemt; 4 kræves" in page
    assert "stemmeberettigede deltager" not in page
    assert "fraværende" not in page
    assert client_of("secretary").post(address, {"action": "end"}).status_code == 422
    assert client_of("secretary").post(address, {"action": "demand"}).status_code == 403
    assert client_of("m7").post(address, {"action": "demand"}).status_code == 302
    assert "Et medlem har bedt om et møde" in seen(client_of("m2").get(address))
    assert MeetingRun.objects.get().state == "stopped"


def test_others_than_the_body_and_those_who_serve_it_are_refused(room, client_as):
    room.put()
    for role in ("leadership", "observer", "member", "stakeholder", "administrator"):
        assert client_as(role).get(VOTE).status_code == 403
    assert client_as("owner").get(VOTE).status_code == 200
    outsider = Person.objects.create(username="outsider", name="Outsider", joined_at=NOON)
    client = client_as("owner")
    client.force_login(outsider)
    assert client.get(VOTE).status_code == 404
    assert client_as("owner").get(reverse("approval:point_vote", args=["kombit", "second", 99])).status_code == 404


def test_words_written_by_a_member_show_in_english_too(room, client_of):
    write_dissent(point=room.point(), member="m5", text="Uenig", by=room.board.people["m5"], at=NOON)
    client = client_of("m2")
    client.cookies["fremsyn_language"] = "en"
    assert "For the minutes" in seen(client.get(VOTE))
