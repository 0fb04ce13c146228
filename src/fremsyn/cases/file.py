"""case.yaml to rows and back."""

import dataclasses

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.cases.schema import CaseFile
from fremsyn.core.text import LANGUAGES


@remembered
def load(case: Case) -> CaseFile:
    """Return the case's own file; the slug is the one it has here, and the day the one it is shown as of, if any."""
    return dataclasses.replace(rows.load(case, "case", CaseFile, {}), slug=case.slug, as_of=case.shown_as_of)


def languages_of(case: Case) -> tuple[str, ...]:
    """Return the languages that the case is written in, its own first."""
    own = load(case)
    return tuple(dict.fromkeys([own.language, *(each for each in LANGUAGES if each in own.languages)]))


def store(writer: rows.Writer, content: CaseFile) -> None:
    """Add the case's own file to what is being imported."""
    writer.add("case", content, {})
