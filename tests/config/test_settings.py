"""Settings, languages, health and headers, as a browser and an operator meet them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from django.test import Client

from fremsyn.config.database import database, journal_mode
from fremsyn.config.secret import secret_key


def test_the_shipped_settings_pass_djangos_deployment_check(tmp_path, repo):
    environment = {
        **os.environ,
        "FREMSYN_DATA": str(tmp_path),
        "FREMSYN_HOSTS": "foresight.example",
        "DATABASE_URL": "",
    }
    command = [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]

    found = subprocess.run(
        [*command, "--settings", "fremsyn.config.settings_secure"],
        env=environment,
        cwd=repo,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stderr


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    key = secret_key(None, tmp_path / "var")

    assert secret_key(None, tmp_path / "var") == key
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_a_given_key_wins_and_a_passing_database_keeps_none(tmp_path):
    assert secret_key("given", tmp_path) == "given"
    assert secret_key(None, None) != secret_key(None, None)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (3, 6, 23)])
def test_a_sound_sqlite_uses_wal(version):
    assert journal_mode(version) == "WAL"


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_an_affected_sqlite_is_slower_and_says_so_once(version):
    with pytest.warns(RuntimeWarning, match="pysqlite3") as said:
        assert journal_mode(version) == "TRUNCATE"
    assert len(said) == 1


def test_the_database_is_the_one_named(tmp_path):
    assert database("postgres://u@db.example/fremsyn", tmp_path)["ENGINE"].endswith("postgresql")
    ours = database(None, tmp_path / "var")
    assert ours["NAME"] == str(tmp_path / "var" / "fremsyn.sqlite3")
    assert "synchronous=FULL" in ours["OPTIONS"]["init_command"]


@pytest.mark.django_db
def test_healthz_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_pages_are_danish_until_somebody_chooses_otherwise():
    client = Client(headers={"accept-language": "en"})
    assert client.get("/sign-in/")["Content-Language"] == "da"

    assert client.get("/language").status_code == 405
    client.post("/language", {"language": "en", "next": "/sign-in/"})
    assert b'<html lang="en">' in client.get("/sign-in/").content

    client.cookies["fremsyn_language"] = "xx"
    assert client.get("/sign-in/")["Content-Language"] == "da"


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client):
    response = client.get("/sign-in/")

    policy = response["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
