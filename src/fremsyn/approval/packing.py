"""A sealed pack from its content: the readme, the proof that the log knows of it, the manifest and its signature."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as version_of
from pathlib import Path
from string import Template

from fremsyn.approval import verify
from fremsyn.audit.checkpoints import SignedHead
from fremsyn.audit.keys import SealKey
from fremsyn.audit.leaves import stamp
from fremsyn.audit.models import Entry
from fremsyn.audit.tree import inclusion_proof
from fremsyn.core.text import Text

STAMP = "audit/checkpoint.tsr"
HERE = Path(__file__).parent
MARKS = {
    "demonstration": Text(da="demonstration, ikke en beslutning", en="demonstration, not a decision"),
    "paper": Text(da="forseglet sag, ikke en beslutning", en="sealed paper, not a decision"),
    "decision": Text(
        da="bestyrelsens beslutning, med stemmer og referat", en="the board's decision, with ballots and minutes"
    ),
}
VOTES = {
    True: Text(da="stemmerne under pseudonym", en="the votes under pseudonyms"),
    False: Text(
        da="stemmerne ligger ikke i pakken, så svarene kan ikke regnes efter",
        en="the votes are not in the pack, so the answers can't be computed again",
    ),
}
LACKS = Text(
    da="""

Dette er den offentlige udgave. Hold den op mod bestyrelsens egen, og den mangler:
- punkter, afsnit og bilag, der er lukket: nummer og grund er her, ikke et ord af indholdet
- tallene i økonomien og risiciene, hvor afsnittet om økonomi er lukket
- møder, hvis referat ikke er godkendt
- punkter, som referatet lukker, med deres stemmer
- navnene på medlemmer og underskrivere, og hvad der er oplyst om inhabilitet""",
    en="""

This is the public edition. Beside the body's own it lacks:
- points, sections and annexes that are closed: number and ground are here, not a word of what they say
- the figures of the economy and the risks, where the section on the economy is closed
- meetings whose minutes are not approved
- points that the minutes close, with their votes
- the names of members and signers, and what was declared of a disqualification""",
)


@dataclass(frozen=True)
class About:
    """What a pack says of itself.

    `paper` is the version of the paper that lies in it. `votes` tells whether the votes lie in it, `decided` whether a
    decision's record does, `public` whether it is the public edition of a paper that has another.
    """

    case: str
    title: Text
    version: int
    paper: int
    demonstration: bool
    votes: bool
    decided: bool = False
    public: bool = False

    @property
    def mark(self) -> Text:
        """Return what a reader must know first."""
        return MARKS["demonstration" if self.demonstration else "decision" if self.decided else "paper"]


@dataclass(frozen=True)
class Proof:
    """The proof that a pack's consistent scenarios are all there are, by entry name, and what the readme says of it."""

    said: Text
    entries: Mapping[str, bytes] = field(default_factory=dict)


NO_PROOF = Proof(
    Text(
        da="intet certifikat på, at scenarierne er alle, for sagen har ingen krydsvirkningsmatrix",
        en="no certificate that the scenarios are all there are, as the case has no cross-impact matrix",
    )
)


def content_hash(content: Mapping[str, bytes]) -> str:
    """Return the hash of a pack's content, which depends on no key, time or machine."""
    return verify.content_sha256({name: hashlib.sha256(held).hexdigest() for name, held in content.items()})


def packed(
    content: Mapping[str, bytes],
    about: About,
    *,
    sealing: Entry,
    head: SignedHead,
    key: SealKey,
    ballots: Sequence[Entry] = (),
    stamped: bytes = b"",
    proof: Proof = NO_PROOF,
) -> bytes:
    """Return the pack: the content, and what is needed to verify it.

    :param sealing: the entry of the log that tells of this sealing
    :param head: the log's head, signed with `key`, over that entry
    :param ballots: the entries of the log that tell of the ballots in the record
    :param stamped: a time stamp over the signed head (RFC 3161), if one was asked for
    :param proof: beside the content, since another version of the search may prove the same in other lines
    """
    sealed_at = stamp(sealing.at)
    beside = {
        "verify.py": Path(verify.__file__).read_bytes(),
        verify.PUBLIC_KEY: verify.PEM.format(base64.b64encode(verify.DER + key.public).decode()).encode(),
        verify.CHECKPOINT: head.checkpoint.text.encode(),
        verify.INCLUSION: verify.canonical(_proof(sealing, head)),
        **({verify.BALLOTS: verify.canonical([_proof(each, head) for each in ballots])} if ballots else {}),
        **({STAMP: stamped} if stamped else {}),
        **proof.entries,
        **_readmes(about, sealed_at, key.fingerprint, content_hash(content), proof.said),
    }
    manifest = _manifest(content, beside, about, sealed_at, key)
    signature = base64.b64encode(key.sign(manifest)) + b"\n"
    return verify.zipped({**content, **beside, verify.MANIFEST: manifest, verify.SIGNATURE: signature})


def _proof(entry: Entry, head: SignedHead) -> dict[str, object]:
    """Return an entry of the log with its way to the root."""
    said = {name: getattr(entry, name) for name in ("actor", "case", "data", "event", "sequence")}
    path = [hash_.hex() for hash_ in inclusion_proof(head.leaves, entry.sequence - 1)]
    return {"entry": {**said, "at": stamp(entry.at)}, "path": path}


def _manifest(
    content: Mapping[str, bytes], beside: Mapping[str, bytes], about: About, sealed_at: str, key: SealKey
) -> bytes:
    files = [
        {"name": name, "sha256": hashlib.sha256(held).hexdigest(), "size": len(held), "content": name in content}
        for name, held in sorted({**content, **beside}.items())
    ]
    return verify.canonical(
        {
            "format": verify.FORMAT,
            "made_by": f"Fremsyn {version_of('fremsyn')}",
            "case": about.case,
            "title": {code: written for code in ("da", "en") if (written := getattr(about.title, code))},
            "version": about.version,
            "sealed_at": sealed_at,
            "demonstration": about.demonstration,
            "mark": about.mark.in_language("en")[0],
            "votes": about.votes,
            "fingerprint": key.fingerprint,
            "content_sha256": content_hash(content),
            "files": files,
        }
    )


def _readmes(about: About, sealed_at: str, fingerprint: str, content: str, proof: Text) -> dict[str, bytes]:
    words: dict[str, str] = {
        "version": str(about.version),
        "paper": str(about.paper),
        "sealed_at": sealed_at,
        "fingerprint": fingerprint,
        "content_sha256": content,
    }
    shown = Text(*(f"{written[:1].upper()}{written[1:]}" for written in (str(about.mark.da), str(about.mark.en))))
    lacks = LACKS if about.public else Text(da="", en="")
    said = {"title": about.title, "mark": shown, "votes": VOTES[about.votes], "proof": proof, "lacks": lacks}
    for name, text in said.items():
        words |= {f"{name}_{code}": text.in_language(code)[0] for code in ("da", "en")}
    return {
        f"README.{code}.md": Template((HERE / "pack" / f"README.{code}.md").read_text("utf-8"))
        .substitute(words)
        .encode()
        for code in ("da", "en")
    }
