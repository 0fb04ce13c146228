"""A case while it is held against its rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fremsyn.cases.yaml_tree import Fault, Path_
from fremsyn.chain.content import CaseContent
from fremsyn.chain.folder import Reading
from fremsyn.chain.references import Found


@dataclass(frozen=True)
class Checking:
    """A case being checked: its content, and faults that know their lines."""

    reading: Reading
    content: CaseContent
    found: Found

    def fault(self, sheet: str, path: Path_, wrong: str, todo: str) -> Fault:
        """Return a fault at a path of a file."""
        return self.reading.trees[sheet].fault_at(path, wrong, todo)

    def at(self, ref: str, *path: str | int) -> tuple[str, Path_]:
        """Return the file and path of an item, and of a field in it."""
        sheet, where, _thing = self.found.items[ref]
        return sheet, (*where, *path)


Rule = Callable[[Checking], Iterator[Fault]]
