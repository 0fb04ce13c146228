"""Plain values to a schema's dataclass, with every fault on the way noted."""

import datetime
import math
import re
import types
import typing
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

from fremsyn.cases.shape import Slot, Text, Texts, dataclasses_in, slots
from fremsyn.cases.yaml_tree import Path_, Tree, read_yaml

REF = re.compile(r"[FQGHKSTDCERUNALOPIMXB]\d{1,5}|D\d{1,5}\.[a-z]", re.ASCII)
ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
UNSTORED = re.compile(r"[\x00\ud800-\udfff]")
WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", datetime.date: "a date"}
Schema = TypeVar("Schema")


class _Unread:
    """Stands for a value that could not be read; it never leaves this module."""


UNREAD = _Unread()


def read(tree: Tree, schema: type[Schema]) -> Schema | None:
    """Return the tree as a `schema`; None when it has faults, which then stand in `tree.faults`."""
    before = len(tree.faults)
    made = _dataclass(tree, (), tree.value, schema)
    return made if isinstance(made, schema) and len(tree.faults) == before else None


def read_shipped(path: Path, schema: type[Schema]) -> Schema:
    """Return a YAML file that ships with the program as a `schema`.

    :raises ValueError: when the file is faulty
    """
    tree = read_yaml(path, path.name)
    made = read(tree, schema)
    if made is None:
        raise ValueError("; ".join(map(str, tree.faults)))
    return made


def from_plain(value: Any, schema: type[Schema]) -> Schema:
    """Return what `to_plain` made of a dataclass as that dataclass again.

    :raises ValueError: when it isn't such a value
    """
    tree = Tree("stored", value)
    made = _dataclass(tree, (), value, schema)
    if tree.faults or not isinstance(made, schema):
        raise ValueError("; ".join(map(str, tree.faults)))
    return made


def value_from_plain(value: Any, hint: Any) -> Any:
    """Return one field's plain value as its type.

    :raises ValueError: when it isn't such a value
    """
    tree = Tree("stored", value)
    made = _value(tree, (), value, hint)
    if tree.faults:
        raise ValueError("; ".join(map(str, tree.faults)))
    return made


def _dataclass(tree: Tree, path: Path_, value: Any, schema: Any) -> Any:
    if not isinstance(value, Mapping):
        return _wrong(tree, path, f"{_shown(value)} stands where fields belong", _fields_of(schema))
    if schema in (Text, Texts):
        return _text(tree, path, value, schema)
    known = {slot.yaml: slot for slot in slots(schema)}
    for key in value:
        if key not in known:
            tree.fault((*path, key), "the field is unknown", _fields_of(schema))
    given: dict[str, Any] = {}
    for slot in known.values():
        here = (*path, slot.yaml)
        if slot.yaml not in value:
            if slot.required:
                tree.fault(here, "the field is missing", f"add `{slot.yaml}:` here")
                given[slot.name] = UNREAD
            continue
        made = _value(tree, here, value[slot.yaml], slot.type)
        given[slot.name] = made
        if made is not UNREAD and made is not None:
            _rules(tree, here, made, slot)
    return UNREAD if any(v is UNREAD for v in given.values()) else schema(**given)


def _text(tree: Tree, path: Path_, value: Mapping[Any, Any], schema: Any) -> Any:
    for key in value:
        if key not in ("da", "en"):
            tree.fault((*path, key), "the language is unknown", "use `da` and `en`")
    kind = str if schema is Text else tuple[str, ...]
    read_ = {key: _value(tree, (*path, key), value[key], kind) for key in ("da", "en") if value.get(key) is not None}
    if any(v is UNREAD for v in read_.values()):
        return UNREAD
    if not any(v.strip() if isinstance(v, str) else v is not None for v in read_.values()):
        return _wrong(tree, path, "the text is empty", "write it as {da: …, en: …}")
    if schema is Texts and len({len(v) for v in read_.values()}) > 1:
        return _wrong(tree, path, "the languages have lists of different lengths", "write as many entries in each")
    return schema(**read_)


@cache
def _taken_apart(hint: Any) -> tuple[Any, tuple[Any, ...], bool]:
    """Return a type's origin, its arguments, and whether it holds a dataclass."""
    return get_origin(hint), get_args(hint), bool(dataclasses_in(hint))


