"""Drivers with impact and uncertainty from a file, matched with those of a cross-impact matrix."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fremsyn.cases.yaml_tree import Path_
from fremsyn.cli.cib.files import read_matrix
from fremsyn.cli.structural.files import Document, Table, is_table, refuse_twice
from fremsyn.methods.cib.formats import NamedMatrix
from fremsyn.methods.errors import MethodError

LEAST, MOST = 1, 5
BESIDE = "cross_impact.yaml"
COLUMNS = ("driver", "impact", "uncertainty")


@dataclass
class Drivers:
    """A driver's impact and uncertainty under its name in the matrix, and what people call drivers and variants."""

    impact: dict[str, int] = field(default_factory=dict)
    uncertainty: dict[str, int] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)

    def call(self, name: str) -> str:
        return self.called.get(name, name)


def read_drivers(file: Path, matrix: Path | None) -> tuple[NamedMatrix, Drivers]:
    """Read drivers, and the matrix: the one that is given, or the case's own beside the file.

    :raises MethodError: saying file, line, field, what is wrong and what to do
    """
    drivers = _from_table(Table(file)) if is_table(file) else _from_document(Document(file))
    named = read_matrix(matrix or file.parent / BESIDE)
    known, told = [each.name for each in named.descriptors], list(drivers.impact)
    for name in told:
        if name not in known:
            raise MethodError(f"{file}: {name} is no driver of the matrix; use {', '.join(known)}")
    for name in known:
        if name not in told:
            raise MethodError(f"{file}: {name} of the matrix has no impact and uncertainty; write them")
    return named, drivers


def _from_document(document: Document) -> Drivers:
    """Read `drivers`, each with key, impact and uncertainty; a case's scenarios.yaml is such a file."""
    found = Drivers()
    listed = document.kind(("drivers",), document.fields.get("drivers"), list, "list the drivers")
    for at, each in enumerate(listed):
        where: Path_ = ("drivers", at)
        told = document.kind(where, each, dict, "write key, impact and uncertainty")
        key = document.name((*where, "key"), told.get("key"))
        if key in found.impact:
            document.refuse((*where, "key"), f"{key} stands twice", "keep one of them")
        for name, amounts in (("impact", found.impact), ("uncertainty", found.uncertainty)):
            amounts[key] = document.whole((*where, name), told.get(name), LEAST, MOST)
        _call(found, key, told.get("name"))
        variants = told.get("variants")
        for variant in variants if isinstance(variants, list) else ():
            if isinstance(variant, dict) and isinstance(variant.get("key"), str):
                _call(found, variant["key"], variant.get("name"))
    return found


def _call(found: Drivers, key: str, name: Any) -> None:
    """Keep what a key is called; a name in two languages is told in English, as the command line is."""
    told = (name.get("en") or name.get("da")) if isinstance(name, dict) else name
    if isinstance(told, str) and told.strip():
        found.called[key] = told.strip()


def _from_table(table: Table) -> Drivers:
    line, header = table.lines[0]
    if tuple(cell.lower() for cell in header) != COLUMNS:
        table.refuse(line, 0, f"the columns are {', '.join(header)}", f"name them {', '.join(COLUMNS)}")
    rows = table.lines[1:]
    for at, row in rows:
        if not row[0]:
            table.refuse(at, 1, "the row has no name", "write the driver's")
    refuse_twice(
        [row[0] for _, row in rows], lambda name: table.refuse(line, 0, f"{name} stands twice", "keep one of them")
    )
    return Drivers(
        {row[0]: table.whole(at, 2, row[1], LEAST, MOST) for at, row in rows},
        {row[0]: table.whole(at, 3, row[2], LEAST, MOST) for at, row in rows},
    )
