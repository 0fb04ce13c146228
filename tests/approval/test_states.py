"""The tables of steps, and the page that tells of them."""

from __future__ import annotations

import pytest

from fremsyn.approval.states import MEETING, MINUTES, POINT


@pytest.mark.parametrize("table", [MEETING, POINT], ids=["meeting", "point"])
def test_the_page_about_the_board_has_every_step(repo, table):
    told = (repo / "docs" / "board.md").read_text("utf-8")
    for name, step in table.items():
        row = next(line for line in told.splitlines() if line.startswith(f"| {name} |"))
        start, end = (cell.strip() for cell in row.strip("|").split("|")[1:])
        assert (set(start.split(", ")), end) == (set(step.start), step.end)


def test_no_step_leads_to_where_it_begins_and_every_state_but_the_first_is_reached():
    for table in (MEETING, POINT, MINUTES):
        reached = {step.end for step in table.values()}
        begun = {state for step in table.values() for state in step.start}
        assert len(begun - reached) == 1
