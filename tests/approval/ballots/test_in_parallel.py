"""Security case 9: fifty identical ballots at once are one ballot with one receipt, on both kinds of database."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from approval.ballots import parallel
from chain.small import small, write
from fremsyn.approval.ballots.checking import check_ballots
from fremsyn.approval.models import Ballot
from serving import surroundings


def test_case_9_fifty_ballots_at_once_on_a_sqlite_file_are_one(tmp_path: Path, empty_data: Path) -> None:
    folder = write(tmp_path / "lille", small())
    shutil.copytree(empty_data, tmp_path / "data")
    command = [sys.executable, parallel.__file__, str(folder)]
    ran = subprocess.run(command, env=surroundings(tmp_path / "data"), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {"answered": 50, "receipts": 1, "ballots": 1, "fault": "None"}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_case_9_fifty_ballots_at_once_on_postgresql_are_one(room) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a database in memory has one connection; the file is tried above")
    voting = room.put()
    answers = parallel.cast_at_once(voting.pk, "m2", room.board.people["m2"].pk)

    assert len(answers) == parallel.MANY
    assert len(set(answers)) == 1
    assert Ballot.objects.count() == 1
    assert check_ballots() == (1, None)
