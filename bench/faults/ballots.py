"""The members of a board cast ballots while the server is killed under them and started again.

A ballot is acknowledged when its member has read its receipt. Each must be in the database once, with that receipt and
that line in the log, and no other may be there; `fremsyn audit verify` must find nothing. A member sometimes sends an old
ballot again, and must be given the receipt it has.

Run: .venv/bin/python -m bench.faults.ballots [kills]        (50 kills unless told otherwise)
"""

import itertools
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.faults.check import Finding, counted, read
from bench.faults.phones import LOST, TOKEN, Browser, History, found
from bench.faults.run import REPO, killed_under, prepared, told_by
from bench.faults.server import Server, surroundings

from fremsyn.config.database import swap_driver

VALUES = ("for", "against", "abstain")
RECEIPT = re.compile(r"<dd><code>([\w-]{22})</code></dd>\s*<dt>[^<]*</dt>\s*<dd>([\d.,]+)</dd>")
AGAIN = 0.25  # how often a member sends a ballot that has been acknowledged


class Member(threading.Thread):
    """Somebody with a seat who votes point by point, and presses until the receipt can be read."""

    def __init__(self, member: str, port: int, meeting: dict[str, Any], history: History, pause: float) -> None:
        super().__init__(name=f"member-{member}", daemon=True)
        self.member, self.meeting, self.history, self.pause = member, meeting, history, pause
        self.browser = Browser(port, {"fremsyn_session": meeting["sessions"][member]})
        self.chance = random.Random(member)
        self.given: dict[int, str] = {}
        self.ready, self.ending = threading.Event(), threading.Event()

    def run(self) -> None:
        """Sign in again, then vote until told to end; the last ballot is waited for."""
        _status, page, _to = self.browser.insist("GET", "/sign-in/again/")
        token = found(TOKEN, page)
        self.browser.insist("POST", "/sign-in/again/", {"csrfmiddlewaretoken": token, "next": "/"})
        self.ready.set()
        left = list(range(1, self.meeting["points"] + 1))
        self.chance.shuffle(left)
        while not self.ending.is_set():
            old = self.given and (not left or self.chance.random() < AGAIN)
            point = self.chance.choice(list(self.given)) if old else left.pop()
            self.given.setdefault(point, self.chance.choice(VALUES))
            self._press(point, token)
            self.ending.wait(self.chance.uniform(0.5, 1.5) * self.pause)
        self.browser.close()

    def _press(self, point: int, token: str) -> None:
        said = {"member": self.member, "point": point, "value": self.given[point]}
        path = f"/cases/{self.meeting['slug']}/board/votes/second/{point}/"
        self.history.add("press", **said)
        for again in itertools.count():
            try:
                status, _text, to = self.browser.ask(
                    "POST", path, {"value": said["value"], "csrfmiddlewaretoken": token}
                )
            except LOST:
                self.history.add("lost", **said)
                time.sleep(min(1.5, 0.1 * 2**again))
                continue
            if (status, to) == (302, path):
                break
            self.history.add("refused", status=status, to=to, **said)
            time.sleep(0.1)
        _status, page, _to = self.browser.insist("GET", path)
        receipt = RECEIPT.search(page)
        if receipt:
            entry = int(re.sub(r"\D", "", receipt[2]))
            self.history.add("kept", receipt=receipt[1], entry=entry, **said)
        else:
            self.history.add("unread", **said)


def opened(data: Path, points: int) -> dict[str, Any]:
    """Open a meeting with so many votings in the database in `data`, and return how its members get in."""
    way_in: dict[str, Any] = json.loads(
        told_by(data, str(Path(__file__).with_name("prepare.py")), "board", str(points))
    )
    return way_in


def run(data: Path, meeting: dict[str, Any], *, kills: int, between: float = 4.0, pause: float = 0.5) -> Finding:
    """Run it on the database in `data`, which gets `ballots.jsonl`, and return what was found.

    :param between: seconds from the start of the server to the kill, and for which they vote in the end
    :param pause: seconds that a member waits between ballots, on average
    """
    server, history = Server(data), History(data / "ballots.jsonl")
    server.start()
    members = [Member(each, server.port, meeting, history, pause) for each in meeting["sessions"]]
    try:
        for member in members:
            member.start()
        for member in members:
            member.ready.wait(60)
        killed_under(server, history, kills=kills, between=between)
        for member in members:
            member.ending.set()
        for member in members:
            member.join(60)
    finally:
        server.kill()
        history.close()
    return check(data)


def check(data: Path) -> Finding:
    """Hold what the members read against what the database holds, and the database against its log."""
    events = read(data / "ballots.jsonl")
    finding = counted(events)
    rows = ballots(data / "fremsyn.sqlite3")
    read_by: dict[tuple[str, int], set[tuple[str, str, int]]] = {}
    for event in (each for each in events if each["event"] == "kept"):
        ballot = (event["value"], event["receipt"], event["entry"])
        read_by.setdefault((event["member"], event["point"]), set()).add(ballot)
    for place, answers in read_by.items():
        held = [row[2:] for row in rows if row[:2] == place]
        finding.lost += [f"{place} was told {each}; there is {held}" for each in answers if each not in held]
        if len(answers) > 1 or len(held) > 1:
            finding.doubled.append(f"{place} was told {sorted(answers)}; there is {held}")
    pressed = {(event["member"], event["point"]) for event in events if event["event"] == "press"}
    finding.lost += [f"{place} was never acknowledged" for place in sorted(pressed - read_by.keys())]
    unasked = {row[:2] for row in rows} - pressed
    finding.doubled += [f"{place} holds a ballot that nobody gave" for place in sorted(unasked)]
    for column, name in ((3, "receipt"), (4, "line")):
        twice = [each for each, times in Counter(row[column] for row in rows).items() if times > 1]
        finding.doubled += [f"{name} {each} belongs to more than one ballot" for each in twice]
    finding.strange += [f"no receipt on the page after {event}" for event in events if event["event"] == "unread"]
    finding.strange += _against_the_log(data)
    return finding


def ballots(database: Path) -> list[tuple[str, int, str, str, int]]:
    """Return each ballot that a database holds: member, point, value, receipt and line."""
    swap_driver()
    import sqlite3

    base = sqlite3.connect(database)
    rows = base.execute(
        "SELECT ballot.member, point.position, ballot.value, ballot.receipt, ballot.entry FROM approval_ballot ballot"
        " JOIN approval_voting voting ON voting.id = ballot.voting_id"
        " JOIN approval_pointrun point ON point.id = voting.point_id"
    ).fetchall()
    base.close()
    return rows


def _against_the_log(data: Path) -> list[str]:
    command = [sys.executable, "-m", "fremsyn.cli", "audit", "verify"]
    done = subprocess.run(command, env=surroundings(data), cwd=REPO, check=False, capture_output=True, text=True)
    return [f"fremsyn audit verify: {done.stdout}{done.stderr}"] if done.returncode else []


def told(finding: Finding) -> str:
    """Return the finding in words."""
    lines = [
        f"{finding.acknowledged} receipts read, {finding.kills} kills",
        f"{finding.attempts_lost} attempts cut off and sent again, {finding.refused} refused",
        f"{len(finding.lost)} lost, {len(finding.doubled)} doubled, {len(finding.strange)} otherwise wrong",
    ]
    return "\n".join([*lines, *finding.faults[:20]])


def main() -> None:
    """Run and print."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        prepared(data)
        finding = run(data, opened(data, 15 * kills), kills=kills)
    print(told(finding))
    sys.exit(bool(finding.faults))


if __name__ == "__main__":
    main()
