"""A round's votes as a CSV file: participant, circle, statement, vote."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from fremsyn.cases.yaml_tree import Fault, FileRefused, read_text
from fremsyn.conversation.schema import Vote

COLUMNS = ["participant", "circle", "statement", "vote"]
CIRCLES = ("leadership", "organisation", "wide")
LONGEST_PSEUDONYM = 80


def read_votes(path: Path, name: str, statements: set[str], faults: list[Fault]) -> Iterator[Vote]:
    """Yield the votes of a file; rows that are none are noted in `faults` with their line and column."""
    try:
        rows = csv.reader(io.StringIO(read_text(path, name)), strict=True)
        if next(rows, None) != COLUMNS:
            wrong, todo = "the first row does not name the columns", "write " + ",".join(COLUMNS)
            faults.append(Fault(name, 1, "", wrong, todo))
            return
        seen: set[tuple[str, str]] = set()
        for row in rows:
            fault = _wrong(row, statements, seen)
            if fault:
                faults.append(Fault(name, rows.line_num, *fault))
                continue
            participant, circle, statement, vote = row
            seen.add((participant, statement))
            yield Vote(participant, circle, statement, int(vote))
    except csv.Error as error:
        faults.append(Fault(name, rows.line_num, "", f"this is not CSV ({error})", "mend the row"))
    except FileRefused as refused:
        faults.append(refused.fault)


def _wrong(row: Sequence[str], statements: set[str], seen: set[tuple[str, str]]) -> tuple[str, str, str] | None:
    """Return field, what is wrong and what to do; None for a row that is a vote."""
    if len(row) != len(COLUMNS):
        return "", f"the row has {len(row)} fields", "write participant, circle, statement and vote"
    participant, circle, statement, vote = row
    if not 0 < len(participant) <= LONGEST_PSEUDONYM:
        return "participant", f"the pseudonym has {len(participant)} characters", f"write 1 to {LONGEST_PSEUDONYM}"
    checks = (
        (circle in CIRCLES, "circle", f"“{circle[:40]}” is no circle", "write " + ", ".join(CIRCLES)),
        (
            statement in statements,
            "statement",
            f"“{statement[:40]}” is not in this round",
            "name one of its statements",
        ),
        (vote in ("1", "-1", "0"), "vote", f"“{vote[:40]}” is no vote", "write 1, -1 or 0"),
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
    writer.writerow(COLUMNS)
    writer.writerows((vote.participant, vote.circle, vote.statement, vote.value) for vote in votes)
    return out.getvalue().encode()
