"""The only door to a case, and what each role sees behind it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.access import AREAS, STAKEHOLDER_KINDS, Visit, access_case, visit_of
from fremsyn.cases.models import Case, Membership
from fremsyn.cases.operations import add_member
from fremsyn.cases.rights import Right
from fremsyn.cases.search import found
from fremsyn.core.errors import NotAllowed, RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db


def asked(person):
    request = RequestFactory().get("/")
    request.user = person
    return request


def visit(kombit: Case, role: str) -> Visit:
    return access_case(asked(Person.objects.get(username=role)), kombit.slug)


def test_the_door_opens_to_those_who_belong_to_the_case(kombit):
    request = asked(Person.objects.get(username=Role.BOARD))
    visit = access_case(request, kombit.slug, "approval")

    assert (visit.case, visit.role) == (kombit, Role.BOARD)
    assert visit_of(request) is visit
    assert visit_of(RequestFactory().get("/")) is None


def test_the_door_is_not_there_for_others(kombit):
    outsider = Person.objects.create(username="outsider", name="Outsider", joined_at=NOON)
    for person, slug in ((outsider, kombit.slug), (AnonymousUser(), kombit.slug), (outsider, "none")):
        with pytest.raises(Http404):
            access_case(asked(person), slug)


def test_a_closed_area_is_refused_in_words(kombit):
    for role, area in ((Role.STAKEHOLDER, "strategy"), (Role.STAKEHOLDER, "approval"), (Role.MEMBER, "approval")):
        with pytest.raises(NotAllowed):
            access_case(asked(Person.objects.get(username=role)), kombit.slug, area)


def test_a_membership_that_ends_ends_at_once(kombit):
    person = Person.objects.get(username=Role.OWNER)
    Membership.objects.filter(case=kombit, person=person).delete()
    with pytest.raises(Http404):
        access_case(asked(person), kombit.slug)


@pytest.mark.parametrize("role", list(Role.values))
def test_everything_that_is_shown_may_be_seen(kombit, role):
    seen = visit(kombit, role)
    kinds = {entry.kind for entry in seen.entries.values()}

    if role == Role.STAKEHOLDER:
        assert kinds == STAKEHOLDER_KINDS
    else:
        assert {entry.app for entry in seen.entries.values()} == {area for area in AREAS if seen.may_enter(area)}
    for key in seen.entries:
        assert all(tie.end in seen.entries for tie in seen.ties_from(key))
        assert all(tie.start in seen.entries for tie in seen.ties_to(key))
    assert {*seen.chain.grounds, *seen.chain.uses} <= set(seen.entries)
    assert [entry.key for entry in seen.shown(["B1", "Q0", "X99"])] == (
        ["B1", "Q0"] if seen.may(Right.CONFIDE) else ["Q0"]  # the points are closed until they are decided
    )


def test_an_item_is_found_under_its_own_kind_only(kombit):
    owner, stakeholder = visit(kombit, Role.OWNER), visit(kombit, Role.STAKEHOLDER)

    assert owner.entry("T1", "trend").ref == "T1"
    for who, ref, kind in ((owner, "T1", "signal"), (owner, "T999", "trend"), (stakeholder, "T1", "trend")):
        with pytest.raises(Http404):
            who.entry(ref, kind)
    assert len(owner.of_kind("trend")) == 50
    assert stakeholder.of_kind("trend") == ()


def test_search_finds_by_reference_and_by_words_and_only_what_may_be_seen(kombit):
    owner, stakeholder = visit(kombit, Role.OWNER), visit(kombit, Role.STAKEHOLDER)

    assert found(owner, "t12")[0].ref == "T12"
    assert found(owner, "  ") == ()
    assert found(stakeholder, "T12") == ()
    everything = {entry.key for word in "aeiou" for entry in found(stakeholder, word)}
    assert everything <= set(stakeholder.entries)


def test_add_member_lets_in_changes_a_role_and_says_so_in_the_log(kombit):
    person = Person.objects.create(username="ny", name="Ny", joined_at=NOON)
    for role in (Role.MEMBER, Role.OBSERVER):
        add_member(slug=kombit.slug, person=person, role=role, by=None, at=NOON)

    assert Membership.objects.get(case=kombit, person=person).role == Role.OBSERVER
    entries = Entry.objects.filter(event="cases.member_added", case=str(kombit.pk))
    assert [entry.facts()["role"] for entry in entries.order_by("sequence")] == ["member", "observer"]
    for slug, role in (("none", Role.MEMBER), (kombit.slug, "king")):
        with pytest.raises(RuleBroken):
            add_member(slug=slug, person=person, role=role, by=None, at=NOON)


def test_a_refusal_names_the_role_and_leads_back_to_the_case(kombit, client_as):
    refused = client_as("stakeholder").get(f"/cases/{kombit.slug}/board/")
    told = refused.content.decode()
    assert refused.status_code == 403
    assert "Din rolle i sagen er Interessent. Proceslederen kan sige, hvem der har adgang." in told
    assert f'href="/cases/{kombit.slug}/"' in told

    missing = client_as("owner").get(f"/cases/{kombit.slug}/scanning/trends/T999/")
    assert missing.status_code == 404
    assert f'data-kind="primary" href="/cases/{kombit.slug}/"' in missing.content.decode()
