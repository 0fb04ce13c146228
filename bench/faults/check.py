"""The checker: holds what the phones were told against what the database holds, afterwards."""

import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from fremsyn.config.database import swap_driver

SETTLED = 1.0  # seconds after a start that still count as being down


@dataclass
class Finding:
    """What became of the votes."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    kills: int = 0
    attempts_lost: int = 0
    refused: int = 0
    p50: float = math.nan
    p95: float = math.nan
    slowest: float = math.nan
    rush_p95: float = math.nan
    looked: int = 0
    looked_p95: float = math.nan

    @property
    def faults(self) -> list[str]:
        """Return everything that should not be."""
        return [*self.lost, *self.doubled, *self.strange]


def check(history: Path, database: Path) -> Finding:
    """Return what is lost or doubled, and how long the answers took outside the kills, in milliseconds."""
    events = read(history)
    kept = [event for event in events if event["event"] == "kept"]
    finding = counted(events)
    _hold_against(finding, events, kept, database)
    down = _down(events)
    all_in = max((event["at"] for event in events if event["event"] == "joined"), default=0.0)
    quiet = [event for event in kept if not _in(down, event)]
    finding.rush_p95 = per_cent(sorted(event["ms"] for event in quiet if event["began"] <= all_in), 95)
    votes = sorted(event["ms"] for event in quiet if event["began"] > all_in)
    looks = [event for event in events if event["event"] == "looked"]
    finding.looked = len(looks)
    finding.strange += [f"the watcher was answered {each['status']}" for each in looks if each["status"] != 200]
    finding.looked_p95 = per_cent(sorted(event["ms"] for event in looks if not _in(down, event)), 95)
    finding.p50, finding.p95 = per_cent(votes, 50), per_cent(votes, 95)
    finding.slowest = votes[-1] if votes else math.nan
    return finding


def read(history: Path) -> list[dict]:
    """Return what happened, in order."""
    return [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]


def counted(events: list[dict]) -> Finding:
    """Return a finding with what can be counted in the history alone."""
    happened = Counter(event["event"] for event in events)
    return Finding(
        acknowledged=happened["kept"],
        kills=happened["killed"],
        attempts_lost=happened["lost"],
        refused=happened["refused"],
    )


def _hold_against(finding: Finding, events: list[dict], kept: list[dict], database: Path) -> None:
    swap_driver()
    import sqlite3

    base = sqlite3.connect(database)
    rows = base.execute(
        "SELECT vote.participant, item.ref, vote.value, vote.receipt FROM conversation_vote vote"
        " JOIN cases_item item ON item.id = vote.statement_id WHERE vote.receipt IS NOT NULL"
    ).fetchall()
    keys = base.execute("SELECT key, receipt, value FROM conversation_votekey").fetchall()
    intact = base.execute("PRAGMA integrity_check").fetchone()[0]
    base.close()
    if intact != "ok":
        finding.strange.append(f"the database is not intact: {intact}")

    by_receipt = {receipt: (who, ref, value) for who, ref, value, receipt in rows}
    owner: dict[int, set[str]] = defaultdict(set)
    last = {(event["phone"], event["statement"]): event for event in kept}
    for (phone, ref), event in last.items():
        row = by_receipt.get(event["receipt"])
        if row is None or row[1:] != (ref, int(event["value"])):
            finding.lost.append(f"phone {phone} was told that {ref} = {event['value']} is kept; there is {row}")
        else:
            owner[phone].add(row[0])
    finding.strange += [
        f"phone {phone} stands under {len(names)} pseudonyms" for phone, names in owner.items() if len(names) > 1
    ]
    once = {(who, ref) for who, ref, _value, _receipt in rows}
    if len(once) != len(rows):
        finding.doubled.append(f"{len(rows)} rows for {len(once)} votes")
    if len(rows) != len(last):
        finding.doubled.append(f"{len(rows)} rows, but the phones hold {len(last)} votes")
    told = {event["key"]: (event["receipt"], int(event["value"])) for event in kept}
    held = {key: (receipt, value) for key, receipt, value in keys}
    if len(keys) != len(held) or held != told:
        differ = {key for key in held.keys() | told.keys() if held.get(key) != told.get(key)}
        finding.doubled.append(
            f"{len(keys)} presses are held, {len(told)} were acknowledged; {sorted(differ)[:3]} differ"
        )
    pressed = {event["key"] for event in events if event["event"] == "press"}
    finding.lost += [f"press {key} was never acknowledged" for key in sorted(pressed - told.keys())[:10]]


def rows(database: Path) -> tuple[int, int]:
    """Return how many votes and how many presses a database holds."""
    swap_driver()
    import sqlite3

    base = sqlite3.connect(database)
    votes = base.execute("SELECT count(*) FROM conversation_vote WHERE receipt IS NOT NULL").fetchone()[0]
    keys = base.execute("SELECT count(*) FROM conversation_votekey").fetchone()[0]
    base.close()
    return votes, keys


def _down(events: list[dict]) -> list[tuple[float, float]]:
    starts = [event["at"] for event in events if event["event"] == "up"]
    kills = [event["at"] for event in events if event["event"] == "killed"]
    return [(at, next((up for up in starts if up > at), math.inf) + SETTLED) for at in kills]


def _in(down: list[tuple[float, float]], event: dict) -> bool:
    return any(event["began"] < end and event["at"] > start for start, end in down)


def per_cent(values: list[float], share: int) -> float:
    """Return the value that so many per cent of the sorted values don't exceed."""
    return values[max(0, math.ceil(len(values) * share / 100) - 1)] if values else math.nan


def told(finding: Finding) -> str:
    """Return the finding in words."""
    lines = [
        f"{finding.acknowledged} votes acknowledged, {finding.kills} kills",
        f"{finding.attempts_lost} attempts cut off and sent again, {finding.refused} refused",
        f"{len(finding.lost)} lost, {len(finding.doubled)} doubled, {len(finding.strange)} otherwise wrong",
        f"votes outside the kills: p50 {finding.p50:.0f} ms, p95 {finding.p95:.0f} ms, slowest {finding.slowest:.0f} ms",
        f"while the phones were still coming in: p95 {finding.rush_p95:.0f} ms",
        f"the round's page: {finding.looked} times, p95 {finding.looked_p95:.0f} ms",
    ]
    return "\n".join([*lines, *finding.faults[:20]])


if __name__ == "__main__":
    found = check(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(told(found) + "\n")
    sys.exit(bool(found.faults))
