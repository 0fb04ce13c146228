"""Computing a sealed pack's results again from the material that lies in it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.x509 import Certificate
from rfc3161_client import VerificationError

from fremsyn.approval.packing import STAMP
from fremsyn.approval.paper.closing import PART, is_head
from fremsyn.approval.schema import BoardPoint, Paper
from fremsyn.approval.verify import CHECKPOINT, unzipped, verify
from fremsyn.audit.leaves import stamp
from fremsyn.audit.stamping import stamp_time
from fremsyn.cases.reader import from_plain, read
from fremsyn.cases.yaml_tree import Fault, Tree, field_name
from fremsyn.chain import references, rules
from fremsyn.chain.checking import Checking
from fremsyn.chain.claims import compute
from fremsyn.chain.content import SHEETS, CaseContent
from fremsyn.chain.folder import Reading, assemble
from fremsyn.chain.proof import proven
from fremsyn.chain.reference_rules import ReferenceRules
from fremsyn.chain.sealing import RESULTS, SYNTHETIC, canonical, results
from fremsyn.chain.votes import votes_in
from fremsyn.conversation.schema import Conversation, SyntheticVotes, Vote
from fremsyn.core.text import LANGUAGES
from fremsyn.methods.errors import MethodError

PARTS = ("consistent_scenarios", "resistances", "regrets", "opinions")
CLOSE = 1e-6
POINT = references.letter_of(BoardPoint)


class NotComputable(ValueError):
    """The material of a pack is not a case that can be computed; which entry, and why."""

    def __init__(self, entry: str, why: str) -> None:
        super().__init__(f"{entry}: {why}")
        self.entry, self.why = entry, why


def verified(pack: bytes, key: str, authorities: Sequence[Certificate] = ()) -> dict[str, Any]:
    """Return what the verifier says of a pack and, where it is intact and its signer no other, what computing it again
    says: `ok` when nothing speaks against it, `recomputed` by part, how many consistent scenarios are `proven` to be all
    (None without a certificate), the first wrong `entry` and `why`.

    :param key: the signer's fingerprint as 64 hexadecimal digits, or empty
    :param authorities: the certificates that a time stamp must lead to; without them it is not looked at
    """
    said: dict[str, Any] = {"entry": "", "why": "", "recomputed": {}, "proven": None, "stamped_at": ""}
    said |= verify(pack, key)
    if said["intact"] and said["signer"] != "another":
        again = recompute(pack)
        said |= {"recomputed": dict(again.parts), "proven": again.proven, "entry": again.entry, "why": again.why}
        if again.proven is not None:
            said["certificate"] = f"holds: {again.proven:,} consistent scenarios, and no other"
        if authorities and not said["entry"]:
            said |= _stamp(unzipped(pack), authorities)
    return {"ok": said["intact"] and said["signer"] != "another" and not said["entry"], **said}


def _stamp(entries: Mapping[str, bytes], authorities: Sequence[Certificate]) -> dict[str, str]:
    if STAMP not in entries:
        return {"entry": STAMP, "why": "no time stamp lies in the pack"}
    try:
        return {"stamped_at": stamp(stamp_time(entries[CHECKPOINT], entries[STAMP], authorities))}
    except (ValueError, VerificationError) as error:
        return {"entry": STAMP, "why": f"the time stamp does not hold ({error})"}


@dataclass(frozen=True)
class Recomputed:
    """What came of computing again: each part is the same (True), differs (False) or lacks its material (None).

    `proven` is how many consistent scenarios the pack's certificate proves to be all.
    """

    parts: Mapping[str, bool | None] = field(default_factory=dict)
    entry: str = ""
    why: str = ""
    proven: int | None = None

    @property
    def ok(self) -> bool:
        return not self.entry


def recompute(pack: bytes) -> Recomputed:
    """Compute the results of an intact pack again and hold them against those that were sealed."""
    entries = unzipped(pack)
    try:
        sealed = _json(entries, RESULTS)
        content = content_of(entries)
        computed = compute(content)
        found = json.loads(canonical(results(content, computed)))
    except NotComputable as error:
        return Recomputed(entry=error.entry, why=error.why)
    except MethodError as error:
        return Recomputed(entry="handovers/", why=f"the material can't be computed ({error})")
    asked = {each.ref for each in content.conversation.conversation.rounds if each.votes}
    parts: dict[str, bool | None] = {}
    first = ""
    for part in PARTS:
        if part == "opinions" and asked - content.conversation.votes.keys():
            parts[part] = None
            continue
        differing = next(differences(sealed.get(part), found[part], part), "")
        parts[part], first = not differing, first or differing
    proof = proven(entries, content.scenarios.judgements, computed.space)
    if first:
        return Recomputed(parts, RESULTS, first, proof.scenarios)
    return Recomputed(parts, proof.entry, proof.why, proof.scenarios)


def content_of(entries: Mapping[str, bytes]) -> CaseContent:
    """Return the case that lies in a pack, after holding it against everything that must be true of one.

    :raises NotComputable: at the first thing that is wrong
    """
    reading = Reading(Path("pack"))
    for sheet, schema in SHEETS.items():
        name = f"handovers/{sheet}.json"
        tree = Tree("stored", _json(entries, name))
        reading.trees[sheet] = tree
        reading.parts[sheet] = read(tree, schema)
        _refuse(name, tree.faults)
    votes = dict(_votes(entries, reading.parts["conversation"]))
    stories = {name: _text(entries, name) for name in entries if name.startswith("stories/")}
    if SYNTHETIC in entries:
        try:
            reading.parts["votes/SYNTHETIC.yaml"] = from_plain(_json(entries, SYNTHETIC), SyntheticVotes)
        except ValueError as error:
            raise NotComputable(SYNTHETIC, str(error)) from error
    content = reading.content = assemble(reading.parts, votes, stories, {})
    found = _with_closed_points(references.find(reading), content.approval.paper)
    _refuse("handovers/", list(ReferenceRules(reading, found).faults()))
    _refuse("handovers/", list(rules.broken(Checking(reading, content, found))))
    return content


def _with_closed_points(found: references.Found, paper: Paper | None) -> references.Found:
    """Take the points of a paper that is closed as a whole for known: what may touch them, and texts, still name them."""
    if not is_head(paper):
        return found
    named = {each.to for each in found.references if each.written}
    named |= {ref for *_place, text in found.texts for code in LANGUAGES for ref in references.named_in(text, code)}
    points = {
        ref: ("approval", ("paper",), BoardPoint(ref=ref, question="", text=PART))
        for ref in named - found.items.keys()
        if ref.startswith(POINT)
    }
    return replace(found, items={**found.items, **points})


def _votes(entries: Mapping[str, bytes], conversation: Conversation) -> Iterator[tuple[str, tuple[Vote, ...]]]:
    for round_ in conversation.rounds:
        if round_.votes and round_.votes in entries:
            faults: list[Fault] = []
            yield round_.ref, tuple(votes_in(_text(entries, round_.votes), round_.votes, round_, faults))
            _refuse(round_.votes, faults)


def _refuse(entry: str, faults: list[Fault]) -> None:
    for fault in faults:
        where = f"line {fault.line}" if entry.startswith("votes/") else fault.field
        raise NotComputable(entry, f"{where}: {fault.wrong}")


def _text(entries: Mapping[str, bytes], name: str) -> str:
    try:
        return entries[name].decode()
    except UnicodeDecodeError as error:
        raise NotComputable(name, "it is not text in UTF-8") from error


def _json(entries: Mapping[str, bytes], name: str) -> Any:
    if name not in entries:
        raise NotComputable(name, "it is missing")
    try:
        value = json.loads(entries[name])
        if isinstance(value, dict) and canonical(value) == entries[name]:
            return value
    except (ValueError, RecursionError) as error:
        raise NotComputable(name, "it is not JSON") from error
    raise NotComputable(name, "it is not written canonically")


def differences(sealed: Any, found: Any, *path: str | int) -> Iterator[str]:
    """Yield in words each place where two plain values differ; numbers may differ by a millionth."""
    if isinstance(sealed, dict) and isinstance(found, dict) and sealed.keys() == found.keys():
        for key in found:
            yield from differences(sealed[key], found[key], *path, key)
    elif isinstance(sealed, list) and isinstance(found, list) and len(sealed) == len(found):
        for at, (one, other) in enumerate(zip(sealed, found, strict=True)):
            yield from differences(one, other, *path, at)
    elif not _same(sealed, found):
        yield f"{field_name(path)} is sealed as {_short(sealed)} and computed as {_short(found)}"


def _same(one: Any, other: Any) -> bool:
    numbers = (int, float)
    if type(one) in numbers and type(other) in numbers:
        return bool(abs(one - other) <= CLOSE)
    return type(one) is type(other) and bool(one == other)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"
