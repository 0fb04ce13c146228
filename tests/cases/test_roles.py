"""The page in the docs about roles says what the tables in the code say."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation

from fremsyn.cases.access import AREAS, SEES
from fremsyn.cases.phases import TRANSITIONS
from fremsyn.cases.rights import RIGHTS, Right
from fremsyn.people.roles import Role

PLACES = {
    "framing": "framing",
    "scanning": "scanning",
    "scenarios": "scenarios",
    "direction": "direction",
    "strategy": "strategy",
    "plans": "plans",
    "conversation": "the conversation",
    "chain": "the whole chain",
    "approval": "the board's paper",
}
DOES = {
    Right.EDIT: "add, change, link and withdraw",
    Right.CONTRIBUTE: "note a signal",
    Right.JUDGE: "judge, score, tick",
    Right.LEAD: "sessions and rounds",
    Right.MINUTE: "write minutes",
    Right.CLOSE: "close and reopen phases",
    Right.SERVE: "serve the board",
    Right.VOTE: "vote in the board",
    Right.CONFIDE: "read what is closed",
    Right.ADMINISTER: "let people in and out",
}


def steps() -> str:
    with translation.override("en"):
        rows = [
            [
                step.name,
                ", ".join(sorted(str(start.label) for start in step.start)),
                str(step.end.label),
                DOES[step.right],
            ]
            for step in TRANSITIONS
        ]
    lines = [["step", "from", "to", "who: those who may"], ["---"] * 4, *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [["role", *heads], ["---"] * (len(heads) + 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def named(role: Role) -> str:
    with translation.override("da"):
        return f"{role.value} ({role.label})"


def sees() -> str:
    rows = [[named(role), *("yes" if a in SEES.get(role, AREAS) else "–" for a in PLACES)] for role in Role]
    return table(list(PLACES.values()), rows)


def rights() -> str:
    rows = [[named(role), *("yes" if role in RIGHTS[right] else "–" for right in DOES)] for role in Role]
    return table(list(DOES.values()), rows)


def test_the_words_of_this_page_cover_all_areas_and_rights() -> None:
    assert set(PLACES) == AREAS - {"cases"}
    assert set(DOES) == set(Right)


def test_the_docs_say_what_each_role_sees_and_may_do(repo: Path) -> None:
    page = (repo / "docs" / "roles.md").read_text()

    assert sees() in page, sees()
    assert rights() in page, rights()


def test_the_docs_say_what_a_phase_goes_through(repo: Path) -> None:
    assert steps() in (repo / "docs" / "roles.md").read_text()
