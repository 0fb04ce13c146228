"""A round's votes as a CSV file: participant, circle, statement, vote, and where anything was, whether it was important."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fremsyn.cases.yaml_tree import Fault, FileRefused, read_text
from fremsyn.conversation.schema import STEPS, Round, Vote

COLUMNS = ["participant", "circle", "statement", "vote"]
IMPORTANT = "important"
VALUES = {kind: tuple(map(str, range(steps + 1))) for kind, steps in STEPS.items()}
OTHER_VALUES = ("1", "-1", "0")
# A spreadsheet takes what begins with a sign for a formula.
PSEUDONYM = re.compile(r"\w[\w .-]{0,79}")


def read_votes(path: Path, round_: Round, faults: list[Fault]) -> Iterator[Vote]:
    """Yield the votes of a round; rows that are none are noted in `faults` with their line and column."""
    name = round_.votes or path.name
    try:
        text = read_text(path, name)
    except FileRefused as refused:
        faults.append(refused.fault)
        return
    yield from votes_in(text, name, round_, faults)


def votes_in(text: str, name: str, round_: Round, faults: list[Fault]) -> Iterator[Vote]:
    """Yield the votes of a round from the text of its file; `name` stands in the faults."""
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        columns = next(rows, None)
        if columns not in (COLUMNS, [*COLUMNS, IMPORTANT]):
            wrong, todo = "the first row does not name the columns", "write " + ",".join(COLUMNS)
            faults.append(Fault(name, 1, "", wrong, todo))
            return
        seen: set[tuple[str, str]] = set()
        home: dict[str, str] = {}
        for row in rows:
            fault = _wrong(row, columns, round_, seen, home)
            if fault:
                faults.append(Fault(name, rows.line_num, *fault))
                continue
            participant, circle, statement, vote = row[: len(COLUMNS)]
            seen.add((participant, statement))
            home[participant] = circle
            yield Vote(participant, circle, statement, int(vote), row[len(COLUMNS) :] == ["1"])
    except csv.Error as error:
        faults.append(Fault(name, rows.line_num, "", f"this is not CSV ({error})", "mend the row"))


def _wrong(
    row: Sequence[str], columns: Sequence[str], round_: Round, seen: set[tuple[str, str]], home: Mapping[str, str]
) -> tuple[str, str, str] | None:
    """Return field, what is wrong and what to do; None for a row that is a vote."""
    if len(row) != len(columns):
        return "", f"the row has {len(row)} fields", f"write {', '.join(columns[:-1])} and {columns[-1]}"
    participant, circle, statement, vote = row[: len(COLUMNS)]
    values = VALUES.get(round_.kind, OTHER_VALUES)
    if not PSEUDONYM.fullmatch(participant):
        todo = "write at most 80 letters, digits, spaces, dots and hyphens, a letter or digit first"
        return "participant", f"“{participant[:40]}” is no pseudonym", todo
    checks = (
        (
            circle in round_.circles,
            "circle",
            f"“{circle[:40]}” is no circle of this round",
            "write " + " or ".join(round_.circles),
        ),
        (
            home.get(participant, circle) == circle,
            "circle",
            f"{participant} stands in {home.get(participant)} above",
            "let each participant belong to one circle",
        ),
        (
            statement in round_.statements,
            "statement",
            f"“{statement[:40]}” is not in this round",
            "name one of its statements",
        ),
        (vote in values, "vote", f"“{vote[:40]}” is no vote", f"write {', '.join(values[:-1])} or {values[-1]}"),
        (row[len(COLUMNS) :] in ([], ["0"], ["1"]), IMPORTANT, f"“{row[-1][:40]}” is neither 0 nor 1", "write 0 or 1"),
        (
            (participant, statement) not in seen,
            "participant",
            f"{participant} answers {statement} twice",
            "keep one row",
        ),
    )
    return next(((field, wrong, todo) for right, field, wrong, todo in checks if not right), None)


def vote_file(votes: Sequence[Vote]) -> bytes:
    """Return the votes as a file, in their order."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    marked = any(vote.important for vote in votes)
    writer.writerow([*COLUMNS, IMPORTANT] if marked else COLUMNS)
    for vote in votes:
        row = [vote.participant, vote.circle, vote.statement, vote.value]
        writer.writerow([*row, int(vote.important)] if marked else row)
    return out.getvalue().encode()
