"""YAML to plain values, each with the line it stands on.

Built on libyaml's events and not on its composer: nesting, aliases and tags are refused while reading, so that a hostile
file costs neither memory nor stack.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import Reader, ReaderError
from yaml.resolver import Resolver

LARGEST = 5 * 1024 * 1024
DEEPEST = 40
MOST_VALUES = 250_000  # some hundred MB and a second; the demonstration case has 4,000 in its largest file
LONGEST_NUMBER = 10_000  # base 60 is reckoned in time that grows with the square of the digits
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
LARGEST_NUMBER = 10**15  # what a float, a database and a browser all hold exactly
LONGEST_SHOWN = 200
PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp", "str")}

INFINITY = float("inf")

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """Something in a file that has to be mended: where, what is wrong, what to do."""

    file: str
    line: int
    field: str
    wrong: str
    todo: str

    def __str__(self) -> str:
        return f"{_in_one_line(self.file)}:{self.line}: {_in_one_line(self.field) or 'file'}: {_in_one_line(self.wrong)}; {_in_one_line(self.todo)}"


def _in_one_line(text: str) -> str:
    """Return text as it may stand in one line of a terminal: no breaks, no control characters, not without end."""
    plain = "".join("\ufffd" if unicodedata.category(c).startswith("C") else c for c in " ".join(text.split()))
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"


class FileRefused(ValueError):
    """A file that can't be read at all."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass
