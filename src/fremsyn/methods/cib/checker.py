"""Check a certificate that a list of consistent scenarios is complete: python checker.py CERTIFICATE MATRIX.json

It shares no code with the search and needs nothing but Python. A certificate is a tree, written depth first:
  given T v…   the tolerance, and the variants that may not be chosen; variants are numbered through from 0
  - v j m…     variant v can't be chosen. Where j is its own descriptor, rival m stays ahead of it whatever the
               others do. Otherwise v goes with no open variant of j: for each of them, in order, m is the rival
               that stays ahead of it when v is chosen, or ahead of v when it is.
  ! ? j = v…   a descriptor has nothing left; one branch for each open variant of j; a scenario
"""

import json
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

HEAD = re.compile(rb"fremsyn cib certificate 1 matrix ([0-9a-f]{64}) lines (\d{20}) sha256 ([0-9a-f]{64})\n")


class Checker:
    """One reading of a certificate; variants are numbered through, the matrix's rows are sources."""

    def __init__(self, file: BinaryIO, sizes: list[int], matrix: list[list[int]]) -> None:
        self.file, self.matrix, self.sha, self.line, self.scenarios = file, matrix, sha256(), 1, 0
        self.owner = [j for j, size in enumerate(sizes) for _ in range(size)]
        self.sections = [[v for v, j in enumerate(self.owner) if j == i] for i in range(len(sizes))]

    def demand(self, holds: object, why: str) -> None:
        if not holds:
            raise ValueError(f"line {self.line}: {why}")

    def check(self) -> int:
        """Return how many scenarios it proves to be all; ValueError says which line does not hold."""
        found = HEAD.fullmatch(self.file.readline(1000))
        head = (b"", *found.groups()) if found else (b"",) * 4
        given = json.dumps([list(map(len, self.sections)), self.matrix], separators=(",", ":")).encode()
        self.demand(head[1] == sha256(given).hexdigest().encode(), "this is no certificate, or one of another matrix")
        word, numbers = self.record()
        self.demand(word == "given" and numbers, "the tolerance is not there")
        self.tolerance, *closed = numbers
        self.under = f", with a tolerance of {numbers[0]} and without the variants {closed}" if numbers != [0] else ""
        self.node([[v for v in section if v not in closed] for section in self.sections])
        self.demand(not self.file.read(1), "more follows, though nothing is left to prove")
        self.demand(int(head[2]) == self.line - 1, "this is not the last line that was written")
        self.demand(head[3] == self.sha.hexdigest().encode(), "the lines are not those that were written")
        return self.scenarios

    def record(self) -> tuple[str, list[int]]:
        line, self.line = self.file.readline(1 << 20), self.line + 1
        self.sha.update(line)
        self.demand(re.fullmatch(rb"(given|[-?!=])( \d{1,9})*\n", line), "it ends too early or can't be read")
        word, *numbers = line.decode().split()
        return word, list(map(int, numbers))

    def node(self, choices: list[list[int]]) -> None:
        word, numbers = self.record()
        while word == "-":
            self.demand(all(choices) and self.goes(choices, *numbers), "the removal does not hold")
            choices = [[v for v in each if v != numbers[0]] for each in choices]
            word, numbers = self.record()
        if word == "?":
            j = numbers[0] if len(numbers) == 1 else len(choices)
            self.demand(all(choices) and j < len(choices) and len(choices[j]) > 1, "there is nothing to split")
            for v in choices[j]:
                self.node([*choices[:j], [v], *choices[j + 1 :]])
        elif word == "!":
            self.demand(not all(choices) and not numbers, "every descriptor has something left")
        else:
            self.demand(word == "=" and [[v] for v in numbers] == choices, "this is not what is left")
            rivals = ((v, m) for v in numbers for m in self.sections[self.owner[v]])
            self.demand(all(self.lead(choices, v, m) >= 0 for v, m in rivals), "the scenario is not consistent")
            self.scenarios += 1

    def goes(self, choices: list[list[int]], v: int = -1, j: int = -1, *rivals: int) -> bool:
        if not 0 <= j < len(choices) or max(v, *rivals, 0) >= len(self.owner) or v not in choices[self.owner[v]]:
            return False
        if j == self.owner[v]:
            return len(rivals) == 1 and self.owner[rivals[0]] == j and self.lead(choices, v, rivals[0]) < 0
        return len(rivals) == len(choices[j]) and all(
            (self.owner[m] == j and self.lead(choices, w, m, v) < 0)
            or (self.owner[m] == self.owner[v] and self.lead(choices, v, m, w) < 0)
            for w, m in zip(choices[j], rivals, strict=True)
        )

    def lead(self, choices: list[list[int]], v: int, rival: int, taken: int | None = None) -> int:
        """Return how far v can come above its rival at most, with another variant taken as chosen or none."""
        told = {self.owner[v]: [v]} if taken is None else {self.owner[v]: [v], self.owner[taken]: [taken]}
        sources = (told.get(i, each) for i, each in enumerate(choices))
        return self.tolerance + sum(max(self.matrix[u][v] - self.matrix[u][rival] for u in each) for each in sources)


if __name__ == "__main__":
    try:
        told = json.loads(Path(sys.argv[2]).read_bytes())
        with Path(sys.argv[1]).open("rb") as certificate:
            checker = Checker(certificate, [len(each["variants"]) for each in told["descriptors"]], told["matrix"])
            sys.stdout.write(f"It holds: {checker.check()} consistent scenarios, and no other{checker.under}.\n")
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        sys.exit(f"It proves nothing: {error}.")
