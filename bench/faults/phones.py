"""Phones that vote, and somebody who keeps looking at the results: what they did and were told becomes the history."""

import http.client
import itertools
import json
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
WHO = re.compile(r'data-who="(\w+)"')
LOST = (OSError, http.client.HTTPException)


class History:
    """One JSON object to a line, in the order in which things happened here."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("w", encoding="utf-8")
        self.lock = threading.Lock()
        self.began = time.monotonic()
        self.counts = Counter[str]()

    def now(self) -> float:
        """Return the seconds since the history began."""
        return time.monotonic() - self.began

    def add(self, event: str, **said: Any) -> None:
        """Write that something happened."""
        with self.lock:
            self.counts[event] += 1
            self.file.write(json.dumps({"at": round(self.now(), 4), "event": event, **said}) + "\n")

    def close(self) -> None:
        """Write out what is left."""
        self.file.close()


@dataclass
class Browser:
    """What a phone is to the server: cookies, and one connection that is made anew when it breaks."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, text and where one is sent.

        :raises OSError, HTTPException: when the connection is lost
        """
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if data is not None:
            body = urlencode(data)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
        except LOST:
            self.close()
            raise
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, text, answer.headers.get("Location", "")

    def close(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def insist(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Ask until there is an answer that is one."""
        while True:
            try:
                answer = self.ask(method, path, data)
            except LOST:
                time.sleep(0.1)
                continue
            if answer[0] < 500:
                return answer
            time.sleep(0.1)


class Phone(threading.Thread):
    """Somebody who votes, sometimes again on the same, and presses until each vote has been acknowledged."""

    def __init__(self, number: int, port: int, round_: dict[str, Any], history: History, pause: float) -> None:
        super().__init__(name=f"phone-{number}", daemon=True)
        self.number, self.round, self.history, self.pause = number, round_, history, pause
        self.browser = Browser(port)
        self.chance = random.Random(number)
        self.ending = threading.Event()

    def run(self) -> None:
        """Join, then vote until told to end; the last vote is waited for."""
        link = f"/r/{self.round['token']}/"
        _status, page, _to = self.browser.insist("GET", link)
        self.browser.insist("POST", link, {"csrfmiddlewaretoken": found(TOKEN, page)})
        _status, page, _to = self.browser.insist("GET", "/r/step/1/")
        token, who = found(TOKEN, page), found(WHO, page)
        self.history.add("joined", phone=self.number)
        presses = 0
        self.ending.wait(self.chance.uniform(0, self.pause))
        while not self.ending.is_set():
            presses += 1
            self._press(f"{self.number}-{presses}", token, who)
            self.ending.wait(self.chance.uniform(0.5, 1.5) * self.pause)
        self.browser.close()

    def _press(self, key: str, token: str, who: str) -> None:
        said = {
            "statement": self.chance.choice(self.round["statements"]),
            "value": self.chance.choice("1-0").replace("-", "-1"),
        }
        self.history.add("press", phone=self.number, key=key, **said)
        data = {**said, "key": key, "who": who, "csrfmiddlewaretoken": token}
        for again in itertools.count():
            began = self.history.now()
            try:
                status, text, _to = self.browser.ask("POST", "/r/vote/", data)
            except LOST:
                self.history.add("lost", phone=self.number, key=key, began=round(began, 4))
                time.sleep(min(1.5, 0.1 * 2**again))
                continue
            took = round(1000 * (self.history.now() - began), 2)
            told = {"phone": self.number, "key": key, "began": round(began, 4), "ms": took}
            if status == 200:
                self.history.add("kept", receipt=json.loads(text)["code"], **said, **told)
                return
            self.history.add("refused", status=status, **told)
            time.sleep(0.1)


class Watcher(threading.Thread):
    """A facilitator who keeps the round's page open."""

    def __init__(self, port: int, round_: dict[str, Any], history: History, pause: float = 0.5) -> None:
        super().__init__(name="watcher", daemon=True)
        self.browser, self.history, self.pause = Browser(port), history, pause
        self.path = f"/cases/{round_['slug']}/conversation/rounds/{round_['round']}/"
        self.ending = threading.Event()

    def run(self) -> None:
        """Sign in by the demonstration's button, then load the page again and again."""
        _status, page, _to = self.browser.insist("GET", "/demo")
        self.browser.insist("POST", "/demo/facilitator", {"csrfmiddlewaretoken": found(TOKEN, page)})
        while not self.ending.wait(self.pause):
            began = self.history.now()
            try:
                status, _text, _to = self.browser.ask("GET", self.path)
            except LOST:
                continue
            took = round(1000 * (self.history.now() - began), 2)
            self.history.add("looked", status=status, began=round(began, 4), ms=took)
        self.browser.close()


def found(pattern: re.Pattern[str], page: str) -> str:
    """Return what a page says of something."""
    match = pattern.search(page)
    if match is None:
        raise AssertionError(f"{pattern.pattern} is not on the page: {page[:300]}")
    return match[1]
