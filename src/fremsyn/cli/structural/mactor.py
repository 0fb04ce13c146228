"""`fremsyn mactor`: actors and objectives from a file, and who is strong and with whom."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np

from fremsyn.cli.structural.files import Document, Table, is_table
from fremsyn.methods import mactor
from fremsyn.methods.errors import MethodError
from fremsyn.methods.mactor import DEAREST, STRONGEST, Mactor, Positions
from fremsyn.terminal import refuse, say


@dataclass(frozen=True)
class Game:
    """Actors, objectives, what the actors can do to each other, and what they want."""

    actors: tuple[str, ...]
    objectives: tuple[str, ...]
    influence: list[list[int]]
    positions: list[list[int]]


def find(given: argparse.Namespace) -> int:
    """Run `fremsyn mactor`."""
    try:
        game = read_game(given.file)
        found = mactor.mactor(game.influence, game.positions)
    except MethodError as error:
        return refuse(str(error))
    if given.json:
        say(json.dumps(_everything(game, found), ensure_ascii=False))
    else:
        _tell(game, found)
    return 0


def read_game(file: Path) -> Game:
    """Read influences 0…4 and positions −4…4 from YAML, JSON or CSV.

    :raises MethodError: saying file, line, field, what is wrong and what to do
    """
    return _from_table(Table(file)) if is_table(file) else _from_document(Document(file))


def _from_document(document: Document) -> Game:
    document.only(("actors", "objectives", "influence", "positions"))
    actors = document.names(("actors",), document.fields.get("actors"), 2)
    objectives = document.names(("objectives",), document.fields.get("objectives"), 1)
    influence = document.rows(("influence",), actors, len(actors))
    positions = document.rows(("positions",), actors, len(objectives))
    for at, (path, row) in enumerate(influence):
        if row[at] != 0:
            document.refuse((*path, at), f"{actors[at]} acts on itself", "write 0 where its row and column meet")
    whole = document.whole
    return Game(
        actors,
        objectives,
        [[whole((*path, j), cell, 0, STRONGEST) for j, cell in enumerate(row)] for path, row in influence],
        [[whole((*path, j), cell, -DEAREST, DEAREST) for j, cell in enumerate(row)] for path, row in positions],
    )


def _from_table(table: Table) -> Game:
    """Read a row for each actor: the columns of the actors, in the same order, and then those of the objectives."""
    columns, actors = table.names()
    n = len(actors)
    if n < 2 or columns[:n] != actors or len(columns) == n:
        table.refuse(
            table.lines[0][0],
            0,
            f"the columns are {', '.join(columns) or 'none'}, the rows {', '.join(actors) or 'none'}",
            "give two actors or more, the same across and down, and after them a column for each objective",
        )
    influence, positions = [], []
    for at, (line, row) in enumerate(table.lines[1:]):
        if row[at + 1] not in ("", "0"):
            table.refuse(line, at + 2, f"{actors[at]} acts on itself", "write 0 where its row and column meet")
        row[at + 1] = "0"
        influence.append([table.whole(line, j + 2, row[j + 1], 0, STRONGEST) for j in range(n)])
        later = range(n, len(columns))
        positions.append([table.whole(line, j + 2, row[j + 1], -DEAREST, DEAREST) for j in later])
    return Game(tuple(actors), tuple(columns[n:]), influence, positions)


def _everything(game: Game, found: Mactor) -> dict[str, Any]:
    return {
        "actors": game.actors,
        "objectives": game.objectives,
        **{each.name: _plain(getattr(found.power, each.name)) for each in fields(found.power)},
        "orders": [
            {each.name: _plain(getattr(order, each.name)) for each in fields(order)}
            | {"objective_closeness": _plain(close)}
            for order, close in zip(found.orders, found.objective_closeness, strict=True)
        ],
    }


def _plain(values: "np.typing.NDArray[Any]") -> Any:
    """Return lists; what isn't a number in an array is null in JSON."""
    gone = np.isnan(values)
    plain = values.astype(object)
    plain[gone] = None
    return plain.tolist()


def _tell(game: Game, found: Mactor) -> None:
    power, three = found.power, found.orders[2]
    wide = max(len("objective"), *map(len, game.actors + game.objectives))
    say(
        f"{'actor':{wide}}  {'influence':>10} {'dependence':>10} {'net':>6} {'Ri':>6} {'engaged':>8} {'ambivalent':>10}"
    )
    for at, name in enumerate(game.actors):
        torn = three.ambivalence[at]
        say(
            f"{name:{wide}}  {power.influence[at]:>10} {power.dependence[at]:>10} {power.net_sum[at]:>+6}"
            f" {power.competitiveness[at]:>6.2f} {three.engagement[at]:>8.1f}"
            f" {'' if isnan(torn) else format(torn, '.2f'):>10}"
        )
    say(f"\n{'objective':{wide}}  {'for':>10} {'against':>10} {'in all':>10}")
    for at, name in enumerate(game.objectives):
        sums = (three.agreement[at], three.disagreement[at], three.mobilisation[at])
        say(f"{name:{wide}}  {sums[0]:>10.1f} {sums[1]:>10.1f} {sums[2]:>10.1f}")
    _pairs(game.actors, three)
    say("\nPositions count by what the objective means to the actor, times its competitiveness Ri (order 3).")


def _pairs(actors: Sequence[str], three: Positions) -> None:
    """Tell who is with whom, the closest first."""
    say("\nTwo actors: with each other, against each other, the difference")
    rows, columns = np.triu_indices(len(actors), 1)
    for at in np.argsort(-three.closeness[rows, columns], kind="stable").tolist():
        i, k = rows[at], columns[at]
        with_, against, close = (each[i, k] for each in (three.convergence, three.divergence, three.closeness))
        say(f"{with_:>8.1f} {against:>8.1f} {close:>+8.1f}  {actors[i]} and {actors[k]}")
