"""The parts of a form: a single field, a group of fields, rows of a table, rows with a fixed head.

A block declares Django fields under names that say where they belong (`run_sheet-2-minutes`), and puts together what
was cleaned to the plain value of its slot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from django import forms

from fremsyn.cases.editing.codes import made_fields
from fremsyn.cases.editing.fields import Field, Makes, sheet_of
from fremsyn.cases.editing.leaves import Asking, leaf
from fremsyn.cases.plain import to_plain
from fremsyn.cases.shape import Slot, dataclasses_in, slots, without_none

MISSING = object()
SPARE_ROWS = 3
MOST_ROWS = 200


@dataclass
class Block:
    """What every block has: its words, the names of its fields in order, and the value it has where nothing is said."""

    words: Field
    name: str
    kind: str = "field"
    names: list[str] = field(default_factory=list)
    inner: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    default: Any = None

    def plain(self, cleaned: Mapping[str, Any]) -> Any:
        """Return what was filled in as a plain value; `MISSING` where nothing was."""
        value = cleaned.get(self.name)
        return MISSING if value in (None, "", [], {}) else value


@dataclass
class Row:
    """One row of a table: its head where that is fixed, its key, its blocks."""

    head: Any
    key: Any
    blocks: list[Block]


@dataclass
class Group(Block):
    """A value with fields of its own, within a thing; `kept` is what it holds that isn't asked for.

    Where it may be left out, it is when nothing in it is filled in; an unticked box is nothing.
    """

    kept: Mapping[str, Any] = field(default_factory=dict)
    required: bool = False

    def plain(self, cleaned: Mapping[str, Any]) -> Any:
        made = {block.name.rpartition("-")[2]: block.plain(cleaned) for block in self.inner}
        made = {name: value for name, value in made.items() if value is not MISSING}
        there = (self.required and made) or any(value is not False for value in made.values())
        return {**self.kept, **made} if there else MISSING


@dataclass
class Rows(Block):
    """A list of values; rows in which nothing is written are left out, and codes that nobody wrote are made."""

    codes: Mapping[str, Makes] = field(default_factory=dict)

    def plain(self, cleaned: Mapping[str, Any]) -> Any:
        made = []
        for row in self.rows:
            values = {block.name.rpartition("-")[2]: block.plain(cleaned) for block in row.blocks}
            values = {name: value for name, value in values.items() if value is not MISSING}
            if any(value is not False for value in values.values()):
                made.append(values)
        for code, makes in self.codes.items():
            used = [each[code] for each in made if code in each]
            for values in made:
                if code not in values and values.get("name"):
                    values[code] = makes(str(next(iter(values["name"].values()))), None, used)
                    used.append(values[code])
        return made


@dataclass
class Keyed(Block):
    """A mapping: a row for each key. A key that is written by hand stands in the row's first field."""

    required: bool = True

    def plain(self, cleaned: Mapping[str, Any]) -> Any:
        made = {}
        for row in self.rows:
            key = row.key or cleaned.get(f"{self.name}-{self.rows.index(row)}-key")
            blocks = row.blocks if row.key else row.blocks[1:]
            if len(blocks) == 1 and blocks[0].name.endswith("-value"):
                value = blocks[0].plain(cleaned)
            else:
                values = {block.name.rpartition("-")[2]: block.plain(cleaned) for block in blocks}
                value = {name: each for name, each in values.items() if each is not MISSING} or MISSING
            if key not in (None, "") and value is not MISSING:
                made[key] = value
        return made if made or self.required else MISSING


