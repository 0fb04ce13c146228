"""Time stamps, with openssl as the authority: real requests, real answers, over a real port."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from rfc3161_client import VerificationError

from fremsyn.audit.stamping import StampService, authorities_in, stamp_service, stamp_time, stamped
from fremsyn.core.errors import RuleBroken

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""
EXTENSIONS = "[tsa]\nextendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n"


def openssl(*arguments: str) -> bytes:
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


class Authority:
    """What openssl answers, and how to make it answer wrongly."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "root.pem"
        self.answer = self.reply
        ours = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl(
            "req",
            "-x509",
            *ours,
            "-keyout",
            f"{folder}/root.key",
            "-out",
            str(self.root),
            "-subj",
            "/CN=Root",
            "-days",
            "9",
        )
        openssl("req", *ours, "-keyout", f"{folder}/tsa.key", "-out", f"{folder}/tsa.csr", "-subj", "/CN=Time")
        (folder / "tsa.ext").write_text(EXTENSIONS)
        signing = ("-CA", str(self.root), "-CAkey", f"{folder}/root.key", "-CAcreateserial", "-days", "9")
        own = ("-extfile", f"{folder}/tsa.ext", "-extensions", "tsa")
        openssl("x509", "-req", "-in", f"{folder}/tsa.csr", *signing, "-out", f"{folder}/tsa.pem", *own)
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")

    def reply(self, query: bytes) -> bytes:
        (self.folder / "query.tsq").write_bytes(query)
        asked = ("-queryfile", f"{self.folder}/query.tsq", "-out", f"{self.folder}/reply.tsr")
        openssl("ts", "-reply", "-config", f"{self.folder}/tsa.cnf", *asked)
        return (self.folder / "reply.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def service(authority: Authority) -> Iterator[StampService]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield StampService(f"http://127.0.0.1:{server.server_port}", authority.root)
        server.shutdown()
        thread.join()
    authority.answer = authority.reply


def test_a_stamp_says_when_and_holds_for_nothing_else(service, authority):
    answer = stamped(b"the head of the log", service)
    roots = authorities_in(authority.root)

    assert stamp_time(b"the head of the log", answer, roots).year >= 2026
    with pytest.raises(VerificationError):
        stamp_time(b"another head", answer, roots)
    with pytest.raises(ValueError, match=r"."):
        stamp_time(b"the head of the log", answer[:100], roots)


def test_openssl_takes_the_stamp_as_well(service, authority, tmp_path):
    (tmp_path / "head").write_bytes(b"head")
    (tmp_path / "stamp").write_bytes(stamped(b"head", service))
    shown = openssl(
        "ts", "-verify", "-in", f"{tmp_path}/stamp", "-data", f"{tmp_path}/head", "-CAfile", str(authority.root)
    )
    assert b"OK" in shown


def test_a_stamp_of_another_authority_is_refused(service, tmp_path):
    stranger = Authority(tmp_path)
    with pytest.raises(RuleBroken, match="der holder"):
        stamped(b"head", StampService(service.address, stranger.root))


@pytest.mark.parametrize("wrong", [b"", b"not a stamp", b"\x30\x03\x02\x01\x00", b"x" * 100_000])
def test_an_answer_that_is_no_stamp_is_refused(service, authority, wrong):
    authority.answer = lambda _query: wrong
    with pytest.raises(RuleBroken):
        stamped(b"head", service)


def test_an_old_answer_offered_again_is_refused(service, authority):
    old = []
    authority.answer = lambda query: old[0] if old else old.append(authority.reply(query)) or old[0]
    stamped(b"head", service)
    with pytest.raises(RuleBroken):
        stamped(b"head", service)


def test_a_service_that_is_not_there_is_said(authority):
    with pytest.raises(RuleBroken, match=r"127\.0\.0\.1:9"):
        stamped(b"head", StampService("http://127.0.0.1:9/", authority.root))


@pytest.mark.parametrize(("address", "roots"), [("file:///etc/passwd", "x.pem"), ("https://stamp.example", "")])
def test_a_service_that_cant_be_used_is_said(settings, address, roots):
    settings.STAMP_SERVICE, settings.STAMP_AUTHORITIES = address, roots
    with pytest.raises(RuleBroken):
        stamp_service()
    settings.STAMP_SERVICE = ""
    assert stamp_service() is None
