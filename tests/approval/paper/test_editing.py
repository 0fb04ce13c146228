"""The body, the meetings and the paper are written in the browser; parts are put in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cases.editing.browser import filled_in
from conftest import NOON
from fremsyn.approval.handover import load
from fremsyn.approval.paper.operations import move_part
from fremsyn.cases.models import Case, Item, Link, Part
from fremsyn.cases.remembered import changed
from fremsyn.core.errors import RuleBroken

pytestmark = pytest.mark.django_db
EDIT = "/cases/kombit/edit/"
Signed = Callable[[str], Client]


def without_body(case: Case) -> None:
    item = Item.objects.get(case=case, path="approval/body")
    Link.objects.filter(from_item=item).delete()
    Part.objects.filter(item=item).delete()
    item.delete()
    changed(case)


def test_a_new_body_is_kept_as_it_is_offered(kombit: Case, client_as: Signed):
    without_body(kombit)
    client = client_as("facilitator")
    page = client.get(f"{EDIT}body/add/").content.decode()
    assert client.post(f"{EDIT}body/add/", dict(filled_in(page).lists())).status_code == 302

    body = load(Case.objects.get(pk=kombit.pk)).body
    assert body
    assert [each.role.da for each in body.members] == ["Formand", "Næstformand", "Medlem"]
    assert (body.quorum.rule, body.majority.rule, body.notice_days, body.ballots) == (
        "more_than_half",
        "simple",
        7,
        "by_name",
    )
    assert body.leader == "m1"
    assert body.caster is None
    assert client.get("/cases/kombit/board/").status_code == 200


def test_a_new_body_asks_seven_things(kombit: Case, client_as: Signed):
    without_body(kombit)
    form = client_as("facilitator").get(f"{EDIT}body/add/").context["form"]
    assert len(form.blocks) == 7


def test_a_body_in_which_nobody_votes_is_refused(kombit: Case, client_as: Signed):
    client = client_as("facilitator")
    sent = filled_in(client.get(f"{EDIT}at/approval/body/change/").content.decode())
    sent["meaning"] = "wording"
    for at in range(7):
        sent.pop(f"members-{at}-votes")
    answer = client.post(f"{EDIT}at/approval/body/change/", dict(sent.lists()))
    assert answer.status_code == 422
    assert "Ingen har stemmeret" in answer.content.decode()


def test_a_meeting_is_planned_with_its_agenda(kombit: Case, client_as: Signed):
    client = client_as("facilitator")
    sent = filled_in(client.get(f"{EDIT}meeting/add/").content.decode())
    told = {
        "title_da": "Ekstra møde", "id": "extra", "reading": "2", "date": "2027-01-15", "from": "10:00", "to": "25:00",
        "agenda-0-n": "1", "agenda-0-type": "decision", "agenda-0-title_da": "Strategien", "agenda-0-paper": "on",
    }  # fmt: skip
    for name, value in told.items():
        sent[name] = value
    answer = client.post(f"{EDIT}meeting/add/", sent.dict())
    assert answer.status_code == 422
    assert "Skriv et klokkeslæt som 13.00." in answer.content.decode()
    sent["to"] = "09:00"
    assert "Det slutter, før det begynder" in client.post(f"{EDIT}meeting/add/", sent.dict()).content.decode()
    sent["to"] = "12:00"
    assert client.post(f"{EDIT}meeting/add/", sent.dict()).status_code == 302

    made = next(each for each in load(Case.objects.get(pk=kombit.pk)).meetings if each.id == "extra")
    assert (made.agenda[0].type, made.agenda[0].paper) == ("decision", True)


def test_a_section_is_closed_with_its_ground_and_a_resume_is_at_most_ten_lines(kombit: Case, client_as: Signed):
    client = client_as("facilitator")
    address = f"{EDIT}at/approval/paper/sections/summary/change/"
    sent = filled_in(client.get(address).content.decode())
    sent["meaning"] = "wording"
    sent["text_da"] = "For lang. " * 120
    assert "Resuméet fylder" in client.post(address, sent.dict()).content.decode()
    sent["text_da"] = "Kort."
    sent["closed-ground_da"] = "Forvaltningslovens § 27"
    sent["closed-until"] = "2027-06-01"
    assert client.post(address, sent.dict()).status_code == 302
    closed = load(Case.objects.get(pk=kombit.pk)).paper.sections[0].closed
    assert closed
    assert str(closed.until) == "2027-06-01"


def test_points_are_put_in_order(kombit: Case, client_as: Signed):
    client = client_as("facilitator")
    answer = client.post("/cases/kombit/board/order/B2/", {"to": "up"})
    assert answer.status_code == 302
    assert answer["Location"].endswith("#B2")
    paper = load(Case.objects.get(pk=kombit.pk)).paper
    assert [each.ref for each in paper.points] == ["B2", "B1", "B3", "B4", "B5", "B6"]
    client.post("/cases/kombit/board/order/approval/paper/risks/4/", {"to": "up"})
    owners = [each.owner_role.en for each in load(Case.objects.get(pk=kombit.pk)).paper.risks]
    assert owners[2] == "Director of contracts"
    page = client.get("/cases/kombit/board/").content.decode()
    assert page.index('id="part-paper-risks-4"') < page.index('id="part-paper-risks-3"')


@pytest.mark.parametrize(("key", "up"), [("B1", True), ("B6", False), ("A1", True), ("B99", True)])
def test_what_has_no_other_place_is_not_moved(kombit: Case, key: str, up: bool):
    with pytest.raises(RuleBroken):
        move_part(case=kombit, key=key, up=up, by=None, at=NOON)


def test_a_meeting_without_a_code_gets_one_from_its_title(kombit: Case, client_as: Signed):
    client = client_as("facilitator")
    page = client.get(f"{EDIT}meeting/add/").content.decode()
    assert "Tilføj: møde" in page
    sent = filled_in(page)
    told = {"title_da": "Ekstra møde", "reading": "2", "date": "2027-01-15", "from": "09:00", "to": "10:00"}
    for name, value in told.items():
        sent[name] = value
    assert client.post(f"{EDIT}meeting/add/", dict(sent.lists())).status_code == 302
    made = next(each for each in load(Case.objects.get(pk=kombit.pk)).meetings if each.date.year == 2027)
    assert made.id.startswith("ekstra")
    assert client.get(f"/cases/kombit/board/meetings/{made.id}/").status_code == 200


def test_the_first_is_not_offered_a_way_up_nor_the_last_a_way_down(kombit: Case, client_as: Signed):
    page = client_as("facilitator").get("/cases/kombit/board/").content.decode()
    forms = [each.partition("</form>")[0] for each in page.split('action="/cases/kombit/board/order/')[1:]]
    ways = {each.partition("/")[0]: (' value="up"' in each, ' value="down"' in each) for each in forms}
    found = {key: ways[key] for key in ways if key in ("B1", "B2", "B6")}
    assert found == {"B1": (False, True), "B2": (True, True), "B6": (True, False)}
