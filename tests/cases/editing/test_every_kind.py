"""Whatever can be written on a form can be added and changed there, and a form sent back unchanged changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from cases.editing.browser import filled_in
from conftest import NOON
from fremsyn.cases import rows
from fremsyn.cases.access import Visit
from fremsyn.cases.editing.fields import is_asked_for
from fremsyn.cases.editing.forms import ThingForm
from fremsyn.cases.models import Case, Item, ItemVersion, Membership
from fremsyn.cases.rows import kind_of
from fremsyn.cases.shape import holds_rows, slots
from fremsyn.cases.sheets import ROOTS, root_of, rows_in, tables_of
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db
KINDS = sorted(
    {kind_of(s) for sheet in ROOTS for s in rows_in(root_of(sheet)) if is_asked_for(s)}
    - {"for_and_against", "perspective"}
)


def skole(repo) -> Case:
    content = read_folder(repo / "examples" / "skole").content
    case = import_case(content=content, slug="skole", by=None, at=NOON)
    Membership.objects.create(case=case, person=Person.objects.get(username="facilitator"), role=Role.FACILITATOR)
    return case


def things(case: Case) -> Iterator[tuple[str, object]]:
    """Yield every stored thing that has a form, with its path."""
    for sheet in Item.objects.filter(case=case, parent=None).values_list("sheet", flat=True):
        yield from below(rows.load(case, sheet, root_of(sheet), tables_of(sheet)), sheet)


def below(thing: object, path: str) -> Iterator[tuple[str, object]]:
    if is_asked_for(type(thing)):
        yield path, thing
    for slot in slots(type(thing)):
        if holds_rows(slot.type) and not slot.meta.get("inline"):
            held = getattr(thing, slot.name)
            many = isinstance(held, tuple)
            for at, each in enumerate(held if many else () if held is None else (held,)):
                yield from below(each, rows.part_path(path, slot, each, at, many=many))


@pytest.mark.parametrize(
    ("which", "most"), [("kombit", 6), ("skole", 600), pytest.param("kombit", 600, marks=pytest.mark.long)]
)
def test_every_thing_comes_back_from_its_form_as_it_was(which, most, kombit, repo):
    """Of each kind of the larger case a few come back, and all of the smaller one."""
    case = kombit if which == "kombit" else skole(repo)
    visit = Visit(case, Person.objects.get(username="facilitator"), Role.FACILITATOR)
    changed, tried = [], Counter[type]()
    for path, thing in things(case):
        tried[type(thing)] += 1
        if tried[type(thing)] > most:
            continue
        told = {"schema": type(thing), "visit": visit, "thing": thing}
        page = render_to_string("cases/editing/_form.html", {"form": ThingForm(None, **told)})
        back = ThingForm(filled_in(page), **told)
        if not back.is_valid():
            changed.append((path, dict(back.errors)))
            continue
        for name, value in back.values().items():
            if value != getattr(thing, name):
                changed.append((path, name, getattr(thing, name), value))
    assert changed == []


@pytest.mark.parametrize("kind", KINDS)
def test_its_form_for_a_new_one_opens_and_asks_before_it_keeps(kind, kombit, client_as):
    client = client_as("facilitator")
    address = reverse("cases:item_add", args=["kombit", kind]) + holder(kombit, kind)
    page = client.get(address)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1

    before = Item.objects.count()
    answer = client.post(address, {})
    assert answer.status_code == 422
    assert Item.objects.count() == before


def holder(case: Case, kind: str) -> str:
    first = Item.objects.filter(case=case, kind=kind).exclude(parent=None).first()
    return f"?in={first.parent.ref or first.parent.path}&field={first.slot}" if first else ""


@pytest.mark.parametrize("kind", KINDS)
def test_its_form_sent_back_unchanged_writes_nothing(kind, kombit, client_as):
    client = client_as("facilitator")
    item = Item.objects.filter(case=kombit, kind=kind).first()
    if item is None:
        pytest.skip("the demonstration case has none")
    address = reverse("cases:item_change", args=["kombit", item.ref or item.path])
    sent = filled_in(client.get(address).content.decode())
    sent["meaning"] = "wording"

    assert client.post(address, dict(sent.lists())).status_code == 302

    assert Item.objects.get(pk=item.pk).version == item.version
    assert not ItemVersion.objects.filter(item=item).exists()
