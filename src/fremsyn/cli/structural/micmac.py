"""`fremsyn micmac`: a matrix of influences from a file, and who drives and who is driven."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fremsyn.cli.structural.files import Document, Table, is_table, whole_or_text
from fremsyn.methods import micmac
from fremsyn.methods.errors import MethodError
from fremsyn.methods.micmac import MOST_VARIABLES, STRONGEST, Standing, Structure
from fremsyn.terminal import refuse, say

POTENTIAL = "P"
OUTCOMES = {
    "stable": "From order {order} on the ranks stay as they are.",
    "cycle": "The ranks never settle: from order {order} on they come again every {period} orders.",
    "dies out": "After order {order} no path is left: nothing here leads back to where it came from.",
    "unsettled": "The ranks haven't settled by order {order}.",
}


@dataclass(frozen=True)
class Influences:
    """Names, the influences that act, and flags of those that only may."""

    names: tuple[str, ...]
    direct: list[list[int]]
    potential: list[list[bool]]


def find(given: argparse.Namespace) -> int:
    """Run `fremsyn micmac`."""
    try:
        read = read_influences(given.file)
        found = micmac.micmac(read.direct, read.potential, order=given.order, weight=given.potential)
    except MethodError as error:
        return refuse(str(error))
    structures = {"actual": found.actual, "potential": found.potential}
    if given.json:
        told: dict[str, Any] = {"variables": read.names}
        told |= {name: structure and _by_name(read.names, structure) for name, structure in structures.items()}
        say(json.dumps(told, ensure_ascii=False))
        return 0
    _tell(read, found.actual, given.order)
    if found.potential is not None:
        number = sum(map(sum, read.potential))
        say(f"\nWith the {number:,} potential influences, each counted as {given.potential}:")
        _tell(read, found.potential, given.order)
    return 0


def read_influences(file: Path) -> Influences:
    """Read influences 0…3, or P where one may come to act, from YAML, JSON or CSV.

    :raises MethodError: saying file, line, field, what is wrong and what to do
    """
    names, rows = _from_table(Table(file)) if is_table(file) else _from_document(Document(file))
    flags = [[cell == POTENTIAL for cell in row] for row in rows]
    return Influences(names, [[0 if cell == POTENTIAL else int(cell) for cell in row] for row in rows], flags)


def _from_document(document: Document) -> tuple[tuple[str, ...], list[list[Any]]]:
    document.only(("variables", "influence"))
    names = document.names(("variables",), document.fields.get("variables"), 2)
    if len(names) > MOST_VARIABLES:
        document.refuse(("variables",), f"there are {len(names)} variables", f"leave at most {MOST_VARIABLES}")
    rows = document.rows(("influence",), names, len(names))
    for i, (path, row) in enumerate(rows):
        for j, cell in enumerate(row):
            if i == j and cell != 0:
                document.refuse((*path, j), f"{names[i]} acts on itself", "write 0 where its row and column meet")
            if cell != POTENTIAL:
                _within(cell, partial(document.refuse, (*path, j)))
    return names, [row for _, row in rows]


def _from_table(table: Table) -> tuple[tuple[str, ...], list[list[Any]]]:
    columns, names = table.names()
    if columns != names or not 2 <= len(names) <= MOST_VARIABLES:
        todo = f"give 2 to {MOST_VARIABLES} variables, in the same order across and down"
        table.refuse(
            1, 0, f"the columns are {', '.join(columns) or 'none'}, the rows {', '.join(names) or 'none'}", todo
        )
    rows: list[list[Any]] = []
    for i, (line, row) in enumerate(table.lines[1:]):
        cells = [cell.upper() if cell.upper() == POTENTIAL else cell for cell in row[1:]]
        if cells[i] not in ("", "0"):
            table.refuse(line, i + 2, f"{names[i]} acts on itself", "write 0 where its row and column meet")
        cells[i] = "0"
        for j, cell in enumerate(cells):
            if cell != POTENTIAL:
                _within(whole_or_text(cell), partial(table.refuse, line, j + 2))
        rows.append(cells)
    return tuple(names), rows


def _within(cell: Any, refuse_it: Callable[[str, str], None]) -> None:
    if isinstance(cell, bool) or not isinstance(cell, int) or not 0 <= cell <= STRONGEST:
        refuse_it(f"{cell} is no influence", f"write a whole number from 0 to {STRONGEST}, or {POTENTIAL}")


def _by_name(names: tuple[str, ...], structure: Structure) -> dict[str, Any]:
    told = asdict(structure)
    rows = []
    for at, name in enumerate(names):
        one: dict[str, Any] = {"name": name}
        one |= {kind: {key: values[at] for key, values in told[kind].items()} for kind in ("direct", "indirect")}
        one |= {key: told[key][at] for key in ("influence_shift", "dependence_shift")}
        rows.append(one)
    return {key: told[key] for key in ("order", "outcome", "period")} | {"variables": rows}


def _tell(read: Influences, structure: Structure, order: int | None) -> None:
    wide = max(len("variable"), *map(len, read.names))
    say(f"{'':{wide}}  {'direct':>22}  {'indirect, rank':>22}")
    say(f"{'variable':{wide}}  {'influence':>10} {'dependence':>11}  {'influence':>10} {'dependence':>11}  quadrant")
    for at, name in enumerate(read.names):
        say(f"{name:{wide}}  {_sums(structure.direct, at)}  {_places(structure, at)}  {_quadrant(structure, at)}")
    if order is None:
        say(OUTCOMES[structure.outcome].format(order=structure.order, period=structure.period))
    say(f"Indirect influence is that of paths of length {structure.order}.")


def _sums(standing: Standing, at: int) -> str:
    return f"{standing.influence[at]:>10,} {standing.dependence[at]:>11,}"


def _places(structure: Structure, at: int) -> str:
    """Return indirect ranks, with how far they climbed (+) or fell (−) from the direct ones."""
    one = f"{structure.indirect.influence_rank[at]} {_shifted(structure.influence_shift[at])}"
    other = f"{structure.indirect.dependence_rank[at]} {_shifted(structure.dependence_shift[at])}"
    return f"{one:>10} {other:>11}"


def _shifted(by: int) -> str:
    return f"({by:+})".replace("-", "−") if by else "(=)"


def _quadrant(structure: Structure, at: int) -> str:
    before, after = structure.direct.quadrant[at], structure.indirect.quadrant[at]
    return before if before == after else f"{before} → {after}"
