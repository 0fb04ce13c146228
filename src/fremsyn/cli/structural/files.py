"""What the structural methods' files have in common: a document (YAML, JSON) or a table (CSV), and refusals that say where."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from fremsyn.cases.yaml_tree import Fault, FileRefused, Path_, read_text, read_yaml
from fremsyn.methods.errors import MethodError

DOCUMENTS = (".yaml", ".yml", ".json")
TABLES = (".csv",)
WHOLE = re.compile(r"[-+]?[0-9]{1,9}")


class Document:
    """A YAML or JSON file of fields; every refusal names the file, the line and the field."""

    def __init__(self, file: Path) -> None:
        try:
            self.tree = read_yaml(file, str(file))
        except FileRefused as error:
            raise MethodError(str(error)) from error
        if self.tree.faults:
            raise MethodError(str(self.tree.faults[0]))
        self.file, self.fields = file, self.kind((), self.tree.value, dict, "write the fields that the page describes")

    def refuse(self, path: Path_, wrong: str, todo: str) -> NoReturn:
        raise MethodError(str(self.tree.fault_at(path, wrong, todo)))

    def kind(self, path: Path_, value: Any, kind: type, todo: str) -> Any:
        """Return a value that must be of a kind."""
        if not isinstance(value, kind):
            self.refuse(path, "this is missing or of another kind", todo)
        return value

    def only(self, known: Sequence[str]) -> None:
        """Refuse fields that the file has no use for."""
        for key in self.fields:
            if key not in known:
                self.refuse((key,), "there is no such field", f"use {', '.join(known)}")

    def name(self, path: Path_, value: Any) -> str:
        """Return a name; a plain number may be one."""
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
            self.refuse(path, "this is no name", "write one, in quotes where YAML reads something else")
        return str(value).strip()

    def names(self, path: Path_, value: Any, least: int) -> tuple[str, ...]:
        """Return a list of different names."""
        listed = self.kind(path, value, list, "list the names")
        names = tuple(self.name((*path, at), each) for at, each in enumerate(listed))
        refuse_twice(names, lambda name: self.refuse(path, f"{name} stands twice", "give each a name of its own"))
        if len(names) < least:
            self.refuse(path, f"there are {len(names)} names", f"give at least {least}")
        return names

    def rows(self, path: Path_, rows: Sequence[str], width: int) -> list[tuple[Path_, list[Any]]]:
        """Return the rows of a table that stands as a mapping of names to lists, in the order of the names."""
        told = self.kind(path, self.fields.get(str(path[0])), dict, "write a row for each name")
        by_name = {str(key).strip(): key for key in told}
        for name, key in by_name.items():
            if name not in rows:
                self.refuse((*path, key), f"{name} is no known name", f"use {', '.join(rows)}")
        found = []
        for name in rows:
            where: Path_ = (*path, by_name.get(name, name))
            row = told.get(by_name.get(name))
            if not isinstance(row, list) or len(row) != width:
                said = f"the row has {len(row)} values" if isinstance(row, list) else "the row is missing"
                self.refuse(where, said, f"write {width} values, one for each column")
            found.append((where, row))
        return found

    def whole(self, path: Path_, value: Any, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(path, f"{value} is no number from {least} to {most}", "write a whole one")
        return value


class Table:
    """A CSV file: rows of cells; every refusal names the file, the row and the column."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)
        try:
            text = read_text(file, self.file)
        except FileRefused as error:
            raise MethodError(str(error)) from error
        separator = max(";\t,", key=text.partition("\n")[0].count)
        reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        try:
            read = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
        except csv.Error as error:
            self.refuse(reader.line_num, 0, f"this is no table ({error})", "save it again as CSV")
        self.lines = [(line, row) for line, row in read if any(row)]
        if not self.lines:
            self.refuse(1, 0, "the table is empty", "write a row of names and a row for each name")
        width = len(self.lines[0][1])
        for line, row in self.lines:
            if len(row) != width:
                self.refuse(line, 0, f"the row has {len(row)} columns, the first {width}", "give all rows the same")

    def refuse(self, line: int, column: int, wrong: str, todo: str) -> NoReturn:
        raise MethodError(str(Fault(self.file, line, f"column {column}" if column else "", wrong, todo)))

    def whole(self, line: int, column: int, text: str, least: int, most: int) -> int:
        """Return a cell's whole number within bounds."""
        value = whole_or_text(text)
        if isinstance(value, str) or not least <= value <= most:
            self.refuse(line, column, f"{text or 'an empty cell'} is no number from {least} to {most}", "write one")
        return value

    def names(self) -> tuple[list[str], list[str]]:
        """Return the names of the columns and of the rows of a table with one row and one column of names."""
        line, header = self.lines[0]
        columns, rows = header[1:], [row[0] for _, row in self.lines[1:]]
        for at, name in enumerate(columns, 2):
            if not name:
                self.refuse(line, at, "the column has no name", "write it")
        for (at_line, _), name in zip(self.lines[1:], rows, strict=True):
            if not name:
                self.refuse(at_line, 1, "the row has no name", "write it")
        for names in (columns, rows):
            refuse_twice(names, lambda name: self.refuse(line, 0, f"{name} stands twice", "name each differently"))
        return columns, rows


def whole_or_text(text: str) -> int | str:
    """Return the whole number that a text is, else the text."""
    return int(text) if WHOLE.fullmatch(text) else text


def refuse_twice(names: Sequence[str], refuse: Callable[[str], NoReturn]) -> None:
    """Refuse the first name that stands twice."""
    for name, times in Counter(names).items():
        if times > 1:
            refuse(name)


def is_table(file: Path) -> bool:
    """Tell a table from a document by the name's ending.

    :raises MethodError: for another ending
    """
    if file.suffix.lower() in TABLES:
        return True
    if file.suffix.lower() not in DOCUMENTS:
        raise MethodError(f"{file}: this is no kind of file that is known; give .yaml, .json or .csv")
    return False
