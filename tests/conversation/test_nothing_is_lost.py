"""Votes under load, against a server of its own: each counts once, and none that was acknowledged is lost."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from bench.faults import ballots
from bench.faults import run as faults
from bench.faults.check import rows, told
from bench.faults.phones import TOKEN, WHO, Browser, found
from bench.faults.server import Server


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, empty_data: Path) -> tuple[Path, dict[str, Any]]:
    """A data folder with an open round, and how to get in; copy it, don't write to it."""
    folder = tmp_path_factory.mktemp("opened")
    shutil.copytree(empty_data, folder, dirs_exist_ok=True)
    return folder, faults.prepared(folder)


def test_fifty_votes_alike_at_once_are_one_vote_with_one_receipt(
    opened: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    template, round_ = opened
    data = Path(shutil.copytree(template, tmp_path / "data"))
    server = Server(data)
    server.start()
    try:
        phone = Browser(server.port)
        link = f"/r/{round_['token']}/"
        phone.insist("POST", link, {"csrfmiddlewaretoken": found(TOKEN, phone.insist("GET", link)[1])})
        page = phone.insist("GET", "/r/step/1/")[1]
        vote = {"statement": round_["statements"][0], "value": "1", "who": found(WHO, page)}
        vote["csrfmiddlewaretoken"] = found(TOKEN, page)

        alike = at_once(server.port, phone.cookies, [{**vote, "key": "one-press"}] * 50)
        apart = at_once(server.port, phone.cookies, [{**vote, "key": f"press-{n}"} for n in range(50)])
        phone.close()
    finally:
        server.kill()

    assert {status for status, _receipt in alike + apart} == {200}
    assert len({receipt for _status, receipt in alike + apart}) == 1
    assert rows(data / "fremsyn.sqlite3") == (1, 51)


def at_once(port: int, cookies: dict[str, str], votes: list[dict[str, str]]) -> list[tuple[int, str]]:
    """Send votes from as many connections at the same moment, and return what each was answered."""
    ready = threading.Barrier(len(votes), timeout=30)
    answers: list[tuple[int, str]] = []

    def send(vote: dict[str, str]) -> None:
        browser = Browser(port, dict(cookies))
        browser.insist("GET", "/healthz")
        ready.wait()
        status, text, _to = browser.ask("POST", "/r/vote/", vote)
        browser.close()
        answers.append((status, json.loads(text).get("code", text)))

    threads = [threading.Thread(target=send, args=[vote]) for vote in votes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_nothing_acknowledged_is_lost_when_the_server_is_killed_five_times(
    opened: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    template, round_ = opened
    finding = faults.run(Path(shutil.copytree(template, tmp_path / "data")), round_, kills=5, phones=60, between=1.2)

    assert finding.faults == [], told(finding)
    assert finding.kills == 5
    assert finding.acknowledged > finding.kills  # some in each life of the server
    assert finding.attempts_lost > 0


def test_every_acknowledged_ballot_is_there_once_when_the_server_is_killed_five_times(
    opened: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    data = Path(shutil.copytree(opened[0], tmp_path / "data"))
    finding = ballots.run(data, ballots.opened(data, 40), kills=5, between=0.8, pause=0.2)

    assert finding.faults == [], ballots.told(finding)
    assert finding.kills == 5
    assert finding.acknowledged > finding.kills  # some in each life of the server
    assert finding.attempts_lost > 0
