"""A meeting that is over, with something of everything in its record, and certificates to sign its minutes with."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from typing import Any, Literal

import pytest
from asn1crypto import keys, x509
from cryptography import x509 as made_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from approval.conftest import MEMBERS, Sitting
from approval.meeting.conftest import post
from conftest import NOON
from fremsyn.approval import counting
from fremsyn.approval.minutes.operations.approving import approve_minutes
from fremsyn.approval.minutes.operations.drafting import draft_minutes
from fremsyn.approval.models import (
    Amendment,
    Ballot,
    Disqualification,
    Dissent,
    Material,
    MeetingState,
    Minutes,
    PointRun,
    SealedPack,
    Voting,
)
from fremsyn.approval.schema import Access
from fremsyn.audit.keys import demonstration_key
from fremsyn.cases.editing.operations import change_thing
from fremsyn.reports.documents.minutes import typeset

__all__ = ["post"]  # a mail server of our own, as a fixture

Level = Literal["open", "internal", "confidential-until-decided", "confidential"]
DAY = datetime.timedelta(days=1)
PACK = "ab" * 32


@dataclass
class Held:
    """The second meeting, over: 1 adopted with a dissent, 2 fell, 3 amended, 4 withdrawn, 5 put off, 6 without a quorum."""

    sitting: Sitting
    cast: int = field(default=0)

    @property
    def of(self) -> dict[str, Any]:
        board = self.sitting.board
        return {"case": board.case, "meeting": "second", "by": board.secretary, "at": NOON}

    @property
    def minutes(self) -> Minutes:
        return Minutes.objects.get(run=self.sitting.run)

    def vote(self, point: PointRun, ballots: Mapping[str, str], **given: Any) -> Voting:
        """Add a counted voting in which these members took part."""
        body = self.sitting.board.body
        barred = set(point.disqualifications.filter(ruling="barred").values_list("member", flat=True))
        quorum = counting.quorum(body, barred=barred, taking_part=set(ballots))
        came = asdict(counting.count(body, ballots, entitled=set(ballots) - barred))
        came["for"] = came.pop("votes_for")
        voting = Voting.objects.create(
            point=point, number=point.votings.count() + 1, opened_at=NOON, closed_at=NOON,
            outcome="adopted" if came["adopted"] else "rejected",
            count={
                **asdict(quorum), "met": quorum.met, **came, "members": sorted(set(ballots) - barred),
                "barred_members": sorted(barred), "set_aside": [],
            }, **{"text": point.text, **given},
        )  # fmt: skip
        for member, value in ballots.items():
            self.cast += 1
            Ballot.objects.create(
                voting=voting, member=member, value=value, receipt=f"{self.cast:032}", entry=self.cast, cast_at=NOON,
                cast_by=self.sitting.board.people[member],
            )  # fmt: skip
        return voting

    def draft(self, language: str = "da") -> Minutes:
        return draft_minutes(language=language, **self.of)

    def approve(self, **given: Any) -> Minutes:
        of = self.of | given
        version = of.pop("version", self.minutes.version)
        return approve_minutes(version=version, made=typeset(self.minutes, at=of["at"]), **of)


@pytest.fixture
def held(sitting: Sitting) -> Held:
    made = Held(sitting)
    first, fell, amended, _withdrawn, _deferred, override = sitting.points
    made.vote(first, {m: "against" if m == "m7" else "for" for m in MEMBERS})
    Dissent.objects.create(point=first, member="m7", text="Jeg kan ikke følge flertallet.", written_at=NOON)
    sitting.here(fell, "m1", "m2", "m3")
    Disqualification.objects.create(
        point=fell, member="m3", person=sitting.board.people["m3"], ground="Formand i en anden bestyrelse",
        declared_at=NOON, ruling="barred", ruling_text="Interesserne kan stride mod hinanden", ruled_at=NOON,
    )  # fmt: skip
    changed = {"da": "at det gøres på en anden måde", "en": "that it is done in another way"}
    amendment = Amendment.objects.create(
        point=amended, number=1, text=changed, member="m2", state="adopted", proposed_at=NOON
    )
    made.vote(amended, dict.fromkeys(MEMBERS, "for"), amendment=amendment, text=changed)
    made.vote(amended, {**dict.fromkeys(MEMBERS, "for"), "m4": "abstain"}, text=changed)
    sitting.here(override, "m1", "m2", "m3")
    made.vote(override, dict.fromkeys(("m1", "m2", "m3"), "for"), override="Fristen udløber i morgen.")
    states = ("adopted", "fell", "adopted", "withdrawn", "deferred", "adopted")
    for point, state in zip(sitting.points, states, strict=True):
        why = {"withdrawn": "Trukket af indstilleren", "deferred": "Der mangler et bilag"}.get(state, "")
        point.state, point.why, point.note, point.ended_at = state, why, f"Der blev talt om {point.label}.", NOON
        point.save()
    pack = SealedPack.objects.create(
        case=sitting.board.case, version=1, sha256=PACK, content_sha256=PACK, sealed_at=NOON, demonstration=True,
        votes=True, fingerprint=demonstration_key().fingerprint, content=b"PK",
    )  # fmt: skip
    Material.objects.create(run=sitting.run, pack=pack, sent_at=NOON)
    sitting.run.state, sitting.run.closed_at = MeetingState.CLOSED, NOON
    sitting.run.save()
    return made


def change(case: Any, key: str, **values: Any) -> None:
    change_thing(case=case, key=key, version=None, values=values, meaning=False, by=None, at=NOON)


@pytest.fixture
def by_number(held: Held) -> None:
    change(held.sitting.board.case, "approval/body", ballots="by_count")


@pytest.fixture
def access(held: Held) -> Callable[[Level], None]:
    """Sets who may read the paper."""
    case = held.sitting.board.case

    def set_to(level: Level) -> None:
        change(case, "approval/paper", access=Access(level=level))

    return set_to


@dataclass
class House:
    """An issuer of certificates, and those whom it has issued one."""

    key: Any
    certificate: made_x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def signer(self, name: str, key: Any = None) -> signers.SimpleSigner:
        key = key or ec.generate_private_key(ec.SECP256R1())
        certificate = issued(name, key.public_key(), self.certificate.subject, self.key)
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return signers.SimpleSigner(
            signing_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(der),
            cert_registry=SimpleCertificateStore(),
        )


def issued(name: str, public: Any, issuer: made_x509.Name, key: Any, *, root: bool = False) -> made_x509.Certificate:
    now = datetime.datetime.now(tz=datetime.UTC)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    return (
        made_x509.CertificateBuilder()
        .subject_name(made_x509.Name([made_x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(made_x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + 365 * DAY)
        .add_extension(made_x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(
            made_x509.KeyUsage(
                digital_signature=not root, content_commitment=not root, key_cert_sign=root, crl_sign=root, **usage
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )


@pytest.fixture(scope="session")
def house() -> House:
    return a_house("Prøveudsteder")


def a_house(name: str) -> House:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = made_x509.Name([made_x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return House(key, issued(name, key.public_key(), subject, key, root=True))


def signed_by(content: bytes, signer: signers.SimpleSigner, number: int = 1, **given: Any) -> bytes:
    """Return a file with one more signature."""
    out = BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=f"Underskrift{number}", **given)
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), meta, signer=signer, output=out)
    return out.getvalue()
