"""The form on which a thing of any schema is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.blocks import MISSING, MOST_ROWS, Block, Builder, names_in
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.fields import sheet_of
from fremsyn.cases.editing.leaves import Asking
from fremsyn.cases.file import languages_of
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import value_from_plain
from fremsyn.cases.rows import is_own
from fremsyn.cases.shape import holds_rows, slots

LONGEST_WHY = 2_000
MOST_WHOLE = 4  # a form of so many fields is shown whole
ADD_ROWS = "_more_rows"


class ThingForm(forms.Form):
    """Asks for what a schema's sheet declares. `values()` gives it by the schema's field names."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        schema: type,
        visit: Visit,
        thing: Any = None,
        prefilled: Mapping[str, Any] | None = None,
        only: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(data)
        self.schema, self.thing = schema, thing
        asking = Asking(visit, languages_of(visit.case), _counts(data))
        builder = Builder(asking, new=thing is None)
        plain = to_plain(thing) if thing is not None else dict(prefilled or {})
        if thing is not None:  # parts that stand already are changed on pages of their own
            own = frozenset(slot.name for slot in slots(schema) if is_own(slot))
            only = own & only if only else own
        else:
            asked = frozenset(sheet_of(schema).fields) - sheet_of(schema).later
            only = asked & only if only else asked
        self.blocks: list[Block] = builder.blocks(schema, plain, only=only, filled=True)
        self.fields.update(builder.fields)
        self.initial = builder.initial
        self.sheet = sheet_of(schema)

    @property
    def asks_for_rows(self) -> bool:
        """Tell whether the button for more rows was pressed, and not the one that keeps."""
        return ADD_ROWS in self.data

    def upfront(self) -> Iterator[Shown]:
        """Yield what is asked for first: each block with its bound fields."""
        return (Shown(self, block) for block in self.blocks if block.name not in {each.name for each in self._later})

    @cached_property
    def folded(self) -> list[Shown]:
        """Return what is folded away under what is asked for first."""
        return [Shown(self, block) for block in self._later]

    @property
    def is_unfolded(self) -> bool:
        """Tell whether something that nobody had to write is written in what is folded away, or something is wrong there."""
        return any(self._has_something(block) for block in self._later)

    @cached_property
    def _later(self) -> list[Block]:
        """Return the blocks that can wait: codes that are made, and in a long form all that needn't be filled in."""
        later = [block for block in self.blocks if not self._is_essential(block)]
        if len(self.blocks) <= MOST_WHOLE or len(later) == len(self.blocks):
            return [block for block in later if block.words.made]
        return later if len(later) > 1 or any(block.words.made for block in later) else []

    def _is_essential(self, block: Block) -> bool:
        asked = [name for name in names_in([block]) if self.fields[name].required]
        if asked and not (block.words.essential is False or block.words.made):
            return True
        return any(name not in self.initial for name in asked) or block.words.essential is True

    def _has_something(self, block: Block) -> bool:
        names = list(names_in([block]))
        if any(name in self.errors for name in names):
            return True
        free = [name for name in names if not self.fields[name].required and not name.endswith("-rows")]
        return any(_is_filled(self[name].value()) and self[name].value() != block.default for name in free)

    def empty_rows(self, name: str) -> list[str]:
        """Return the keys of those rows of a table, in order, in which nothing stands; none where it isn't asked for."""
        rows = (row for block in self.blocks if block.name == name for row in block.rows)
        return [row.key for row in rows if not any(_is_filled(self[each].value()) for each in names_in(row.blocks))]

    def values(self) -> dict[str, Any]:
        """Return what was written, by the schema's field names, as the schema's types.

        :raises NotKept: when what was written doesn't make a value of the field
        """
        known = {slot.yaml: slot for slot in slots(self.schema)}
        made = {}
        for block in self.blocks:
            slot = known[block.name]
            plain = block.plain(self.cleaned_data)
            if plain is MISSING:
                made[slot.name] = self._nothing(slot)
            else:
                made[slot.name] = self._in_its_order(slot, value_from_plain(plain, slot.type))
        return made

    def _in_its_order(self, slot: Any, value: Any) -> Any:
        """Return codes that were ticked in the order in which they stood, where they are the same."""
        before = getattr(self.thing, slot.name, None)
        if not isinstance(before, tuple) or slot.link is not None or not all(isinstance(each, str) for each in before):
            return value
        return before if sorted(value) == sorted(before) else value

    def _nothing(self, slot: Any) -> Any:
        if self.sheet.fields[slot.name].made:
            return ""
        if slot.type is bool:
            return False
        if slot.default is not dataclasses.MISSING:
            return slot.default
        many = getattr(slot.type, "__origin__", None) is tuple
        return value_from_plain([] if many else {}, slot.type)

    def made(self) -> Any:
        """Return a new thing of the schema, with what is given without being asked."""
        parts = {slot.name: () for slot in slots(self.schema) if slot.required and holds_rows(slot.type)}
        values = {**parts, **self.sheet.given, **self.values()}
        if any(slot.name == "ref" for slot in slots(self.schema)):
            values.setdefault("ref", "")
        return self.schema(**values)

    def add_faults(self, refused: NotKept) -> None:
        """Put what an operation found wrong beside the fields that it is about."""
        for fault in refused.faults:
            path = [str(step) for step in fault.path]
            names = ["-".join(path[:n]) for n in range(len(path), 0, -1)]
            name = next((each for each in names if each in self.fields), None)
            self.add_error(name, fault.says)


