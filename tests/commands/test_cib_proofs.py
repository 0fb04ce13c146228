"""Certificates from the command line: written, told of beforehand, checked, and stopped."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from functools import partial

import numpy as np
import pytest

from fremsyn.cli.cib import run as command
from fremsyn.methods import cib
from fremsyn.methods.cib.formats import WRITERS, Descriptor, NamedMatrix
from methods.test_cib_core import needs_core


@needs_core
def test_a_certificate_is_written_and_checked(run, hand, open_space, tmp_path):
    proof = tmp_path / "proof.txt"
    code, out, err = run("cib", hand, "--certificate", proof, "--json")
    assert (code, json.loads(out)["count"]) == (0, 2)
    size = f"{proof.read_bytes().count(10):,} lines, {len(proof.read_bytes()):,} bytes."
    assert err == f"{proof}: it will have {size}\n{proof}: written, {size}\n"
    assert run("cib-check", proof, hand) == (0, "It holds: 2 consistent scenarios, and no other.\n", "")
    code, out, err = run("cib-check", proof, open_space)
    assert (code, out) == (1, "")
    assert "another matrix" in err
    proof.write_bytes(proof.read_bytes()[:-1])
    assert run("cib-check", proof, hand)[0] == 1
    assert "proof.gone" in run("cib-check", tmp_path / "proof.gone", hand)[2]
    assert "can't be written" in run("cib", hand, "--certificate", tmp_path / "no" / "proof")[2]
    code, out, err = run("cib", open_space, "--certificate", tmp_path / "late", "--time-limit", "0", "--json")
    assert (code, json.loads(out)["complete"]) == (0, False)
    assert "not written, as the time ran out" in err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["hand.json", "open.json", "proof.txt"]


@needs_core
def test_a_size_that_a_second_does_not_tell_is_said_as_far_as_it_is_known(run, open_space, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "FORESEEING", 0)
    _code, _out, err = run("cib", open_space, "--certificate", tmp_path / "proof", "--time-limit", "0")
    assert "it will have more than 2 lines, " in err
    assert "how much more is not known." in err
    monkeypatch.setattr(command, "FORESEEING", 0.05)
    _code, _out, err = run("cib", open_space, "--certificate", tmp_path / "proof", "--time-limit", "0")
    assert re.search(r"more than [\d,]+ lines, [\d,]+ bytes; going by the \d+\.\d% of the space .* some [\d,]+\.", err)


@needs_core
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_the_command_leaves_no_half_of_a_certificate(tmp_path, how):
    every = [Descriptor(f"D{j}", ("a", "b", "c")) for j in range(24)]
    file = tmp_path / "endless.json"
    file.write_text(WRITERS["json"](NamedMatrix(tuple(every), cib.matrix([3] * 24, np.zeros((72, 72))))))
    words = [sys.executable, "-m", "fremsyn.cli", "cib", file, "--certificate", tmp_path / "proof"]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell's background job is deaf to it
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard
    ) as running:
        assert running.stderr
        assert "it will have more than" in running.stderr.readline()
        running.send_signal(how)
        try:
            _out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert (running.returncode, err) == (130, "Stopped.\n")
    assert [each.name for each in tmp_path.iterdir()] == ["endless.json"]
