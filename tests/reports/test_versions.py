"""A document says which version it tells of, and what was changed since the one before."""

import datetime

from fremsyn.cases.models import Item
from fremsyn.cases.remembered import changed
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.framing.models import Assumption
from fremsyn.reports.documents.versions import version_of

AT = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)


def reword(case, text):
    changed(case)
    Assumption.objects.filter(item=Item.objects.get(case=case, ref="H2")).update(text={"da": text, "en": text})


def test_a_case_that_was_never_sealed_is_at_its_first_version(kombit):
    assert version_of(kombit).number == 1
    assert version_of(kombit).sealed_on is None


def test_what_was_changed_since_the_sealed_version_is_named(kombit):
    seal_demonstration(case=kombit, documents={}, at=AT)
    assert version_of(kombit).number == 1

    reword(kombit, "Kommunerne vil noget andet")

    version = version_of(kombit)
    assert (version.number, version.before, version.changed, version.new, version.gone) == (2, 1, ("H2",), (), ())
    assert "Siden version 1, forseglet 27. november 2026, er der: ændret: H2." in version.said()


def test_sealing_the_change_keeps_what_it_was_compared_with(kombit):
    seal_demonstration(case=kombit, documents={}, at=AT)
    reword(kombit, "Kommunerne vil noget andet")
    before = version_of(kombit)

    seal_demonstration(case=kombit, documents={}, at=AT)

    assert version_of(kombit) == before