@dataclass
class Builder:
    """Makes the blocks of a schema, with the fields and first values that they need."""

    asking: Asking
    new: bool = True
    fields: dict[str, forms.Field] = field(default_factory=dict)
    initial: dict[str, Any] = field(default_factory=dict)

    def blocks(
        self,
        schema: type,
        plain: Mapping[str, Any],
        prefix: str = "",
        only: frozenset[str] = frozenset(),
        *,
        filled: bool = False,
    ) -> list[Block]:
        """Return the blocks for a schema's fields, filled with plain values.

        :param only: the names of the fields that are asked for; empty for all that are declared
        :param filled: show what a field holds when nothing is written, where the schema says
        """
        known = {slot.name: slot for slot in slots(schema)}
        if filled:
            plain = {each.yaml: to_plain(each.default) for each in known.values() if not each.required} | dict(plain)
        made = []
        for name, words in sheet_of(schema).fields.items():
            if not only or name in only:
                slot = known[name]
                made.append(self.block(slot, words, plain.get(slot.yaml), f"{prefix}{slot.yaml}"))
        return made

    def block(self, slot: Slot, words: Field, value: Any, name: str) -> Block:
        """Return the block for one slot."""
        single = leaf(slot, words, self.asking)
        if single is not None:
            self.fields[name] = single
            if value is not None:
                self.initial[name] = value
            made = Block(words, name, "field", [name], default=slot.default)
            if words.made and self.new:
                self._may_be_empty([made])
            return made
        hint = without_none(slot.type)
        if get_origin(hint) is tuple:
            return self._rows(dataclasses_in(hint)[0], words, value or [], name)
        if get_origin(hint) is not None:
            return self._keyed(slot, words, value or {}, name)
        inner = self.blocks(hint, value or {}, f"{name}-", filled=slot.required)
        if not slot.required:
            self._may_be_empty(inner)
        asked = {block.name.rpartition("-")[2] for block in inner}
        kept = {each: held for each, held in (value or {}).items() if each not in asked}
        return Group(words, name, "group", inner=inner, kept=kept, required=slot.required)

    def _rows(self, schema: type, words: Field, value: list[Any], name: str) -> Rows:
        count = max(self.asking.rows(name), len(value) + SPARE_ROWS)
        codes = made_fields(schema)
        asked = frozenset(sheet_of(schema).fields) - frozenset(codes)
        rows = []
        for at in range(min(count, MOST_ROWS)):
            given = value[at] if at < len(value) else {}
            blocks = self.blocks(schema, given, f"{name}-{at}-", only=asked if at >= len(value) else frozenset())
            if at >= len(value):
                self._may_be_empty(blocks)
            rows.append(Row("", "", blocks))
        self._counted(name, len(rows))
        return Rows(words, name, "rows", rows=rows, codes=codes)

    def _keyed(self, slot: Slot, words: Field, value: Mapping[Any, Any], name: str) -> Keyed:
        key_hint, value_hint = get_args(without_none(slot.type))
        fixed = self.asking.keys(slot)
        keys: list[Any] = [*fixed] if fixed is not None else [*value]
        spare = 0 if fixed is not None else max(self.asking.rows(name) - len(keys), SPARE_ROWS)
        rows = []
        for at, key in enumerate([*keys, *[None] * spare]):
            start = f"{name}-{at}-"
            blocks = [] if fixed is not None else [self._key(key_hint, key, f"{start}key", words)]
            own = value.get(key, value.get(str(key))) if key is not None else None
            blocks += self._values(value_hint, own, start, words)
            self._may_be_empty(blocks)
            rows.append(
                Row(self.asking.head(key) if fixed is not None else "", key if fixed is not None else None, blocks)
            )
        self._counted(name, len(rows))
        return Keyed(words, name, "rows", rows=rows, required=slot.required)

    def _key(self, hint: Any, key: Any, name: str, words: Field) -> Block:
        label = str(words.choices.get("key", ""))
        self.fields[name] = forms.IntegerField(required=False, label=label) if hint is int else forms.CharField(
            required=False, label=label, max_length=40
        )  # fmt: skip
        if key is not None:
            self.initial[name] = key
        return Block(Field(label), name, "field", [name])

    def _values(self, hint: Any, value: Any, start: str, words: Field) -> list[Block]:
        slot = Slot("value", "value", hint, {}, None)
        label = Field(words.choices.get("value", words.label), lines=words.lines)
        if leaf(slot, label, self.asking) is not None:
            return [self.block(slot, label, value, f"{start}value")]
        return self.blocks(hint, value or {}, start)

    def _counted(self, name: str, count: int) -> None:
        self.fields[f"{name}-rows"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_ROWS
        )
        self.initial[f"{name}-rows"] = count

    def _may_be_empty(self, blocks: list[Block]) -> None:
        for name in names_in(blocks):
            each = self.fields[name]
            each.required = False
            each.widget.is_required = False
            for inner in getattr(each, "fields", ()):
                if isinstance(inner, forms.Field):
                    inner.required = False
            if isinstance(each, forms.MultiValueField):
                each.require_all_fields = False


def names_in(blocks: list[Block]) -> Iterator[str]:
    """Yield the names of all fields that blocks hold, however deep."""
    for block in blocks:
        yield from block.names
        yield from names_in(block.inner)
        for row in block.rows:
            yield from names_in(row.blocks)
