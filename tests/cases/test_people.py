"""Who is in a case, and how they come in and out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.models import Case, CaseInvitation, Membership
from fremsyn.cases.people import operations
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

ClientAs = Callable[[str], Client]
PASSWORD = "en lang og egen sætning"
pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(kombit: Case) -> Person:
    return Person.objects.get(username="owner")


@pytest.fixture
def guest() -> Person:
    return Person.objects.create(username="guest", name="Gæst", joined_at=NOON)


def invited(case: Case, by: Person, **more: Any) -> tuple[CaseInvitation, str]:
    told: dict[str, Any] = {"role": Role.MEMBER, "cap": 1, "expires_at": timezone.now() + timedelta(days=7), **more}
    return operations.invite_to_case(case=case, by=by, at=timezone.now(), **told)


def accept(token: str, person: Person) -> Membership:
    return operations.accept_invitation(token=token, person=person, at=timezone.now())


def here(name: str) -> str:
    return reverse(f"cases:{name}", args=["kombit"])


def test_an_invitation_lets_one_in_and_only_its_hash_is_kept(kombit: Case, owner: Person, guest: Person) -> None:
    made, token = invited(kombit, owner)

    assert accept(token, guest).role == Role.MEMBER
    assert len(token) >= 43
    assert token not in str(CaseInvitation.objects.filter(pk=made.pk).values())
    last = Entry.objects.order_by("-sequence").first()
    assert last
    assert last.event == "cases.invitation_accepted"
    assert token not in last.data


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"withdrawn_at": NOON}, "trukket tilbage"),
        ({"expires_at": NOON - timedelta(days=400)}, "udløbet"),
    ],
)
def test_an_invitation_that_has_ended_is_refused_and_says_why(
    kombit: Case, owner: Person, guest: Person, change: dict[str, object], words: str
) -> None:
    made, token = invited(kombit, owner)
    CaseInvitation.objects.filter(pk=made.pk).update(**change)

    with pytest.raises(RuleBroken, match=words):
        accept(token, guest)
    client = Client()
    page = client.get(reverse("cases:invitation", args=[token]))
    assert page.status_code == 410
    assert words in page.content.decode()
    told = {"name": "Ny", "username": "ny", "password": PASSWORD}
    assert client.post(reverse("cases:invitation", args=[token]), told).status_code == 410
    assert not Person.objects.filter(username="ny").exists()
    assert not Membership.objects.filter(case=kombit, person=guest).exists()


def test_an_invitation_is_used_up(kombit: Case, owner: Person, guest: Person) -> None:
    other = Person.objects.create(username="other", name="Anden", joined_at=NOON)
    _made, token = invited(kombit, owner)
    accept(token, guest)

    with pytest.raises(RuleBroken, match="brugt"):
        accept(token, other)


def test_nobody_comes_back_by_the_link_they_came_by(kombit: Case, owner: Person, guest: Person) -> None:
    _made, token = invited(kombit, owner, cap=5)
    accept(token, guest)
    with pytest.raises(RuleBroken, match="allerede med"):
        accept(token, guest)
    operations.remove_member(case=kombit, person=guest.pk, by=owner, at=NOON)

    with pytest.raises(RuleBroken, match="brugt denne invitation før"):
        accept(token, guest)


def test_a_link_never_changes_the_role_of_somebody_inside(kombit: Case, owner: Person) -> None:
    _made, token = invited(kombit, owner, role=Role.OBSERVER)

    with pytest.raises(RuleBroken, match="allerede med"):
        accept(token, owner)
    assert Membership.objects.get(case=kombit, person=owner).role == Role.OWNER


@pytest.mark.parametrize(
    "wrong",
    [{"cap": 0}, {"cap": 201}, {"role": "king"}, {"expires_at": NOON - timedelta(days=400)}, {"note": "x" * 121}],
)
def test_an_invitation_that_can_not_stand_is_not_made(kombit: Case, owner: Person, wrong: dict[str, object]) -> None:
    with pytest.raises(RuleBroken):
        invited(kombit, owner, **wrong)
    assert not CaseInvitation.objects.exists()


def test_an_administrator_makes_no_owners_and_moves_none(kombit: Case, owner: Person) -> None:
    administrator = Person.objects.get(username="administrator")
    member = Person.objects.get(username="member")

    for attempt in (
        lambda: invited(kombit, administrator, role=Role.OWNER),
        lambda: operations.change_role(case=kombit, person=member.pk, role=Role.OWNER, by=administrator, at=NOON),
        lambda: operations.change_role(case=kombit, person=owner.pk, role=Role.MEMBER, by=administrator, at=NOON),
        lambda: operations.remove_member(case=kombit, person=owner.pk, by=administrator, at=NOON),
    ):
        with pytest.raises(RuleBroken, match="Kun en procesejer"):
            attempt()


def test_the_last_owner_stays(kombit: Case, owner: Person) -> None:
    with pytest.raises(RuleBroken, match="mindst én procesejer"):
        operations.remove_member(case=kombit, person=owner.pk, by=owner, at=NOON)
    with pytest.raises(RuleBroken, match="mindst én procesejer"):
        operations.change_role(case=kombit, person=owner.pk, role=Role.MEMBER, by=owner, at=NOON)

    member = Person.objects.get(username="member")
    operations.change_role(case=kombit, person=member.pk, role=Role.OWNER, by=owner, at=NOON)
    operations.remove_member(case=kombit, person=owner.pk, by=member, at=NOON)
    assert Membership.objects.get(case=kombit, role=Role.OWNER).person == member


def test_an_owner_makes_a_link_on_the_page_and_sees_it_once(kombit: Case, client_as: ClientAs) -> None:
    client = client_as("owner")
    told = {"role": "facilitator", "cap": "1", "days": "14", "note": "Ny facilitator"}

    made = client.post(here("case_people"), told, follow=True).content.decode()
    again = client.get(here("case_people")).content.decode()

    found = re.search(r"http://testserver(/invitations/[\w-]+/)", made)
    assert found
    assert found[1] not in again
    assert "Ny facilitator" in again
    newcomer = Client()
    assert str(Role.FACILITATOR.label) in newcomer.get(found[1]).content.decode()
    came = newcomer.post(found[1], {"name": "Ny Hansen", "username": "ny", "password": PASSWORD}, follow=True)
    assert came.redirect_chain[-1][0] == "/cases/kombit/"
    assert Membership.objects.get(case=kombit, person__username="ny").role == Role.FACILITATOR


def test_somebody_signed_in_joins_with_the_account_they_have(kombit: Case, owner: Person, guest: Person) -> None:
    _made, token = invited(kombit, owner)
    client = Client()
    client.force_login(guest)

    assert "Gæst" in client.get(reverse("cases:invitation", args=[token])).content.decode()
    assert client.post(reverse("cases:invitation", args=[token])).status_code == 302
    assert Membership.objects.filter(case=kombit, person=guest).exists()


@pytest.mark.parametrize(
    "wrong", [{"password": "kort"}, {"username": "owner"}, {"name": ""}, {"password": "elevetegner"}]
)
def test_an_account_that_can_not_be_made_uses_up_nothing(kombit: Case, owner: Person, wrong: dict[str, str]) -> None:
    made, token = invited(kombit, owner)
    told = {"name": "<svg onload=alert(1)>", "username": "ny", "password": PASSWORD, **wrong}

    page = Client().post(reverse("cases:invitation", args=[token]), told)

    assert page.status_code == 422
    assert "<svg onload" not in page.content.decode()
    assert not made.uses.exists()
    assert not Person.objects.filter(username="ny").exists()


def test_who_may_not_let_people_in_changes_nothing(kombit: Case, client_as: ClientAs, owner: Person) -> None:
    made, _token = invited(kombit, owner)
    sent = {"person": str(owner.pk), "role": "member", "cap": "1", "days": "7", "invitation": str(made.pk)}
    before = list(Membership.objects.filter(case=kombit).values_list("person", "role"))

    for role in set(Role.values) - {Role.OWNER, Role.ADMINISTRATOR}:
        for name in ("case_people", "member_change", "member_remove", "invitation_withdraw"):
            assert client_as(role).post(here(name), sent).status_code == 403, (role, name)
    assert list(Membership.objects.filter(case=kombit).values_list("person", "role")) == before
    assert CaseInvitation.objects.filter(withdrawn_at=None).count() == 1


def test_people_are_moved_and_taken_out_on_the_page(kombit: Case, client_as: ClientAs) -> None:
    client, member = client_as("owner"), Person.objects.get(username="member")

    assert client.post(here("member_change"), {"person": member.pk, "role": "observer"}).status_code == 302
    assert Membership.objects.get(case=kombit, person=member).role == Role.OBSERVER
    assert client.post(here("member_remove"), {"person": member.pk}).status_code == 302
    assert client_as("member").get("/cases/kombit/").status_code == 404
    assert client.post(here("member_remove"), {"person": "nonsense"}).status_code == 404
    assert client.post(here("member_remove"), {"person": member.pk}).status_code == 422


def test_an_invitation_is_withdrawn_on_the_page(kombit: Case, client_as: ClientAs, owner: Person) -> None:
    made, token = invited(kombit, owner)

    assert client_as("owner").post(here("invitation_withdraw"), {"invitation": made.pk}).status_code == 302
    assert Client().get(reverse("cases:invitation", args=[token])).status_code == 410


def test_an_invitation_of_one_case_is_not_withdrawn_from_another(
    kombit: Case, client_as: ClientAs, guest: Person
) -> None:
    other = Case.objects.create(slug="anden", title={"da": "En anden"}, created_at=NOON)
    Membership.objects.create(case=other, person=guest, role=Role.OWNER)
    made, _token = invited(other, guest)

    assert client_as("owner").post(here("invitation_withdraw"), {"invitation": made.pk}).status_code == 422
    made.refresh_from_db()
    assert made.withdrawn_at is None
