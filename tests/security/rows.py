"""The table of addresses: what each takes, who reads it, who changes what by it. A new address needs a row here."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from fremsyn.cases.access import AREAS, SEES
from fremsyn.cases.rights import RIGHTS, Right
from fremsyn.people.roles import Role

MOST_QUERIES = 30
LINKED = "as the pages link to it"
# An item's page takes the first item of its kind; a phase's page takes nothing. All else stands here by name.
ROWS: dict[str, dict[str, object] | str] = {
    "cases:search": {},
    "cases:item": {"ref": "T1"},
    "chain:case": {},
    "chain:whole_chain": {},
    "chain:whole_chain_figure": {"kind": "svg"},
    "chain:trace": {"ref": "T1"},
    "chain:trace_figure": {"ref": "T1", "way": "down", "kind": "svg"},
    "chain:session_cards": {"ref": "E1"},
    "conversation:session_show": {"ref": "E1"},
    "conversation:session_minutes": {"ref": "E1"},
    "approval:paper": {},
    "approval:meetings": {},
    "approval:meeting": {"meeting": "second"},
    "approval:meeting_ics": {"meeting": "second"},
    "approval:after": {},
    "framing:stakeholders": {},
    "framing:interview_guide": {},
    "scanning:sources": {},
    "scenarios:matrix": {},
    "scenarios:matrix_judge": {},
    "scenarios:group_mine": {},
    "scenarios:group_disputed": {},
    "scenarios:group_screen": {"source": "D2", "target": "D1"},
    "scenarios:consistent": {"number": 1},
    "scenarios:space": {},
    "scenarios:wish": {},
    "scenarios:working_set": {},
    "reports:documents": {},
    "reports:document": {"key": "board_paper"},
    "reports:document_pdf": {"key": "board_paper", "language": "da"},
    "approval:pack": {"sha256": "0" * 64},
    "conversation:round_used": {"ref": "R1"},
    "conversation:round_run": {"ref": "R1"},
    "conversation:round_response": {"ref": "R1"},
    "conversation:figure": LINKED,
    "direction:figure": LINKED,
    "framing:figure": LINKED,
    "plans:figure": LINKED,
    "scanning:figure": LINKED,
    "scenarios:figure": LINKED,
    "strategy:figure": LINKED,
    **{f"{app}:{app}": {} for app in AREAS - {"chain", "approval"}},
}
# Pages that are read by those who have a right.
READ_BY: dict[str, Right | set[str]] = {
    "conversation:round_run": Right.LEAD,
    "conversation:round_response": Right.LEAD,
    "scenarios:group_mine": Right.JUDGE,
    "scenarios:group_disputed": Right.LEAD,
    "scenarios:group_screen": Right.LEAD,
    "cases:item_history": Right.EDIT,
    "cases:item_rows": Right.EDIT,
    "cases:item_withdrawn": Right.EDIT,
    "framing:interview_guide": Right.LEAD,
    "cases:item_find": Right.CONTRIBUTE,
    "approval:minutes_package": Right.SERVE,
    "approval:minutes_signed_pdf": {*RIGHTS[Right.SERVE], Role.BOARD, Role.LEADERSHIP},
}
ROWS |= {
    "cases:item_history": {"key": "T1"},
    "cases:item_rows": {"kind": "signal"},
    "cases:item_withdrawn": {},
    "cases:item_find": {},
    "chain:gate": {"phase": "scanning"},
    "chain:deliverable": {"phase": "scanning", "number": 1},
    "approval:minutes": {"meeting": "second"},
    "approval:minutes_pdf": {"meeting": "second", "edition": "public"},
    "approval:minutes_package": {"meeting": "second"},
    "approval:minutes_signed_pdf": {"meeting": "second", "sha256": "0" * 64},
}
# What no page links to: where a script asks, the short way to an item, and what comes with a mark or a version.
UNLINKED = {"cases:item", "cases:item_find", "cases:item_rows", "cases:item_holds", "chain:deliverable"}
# What is linked to where a round is planned or runs; in these cases all have closed.
UNLINKED |= {"conversation:round_response", "conversation:round_statements", "conversation:round_invite"}
# What is linked to from a consistent scenario that has no name; in the small case all have one.
UNLINKED |= {"scenarios:scenario_take"}
# What is linked to where a meeting is planned, and for members of the body; here the meeting is called, and an owner looks.
UNLINKED |= {"chain:meeting_notice", "approval:meeting_declare"}
# What is linked to where a meeting is in progress, or held in writing; here it is called.
UNLINKED |= {f"approval:{name}" for name in ("point_vote", "point_amend", "point_words", "written")}
# What is linked to when a meeting is over.
MINUTES_FORMS = (
    *(f"approval:minutes_{name}" for name in ("words", "send", "answer", "signed")),
    "chain:minutes_approve",
)
MINUTES_ADDRESSES = ("", "_pdf", "_package", "_signed_pdf", "_comment")
UNLINKED |= {*MINUTES_FORMS, *(f"approval:minutes{name}" for name in MINUTES_ADDRESSES)}
# What is put into a page and is none itself.
FRAGMENTS = ("/edit/find/", "/response/")
# Of the pages that every item has, so many are looked at.
FEW = 3


def may(right: Right, area: str = "") -> set[str]:
    """Return the roles that have a right, and enter the area it is used in."""
    return {role for role in RIGHTS[right] if not area or area in SEES.get(role, AREAS)}


# What changes something in a case, by POST only, and the roles that may.
CHANGES: dict[str, tuple[dict[str, object], set[str]]] = {
    **{
        f"conversation:{name}": ({"ref": "R1"}, {Role.OWNER, Role.FACILITATOR})
        for name in ("round_open", "round_close", "round_show")
    },
    "conversation:invitation_withdraw": ({"ref": "R1", "ident": UUID(int=1)}, {Role.OWNER, Role.FACILITATOR}),
    "cases:item_open": ({"key": "T1"}, may(Right.EDIT)),
    "scenarios:set_take": ({}, may(Right.EDIT)),
    "scenarios:set_use": ({"ref": "C1"}, may(Right.EDIT)),
    "approval:point_lead": ({"meeting": "second", "position": 1}, may(Right.SERVE)),
    "cases:item_restore": ({"key": "T1"}, may(Right.EDIT)),
    "cases:item_revert": ({"key": "T1", "number": 1}, may(Right.EDIT)),
    "chain:gate_close": ({"phase": "scanning"}, may(Right.CLOSE)),
    "chain:gate_step": ({"phase": "scanning", "step": "reopen"}, may(Right.CLOSE)),
    "chain:paper_seal": ({}, may(Right.EDIT)),
    "approval:seat_end": ({}, may(Right.SERVE)),
    "approval:seat_undo": ({}, may(Right.SERVE)),
    **{
        f"approval:meeting_{name}": ({"meeting": "second"}, may(Right.SERVE))
        for name in ("mail", "attendance", "disqualification", "note")
    },
    "approval:delegation_give": ({}, may(Right.SERVE)),
    "approval:delegation_end": ({"kind": "initiative"}, may(Right.SERVE)),
    "approval:paper_move": ({"key": "B1"}, may(Right.EDIT)),
    **{f"approval:minutes_{name}": ({"meeting": "second"}, may(Right.SERVE)) for name in ("draft", "mail", "whose")},
    "conversation:session_write": ({"ref": "E1"}, may(Right.MINUTE)),
    "cases:member_change": ({}, may(Right.ADMINISTER)),
    "framing:theme_gather": ({}, may(Right.LEAD)),
    "framing:theme_ask": ({"number": 1}, may(Right.EDIT)),
    "scanning:noticed_decide": ({"number": 1}, may(Right.EDIT)),
    "scanning:noticing_withdraw": ({"ident": UUID(int=0)}, may(Right.LEAD)),
    "cases:member_remove": ({}, may(Right.ADMINISTER)),
    "cases:invitation_withdraw": ({}, may(Right.ADMINISTER)),
}
# Pages that take GET and POST, and the roles that may.
FORMS: dict[str, tuple[dict[str, object], set[str]]] = {
    "conversation:round_prepare": ({}, {Role.OWNER, Role.FACILITATOR}),
    **{
        f"conversation:{name}": ({"ref": "R1"}, {Role.OWNER, Role.FACILITATOR})
        for name in ("round_statements", "round_invite", "round_moderate", "insight_write")
    },
    "cases:item_add": ({"kind": "signal"}, may(Right.CONTRIBUTE)),
    "cases:item_change": ({"key": "T1"}, may(Right.EDIT)),
    "cases:item_withdraw": ({"key": "T1"}, may(Right.EDIT)),
    "cases:item_paste": ({"kind": "signal"}, may(Right.EDIT)),
    "scanning:signal_note": ({}, may(Right.CONTRIBUTE)),
    "framing:stakeholders_edit": ({}, may(Right.EDIT)),
    "framing:interviews": ({}, may(Right.LEAD)),
    "scanning:noticing": ({}, may(Right.LEAD)),
    "cases:item_holds": ({"key": "T1"}, may(Right.EDIT)),
    "chain:case_settings": ({}, may(Right.EDIT)),
    "approval:paper_draft": ({}, may(Right.EDIT)),
    "scenarios:section_judge": ({"source": "D1", "target": "D2"}, may(Right.JUDGE)),
    # Handed out to all who may judge, and settled; what they see before that is in tests/scenarios/test_group_pages.py.
    "scenarios:group_own": ({"source": "D1", "target": "D2"}, may(Right.JUDGE)),
    "scenarios:group_section": ({"source": "D1", "target": "D2"}, may(Right.JUDGE)),
    "scenarios:group_work": ({}, may(Right.LEAD)),
    "scenarios:group_matrix": ({}, may(Right.EDIT)),
    "scenarios:story_tick": ({"ref": "C1"}, may(Right.JUDGE)),
    "scenarios:driver_add": ({}, may(Right.EDIT)),
    "scenarios:driver_test": ({"ref": "D1"}, may(Right.EDIT)),
    "scenarios:scenario_take": ({"number": 1}, may(Right.EDIT)),
    "scenarios:story_edit": ({"ref": "C1"}, may(Right.EDIT)),
    "direction:desirable_compose": ({}, may(Right.EDIT)),
    "direction:backcast_edit": ({}, may(Right.EDIT)),
    "plans:budget_change": ({}, may(Right.EDIT)),
    "plans:initiative_move": ({"ref": "I1"}, may(Right.EDIT)),
    "plans:signpost_read": ({"ref": "X1"}, may(Right.JUDGE)),
    "strategy:option_score": ({"ref": "O1"}, may(Right.JUDGE)),
    "strategy:scenario_score": ({"ref": "C1"}, may(Right.JUDGE)),
    "strategy:portfolio_try": ({}, may(Right.JUDGE)),
    "strategy:strategy_choose": ({}, may(Right.EDIT)),
    "chain:session_pre_read": ({"ref": "E1"}, may(Right.LEAD)),
    **{
        f"approval:{name}": ({"meeting": "second", "position": 1}, may(Right.SERVE) | may(Right.VOTE))
        for name in ("point_vote", "point_amend", "point_words")
    },
    "approval:written": ({"meeting": "by-letter"}, may(Right.SERVE) | may(Right.VOTE)),
    "conversation:session_prepare": ({}, may(Right.LEAD)),
    "conversation:session_sheet": ({"ref": "E1"}, may(Right.LEAD)),
    "conversation:session_run": ({"ref": "E1"}, may(Right.LEAD)),
    "conversation:session_keep": ({"ref": "E1"}, may(Right.LEAD)),
    "conversation:session_reopen": ({"ref": "E1"}, may(Right.LEAD)),
    "cases:case_people": ({}, may(Right.ADMINISTER)),
    "approval:seats": ({}, may(Right.SERVE)),
    "approval:meeting_declare": ({"meeting": "second"}, may(Right.VOTE)),
    **{
        name: ({"meeting": "second"}, may(Right.SERVE))
        for name in (
            "approval:meeting_run",
            "approval:meeting_move",
            "approval:meeting_call_off",
            "chain:meeting_notice",
            "chain:meeting_late",
            *MINUTES_FORMS,
        )
    },
    "approval:minutes_comment": ({"meeting": "second"}, may(Right.VOTE)),
}
# Addresses outside every case, with what they answer to GET and to POST when signed out.
OPEN: dict[str, tuple[int, int]] = {
    "healthz": (200, 405),
    "set_language": (405, 302),
    "glossary": (200, 405),
    "privacy": (200, 405),
    "accessibility": (200, 405),
    "people:sign_in": (200, 200),
    "people:sign_out": (405, 302),
    "people:confirm": (302, 302),
    "people:demo": (404, 405),
    "people:demo_sign_in": (405, 404),
    "people:demo_seat": (405, 404),
    "cases:case_list": (200, 405),
    "cases:invitation": (404, 404),
    "chain:case_new": (302, 302),
    "rounds:go_on": (403, 405),
    "rounds:opening": (403, 405),
    "rounds:step": (403, 403),
    "rounds:vote": (405, 403),
    "rounds:propose": (403, 403),
    "rounds:reply": (403, 403),
    "rounds:code": (403, 403),
    "rounds:thanks": (403, 403),
    "rounds:outcome": (403, 405),
    "rounds:resume": (200, 422),
    "rounds:erase": (403, 403),
    "rounds:erased": (200, 405),
    "rounds:leave": (405, 302),
    "rounds:join": (404, 404),
    "told:story": (403, 405),
    "noticing:notice": (404, 404),
    "noticing:thanks": (200, 405),
}
OPEN_WITH: dict[str, list[object]] = {
    "people:demo_sign_in": ["owner"],
    "people:demo_seat": [1],
    "cases:invitation": ["nobody-made-this"],
    "rounds:step": [1],
    "rounds:reply": [UUID(int=0)],
    "rounds:join": ["0" * 22],
    "told:story": ["C1"],
    "noticing:notice": ["0" * 22],
}
FOR_ALL_INSIDE = {"cases:search", "cases:item", "chain:case", "chain:trace", "chain:trace_figure", "reports:documents"}
# A document opens to those who may enter what it is made of.
MADE_OF = {
    "reports:document": "approval",
    "reports:document_pdf": "approval",
    "chain:gate": "scanning",
    "chain:session_cards": "conversation",
    "chain:deliverable": "scanning",
}


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the full name of every address, and whether it lies in a case."""
    for pattern in (resolver or get_resolver()).url_patterns:
        inside = "case_slug" in pattern.pattern.regex.groupindex
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", inside
        else:
            deeper = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from ((name, inside or below) for name, below in names(pattern, deeper))


CASE_PAGES = sorted(name for name, inside in names() if inside)
OPEN_PAGES = sorted(name for name, inside in names() if not inside)
