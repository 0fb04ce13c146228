"""What must hold of the body, a meeting and the paper, beyond their values: pairs of a field and what is wrong with it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.schema import Body, Meeting, Paper, PaperSection
from fremsyn.cases.models import Case
from fremsyn.core.text import Text

SUMMARY = "summary"
MOST_LINES = 10
# A line of the paper as it is set: so many characters fill one.
LINE = 95

Wrong = Iterator[tuple[str, str]]


def body(case: Case, thing: Body) -> Wrong:
    """Say what is wrong with a body: whether anybody votes, whether its quorum can be met, and who is named."""
    voting = sum(each.votes for each in thing.members)
    if not voting:
        yield "members", _("Nobody votes. Tick those who do.")
    if thing.quorum.rule == "number" and not 0 < (thing.quorum.number or 0) <= voting:
        yield "quorum-number", _("Write a number from 1 to %(voting)d: so many vote.") % {"voting": voting}
    known = {each.id for each in thing.members}
    for named in sorted({thing.chair, thing.casting_vote.holder} - known - {None}, key=str):
        yield "members", _("%(code)s is in the chair or has the casting vote. Keep that member.") % {"code": named}


def meeting(case: Case, thing: Meeting) -> Wrong:
    """Say what is wrong with a meeting: its times, and the numbers on its agenda."""
    if thing.ends <= thing.begins:
        yield "to", _("It ends before it begins. Correct one of the two.")
    numbers = [each.n for each in thing.agenda]
    for at, number in enumerate(numbers):
        if number in numbers[:at]:
            yield f"agenda-{at}-n", _("Item %(n)d stands twice. Give each a number of its own.") % {"n": number}
    if sum(each.paper for each in thing.agenda) > 1:
        yield "agenda", _("The paper is put under one item. Leave one ticked.")


def paper(case: Case, thing: Paper) -> Wrong:
    """Say what is wrong with the paper: the meeting it names, and the numbers of its annexes."""
    if thing.meeting and thing.meeting not in {each.id for each in load(case).meetings}:
        yield "meeting", _("There is no such meeting any more. Choose another.")
    numbers = [each.n for each in thing.annexes]
    for at, number in enumerate(numbers):
        if number in numbers[:at]:
            yield f"annexes-{at}-n", _("Annex %(n)d stands twice. Give each a number of its own.") % {"n": number}


def section(case: Case, thing: PaperSection) -> Wrong:
    """Say that a summary is too long, with how long it is."""
    if thing.id == SUMMARY and lines(thing.text) > MOST_LINES:
        said = {"lines": lines(thing.text), "most": MOST_LINES}
        yield "text", _("The summary fills %(lines)d lines; at most %(most)d are read. Shorten it.") % said


def lines(text: Text) -> int:
    """Return how many lines of the paper a text fills, in the language in which it is longest."""
    written = [said for said in (text.da, text.en) if said]
    return max((sum(-(-len(line) // LINE) or 1 for line in said.splitlines()) for said in written), default=0)
