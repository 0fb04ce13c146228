"""Drafting, approving and taking in signatures with the first, second, third … call of the database failing: all or nothing."""

from __future__ import annotations

import pytest

from approval.minutes.conftest import signed_by
from conftest import NOON
from failing import fail_at_each_call
from fremsyn.approval.minutes.operations.approving import approve_minutes
from fremsyn.approval.minutes.operations.signing import take_signed
from fremsyn.approval.minutes.signing import service
from fremsyn.approval.models import Minutes, Signature
from fremsyn.audit.models import Entry, PersonalValue
from fremsyn.audit.verification import verify
from fremsyn.cases.models import Item
from fremsyn.reports.documents.minutes import typeset

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TABLES = (Minutes, Signature, Entry, PersonalValue)


def state():
    rows = [list(table.objects.order_by("pk").values()) for table in TABLES]
    return [*rows, list(Item.objects.order_by("pk").values_list("pk", "version"))]


def test_draft(held):
    assert fail_at_each_call(held.draft, state) > 5
    assert verify().ok


def test_approve_and_take_in_a_signature(held, house):
    held.draft()
    made = typeset(held.minutes, at=NOON)
    assert fail_at_each_call(lambda: approve_minutes(version=None, made=made, **held.of), state, step=3) > 5
    signed = signed_by(bytes(held.minutes.pdf), house.signer("Medlem m1"))
    found = service().signatures(held.minutes, signed)
    assert fail_at_each_call(lambda: take_signed(signed=signed, found=found, **held.of), state, step=3) > 5
    assert verify().ok
