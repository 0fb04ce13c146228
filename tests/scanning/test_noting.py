"""A signal in a moment, and one thing noticed by a link without a sign-in: proposed first, taken in or left out after."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.models import Item
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scanning import operations
from fremsyn.scanning.handover import load
from fremsyn.scanning.models import Noticed, NoticingLink, NoticingState

pytestmark = pytest.mark.django_db
NOTE = {"noticed": "Tre kommuner slår deres it-afdelinger sammen", "so_what": "Fællesskaber opstår uden om os"}


@pytest.fixture
def link(kombit):
    at = datetime.datetime.now(datetime.UTC)
    return operations.make_noticing_link(
        case=kombit, circle="organisation", cap=2, expires_at=at + datetime.timedelta(days=8), by=None, at=at
    )


def test_a_member_notes_a_signal_with_two_sentences(kombit, client_as):
    answer = client_as("member").post(reverse("scanning:signal_note", args=["kombit"]), NOTE)
    assert answer.status_code == 302
    kept = load(Item.objects.get(title__da=NOTE["noticed"]).case).scanning.signals[-1]
    assert (kept.so_what.da, kept.question, kept.unverified) == (NOTE["so_what"], "Q0", True)


def test_an_address_becomes_a_source_once(kombit):
    given = {"case": kombit, "circle": "organisation", "language": "da", "by": None, "at": NOON} | NOTE
    first = operations.note_signal(url="https://example.org/a", **given)
    again = operations.note_signal(url="https://example.org/a", **given)
    signals = {each.ref: each for each in load(kombit).scanning.signals}
    assert signals[first.ref].sources == signals[again.ref].sources
    assert not signals[first.ref].unverified


def test_what_is_missing_stays_on_the_form(kombit, client_as):
    answer = client_as("member").post(reverse("scanning:signal_note", args=["kombit"]), NOTE | {"so_what": ""})
    assert answer.status_code == 422
    assert NOTE["noticed"] in answer.content.decode()


def test_what_is_told_by_a_link_waits_and_is_taken_in_by_those_who_edit(kombit, client_as, link):
    _made, token = link
    visitor = Client()
    assert visitor.get(reverse("noticing:notice", args=[token])).status_code == 200
    assert visitor.post(reverse("noticing:notice", args=[token]), NOTE).status_code == 302
    told = Noticed.objects.get()
    assert told.state == NoticingState.PROPOSED
    assert not Item.objects.filter(title__da=NOTE["noticed"]).exists()

    facilitator = client_as("facilitator")
    assert NOTE["noticed"] in facilitator.get(reverse("scanning:noticing", args=["kombit"])).content.decode()
    facilitator.post(reverse("scanning:noticed_decide", args=["kombit", told.pk]), {"accept": "1"})
    assert Item.objects.filter(title__da=NOTE["noticed"], kind="signal").exists()
    with pytest.raises(RuleBroken):
        operations.decline_noticed(told=told, reason="x", by=None, at=NOON)
    assert not any(NOTE["noticed"] in str(entry.__dict__) for entry in Entry.objects.all())


def test_what_is_left_out_has_a_reason(kombit, client_as, link):
    operations.tell_noticed(token=link[1], language="da", at=datetime.datetime.now(datetime.UTC), **NOTE)
    told = Noticed.objects.get()
    address = reverse("scanning:noticed_decide", args=["kombit", told.pk])
    client = client_as("facilitator")
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Står der allerede"}).status_code == 302
    told.refresh_from_db()
    assert (told.state, told.reason) == (NoticingState.DECLINED, "Står der allerede")


def test_a_link_ends_when_it_is_full_over_or_withdrawn(kombit, link):
    _made, token = link
    now = datetime.datetime.now(datetime.UTC)
    for _time in range(2):
        operations.tell_noticed(token=token, language="da", at=now, **NOTE)
    with pytest.raises(RuleBroken):
        operations.tell_noticed(token=token, language="da", at=now, **NOTE)
    assert Client().get(reverse("noticing:notice", args=[token])).status_code == 404
    fresh, again = operations.make_noticing_link(
        case=kombit, circle="wide", cap=5, expires_at=now + datetime.timedelta(days=1), by=None, at=now
    )
    assert operations.usable_link(again, now + datetime.timedelta(days=2)) is None
    operations.withdraw_noticing_link(link=fresh, by=None, at=now)
    assert operations.usable_link(again, now) is None


def test_the_token_is_told_once_and_kept_as_a_hash(kombit, client_as):
    client = client_as("owner")
    page = client.post(
        reverse("scanning:noticing", args=["kombit"]), {"circle": "organisation", "cap": 20, "days": 8}
    ).content.decode()
    token = re.search(r"/n/([\w-]{22})/", page)[1]
    assert NoticingLink.objects.get().token_sha256 == operations.hashed(token)
    assert token not in client.get(reverse("scanning:noticing", args=["kombit"])).content.decode()
    assert Person.objects.get(username="owner").pk == NoticingLink.objects.get().made_by_id


@pytest.mark.parametrize("text", ["Ring 010180-1234", "010180 1234"])
def test_a_personal_number_is_refused_and_the_rest_stays(link, text):
    answer = Client().post(reverse("noticing:notice", args=[link[1]]), NOTE | {"noticed": text})
    assert answer.status_code == 422
    assert NOTE["so_what"] in answer.content.decode()
    assert not Noticed.objects.exists()


def test_scripts_are_shown_as_text(kombit, client_as, link):
    operations.tell_noticed(
        token=link[1], language="da", at=datetime.datetime.now(datetime.UTC),
        noticed="<script>alert(1)</script> שלום 🙂", so_what="\u202ebagvendt",
    )  # fmt: skip
    page = client_as("owner").get(reverse("scanning:noticing", args=["kombit"])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; שלום 🙂" in page
