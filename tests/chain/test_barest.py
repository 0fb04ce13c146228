"""The barest case that passes the check shows every page, though nothing in it has been judged or filled in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from chain.small import Sheets, small, write
from chain.walking import walked
from conftest import NOON
from fremsyn.cases.models import Membership
from fremsyn.cases.shape import Text, Texts, dataclasses_in, slots
from fremsyn.chain.check import check_folder
from fremsyn.chain.content import SHEETS
from fremsyn.chain.operations import import_case
from fremsyn.chain.run import run_chain
from fremsyn.people.models import Person
from fremsyn.reports.documents.catalogue import KINDS, document
from fremsyn.reports.typesetting import pdfs

Place = tuple[str, ...]
Change = Callable[[Any, str], None]


def delete(holder: Any, key: str) -> None:
    del holder[key]


def empty(holder: Any, key: str) -> None:
    if isinstance(holder[key], dict | list | int | float):
        holder[key] = type(holder[key])()


def places(schema: type, *, optional: bool, at: Place = ()) -> Iterator[Place]:
    """Yield the places of a file, those in a list's or mapping's entries taken together."""
    for slot in slots(schema):
        if not (optional and slot.required):
            yield (*at, slot.yaml)
        for inner in dataclasses_in(slot.type):
            if inner not in (Text, Texts):
                yield from places(inner, optional=optional, at=(*at, slot.yaml))


def change(thing: Any, at: Place, how: Change) -> None:
    """Change a place wherever it is found, through lists and mappings."""
    if isinstance(thing, list):
        for each in thing:
            change(each, at, how)
    elif isinstance(thing, dict) and at[0] not in thing:
        for each in thing.values():
            change(each, at, how)
    elif isinstance(thing, dict) and len(at) > 1:
        change(thing[at[0]], at[1:], how)
    elif isinstance(thing, dict):
        how(thing, at[0])


def barest(folder: Path, how: Change) -> Sheets:
    """Return the small case with as much deleted or emptied as the check lets pass, half of what is left at a time."""

    def passes(sheets: Sheets) -> bool:
        return check_folder(write(folder, sheets)).content is not None

    def reduced(sheets: Sheets, name: str, todo: list[Place]) -> Sheets:
        tried = copy.deepcopy(sheets)
        for at in todo:
            change(tried[name], at, how)
        if tried == sheets or passes(tried):
            return tried
        if len(todo) == 1:
            return sheets
        middle = len(todo) // 2
        return reduced(reduced(sheets, name, todo[:middle]), name, todo[middle:])

    sheets = small()
    for name, schema in SHEETS.items():
        sheets = reduced(sheets, name, list(places(schema, optional=how is delete)))
    assert passes(sheets)
    return sheets


def unscored(_folder: Path) -> Sheets:
    sheets = small()
    for option in sheets["strategy"]["options"]:
        for score in option["scores"].values():
            score["score"] = 0
    return sheets


def harmful_and_free(_folder: Path) -> Sheets:
    """Return a case whose options do harm, or nothing in one scenario, and cost nothing."""
    sheets = small()
    sheets["strategy"]["budget_mdkk"] = 0
    for option in sheets["strategy"]["options"]:
        option["cost_mdkk"] = {"low": 0, "high": 0}
        for world, score in option["scores"].items():
            score["score"] = 0 if world == "C1" else -2
    for initiative in sheets["plans"]["initiatives"]:
        initiative["budget"] = dict.fromkeys(initiative["budget"], 0)
    return sheets


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "editing"),
    [
        (lambda folder: barest(folder, delete), True),
        pytest.param(lambda folder: barest(folder, empty), True, marks=pytest.mark.long),
        (unscored, False),
        (harmful_and_free, False),
    ],
    ids=["deleted", "emptied", "unscored", "harmful and free"],
)
def test_the_barest_case_that_passes_the_check_shows_every_page(tmp_path, made, editing):
    content = check_folder(write(tmp_path, made(tmp_path))).content
    assert content
    case = import_case(content=content, slug="lille", by=None, at=NOON)
    run_chain(case, lambda step: None)
    person = Person.objects.create(username="owner-of-lille", name="Ejer", joined_at=NOON)
    Membership.objects.create(case=case, person=person, role="owner")
    client = Client()
    client.force_login(person)

    assert len(walked(client, "/cases/lille/", editing=editing)) > 25
    assert all(each.startswith(b"%PDF") for each in pdfs(document(case, key, "da") for key in KINDS))
