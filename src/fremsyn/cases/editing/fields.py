"""How a schema's fields are asked for on a form. Each phase says it in its own `fields.py`, in `FIELDS`.

Only what is declared there is asked for; all else keeps its value, and a new thing gets it from `given` or its default.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.models import Case
from fremsyn.cases.rows import is_own
from fremsyn.cases.shape import slots

Words = str | Promise
# Of a thing as it is to be kept: pairs of a field's name in the file and what is wrong with it.
Must = Callable[[Case, Any], Iterable[tuple[str, str]]]
# A code, made of a thing's name, of whoever holds it and of the codes that are in use there.
Makes = Callable[[str, Any, Collection[str]], str]


def nothing_more(case: Case, thing: Any) -> Iterable[tuple[str, str]]:
    """Ask no more of a thing than that its values and references hold."""
    return ()


@dataclass(frozen=True)
class Field:
    """How one field is asked for: label, help, words for its codes, and how many lines of text it usually takes.

    `essential` says whether it is asked for before what a form folds away; unsaid, what must be filled in is. A field
    that has a value beforehand, or that is made where nobody writes it (`made`), can be folded away though it must be there.
    `offered` gives the codes of a text that the case itself decides, with their words.
    """

    label: Words
    help: Words = ""
    choices: Mapping[Any, Words] = field(default_factory=dict)
    lines: int = 3
    essential: bool | None = None
    made: Makes | None = None
    offered: Callable[[Case], Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Sheet:
    """A form for things of a schema: what is asked, in order, and what a new one has without being asked.

    `initial` fills the form of a new thing, as plain values; what is in `later` is asked only of one that stands already.
    `must` says what is wrong with a thing that only its phase can know.
    """

    fields: Mapping[str, Field]
    given: Mapping[str, Any] = field(default_factory=dict)
    intro: Words = ""
    must: Must = nothing_more
    initial: Mapping[str, Any] = field(default_factory=dict)
    later: frozenset[str] = frozenset()


BECAUSE = Field(
    _("Rests on"),
    _("References such as T12 or S4, or words to search for. What it rests on is how others can ask why."),
)
SOURCES = Field(_("Sources"), _("References such as F3, or words of their titles."))
QUESTION = Field(_("Serves the question"), essential=False)
UNVERIFIED = Field(_("Rests on no checked source yet (shown as unverified)"))
# What most things have, with the same words everywhere; asked for after a thing's own fields.
ALWAYS: Mapping[str, Field] = {
    "question": QUESTION, "because": BECAUSE, "sources": SOURCES, "unverified": UNVERIFIED,
}  # fmt: skip


@cache
def sheet_of(schema: type) -> Sheet:
    """Return how things of a schema are asked for, with what every thing is asked for at the end.

    :raises KeyError: when the schema's app doesn't say
    """
    told: Mapping[type, Sheet] = import_module(f"{schema.__module__.rpartition('.')[0]}.fields").FIELDS
    own = told[schema]
    has = {slot.name for slot in slots(schema) if is_own(slot)}
    always = {name: words for name, words in ALWAYS.items() if name in has and name not in own.fields}
    return replace(own, fields={**own.fields, **always})


def is_asked_for(schema: type) -> bool:
    """Tell whether things of a schema can be made on a form."""
    try:
        sheet_of(schema)
    except (KeyError, ModuleNotFoundError):
        return False
    return True