class Tree:
    """A file's content as plain values, with the line of each path."""

    file: str
    value: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """Return the line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path_, wrong: str, todo: str) -> None:
        """Note what is wrong at a path."""
        self.faults.append(self.fault_at(path, wrong, todo))

    def fault_at(self, path: Path_, wrong: str, todo: str) -> Fault:
        """Return a fault at a path; the keys of a mapping are told from the places in a list."""
        around, steps = self.value, list[str | int]()
        for step in path:
            steps.append(step if isinstance(around, list) else str(step))
            held = isinstance(around, Mapping) and step in around
            listed = isinstance(around, list) and isinstance(step, int) and step < len(around)
            around = around[step] if held or listed else None
        return Fault(self.file, self.line(path), field_name(tuple(steps)), wrong, todo)


def field_name(path: Path_) -> str:
    """Write a path the way people read it: `trends[3].impact`, counted from one."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def read_bytes(path: Path, name: str) -> bytes:
    """Return a file's bytes.

    :raises FileRefused: when it is larger than 5 MB or can't be opened
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FileRefused(
                Fault(name, 1, "", "the file is larger than 5 MB", "divide it, or take out what is not text")
            )
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(
            Fault(name, 1, "", f"the file can't be read ({error.strerror})", "check that it is there and may be read")
        ) from error


def read_text(path: Path, name: str) -> str:
    """Return a file's text.

    :raises FileRefused: as `read_bytes`, and when it is not UTF-8
    """
    content = read_bytes(path, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileRefused(Fault(name, line, "", "the file is not UTF-8", "save it again as UTF-8")) from error


def read_yaml(path: Path, name: str) -> Tree:
    """Read a YAML file of at most 5 MB.

    :raises FileRefused: when it is not YAML, or empty, or holds tabs, aliases, tags, several documents or deep nesting
    """
    text = read_text(path, name)
    if not text.strip():
        raise FileRefused(Fault(name, 1, "", "the file is empty", "write its content, or delete it if it isn't needed"))
    try:
        tree = _Builder(name).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        raise FileRefused(
            Fault(name, line, "", _said(text, line, error), "mend the line; the rest was not read")
        ) from error
    except ReaderError as error:
        found = Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        wrong = "a character stands here that YAML does not allow"
        raise FileRefused(Fault(name, line, "", wrong, "delete it")) from error
    if tree.value is None:
        raise FileRefused(Fault(name, 1, "", "the file holds nothing", "write its content, or delete it"))
    return tree


def _said(text: str, line: int, error: yaml.MarkedYAMLError) -> str:
    lines = text.splitlines()
    row = lines[line - 1] if line <= len(lines) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return "a tab stands where spaces must stand"
    return f"this is not YAML ({error.problem or 'it breaks off'})"


class _Builder:
    def __init__(self, file: str) -> None:
        self.tree, self.values = Tree(file), 0
        self.resolve: Callable[[type, str, tuple[bool, bool]], str] = Resolver().resolve
        self.constructor = SafeConstructor()

    def refuse(self, event: yaml.Event, wrong: str, todo: str) -> FileRefused:
        return FileRefused(Fault(self.tree.file, _line(event), "", wrong, todo))

    def build(self, text: str) -> Tree:
        """Follow the events with a stack of open containers: (container, path, key waiting for its value)."""
        stack: list[list[Any]] = []
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refuse(event, "a second document begins here", "keep one document in a file")
            elif isinstance(event, yaml.AliasEvent):
                raise self.refuse(event, f"*{event.anchor} is an alias", "write the content out")
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(stack, event)
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(stack, event)
        return self.tree

    def _count(self, event: yaml.Event) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            raise self.refuse(event, f"the file holds more than {MOST_VALUES:,} values", "divide it")

    def _open(self, stack: list[list[Any]], event: yaml.CollectionStartEvent) -> None:
        self._count(event)
        if len(stack) >= DEEPEST:
            raise self.refuse(event, f"lists and mappings are nested deeper than {DEEPEST}", "write it flatter")
        if event.tag and not event.implicit:
            raise self.refuse(event, f"the tag {event.tag} is not allowed", "delete it")
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(stack, container, event)
        stack.append([container, path, None])

    def _scalar(self, stack: list[list[Any]], event: yaml.ScalarEvent) -> None:
        self._count(event)
        if stack and isinstance(stack[-1][0], dict) and stack[-1][2] is None:
            stack[-1][2] = (self._value(event),)
            return
        self._place(stack, self._value(event), event)

    def _place(self, stack: list[list[Any]], value: Any, event: yaml.Event) -> Path_:
        line = _line(event)
        if not stack:
            self.tree.value, self.tree.lines[()] = value, line
            return ()
        container, path, key = stack[-1]
        if isinstance(container, list):
            here: Path_ = (*path, len(container))
            container.append(value)
        elif key is None:
            raise self.refuse(event, "a list or mapping stands as a field's name", "write a plain name")
        else:
            here = (*path, key[0])
            self.tree.lines.setdefault(here, line)
            if key[0] in container:
                self.tree.faults.append(
                    Fault(self.tree.file, line, field_name(here), "the field stands twice", "keep one of them")
                )
            container[key[0]] = value
            stack[-1][2] = None
        self.tree.lines.setdefault(here, line)
        return here

    def _value(self, event: yaml.ScalarEvent) -> Any:
        if not event.implicit[0]:
            if event.tag and not event.implicit[1]:
                raise self.refuse(event, f"the tag {event.tag} is not allowed", "delete it")
            return event.value
        if WHOLE.fullmatch(event.value):
            return int(event.value)  # as what follows would, in a tenth of the time
        tag = self.resolve(yaml.ScalarNode, event.value, (True, False))
        if tag not in PLAIN_TAGS:
            raise self.refuse(event, f"{event.value} has a meaning of its own in YAML", "put quotes around it")
        if tag.endswith(":str"):
            return event.value
        try:
            if len(event.value) > LONGEST_NUMBER:
                raise ValueError(f"it has more than {LONGEST_NUMBER:,} characters")
            made = self.constructor.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError) as error:
            raise self.refuse(event, f"{event.value[:40]} is no date or number that exists", "correct it") from error
        if isinstance(made, int | float) and abs(made) > LARGEST_NUMBER and made not in (INFINITY, -INFINITY):
            raise self.refuse(
                event, f"{event.value[:40]} is larger than can be reckoned with", "write a smaller number"
            )
        return made


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