class Shown:
    """A block of a form with its fields bound, for a template."""

    def __init__(self, form: ThingForm, block: Block) -> None:
        self.form, self.block = form, block
        self.words, self.kind, self.name = block.words, block.kind, block.name

    @cached_property
    def field(self) -> forms.BoundField:
        """Return the one field of a single block."""
        return self.form[self.block.names[0]]

    @cached_property
    def inner(self) -> list[Shown]:
        """Return the blocks of a group."""
        return [Shown(self.form, each) for each in self.block.inner]

    @cached_property
    def rows(self) -> list[tuple[Any, list[Shown]]]:
        """Return the rows of a table: head and blocks."""
        return [(row.head, [Shown(self.form, each) for each in row.blocks]) for row in self.block.rows]

    @property
    def count(self) -> forms.BoundField:
        """Return the hidden field that holds how many rows a table has."""
        return self.form[f"{self.name}-rows"]

    @property
    def may_grow(self) -> bool:
        """Tell whether rows can be added."""
        return all(not head for head, _blocks in self.rows)


def _is_filled(value: Any) -> bool:
    """Tell whether the value of a field says anything, however its parts are gathered; a tick alone doesn't."""
    if isinstance(value, Mapping):
        return any(map(_is_filled, value.values()))
    return any(map(_is_filled, value)) if isinstance(value, list | tuple) else value not in (None, "", False, True)


def _counts(data: Mapping[str, Any] | None) -> dict[str, int]:
    """Return how many rows each table of the form had that came back, three more where more were asked for."""
    counts = {}
    for name, value in (data or {}).items():
        if name.endswith("-rows") and str(value).isdigit():
            table = name.removesuffix("-rows")
            more = 3 if data and data.get(ADD_ROWS) == table else 0
            counts[table] = min(int(value) + more, MOST_ROWS)
    return counts


class ChangeForm(forms.Form):
    """What is asked of every change: on which version it was written, whether the meaning changed, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    meaning = forms.ChoiceField(
        label=gettext_lazy("What did you change?"),
        widget=forms.RadioSelect,
        choices=[
            ("wording", gettext_lazy("The wording: it says the same, better")),
            ("meaning", gettext_lazy("The meaning: what rests on it is marked to be looked at again")),
        ],
    )
    why = FreeTextField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("Kept with the change, for those who ask later."),
    )

    @property
    def of_meaning(self) -> bool:
        """Tell whether the meaning was changed."""
        return bool(self.cleaned_data["meaning"] == "meaning")


class WhyForm(forms.Form):
    """Why something is withdrawn, or still holds."""

    why = FreeTextField(label=gettext_lazy("Why?"), required=False, max_length=LONGEST_WHY)
