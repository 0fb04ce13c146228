"""How the body, its meetings and the paper are asked for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from fremsyn.approval import schema
from fremsyn.approval.paper import must, offered
from fremsyn.cases.editing.codes import small_letters
from fremsyn.cases.editing.fields import Field, Sheet

ROLES = {"m1": ("Formand", "Chair"), "m2": ("Næstformand", "Vice-chair"), "m3": ("Medlem", "Member")}
NEW_BODY: Mapping[str, Any] = {
    "name": {"da": "Bestyrelsen", "en": "The board"},
    "members": [{"id": code, "role": {"da": da, "en": en}, "votes": True} for code, (da, en) in ROLES.items()],
    "quorum": {"rule": "more_than_half"},
    "majority": {"rule": "simple"},
    "notice_days": 7,
    "ballots": "by_name",
}
NEW_PAPER: Mapping[str, Any] = {
    "id": "BI-1",
    "type": {"da": "Beslutningssag", "en": "Decision item"},
    "access": {"level": "internal"},
}
CLOSED = Field(_("Close it to all but the board and its secretariat"), _("Leave it empty where it is open."))

FIELDS: Mapping[type, Sheet] = {
    schema.Body: Sheet(
        {
            "name": Field(_("What the body is called"), lines=1),
            "members": Field(_("Its members, by role"), _("The first one is in the chair, unless you name another later.")),
            "quorum": Field(_("How many must take part")),
            "majority": Field(_("What decides")),
            "casting_vote": Field(_("On a tie")),
            "notice_days": Field(_("Days from the notice to the meeting")),
            "ballots": Field(
                _("How the minutes tell the votes"),
                choices={"by_name": _("by name"), "by_count": _("by number alone")},
            ),
            "chair": Field(_("In the chair"), _("Leave it empty: the first member."), offered=offered.members),
            "barred_from": Field(
                _("A member who may be disqualified loses the point's papers"),
                choices={"declared": _("when the member says so"), "ruled": _("when the board has ruled on it")},
            ),
            "comment_days": Field(_("Days in which members may comment on the draft minutes")),
        },
        intro=_("The body that decides"),
        must=must.body,
        initial=NEW_BODY,
        later=frozenset({"chair", "barred_from", "comment_days", "sources"}),
    ),
    schema.Member: Sheet(
        {
            "id": Field(_("Code"), _("Such as m4; seats, votes and minutes keep it."), lines=1, made=small_letters),
            "role": Field(_("Role, never a name"), lines=1),
            "votes": Field(_("Votes")),
        }
    ),
    schema.Quorum: Sheet(
        {
            "rule": Field(
                _("Rule"), choices={"more_than_half": _("more than half of the members who vote"), "number": _("a number")}
            ),
            "number": Field(_("The number, where it is one")),
            "base": Field(
                _("Counted from"), choices={"all": _("all members who vote"), "eligible": _("those not disqualified")}
            ),
        }
    ),
    schema.Majority: Sheet(
        {
            "rule": Field(
                _("Rule"),
                choices={
                    "simple": _("more votes for than against"),
                    "two_thirds": _("two thirds of the votes cast"),
                    "unanimous": _("nobody votes against"),
                },
            )
        }
    ),
    schema.CastingVote: Sheet({"applies": Field(_("The chair's vote decides; otherwise the proposal falls"))}),
    schema.Meeting: Sheet(
        {
            "title": Field(_("What the meeting is called"), lines=1),
            "id": Field(_("Code"), _("Such as first or second; the address and the record keep it."), lines=1, made=small_letters),
            "reading": Field(
                _("Reading"), choices={1: _("the first: the board discusses"), 2: _("the second: the board decides")}
            ),
            "date": Field(_("Day")),
            "begins": Field(_("Begins"), _("Such as 10:00."), lines=1),
            "ends": Field(_("Ends"), _("Such as 12:30."), lines=1),
            "place": Field(_("Place"), _("A room, or a link to join by."), lines=1),
            "agenda": Field(_("Agenda"), _("Only a decision can be decided. Tick the item under which the paper is put.")),
            "questions": Field(_("Questions to the members"), _("One on each line; for a first reading.")),
            "method": Field(_("How it is done"), lines=2),
            "material": Field(_("What the members read beforehand")),
            "kind": Field(_("What is made of it, in a word"), _("Such as discussion or decision."), lines=1),
            "outcome": Field(_("What came of it"), lines=2),
        },
        intro=_("meeting"),
        must=must.meeting,
        later=frozenset({"kind", "outcome"}),
    ),
    schema.AgendaItem: Sheet(
        {
            "n": Field(_("Item")),
            "type": Field(
                _("What it is for"),
                choices={
                    "decision": _("decision"),
                    "discussion": _("discussion"),
                    "information": _("information"),
                },
            ),
            "title": Field(_("Title"), lines=1),
            "paper": Field(_("The paper")),
        }
    ),
    schema.Paper: Sheet(
        {
            "title": Field(_("What the paper is called"), lines=1),
            "id": Field(_("Its number"), _("Letters, digits and hyphens."), lines=1),
            "meeting": Field(_("The meeting that it is put to"), offered=offered.meetings),
            "agenda_item": Field(_("Item on that meeting's agenda")),
            "access": Field(_("Who may read it")),
            "prepared_by_role": Field(_("Prepared by"), _("A role, never a name."), lines=1),
            "presented_by_role": Field(_("Presented by"), _("A role, never a name."), lines=1),
            "sent": Field(_("Sent"), _("The day on which the notice went out; empty until then.")),
            "type": Field(_("Kind of item, in a word"), lines=1),
            "alternatives": Field(_("Strategies shown beside the one that is recommended")),
            "annexes": Field(_("Annexes")),
        },
        intro=_("The paper to the board"),
        must=must.paper,
        initial=NEW_PAPER,
        later=frozenset({"sent", "type", "alternatives", "annexes"}),
    ),
    schema.Access: Sheet(
        {
            "level": Field(
                _("Level"),
                choices={
                    "open": _("open"),
                    "internal": _("internal: all who may open the board's page"),
                    "confidential-until-decided": _("confidential until it is decided"),
                    "confidential": _("confidential"),
                },
            ),
            "text": Field(_("In words"), lines=1),
            "until": Field(_("Open again from")),
        }
    ),
    schema.BoardPoint: Sheet(
        {
            "text": Field(
                _("It is recommended …"), _("Begin with “that”. One point says one thing, and can fall alone."), lines=4
            ),
            "closed": CLOSED,
        },
        later=frozenset({"closed"}),
    ),
    schema.PaperSection: Sheet(
        {
            "name": Field(_("Heading"), lines=1),
            "id": Field(_("Code"), _("Such as background; the address keeps it."), lines=1, made=small_letters),
            "text": Field(_("Text"), lines=8),
            "closed": CLOSED,
        },
        intro=_("section"),
        must=must.section,
    ),
    schema.Closed: Sheet(
        {
            "ground": Field(_("Why it is closed"), _("The rule or the reason, so that others see why."), lines=1),
            "until": Field(_("Open from")),
        }
    ),
    schema.Risk: Sheet(
        {
            "text": Field(_("The risk"), lines=2),
            "owner_role": Field(_("Who owns it"), _("A role, never a name."), lines=1),
            "answer": Field(_("What is done about it"), lines=2),
        },
        intro=_("risk"),
    ),
    schema.Annex: Sheet(
        {
            "n": Field(_("Number of the annex")),
            "name": Field(_("Name"), lines=1),
            "from_part": Field(_("Made from"), choices=offered.PARTS),
            "closed": CLOSED,
        }
    ),
}  # fmt: skip
