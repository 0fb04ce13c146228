"""A matrix with names from a file: a case's cross-impact file, or one of another program."""

from pathlib import Path
from typing import Any, NoReturn

from fremsyn.cases.yaml_tree import FileRefused, Path_, Tree, read_yaml
from fremsyn.methods.cib.formats import MOST_BYTES, Descriptor, NamedMatrix, check_names, read
from fremsyn.methods.cib.matrix import matrix
from fremsyn.methods.errors import MethodError

LEAST, MOST = -3, 3


def read_matrix(file: Path) -> NamedMatrix:
    """Read a file by its name's ending.

    :raises MethodError: saying file, line, what is wrong and what to do
    """
    try:
        if file.suffix.lower() in (".yaml", ".yml"):
            return _CaseFile(read_yaml(file, str(file))).matrix()
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except FileRefused as error:
        raise MethodError(str(error)) from error
    except OSError as error:
        raise MethodError(f"{file}: it can't be read ({error.strerror or error}); give a file that is there") from error
    return read(str(file), content)


class _CaseFile:
    """cross_impact.yaml: sections between the drivers of `order`, whose states stand in `columns`."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def refuse(self, path: Path_, wrong: str, todo: str) -> NoReturn:
        raise MethodError(str(self.tree.fault_at(path, wrong, todo)))

    def wanted(self, value: Any, kind: type, path: Path_, todo: str) -> Any:
        if not isinstance(value, kind):
            self.refuse(path, "this is missing or of another kind", todo)
        return value

    def matrix(self) -> NamedMatrix:
        told = self.wanted(self.tree.value, dict, (), "write order, columns and sections")
        order = self.wanted(told.get("order"), list, ("order",), "list the drivers' keys")
        columns = self.wanted(told.get("columns"), dict, ("columns",), "list each driver's states under its key")
        descriptors = []
        for key in order:
            if not isinstance(key, str) or not isinstance(columns.get(key), list):
                self.refuse(("columns",), f"{key} has no list of states", "list them under the driver's key")
            descriptors.append(Descriptor(key, tuple(map(str, columns[key]))))
        check_names(descriptors, lambda at, *told: self.refuse(("columns", *order[at : at + 1]), *told))
        places = {each.name: at for at, each in enumerate(descriptors)}
        firsts = [sum(len(each.variants) for each in descriptors[:at]) for at in range(len(descriptors))]
        total = sum(len(each.variants) for each in descriptors)
        rows: list[list[float]] = [[0] * total for _ in range(total)]
        seen = set()
        sections = self.wanted(told.get("sections", []), list, ("sections",), "write a list")
        for number, each in enumerate(sections):
            where: Path_ = ("sections", number)
            section = self.wanted(each, dict, where, "write source, target and rows")
            pair = (section.get("source"), section.get("target"))
            if not all(isinstance(key, str) and key in places for key in pair):
                self.refuse(where, f"{pair[0]} or {pair[1]} is no driver's key", "use keys of `order`")
            if pair in seen:
                self.refuse(where, f"{pair[0]} to {pair[1]} stands twice", "keep one of them")
            seen.add(pair)
            source, target = (places[key] for key in pair)
            for at, row in enumerate(self.section(section, where, descriptors[source], descriptors[target])):
                rows[firsts[source] + at][firsts[target] : firsts[target] + len(row)] = row
        return NamedMatrix(tuple(descriptors), matrix([len(each.variants) for each in descriptors], rows))

    def section(self, told: Any, where: Path_, source: Descriptor, target: Descriptor) -> list[list[float]]:
        rows = self.wanted(told.get("rows"), dict, (*where, "rows"), "write a row for each state")
        unknown = [key for key in rows if key not in source.variants]
        if unknown:
            self.refuse(
                (*where, "rows", unknown[0]), f"{unknown[0]} is no state of {source.name}", "use its states' keys"
            )
        for key in source.variants:
            row = rows.get(key)
            if not isinstance(row, list) or len(row) != len(target.variants):
                wanted = f"write {len(target.variants)} judgements, one for each state of {target.name}"
                self.refuse((*where, "rows", key), "the row is missing or of another length", wanted)
            for at, cell in enumerate(row):
                if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not LEAST <= cell <= MOST:
                    place = (*where, "rows", key, at)
                    self.refuse(place, f"{cell} is no judgement", f"write a number from {LEAST} to {MOST}")
        return [rows[key] for key in source.variants]
