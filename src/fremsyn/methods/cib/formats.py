"""Cross-impact matrices with names, in the files of other programs: ScenarioWizard's .scw, a table (CSV), and JSON."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from typing import Any, NoReturn

from fremsyn.methods.cib.matrix import Matrix, matrix
from fremsyn.methods.errors import MethodError

MOST_BYTES = 5 * 1024 * 1024
MOST_VARIANTS = 1000
MOST_LINES = 10 * MOST_VARIANTS  # of a table, empty ones too
WHOLE = re.compile(r"\s*[-+]?\d{1,9}\s*")

Rows = list[list[int]]
Refuse = Callable[[int, str, str], NoReturn]


@dataclass(frozen=True)
class Descriptor:
    """A descriptor's name and those of its variants."""

    name: str
    variants: tuple[str, ...]


@dataclass(frozen=True)
class NamedMatrix:
    """A matrix whose descriptors and variants have names, in its order."""

    descriptors: tuple[Descriptor, ...]
    matrix: Matrix


class _Reading:
    """A file being read: every refusal names it and the line."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        if len(content) > MOST_BYTES:
            self.refuse(1, f"the file is larger than {MOST_BYTES:,} bytes", "leave out what is no matrix")
        try:
            self.text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.text = content.decode("cp1252", "replace")  # what Windows programs of that time wrote

    def refuse(self, line: int, wrong: str, todo: str) -> NoReturn:
        raise MethodError(f"{self.name}:{line}: {wrong}; {todo}")

    def few(self, line: int, number: int, what: str) -> None:
        """Refuse a file with more rows, columns or variants than a matrix may have, before they are read."""
        if number > MOST_VARIANTS:
            self.refuse(line, f"there are more than {MOST_VARIANTS:,} {what}", f"leave at most {MOST_VARIANTS:,}")

    def number(self, line: int, column: int, text: str) -> int:
        if not WHOLE.fullmatch(text):
            self.refuse(line, f"{text.strip()[:40]!r} in column {column} is no whole number", "write one, 0 for none")
        return int(text)


def read(name: str, content: bytes) -> NamedMatrix:
    """Read a file by its name's ending: .scw, .csv or .json.

    :raises MethodError: saying file, line, what is wrong and what to do
    """
    ending = name.lower().rpartition(".")[2]
    if ending not in READERS:
        raise MethodError(f"{name}: this is no kind of file that is known; give .yaml, .scw, .csv or .json")
    reading = _Reading(name, content)
    descriptors, lines, rows = READERS[ending](reading)
    return named(descriptors, rows, lambda at, wrong, todo: reading.refuse(lines[at], wrong, todo))


def named(descriptors: Sequence[Descriptor], rows: Sequence[Sequence[float]], refuse: Refuse) -> NamedMatrix:
    """Check what holds of every matrix with names, whatever file it stood in.

    :param refuse: called with the descriptor's number, what is wrong and what to do
    """
    check_names(descriptors, refuse)
    sizes = [len(descriptor.variants) for descriptor in descriptors]
    if len(rows) != sum(sizes) or any(len(row) != sum(sizes) for row in rows):
        widths = sorted({len(row) for row in rows})
        wide = f"{widths[0]} columns" if len(widths) == 1 else "rows of different length"
        refuse(0, f"the matrix has {len(rows)} rows and {wide}", f"write {sum(sizes)} rows of {sum(sizes)} columns")
    return NamedMatrix(tuple(descriptors), matrix(sizes, rows))


def check_names(descriptors: Sequence[Descriptor], refuse: Refuse) -> None:
    """Check the names and their number; `refuse` as in `named`."""
    if not descriptors:
        refuse(0, "there is no descriptor", "give at least one, with its variants")
    known = Counter(descriptor.name for descriptor in descriptors)
    for at, descriptor in enumerate(descriptors):
        if known[descriptor.name] > 1:
            refuse(at, f"the descriptor {descriptor.name} stands twice", "give each a name of its own")
        twice = [name for name, times in Counter(descriptor.variants).items() if times > 1]
        if twice:
            refuse(at, f"{descriptor.name} has the variant {twice[0]} twice", "give each a name of its own")
        if len(descriptor.variants) < 2:
            said = "one variant only" if descriptor.variants else "no variant"
            refuse(at, f"{descriptor.name} has {said}", "give it two or more, or leave it out")
    total = sum(len(descriptor.variants) for descriptor in descriptors)
    if total > MOST_VARIANTS:
        refuse(0, f"there are {total:,} variants", f"leave at most {MOST_VARIANTS:,}")


def _read_scw(reading: _Reading) -> tuple[list[Descriptor], list[int], Rows]:
    lines = reading.text.replace("\r\n", "\n").split("\n")
    if not lines[0].startswith("$"):
        reading.refuse(1, "this is no ScenarioWizard project", "save it again from ScenarioWizard")
    if lines[-3:] != ["#", "#", ""]:
        reading.refuse(len(lines), "the file ends too early", "save it again from ScenarioWizard")
    marks = islice((at for at, line in enumerate(lines) if line == "#"), 6)
    blocks = [range(one + 1, other) for one, other in pairwise([1, *marks])]
    if len(blocks) < 6:
        reading.refuse(len(lines), "there is no matrix", "save it again from ScenarioWizard")
    reading.few(3 + 2 * MOST_VARIANTS, len(blocks[0]) // 2, "variants")
    reading.few(blocks[5].start + 1, len(blocks[5]), "rows")
    descriptors: list[tuple[str, list[str]]] = []
    places = []
    for at in blocks[0]:
        if lines[at].startswith("&"):
            descriptors.append((lines[at][1:].strip(), []))
            places.append(at + 1)
        elif lines[at].strip().startswith("-") and descriptors:
            descriptors[-1][1].append(lines[at].strip()[1:].strip())
        else:
            reading.refuse(at + 1, "this is neither a descriptor (&) nor a variant (-)", "correct the line")
    rows = [_row(reading, at + 1, lines[at].split(",")) for at in blocks[5]]
    return [Descriptor(name, tuple(variants)) for name, variants in descriptors], places or [3], rows


def _row(reading: _Reading, line: int, cells: Sequence[str], before: int = 0) -> list[int]:
    reading.few(line, len(cells), "columns")
    return [reading.number(line, before + column, cell) for column, cell in enumerate(cells, 1)]


def _read_csv(reading: _Reading) -> tuple[list[Descriptor], list[int], Rows]:
    first = reading.text.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    lines = [(at, row) for at, row in _table(reading, separator) if any(cell.strip() for cell in row)]
    if len(lines) < 3 or len(lines[0][1]) < 3:
        reading.refuse(1, "there is no matrix", "write two rows and two columns of names, descriptor and variant")
    across = _names(reading, lines[0][0], lines[0][1][2:], lines[1][1][2:])
    down = _names(reading, lines[2][0], [row[0] for _, row in lines[2:]], [(*row, "")[1] for _, row in lines[2:]])
    for (at, _), there, here in zip(lines[2:], across, down, strict=False):
        if there != here:
            reading.refuse(
                at, f"this row is of {': '.join(here)}, the column of {': '.join(there)}", "order both alike"
            )
    rows = [_row(reading, at, row[2:], 2) for at, row in lines[2:]]
    descriptors = [
        Descriptor(name, tuple(variant for _, variant in pairs))
        for name, pairs in groupby(across, lambda pair: pair[0])
    ]
    return descriptors, [lines[0][0]] * (len(descriptors) or 1), rows


def _table(reading: _Reading, separator: str) -> Iterator[tuple[int, list[str]]]:
    table = csv.reader(io.StringIO(reading.text), delimiter=separator)
    try:
        for row in table:
            if table.line_num > MOST_LINES:
                reading.refuse(
                    table.line_num, f"there are more than {MOST_LINES:,} lines", "leave out what is no matrix"
                )
            yield table.line_num, row
    except csv.Error as error:
        reading.refuse(table.line_num, f"this is no table ({error})", "save it again as CSV")


def _names(reading: _Reading, line: int, names: Sequence[str], variants: Sequence[str]) -> list[tuple[str, str]]:
    """Pair descriptors with variants; an empty descriptor is the one before it."""
    pairs: list[tuple[str, str]] = []
    for name, variant in zip(names, variants, strict=False):
        if not variant.strip() or (not pairs and not name.strip()):
            reading.refuse(line, "a name is missing", "name the descriptor of the first variant, and every variant")
        pairs.append((name.strip() or pairs[-1][0], variant.strip()))
    return pairs


def _read_json(reading: _Reading) -> tuple[list[Descriptor], list[int], Rows]:
    try:
        told = json.loads(reading.text)
    except json.JSONDecodeError as error:
        reading.refuse(error.lineno, f"this is no JSON ({error.msg})", "correct it")
    except (ValueError, RecursionError):
        reading.refuse(1, "this is no JSON that can be read", "write descriptors and matrix alone")
    if not isinstance(told, dict) or not all(isinstance(told.get(key), list) for key in ("descriptors", "matrix")):
        reading.refuse(1, "descriptors or matrix is missing", "write an object with a list under both")
    descriptors = [_descriptor(reading, at, each) for at, each in enumerate(told["descriptors"], 1)]
    for at, row in enumerate(told["matrix"], 1):
        if not isinstance(row, list):
            reading.refuse(1, f"row {at} of matrix is no list", "write one number for each variant")
        for column, cell in enumerate(row, 1):
            if type(cell) is not int:
                reading.refuse(1, f"row {at}, column {column} of matrix is no whole number", "write one, 0 for none")
    return descriptors, [1] * (len(descriptors) or 1), told["matrix"]


def _descriptor(reading: _Reading, at: int, told: Any) -> Descriptor:
    good = isinstance(told, dict) and isinstance(told.get("name"), str) and isinstance(told.get("variants"), list)
    if not good or not all(isinstance(variant, str) for variant in told["variants"]):
        reading.refuse(1, f"descriptor {at} lacks a name or variants", 'write {"name": "…", "variants": ["…", "…"]}')
    return Descriptor(told["name"], tuple(told["variants"]))


READERS = {"scw": _read_scw, "csv": _read_csv, "json": _read_json}


def _write_scw(named: NamedMatrix) -> str:
    sizes = [len(each.variants) for each in named.descriptors]
    lines = ["$ ScenarioWizard 4.0", "fremsyn.scw"]
    for each in named.descriptors:
        lines += [f"&{' '.join(each.name.split())}", *(f" -{' '.join(name.split())}" for name in each.variants)]
    comments = [line for size in sizes for line in ("&", *[" "] * size)]
    lines += ["#", *comments, "#", "#", *["FFFFFF"] * sum(sizes), "#", "#"]
    lines += [",".join(f"{cell:2} " for cell in row) for row in _whole(named)]
    notes = ["# 0-0", *["# "] * len(sizes), *["#  -> "] * len(sizes) ** 2]
    return "\n".join([*lines, "#", *(line for note in notes for line in (note, '""')), "#", "#", ""])


def _write_csv(named: NamedMatrix) -> str:
    names = [(each.name, variant) for each in named.descriptors for variant in each.variants]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerows(["", "", *line] for line in zip(*names, strict=True))
    table.writerows([*name, *row] for name, row in zip(names, _whole(named), strict=True))
    return out.getvalue()


def _write_json(named: NamedMatrix) -> str:
    descriptors = [{"name": each.name, "variants": list(each.variants)} for each in named.descriptors]
    return json.dumps({"descriptors": descriptors, "matrix": _whole(named)}, ensure_ascii=False) + "\n"


def _whole(named: NamedMatrix) -> Rows:
    if named.matrix.judgements.dtype.kind != "i":
        raise MethodError("These files hold whole judgements only, and there are fractions; use a smaller unit.")
    rows: Rows = named.matrix.judgements.tolist()
    return rows


WRITERS = {"scw": _write_scw, "csv": _write_csv, "json": _write_json}
