"""What was decided, as it stands last in the document of the board's paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fremsyn.approval import analysis, queries
from fremsyn.approval.after.outcomes import outcomes
from fremsyn.approval.minutes.decision import closed_decisions
from fremsyn.approval.paper.closing import seen
from fremsyn.approval.schema import DecisionRecord
from fremsyn.cases.access import Visit
from fremsyn.reports.blocks import Block, Bullets, Heading, Kept, Paragraph
from fremsyn.reports.documents.pieces import with_grounds
from fremsyn.web.templatetags.say import say_plain


def decision(visit: Visit) -> tuple[Block, ...]:
    """Return the decision record, or what came of the points as long as there is none, or how the board decides."""
    approval = seen(visit)
    record = approval.decision_record
    if queries.decided(record):
        return tuple(_decided(visit, record))
    if came := outcomes(visit):
        lines = [
            f"{_('Point %(point)s') % {'point': each.label}} ({ref}). {each.said}"
            + (f": {say_plain(each.text)}" if each.decided else "")
            for ref, each in came.items()
        ]
        said = Paragraph(_("What came of the points at the meeting; the minutes are not approved yet."), "lead")
        return Heading(_("Decision")), said, Bullets(tuple(lines))
    if approval.body is None:
        return Heading(_("Decision")), Paragraph(_("Nothing has been decided yet."), "lead")
    quorum = _("%(n)d of %(all)d voting members must take part.") % {
        "n": analysis.quorum(approval.body),
        "all": analysis.voting(approval.body),
    }
    rules = [text for text in (approval.body.majority.text, approval.body.casting_vote.text) if text]
    return (
        Heading(_("Decision")),
        Paragraph(_("Nothing has been decided yet."), "lead"),
        Bullets((quorum, *(with_grounds(visit, text, ()) for text in rules))),
    )


def _decided(visit: Visit, record: DecisionRecord) -> Iterator[Block]:
    yield Heading(_("Decision"))
    words = say_plain(record.decision_text) if record.decision_text else _("The decision is entered in the minutes.")
    yield from (Paragraph(line, "lead") for line in words.splitlines())
    for point, came, text in closed_decisions(visit):
        line = f"{point}. {came}: {say_plain(text)}" if text else f"{point}. {came}"
        yield Paragraph(line, "lead", marks=(_("left out of the public edition"),))
    parts = (
        (_("Votes"), record.votes),
        (_("What members had entered in the minutes"), record.dissents),
        (_("Disqualified"), record.disqualified),
        (_("Who took part"), record.attendance),
        (_("Signatures"), record.signatures),
    )
    for heading, lines in parts:
        if lines:
            yield Kept((Heading(heading, 2), Bullets(lines)))
    if record.quorum is not None:
        yield Paragraph(_("The fewest who were counted at a point that was decided: %(n)d.") % {"n": record.quorum})
    if record.pack_sha256:
        yield Paragraph(_("SHA-256 of the material: %(hash)s") % {"hash": record.pack_sha256}, "small")
