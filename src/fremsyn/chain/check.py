"""Holding a case folder against everything that must be true of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fremsyn.cases.trace import is_source
from fremsyn.cases.yaml_tree import Fault, field_name
from fremsyn.chain import references, rules
from fremsyn.chain.checking import Checking
from fremsyn.chain.claims import Computed, claims, compute
from fremsyn.chain.content import CaseContent
from fremsyn.chain.folder import Reading, read_folder
from fremsyn.chain.reference_rules import ReferenceRules


@dataclass(frozen=True)
class Checked:
    """What came of checking: `refusals` keep a case from being imported, `differences` are claims and gaps."""

    content: CaseContent | None
    refusals: tuple[Fault, ...]
    differences: tuple[Fault, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return everything that is wrong, in the order of the files."""
        return tuple(sorted((*self.refusals, *self.differences)))


def check_folder(folder: Path, *, both: bool = False) -> Checked:
    """Read a folder and check it whole.

    :param both: demand every text in both languages
    """
    reading = read_folder(folder)
    found = references.find(reading)
    judged = ReferenceRules(reading, found)
    refusals = [*reading.faults, *judged.faults()]
    languages = tuple(judged.languages()) if both else ()
    content = reading.content
    if content is not None and not refusals:
        refusals += rules.broken(Checking(reading, content, found))
    if content is None or refusals:
        return Checked(None, tuple(sorted((*refusals, *languages))), ())
    computed = compute(content)
    differences = (*_differences(reading, content, computed), *_gaps(reading, found))
    return Checked(None if languages else content, languages, differences)


def _differences(reading: Reading, content: CaseContent, computed: Computed) -> Iterator[Fault]:
    for claim in claims(content, computed):
        if not claim.holds:
            line = reading.trees[claim.sheet].line(claim.path)
            wrong = f"{_shown(claim.stated)} is stated and {_shown(claim.computed)} is computed"
            yield Fault(
                f"{claim.sheet}.yaml", line, field_name(claim.path), wrong, "correct the figure, or leave it out"
            )


def _gaps(reading: Reading, found: references.Found) -> Iterator[Fault]:
    chain = found.chain
    for ref, (sheet, path, thing) in found.items.items():
        if ref not in chain.grounded and not is_source(ref) and not getattr(thing, "unverified", False):
            line = reading.trees[sheet].line(path)
            wrong, todo = f"{ref} rests on no source", "say what it rests on, or mark it `unverified: true`"
            yield Fault(f"{sheet}.yaml", line, field_name(path), wrong, todo)


def _shown(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
