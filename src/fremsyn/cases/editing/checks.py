"""What must hold of a thing before it is kept: its values, its codes, its references, and that it doesn't rest on itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.editing.codes import made_fields
from fremsyn.cases.editing.fields import is_asked_for, sheet_of
from fremsyn.cases.editing.stored import Stored
from fremsyn.cases.editing.vocabularies import dropped
from fremsyn.cases.kinds import is_of_kind
from fremsyn.cases.models import Case, Item
from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import read
from fremsyn.cases.remembered import remembered
from fremsyn.cases.rows import is_own, references
from fremsyn.cases.shape import GROUNDS, Slot, slots
from fremsyn.cases.trace import Chain, chain_of, is_source
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.cases.yaml_tree import Path_, Tree
from fremsyn.core.errors import RuleBroken


@dataclass(frozen=True)
class Fault:
    """Something wrong with a thing: at which field (names on the way to it), and what to do."""

    path: Path_
    says: str


class NotKept(RuleBroken):
    """A thing can't be kept as it is; `faults` says why, field by field."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.says for fault in faults))
        self.faults = faults


def must_hold(case: Case, thing: Any, item: Item | None) -> None:
    """Refuse a thing that can't stand in the case.

    :param item: where it is stored already; None for a new one
    :raises NotKept: naming each field that is wrong
    """
    unsaid = frozenset({"ref"}) if item else frozenset({"ref", *_made(thing)})
    faults = (*_twice(thing), *_values(thing, unsaid), *_codes(case, thing), *_references(case, thing, item))
    if item is not None and item.parent_id is None:
        faults = (*faults, *(Fault((name,), says) for name, says in dropped(thing, case, item.sheet)))
    schema: type = type(thing)
    if not faults and is_asked_for(schema):
        faults = tuple(Fault((name,), says) for name, says in sheet_of(schema).must(case, thing))
    if faults:
        raise NotKept(faults)
    _no_ring(case, thing, item)


def _twice(thing: Any) -> Iterator[Fault]:
    for slot in slots(type(thing)):
        entries = getattr(thing, slot.name)
        if isinstance(entries, tuple) and is_own(slot):
            ids = [getattr(entry, "id", None) for entry in entries]
            for at, code in enumerate(ids):
                if code is not None and code in ids[:at]:
                    says = _("“%(code)s” stands here already. Give each entry a code of its own.") % {"code": code}
                    yield Fault((slot.yaml, at, "id"), says)


def _made(thing: Any) -> Iterator[str]:
    """Yield the codes that a new thing is left without; they are made when it is kept."""
    schema: type = type(thing)
    if is_asked_for(schema):
        yield from (name for name in made_fields(schema) if not getattr(thing, name))


def _values(thing: Any, unsaid: frozenset[str]) -> Iterator[Fault]:
    tree = Tree("stored", to_plain(thing))
    read(tree, type(thing))
    for fault in tree.faults:
        name = re.split(r"[.\[]", fault.field, maxsplit=1)[0]
        if (
            name not in unsaid and "stands twice in the list" not in fault.wrong
        ):  # said already, in the reader's language
            yield Fault(
                (name,), _("This can't be kept as it is: %(fault)s.") % {"fault": f"{fault.wrong}; {fault.todo}"}
            )


def _codes(case: Case, thing: Any) -> Iterator[Fault]:
    known = vocabularies(case)
    for slot in slots(type(thing)):
        value = getattr(thing, slot.name)
        words = known.get(slot.meta.get("vocabulary", ""))  # a code with words of its own stands in its type
        if words is None or value is None:
            continue
        for code in value if isinstance(value, tuple) else (value,):
            if code not in words:
                yield Fault((slot.yaml,), _("“%(code)s” is none of the case's own words here.") % {"code": code})


def _referring(thing: Any, at: Path_ = ()) -> Iterator[tuple[Slot, Path_, Any]]:
    for slot in slots(type(thing)):
        value = getattr(thing, slot.name)
        if slot.link is not None and value is not None:
            yield slot, (*at, slot.yaml), value
        elif slot.meta.get("inline") and value is not None:
            yield from _referring(value, (*at, slot.yaml))


def _references(case: Case, thing: Any, item: Item | None) -> Iterator[Fault]:
    named = [(slot, path, ref) for slot, path, value in _referring(thing) for ref in references(value)]
    stored = _known(case) if named else {}
    own = item.ref if item else ""
    for slot, path, ref in named:
        if ref not in stored:
            yield Fault(path, _("There is no %(ref)s in this case.") % {"ref": ref})
        elif not stored[ref]:
            if not isinstance(getattr(thing, slot.name, None), Mapping):
                yield Fault(path, _("%(ref)s has been withdrawn. Choose another, or bring it back.") % {"ref": ref})
        elif ref == own:
            yield Fault(path, _("%(ref)s can't rest on itself or name itself.") % {"ref": ref})
        elif not is_of_kind(ref, slot.meta["to"]):
            yield Fault(path, _("%(ref)s is of another kind than what belongs here.") % {"ref": ref})


@remembered
def _known(case: Case) -> Mapping[str, bool]:
    """Return every reference of a case, and whether what it names is in use; one query, however many rows are pasted."""
    rows = Item.objects.filter(case=case).exclude(ref="").values_list("ref", "withdrawn_at")
    return {ref: gone is None for ref, gone in rows}


def honest(case: Case, thing: Any, before: Stored | None) -> Any:
    """Return a thing marked as unverified where nothing that it rests on leads to a source, so that nobody takes it for more.

    The mark goes when such a ground is given for the first time, unless it is set at the same time.

    :param before: the thing as it stands; None for a new one
    """
    if not any(slot.name == "unverified" and slot.type is bool for slot in slots(type(thing))):
        return thing
    key = before.key if before else ""
    chain = chain_of(case)
    new = _grounds(thing)
    parts = tuple(below for below in chain.grounds.get(key, ()) if "/" in below)
    # Nothing rests on itself, so whether its grounds lead to a source doesn't depend on this thing.
    if not any(is_source(ground) or ground in chain.grounded for ground in (*new, *parts)):
        return replace(thing, unverified=True)
    if before and key not in chain.grounded and thing.unverified == before.thing.unverified:
        return replace(thing, unverified=False)
    return thing


def _grounds(thing: Any) -> list[str]:
    return [ref for slot, _path, value in _referring(thing) if slot.link in GROUNDS for ref in references(value)]


def _no_ring(case: Case, thing: Any, item: Item | None) -> None:
    new = _grounds(thing)
    if item is None or not new:
        return  # nothing rests on it yet, or it rests on nothing that it did not hold before
    key = item.ref or item.path
    chain = chain_of(case)
    own_parts = tuple(below for below in chain.grounds.get(key, ()) if "/" in below)
    ring = Chain({**chain.grounds, key: (*new, *own_parts)}).loop()
    if ring:
        raise NotKept((Fault(("because",), _("It would rest on itself: %(ring)s.") % {"ring": " → ".join(ring)}),))
