"""Whatever is done to the files, a check ends in faults that are named, or in content."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fremsyn.cases.reader import read
from fremsyn.cases.yaml_tree import Fault, FileRefused, read_yaml
from fremsyn.chain.check import check_folder
from fremsyn.chain.content import SHEETS


def mutated(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines = lines[:at]
        case 4:
            values = [line.partition(": ")[2] for line in lines if ": " in line]
            key, colon, _value = lines[at].partition(": ")
            lines[at] = key + colon + (chance.choice(values) if colon else chance.choice("-[]{}:\n"))
        case 5:
            key, colon, _value = lines[at].partition(": ")
            odd = (
                "-1",
                "0",
                "99999",
                "1.5",
                "1e9",
                ".nan",
                "null",
                "[]",
                "{}",
                "''",
                "true",
                "2026-01-01",
                "D1",
                "C0",
                "Q0",
            )
            lines[at] = f"{key}{colon}{chance.choice(odd)}\n"
        case 6:
            whole = "".join(lines)
            place = chance.randrange(len(whole))
            return whole[:place] + chr(ord(whole[place]) ^ 1 << chance.randrange(7)) + whole[place + 1 :]
    return "".join(lines)


def faults_of_one(path: Path) -> list[Fault]:
    try:
        tree = read_yaml(path, path.name)
    except FileRefused as refused:
        return [refused.fault]
    read(tree, SHEETS[path.stem])
    return tree.faults


def tried(folder: Path, count: int, seed: int) -> int:
    """Check so many mutations, one file changed in each; return how many passed without a fault."""
    chance, passed = random.Random(seed), 0
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".opml"
    }
    sheets = [path for path in texts if path.suffix == ".yaml"]
    for number in range(count):
        path = chance.choice(sheets if number % 10 else list(texts))
        changed = mutated(texts[path], chance)
        path.write_text(changed, encoding="utf-8", errors="surrogatepass")
        faults = faults_of_one(path) if path.suffix == ".yaml" else []
        if not faults:
            checked = check_folder(folder)
            assert (checked.content is None) == bool(checked.refusals), changed
            faults = list(checked.faults)
        assert all(fault.line >= 1 and str(fault).isprintable() and fault.todo for fault in faults), changed
        passed += not faults
        path.write_text(texts[path], encoding="utf-8")
    return passed


@pytest.mark.parametrize("seed", [1, 2])
def test_two_thousand_mutations_end_in_faults_or_content(folder, seed):
    assert tried(folder, 1000, seed) < 900


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 23))
def test_a_hundred_thousand_mutations_end_in_faults_or_content(folder, seed):
    assert tried(folder, 5000, seed)
