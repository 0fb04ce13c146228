"""A case as a folder of files: read with every fault named, written so that reading gives the same again."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import read
from fremsyn.cases.yaml_tree import Fault, FileRefused, Tree, read_bytes, read_text, read_yaml
from fremsyn.chain.content import SHEETS, SIDE_SCHEMAS, SYNTHETIC, CaseContent
from fremsyn.chain.votes import read_votes, vote_file
from fremsyn.conversation.handover import HandOver as ConversationHandOver
from fremsyn.conversation.schema import Conversation, Vote
from fremsyn.framing.handover import HandOver as FramingHandOver
from fremsyn.scanning.handover import HandOver as ScanningHandOver
from fremsyn.scenarios.handover import HandOver as ScenariosHandOver
from fremsyn.scenarios.schema import Scenarios

TRAVELLING = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*\.(opml|py|md|csv|txt)")
MOST_FILES = 500
LONGEST_NAME = 200


@dataclass
class Reading:
    """What came of reading a folder: the content when every file could be read, the trees for lines, the faults.

    `taken` says of each story and file of votes to which item it belongs.
    """

    folder: Path
    trees: dict[str, Tree] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    content: CaseContent | None = None


def read_folder(folder: Path) -> Reading:
    """Read every file of a case folder. Nothing is raised for what the files say; it stands in `faults`."""
    reading = Reading(folder)
    if not folder.is_dir():
        reading.faults.append(
            Fault(str(folder), 1, "", "there is no such folder", "name the folder that holds case.yaml")
        )
        return reading
    files = dict(_files(reading))
    for sheet, schema in SHEETS.items():
        name = f"{sheet}.yaml"
        if name not in files:
            reading.faults.append(
                Fault(name, 1, "", "the file is missing", f"add {name}; docs/case-format.md says what it holds")
            )
        else:
            _yaml(reading, files.pop(name), name, sheet, schema)
    for name in sorted(n for n in files if n.endswith((".yaml", ".yml"))):
        path = files.pop(name)
        if name in SIDE_SCHEMAS:
            _yaml(reading, path, name, name, SIDE_SCHEMAS[name])
        else:
            reading.faults.append(
                Fault(name, 1, "", "no case has a file of this name", "delete it, or move it out of the folder")
            )
    votes = _votes(reading, files)
    stories = _stories(reading, files)
    side_files = _side_files(reading, files)
    if not reading.faults:
        reading.content = assemble(reading.parts, votes, stories, side_files)
    reading.faults.sort()
    return reading


def _files(reading: Reading) -> Iterator[tuple[str, Path]]:
    todo = "keep plain files, and only those of the case"
    found = sorted(islice(_shown_files(reading.folder), MOST_FILES + 1))
    if len(found) > MOST_FILES:
        wrong = f"the folder holds more than {MOST_FILES} files"
        reading.faults.append(Fault(str(reading.folder), 1, "", wrong, todo))
    for name, path in found[:MOST_FILES]:
        if path.is_symlink() or not path.is_file():
            wrong = "the file is a link" if path.is_symlink() else "this is no plain file"
            reading.faults.append(Fault(name, 1, "", wrong, todo))
        elif len(name) > LONGEST_NAME:
            reading.faults.append(
                Fault(name, 1, "", f"the name is longer than {LONGEST_NAME} characters", "shorten it")
            )
        else:
            yield name, path


def _shown_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
        if not hidden and (path.is_symlink() or not path.is_dir()):
            yield name.as_posix(), path


def _yaml(reading: Reading, path: Path, name: str, key: str, schema: type) -> None:
    try:
        tree = read_yaml(path, name)
    except FileRefused as refused:
        reading.faults.append(refused.fault)
        return
    made = read(tree, schema)
    reading.trees[key] = tree
    reading.faults.extend(tree.faults)
    if made is not None:
        reading.parts[key] = made


def _votes(reading: Reading, files: dict[str, Path]) -> dict[str, tuple[Vote, ...]]:
    conversation = reading.parts.get("conversation")
    if not isinstance(conversation, Conversation):
        return {}
    votes: dict[str, tuple[Vote, ...]] = {}
    for at, round_ in enumerate(conversation.rounds):
        if not round_.votes:
            continue
        path = _named(reading, files, round_.votes, round_.ref, "conversation", ("rounds", at, "votes"))
        if path is not None:
            votes[round_.ref] = tuple(read_votes(path, round_, reading.faults))
    return votes


def _named(
    reading: Reading, files: dict[str, Path], name: str, ref: str, sheet: str, where: tuple[str | int, ...]
) -> Path | None:
    """Take the file that an item names; a file has one item."""
    if name in files:
        reading.taken[name] = ref
        return files.pop(name)
    wrong, todo = f"the file {name} is missing", "add it, or leave the field out"
    if name in reading.taken:
        wrong, todo = f"the file {name} is already that of {reading.taken[name]}", "give each a file of its own"
    reading.faults.append(reading.trees[sheet].fault_at(where, wrong, todo))
    return None


def _stories(reading: Reading, files: dict[str, Path]) -> dict[str, str]:
    scenarios = reading.parts.get("scenarios")
    stories: dict[str, str] = {}
    for at, scenario in enumerate(scenarios.scenarios if isinstance(scenarios, Scenarios) else ()):
        for language in ("da", "en"):
            name = getattr(scenario.story, language) if scenario.story else None
            if not name:
                continue
            path = _named(reading, files, name, scenario.ref, "scenarios", ("scenarios", at, "story", language))
            if path is None:
                continue
            try:
                stories[name] = _story(path, name)
            except FileRefused as refused:
                reading.faults.append(refused.fault)
    return stories


def _story(path: Path, name: str) -> str:
    text = read_text(path, name)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise FileRefused(Fault(name, line, "", "the text holds a character that can't be kept", "delete it"))
    return text


def _side_files(reading: Reading, files: Mapping[str, Path]) -> dict[str, bytes]:
    kept: dict[str, bytes] = {}
    for name, path in sorted(files.items()):
        if not TRAVELLING.fullmatch(name):
            wrong = "a file of this kind does not travel with a case"
            reading.faults.append(Fault(name, 1, "", wrong, "move it out of the folder"))
            continue
        try:
            kept[name] = read_bytes(path, name)
        except FileRefused as refused:
            reading.faults.append(refused.fault)
    return kept


def assemble(
    parts: Mapping[str, Any],
    votes: Mapping[str, tuple[Vote, ...]],
    stories: Mapping[str, str],
    side_files: Mapping[str, bytes],
) -> CaseContent:
    """Return a case of its parts, each known by the name of its file."""
    return CaseContent(
        case=parts["case"],
        framing=FramingHandOver(parts["framing"], parts["stakeholders"]),
        scanning=ScanningHandOver(parts["sources"], parts["scanning"]),
        conversation=ConversationHandOver(parts["conversation"], votes, parts.get(SYNTHETIC)),
        scenarios=ScenariosHandOver(parts["scenarios"], parts["cross_impact"], stories),
        direction=parts["direction"],
        strategy=parts["strategy"],
        plans=parts["plans"],
        approval=parts["approval"],
        side_files=side_files,
    )


def write_folder(content: CaseContent, folder: Path) -> None:
    """Write a case as files: all of them or, when one can't be written, none. The folder must be new or empty.

    :raises FileExistsError: when the folder holds something
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fremsyn-") as passing:
        whole = Path(passing) / "case"
        for name, written in files_of(content):
            target = whole / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(written)
        if folder.exists():
            folder.rmdir()
        whole.rename(folder)


def files_of(content: CaseContent) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a case: its name and its bytes."""
    for sheet, thing in content.sheets():
        yield f"{sheet}.yaml", _dumped(thing)
    if content.conversation.synthetic:
        yield SYNTHETIC, _dumped(content.conversation.synthetic)
    for round_ in content.conversation.conversation.rounds:
        if round_.votes:
            yield round_.votes, vote_file(content.conversation.votes[round_.ref])
    yield from ((name, text.encode()) for name, text in content.scenarios.stories.items())
    yield from content.side_files.items()


def _dumped(thing: Any) -> bytes:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    plain = to_plain(thing, dates=True)
    written: str = yaml.dump(plain, Dumper=dumper, allow_unicode=True, sort_keys=False, width=120)
    return written.encode()
