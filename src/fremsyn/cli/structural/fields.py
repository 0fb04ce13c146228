"""A morphological field with names from a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path
from typing import Any

import numpy as np

from fremsyn.cases.yaml_tree import Path_
from fremsyn.cli.structural.files import Document, Table, is_table, refuse_twice, whole_or_text
from fremsyn.methods.errors import MethodError
from fremsyn.methods.morphology import Field, graded

KNOWN = ("parameters", "exclude", "grades", "least")
MOST_GRADE = 1000
BEST = MOST_GRADE + 1  # what a pair has that nobody judged: it goes together
MOST_VALUES = 1000

Pair = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class NamedField:
    """A field whose parameters and values have names, and the grade of each pair of values (BEST where none is given)."""

    parameters: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    grades: "np.typing.NDArray[np.int64]"
    least: int

    def field(self) -> Field:
        return graded([len(each) for each in self.values], self.grades, self.least)

    def place(self, told: str, option: str) -> tuple[int, int]:
        """Return the parameter and the value of PARAMETER=VALUE; names may hold an = themselves."""
        cuts = [at for at, letter in enumerate(told) if letter == "=" and told[:at] in self.parameters]
        if "=" not in told:
            raise MethodError(f"{option} {told}: write it as PARAMETER=VALUE.")
        if not cuts:
            raise MethodError(f"{option} {told}: there is no such parameter; there are: {', '.join(self.parameters)}.")
        parameter = self.parameters.index(told[: cuts[0]])
        values = self.values[parameter]
        if told[cuts[0] + 1 :] not in values:
            raise MethodError(f"{option} {told}: there is no such value; there are: {', '.join(values)}.")
        return parameter, values.index(told[cuts[0] + 1 :])


def read_field(file: Path, least: int | None) -> NamedField:
    """Read a field from YAML, JSON or CSV; `least` replaces the file's own threshold.

    :raises MethodError: saying file, line, field, what is wrong and what to do
    """
    return _from_table(Table(file), least) if is_table(file) else _FieldFile(Document(file)).read(least)


def _starts(values: tuple[tuple[str, ...], ...]) -> list[int]:
    return [0, *np.cumsum([len(each) for each in values]).tolist()]


class _FieldFile:
    """Parameters with their values, and pairs: those under `exclude` can't be, those under `grades` have a grade."""

    def __init__(self, document: Document) -> None:
        self.document = document
        document.only(KNOWN)
        told = document.kind(("parameters",), document.fields.get("parameters"), dict, "list values under each name")
        self.parameters = tuple(document.name(("parameters",), key) for key in told)
        refuse_twice(
            self.parameters,
            lambda name: document.refuse(("parameters",), f"{name} stands twice", "give each a name of its own"),
        )
        self.values = tuple(document.names(("parameters", key), value, 1) for key, value in told.items())
        total = sum(len(each) for each in self.values)
        if not self.parameters or total > MOST_VALUES:
            document.refuse(("parameters",), f"there are {total} values", f"give from 1 to {MOST_VALUES}")
        self.starts = _starts(self.values)
        self.grades = np.full((total, total), BEST)

    def read(self, least: int | None) -> NamedField:
        fields = self.document.fields
        for at, told in enumerate(self.document.kind(("exclude",), fields.get("exclude", []), list, "list pairs")):
            self._give(("exclude", at), told, -1)
        by_grade = self.document.kind(("grades",), fields.get("grades", {}), dict, "list pairs under each grade")
        for key, pairs in by_grade.items():
            where: Path_ = ("grades", key)
            told_as = whole_or_text(key) if isinstance(key, str) else key
            grade = self.document.whole(where, told_as, 0, MOST_GRADE)
            for at, told in enumerate(self.document.kind(where, pairs, list, "list pairs")):
                self._give((*where, at), told, grade)
        own = self.document.whole(("least",), fields.get("least", 1), 0, MOST_GRADE)
        return NamedField(self.parameters, self.values, self.grades, own if least is None else least)

    def _give(self, path: Path_, told: Any, grade: int) -> None:
        pair = self.document.kind(path, told, dict, "write {PARAMETER: value, PARAMETER: value}")
        if len(pair) != 2:
            self.document.refuse(path, f"{len(pair)} parameters stand here", "write two: {ONE: value, OTHER: value}")
        sides = [list(self._places(path, key, value)) for key, value in pair.items()]
        for one, other in product(*sides):
            if self.grades[one, other] != BEST:
                self.document.refuse(path, "the pair stands twice", "keep one of them")
            self.grades[one, other] = self.grades[other, one] = grade

    def _places(self, path: Path_, key: Any, told: Any) -> Iterator[int]:
        name, listed = str(key).strip(), told if isinstance(told, list) else [told]
        if name not in self.parameters:
            self.document.refuse((*path, key), f"there is no parameter {name}", f"use {', '.join(self.parameters)}")
        parameter = self.parameters.index(name)
        for each in listed:
            value = self.document.name((*path, key), each)
            if value not in self.values[parameter]:
                known = ", ".join(self.values[parameter])
                self.document.refuse((*path, key), f"{name} has no value {value}", f"use {known}")
            yield self.starts[parameter] + self.values[parameter].index(value)


