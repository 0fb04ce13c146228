"""Links into a round: made, shown once, withdrawn."""

from __future__ import annotations

import re

import pytest

from conftest import NOON
from conversation.live import link, make_round
from fremsyn.conversation.models import Invitation
from fremsyn.conversation.operations import (
    join_round,
)
from fremsyn.conversation.refusals import Refused

pytestmark = pytest.mark.django_db

BASE = "/cases/kombit/conversation/rounds/"


def test_links_are_shown_once_with_their_codes_and_only_their_hash_is_kept(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    sent = {"group_wide": "40", "personal_organisation": "2", "until": "2029-12-01", "note": "IT-chefer"}

    answer = client_as("facilitator").post(f"{BASE}{round_.item.ref}/invite/", sent)

    text = answer.content.decode()
    found = re.findall(r"http://testserver/r/([\w-]+)/", text)
    assert answer.status_code == 200
    assert text.count("<svg") >= 3
    assert len(set(found)) == 3
    assert sorted(Invitation.objects.values_list("circle", "cap", "note")) == [
        ("organisation", 1, "IT-chefer 1"),
        ("organisation", 1, "IT-chefer 2"),
        ("wide", 40, "IT-chefer"),
    ]
    later = client_as("facilitator").get(f"{BASE}{round_.item.ref}/invite/").content.decode()
    assert not [token for token in found if token in later]
    assert client_as("facilitator").get(f"/r/{found[0]}/").status_code == 200


def test_links_that_cannot_stand_are_refused_beside_the_field_and_none_is_made(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    page = f"{BASE}{round_.item.ref}/invite/"
    for sent in (
        {"until": "2029-12-01"},
        {"group_wide": "40", "until": "2020-01-01"},
        {"group_wide": "20000", "until": "2029-12-01"},
        {"group_wide": "5", "until": "2029-12-01", "note": "010190-1234"},
    ):
        assert client_as("facilitator").post(page, sent).status_code == 422, sent
    assert not Invitation.objects.exists()


def test_a_link_is_withdrawn_and_lets_nobody_in(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    token = link(round_, at=NOON)
    row = Invitation.objects.get()

    answer = client_as("facilitator").post(f"{BASE}{round_.item.ref}/invite/{row.pk}/withdraw/")

    assert answer.status_code == 302
    with pytest.raises(Refused):
        join_round(token=token, language="da", at=NOON)
    assert client_as("facilitator").post(f"{BASE}R1/invite/{row.pk}/withdraw/").status_code == 404
