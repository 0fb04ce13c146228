"""What every test may use; no test reaches the network."""

from __future__ import annotations

import datetime
import fcntl
import gc
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

import serving
from fremsyn.audit import triggers
from fremsyn.audit.models import Entry, Head
from fremsyn.cases import remembered
from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case, Membership
from fremsyn.chain.content import CaseContent
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.chain.run import run_chain
from fremsyn.conversation.answers import answers
from fremsyn.framing.handover.gates import standings
from fremsyn.people import limiting
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.plans.analysis import overview
from fremsyn.scenarios.queries import ground
from fremsyn.strategy.queries import tunnel

REPO = Path(__file__).parents[1]
NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
LOOPBACK = ("127.", "::1", "localhost")

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.register_profile("same", parent=settings.get_profile("default"), derandomize=True)
settings.register_profile("long", parent=settings.get_profile("default"), max_examples=5000)
# What is merged is judged by the same examples each time; whoever works here meets new ones.
PROFILE = "same" if os.environ.get("CI") == "true" else "default"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", PROFILE))


def pytest_collection_finish() -> None:
    """Spare the collector the thousands of tests themselves, which it would look through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def repo() -> Path:
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the brief and the demo case, which lies beside the checkout."""
    folder = REPO.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not here")
    return folder


@pytest.fixture(scope="session")
def kombit_content(repo: Path) -> CaseContent:
    """The demonstration case as it stands in its files."""
    reading = read_folder(repo / "examples" / "kombit")
    assert reading.content, reading.faults
    return reading.content


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """`once("template", make)` is a folder that is made by the first process of a run that asks for it."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, half = root / f"once-{name}", root / f"half-{name}"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                make(half)
                half.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def empty_data(once: Callable[..., Path]) -> Path:
    """A data folder with an empty database of this version; copy it, don't write to it."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "fremsyn.cli", "migrate"]
        subprocess.run(command, env=serving.surroundings(folder), check=True)

    return once("empty", make)


def imported(content: CaseContent) -> Case:
    """Import the demonstration case, with a person in every role."""
    case = import_case(content=content, slug="kombit", by=None, at=NOON)
    for role in Role.values:
        person = Person.objects.create(username=role, name=role.title(), joined_at=NOON)
        Membership.objects.create(case=case, person=person, role=role)
    return case


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, kombit_content: CaseContent) -> None:
    """Put the demonstration case into the database once, with an empty log; each test leaves it as it was."""
    with django_db_blocker.unblock():
        imported(kombit_content)
        triggers.remove(connection)
        Entry.objects.all().delete()
        Head.objects.all().delete()
        triggers.install(connection)


@pytest.fixture(scope="session")
def read_of_kombit() -> dict[UUID, dict[str, object]]:
    """What has been read of the demonstration case, by the revision that it was imported with."""
    return {}


@pytest.fixture
def kombit(db: None, kombit_content: CaseContent, read_of_kombit: dict[UUID, dict[str, object]]) -> Case:
    """The demonstration case, imported, with a person in every role, and read: that takes longer than most tests."""
    case = Case.objects.filter(slug="kombit").first() or imported(kombit_content)
    kept = remembered._kept_of(case)
    if case.revision not in read_of_kombit:
        kept.answers.clear()
        run_chain(case, lambda step: None)
        for read in (directory, standings, answers, overview, ground, tunnel):
            read(case)
        read_of_kombit[case.revision] = dict(kept.answers)
    kept.answers.clear()
    kept.answers.update(read_of_kombit[case.revision])
    return case


@pytest.fixture
def client_as() -> Callable[[str], Client]:
    """Return a browser's stand-in, signed in as the person who has a role in the case."""

    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(username=role))
        return client

    return signed_in


@pytest.fixture
def words(kombit: Case, client_as: Callable[[str], Client]) -> Callable[..., str]:
    """Return the words of one of the case's pages, as a role reads them, without tags."""

    def page(address: str, role: str = "owner", language: str = "en") -> str:
        client = client_as(role)
        client.cookies["fremsyn_language"] = language
        response = client.get(f"/cases/{kombit.slug}/{address}")
        assert response.status_code == 200
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))

    return page


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse connections to other machines."""
    connect = socket.socket.connect

    def loopback_only(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"A test tried to reach {address[0]}.")
        connect(self, address)  # a path is a socket on this machine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", loopback_only)
        yield


@pytest.fixture(autouse=True)
def language_left_as_it_was() -> Iterator[None]:
    """The command line, called in a test, makes its whole process speak English."""
    with translation.override("da"):
        yield


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    limiting.limiter.storage.reset()


@pytest.fixture(autouse=True)
def emptying_allowed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests that commit empty their tables afterwards, the append-only log too."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    triggers.install(connection)
    yield
    triggers.remove(connection)
