"""Cases whose paper has not been written."""

from __future__ import annotations

import pytest

from conftest import NOON
from fremsyn.approval.models import BoardPoint
from fremsyn.cases.models import Case, Item, Link, Membership, Part
from fremsyn.cases.remembered import changed
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.people.models import Person

WHERE = "approval/paper"


def without_paper(case: Case) -> Case:
    """Take a case's paper out as if nobody had written it."""
    items = Item.objects.filter(case=case, path__startswith=WHERE)
    Link.objects.filter(from_item__in=items).delete()
    Link.objects.filter(to_item__in=items).delete()
    for rows in (BoardPoint, Part):
        rows.objects.filter(item__in=items).delete()
    items.exclude(path=WHERE).delete()
    Item.objects.filter(case=case, path=WHERE).delete()
    changed(case)
    return case


@pytest.fixture
def unwritten(kombit: Case) -> Case:
    """The KOMBIT case with everything but its paper."""
    return without_paper(kombit)


@pytest.fixture
def skole(kombit: Case, repo) -> Case:
    """The school's case with everything but its paper; the same people in the same roles."""
    content = read_folder(repo / "examples" / "skole").content
    assert content
    case = import_case(content=content, slug="skole", by=None, at=NOON)
    for person in Person.objects.filter(memberships__case=kombit):
        role = person.memberships.get(case=kombit).role
        Membership.objects.create(case=case, person=person, role=role)
    return without_paper(case)
