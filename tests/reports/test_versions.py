"""A document says which version it tells of, and what was changed since the one before."""

import datetime

from fremsyn.approval import verify
from fremsyn.approval.models import MeetingRun, MeetingState
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, Item
from fremsyn.cases.remembered import changed
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.core.text import Text
from fremsyn.framing.models import Assumption
from fremsyn.reports.documents.catalogue import document
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


def sealed(case):
    """Seal a case, and return the readme of the pack with the number that the paper in it says of itself."""
    made = document(case, "board_paper", "en").version
    pack = seal_demonstration(case=case, documents={}, at=AT)
    return verify.unzipped(bytes(pack.content))["README.en.md"].decode(), made


def test_a_pack_that_is_sealed_for_the_record_alone_holds_the_same_version_of_the_paper(kombit):
    readme, made = sealed(kombit)
    assert "Pack 1, with version 1 of the board's paper" in readme
    assert made == 1
    MeetingRun.objects.create(case=kombit, meeting="second", state=MeetingState.NOTICED, noticed_at=AT)

    readme, made = sealed(kombit)
    assert "Pack 2, with version 1 of the board's paper" in readme
    assert made == 1

    reword(kombit, "Kommunerne vil noget andet")
    readme, made = sealed(kombit)
    assert "Pack 3, with version 3 of the board's paper" in readme
    assert made == 3
    changed(kombit)  # as after a restart: nothing is remembered
    version = version_of(kombit)
    assert (version.number, version.before, version.changed) == (3, 1, ("H2",))


def test_a_change_of_the_papers_own_words_is_a_new_version(kombit):
    seal_demonstration(case=kombit, documents={}, at=AT)
    words = {"text": Text(da="Andre ord", en="Other words")}
    change_thing(
        case=kombit, key="approval/paper/sections/summary", version=None, values=words, meaning=False, by=None, at=AT
    )
    case = Case.objects.get(pk=kombit.pk)
    assert (version_of(case).number, version_of(case).changed) == (2, ())
