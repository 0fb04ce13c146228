"""A round prepared on its page, and statements written, pasted and taken from other rounds."""

from __future__ import annotations

import pytest

from conftest import NOON
from conversation.live import fresh, make_round, refs_of
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import RoundRun
from fremsyn.conversation.operations import (
    add_statements,
)
from fremsyn.conversation.schema import Statement
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text

pytestmark = pytest.mark.django_db

BASE = "/cases/kombit/conversation/rounds/"


def test_a_round_is_prepared_on_its_page_from_a_template_and_opened(kombit, client_as):
    from cases.editing.browser import filled_in

    client = client_as("facilitator")
    shown = client.get(f"{BASE}prepare/?model=framing_statements&scenario=C1").content.decode()
    assert (
        '<details class="more-fields"><summary>'
        in client.get(f"{BASE}prepare/?model=framing_statements").content.decode()
    )
    told = client.get(f"{BASE}prepare/?model=scenarios_reaction").content.decode()
    assert filled_in(told)["perspective-scenario"] == "C1"  # its statements are about a story
    sent = dict(filled_in(shown).lists()) | {"invite": "1"}

    answer = client.post(f"{BASE}prepare/?model=framing_statements&scenario=C1", sent)

    assert answer.status_code == 302, answer.context["form"].errors
    made = load(fresh(kombit)).conversation.rounds[-1]
    assert answer.url == f"{BASE}{made.ref}/invite/"
    assert (len(made.statements), made.perspective.scenario, made.monday) == (5, "C1", True)
    assert made.heard
    talk = load(fresh(kombit)).conversation
    assert [each.title.da.rstrip(".") in made.heard.da for each in talk.insights if each.ref in made.because] == [
        True
    ] * 3
    assert made.surprised_leadership is None  # minutes are the leadership's own until kept as an insight
    assert RoundRun.objects.filter(round__item__ref=made.ref).exists()


def test_statements_are_pasted_with_faults_told_line_by_line_before_anything_is_kept(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    client, page = client_as("facilitator"), f"{BASE}{round_.item.ref}/statements/add/"
    rows = [f"Udsagn {n}\tStatement {n}\trole" for n in range(50)]
    wrong = [*rows, "Et\tOne\tnowhere", "To\tTwo\trole\tmore", "x" * 501]
    before = len(refs_of(round_))

    refused = client.post(page, {"rows": "0", "paste": "\n".join(wrong), "take_in": "1"})
    assert refused.status_code == 422
    assert len(refused.context["table"].faults) == 3
    assert "Udsagn 49" in refused.content.decode()
    many = "\n".join(f"{'å' * 80} {n}\t{'x' * 80}" for n in range(2000))
    refused = client.post(page, {"rows": "0", "paste": many, "take_in": "1"})
    assert "Der er 2000 rækker" in refused.content.decode()
    assert many in refused.content.decode()

    taken = client.post(page, {"rows": "0", "paste": "\n".join(rows), "take_in": "1"})
    assert taken.status_code == 200
    assert len(refs_of(round_)) == before
    kept = client.post(page, {"rows": "0", "paste": "\n".join(rows)})
    assert kept.status_code == 302
    assert len(refs_of(round_)) == before + 50


def test_statements_taken_from_another_round_rest_on_those(kombit, client_as):
    from cases.editing.browser import filled_in

    round_ = make_round(kombit, at=NOON)
    client, page = client_as("facilitator"), f"{BASE}{round_.item.ref}/statements/add/"
    shown = client.get(f"{page}?statements=R1").content.decode()
    form = shown[shown.index('<form method="post" class="form editing') :]

    assert client.post(page, dict(filled_in(form).lists())).status_code == 302

    talk = load(fresh(kombit)).conversation
    new = [each for each in talk.statements if each.round == round_.item.ref and each.because]
    old = next(each for each in talk.rounds if each.ref == "R1").statements
    assert [each.because[0] for each in new] == list(old)


def test_no_statement_is_added_to_a_closed_round(kombit):
    said = Statement(ref="", round="", text=Text(da="For sent."), theme="role", question="Q0")
    with pytest.raises(RuleBroken, match="lukket"):
        add_statements(case=kombit, ref="R1", statements=(said,), by=None, at=NOON)