def _from_table(table: Table, least: int | None) -> NamedField:
    """Read two rows and two columns of names, parameter and value, and a grade or nothing for each pair of values."""
    lines = table.lines
    if len(lines) < 3 or len(lines[0][1]) < 3:
        table.refuse(1, 0, "there is no field", "write two rows and two columns of names, parameter and value")
    across = _paired(table, lines[0][0], lines[0][1][2:], lines[1][1][2:])
    down = _paired(table, lines[2][0], [row[0] for _, row in lines[2:]], [row[1] for _, row in lines[2:]])
    if len(across) != len(down):
        table.refuse(lines[2][0], 0, f"there are {len(down)} rows and {len(across)} columns", "write as many")
    for (line, _), there, here in zip(lines[2:], across, down, strict=True):
        if there != here:
            table.refuse(
                line, 0, f"this row is of {': '.join(here)}, the column of {': '.join(there)}", "order both alike"
            )
    refuse_twice(
        [": ".join(each) for each in across],
        lambda name: table.refuse(lines[0][0], 0, f"{name} stands twice", "give each a name of its own"),
    )
    groups = [(name, tuple(value for _, value in pairs)) for name, pairs in groupby(across, lambda pair: pair[0])]
    parameters = tuple(name for name, _ in groups)
    refuse_twice(
        parameters, lambda name: table.refuse(lines[0][0], 0, f"{name} stands twice", "keep its values side by side")
    )
    if len(across) > MOST_VALUES:
        table.refuse(1, 0, f"there are {len(across)} values", f"leave at most {MOST_VALUES}")
    grades = _grades(table, [name for name, _ in across])
    return NamedField(parameters, tuple(values for _, values in groups), grades, 1 if least is None else least)


def _paired(table: Table, line: int, names: list[str], values: list[str]) -> list[tuple[str, str]]:
    """Pair parameters with values; an empty parameter is the one before it."""
    pairs: list[tuple[str, str]] = []
    for name, value in zip(names, values, strict=True):
        if not value or (not pairs and not name):
            table.refuse(line, 0, "a name is missing", "name the parameter of the first value, and every value")
        pairs.append((name or pairs[-1][0], value))
    return pairs


def _grades(table: Table, owners: list[str]) -> "np.typing.NDArray[np.int64]":
    """Read the cells; one of the two halves may be empty, and what stands within a parameter isn't looked at."""
    grades = np.full((len(owners),) * 2, BEST)
    for i, (line, row) in enumerate(table.lines[2:]):
        for j, cell in enumerate(row[2:]):
            if not cell or owners[i] == owners[j]:
                continue
            grade = table.whole(line, j + 3, cell, 0, MOST_GRADE)
            if j < i and grades[i, j] not in (BEST, grade):
                table.refuse(line, j + 3, f"{grade} stands here, {grades[i, j]} in the other half", "keep one")
            grades[i, j] = grades[j, i] = grade
    return grades
