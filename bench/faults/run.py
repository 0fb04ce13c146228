"""Sixty phones vote while the round's page is open, and the server is killed under them and started again.

Nothing that was acknowledged may be lost or counted twice. The bar for votes outside the kills is p95 ≤ 300 ms. A phone
presses every two seconds, which is several times as often as somebody who reads.

Run: .venv/bin/python -m bench.faults.run [kills] [phones]        (50 kills and 60 phones unless told otherwise)
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.faults.check import Finding, check, told
from bench.faults.phones import History, Phone, Watcher
from bench.faults.server import Server, surroundings

REPO = Path(__file__).parents[2]
STATEMENTS = 20


def prepared(data: Path, example: str = "skole") -> dict:
    """Make a database with an open round in `data` and return how to get in."""

    told_by(data, "-m", "fremsyn.cli", "demo", f"examples/{example}")
    return json.loads(told_by(data, str(Path(__file__).with_name("prepare.py")), str(STATEMENTS)))


def told_by(data: Path, *command: str) -> bytes:
    """Return what Python writes when it runs a command on the database in `data`."""
    done = subprocess.run([sys.executable, *command], env=surroundings(data), cwd=REPO, check=True, capture_output=True)
    return done.stdout


def killed_under(server: Server, history: History, *, kills: int, between: float) -> None:
    """Kill a server so many times and start it again each time; it lives for some seconds between and afterwards."""
    for _kill in range(kills):
        live(history, between)
        server.kill()
        history.add("killed")
        server.start()
        history.add("up")
    live(history, between)


def live(history: History, seconds: float) -> None:
    """Wait so long, and on a slow machine until somebody has been told that theirs is kept, a minute at most."""
    kept, until = history.counts["kept"], time.monotonic() + 60
    time.sleep(seconds)
    while history.counts["kept"] == kept and time.monotonic() < until:
        time.sleep(0.05)


def run(data: Path, round_: dict, *, kills: int, phones: int, between: float = 4.0, pause: float = 2.0) -> Finding:
    """Run it on the database in `data`, which gets `history.jsonl`, and return what was found.

    :param between: seconds from the start of the server to the kill, and for which they vote in the end
    :param pause: seconds that a phone waits between its presses, on average
    """
    server = Server(data)
    history = History(data / "history.jsonl")
    server.start()
    people = [Phone(number, server.port, round_, history, pause) for number in range(phones)]
    watcher = Watcher(server.port, round_, history)
    try:
        for thread in (*people, watcher):
            thread.start()
        killed_under(server, history, kills=kills, between=between)
        for thread in (watcher, *people):
            thread.ending.set()
        for thread in (watcher, *people):
            thread.join(60)
    finally:
        server.kill()
        history.close()
    return check(data / "history.jsonl", data / "fremsyn.sqlite3")


def main() -> None:
    """Run and print."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    phones = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), prepared(Path(folder)), kills=kills, phones=phones)
    print(told(found))
    sys.exit(bool(found.faults))


if __name__ == "__main__":
    main()