def _value(tree: Tree, path: Path_, value: Any, hint: Any) -> Any:
    origin, arguments, structured = _taken_apart(hint)
    if origin is None:
        return (_dataclass if structured else _scalar)(tree, path, value, hint)
    if origin in (types.UnionType, typing.Union):
        return _union(tree, path, value, arguments)
    if origin is Literal:
        choices = arguments
        if isinstance(value, str | int) and value in choices and type(value) is type(choices[0]):
            return value
        return _wrong(
            tree, path, f"{_shown(value)} is not one of the words allowed", "use " + ", ".join(map(str, choices))
        )
    if origin is tuple:
        if not isinstance(value, list | tuple):
            return _wrong(tree, path, f"{_shown(value)} stands where a list belongs", "write a list: [ … ]")
        made = [_value(tree, (*path, i), v, arguments[0]) for i, v in enumerate(value)]
        _doubled(tree, path, made)
        return UNREAD if any(v is UNREAD for v in made) else tuple(made)
    return _mapping(tree, path, value, *arguments)


def _union(tree: Tree, path: Path_, value: Any, members: tuple[Any, ...]) -> Any:
    if value is None and type(None) in members:
        return None
    wanted = [m for m in members if m is not type(None)]
    for member in wanted:
        if type(value) is member:
            return _scalar(tree, path, value, member)
    return _value(tree, path, value, wanted[-1])


def _mapping(tree: Tree, path: Path_, value: Any, key_hint: Any, value_hint: Any) -> Any:
    if not isinstance(value, Mapping):
        return _wrong(
            tree, path, f"{_shown(value)} stands where a mapping belongs", "write `name: value` on lines of its own"
        )
    made: dict[Any, Any] = {}
    for key, inner in value.items():
        if key_hint is int and isinstance(key, str) and key.lstrip("-").isdigit() and tree.file == "stored":
            name = int(key)
        else:
            name = _scalar(tree, (*path, key), key, key_hint)
        made[name] = _value(tree, (*path, key), inner, value_hint)
    return UNREAD if any(v is UNREAD for v in (*made, *made.values())) else made


def _scalar(tree: Tree, path: Path_, value: Any, hint: Any) -> Any:
    if hint is datetime.date and isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return _wrong(tree, path, f"{_shown(value)} is no date", "write it as 2026-11-27")
    if hint is float and type(value) is int:
        return value
    if type(value) is not hint:
        todo = "put quotes around it" if hint is str and value is not None else f"write {WORDS[hint]}"
        return _wrong(tree, path, f"{_shown(value)} is not {WORDS[hint]}", todo)
    if hint is float and not math.isfinite(value):
        return _wrong(tree, path, f"{value} is no number that can be reckoned with", "write a finite number")
    if hint is str and UNSTORED.search(value):
        return _wrong(tree, path, "the text holds a character that can't be kept", "delete it")
    if hint is str and not value.strip():
        return _wrong(tree, path, "the text is empty", "write it, or leave the field out")
    return value


def _rules(tree: Tree, path: Path_, value: Any, slot: Slot) -> None:
    if "range" in slot.meta:
        low, high = slot.meta["range"]
        if not low <= value <= high:
            tree.fault(path, f"{value} is outside {low}–{high}", f"write a number from {low} to {high}")
    if "pattern" in slot.meta and not re.fullmatch(slot.meta["pattern"], value, re.ASCII):
        tree.fault(path, f"{_shown(value)} does not have the form expected", f"write {slot.meta['says']}")
    if slot.name == "ref" and not REF.fullmatch(value):
        tree.fault(path, f"{_shown(value)} is no reference", "write a letter and a number, such as T12 or D3.b")
    if slot.name == "id" and isinstance(value, str) and not ID.fullmatch(value):
        tree.fault(path, f"{_shown(value)} is no id", "write at most 40 letters, digits, hyphens and underscores")


def _doubled(tree: Tree, path: Path_, made: list[Any]) -> None:
    seen: set[str | int] = set()
    for at, thing in enumerate(made):
        name = getattr(thing, "id", None)
        if name in seen:
            tree.fault((*path, at, "id"), f"{_shown(name)} stands twice in the list", "give each an id of its own")
        elif name is not None:
            seen.add(name)


def _wrong(tree: Tree, path: Path_, wrong: str, todo: str) -> Any:
    tree.fault(path, wrong, todo)
    return UNREAD


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _fields_of(schema: Any) -> str:
    if schema is Text:
        return "write it as {da: …, en: …}"
    return "the fields here are " + ", ".join(slot.yaml for slot in slots(schema))
