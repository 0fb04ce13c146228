"""The proof in a sealed pack that its consistent scenarios are all there are: made, and held against the pack."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import rfc8785

from fremsyn.approval.packing import NO_PROOF, Proof
from fremsyn.approval.verify import CERTIFICATE
from fremsyn.core.text import Text
from fremsyn.methods import cib
from fremsyn.methods.cib import checker, core
from fremsyn.methods.errors import MethodError
from fremsyn.scenarios.analysis import Space
from fremsyn.scenarios.handover.judgements import Judgements

MATRIX, CHECKER = "proof/matrix.json", "proof/checker.py"
GIVEN = b"given 0\n"  # no tolerance, and no state that may not be chosen
MOST_BYTES = 8 * 1024 * 1024  # which the checker reads in some ten seconds

HERE = Text(
    da="`proof/`: certifikatet på, at ingen andre scenarier er konsistente (`certificate.txt`), de vurderinger, det gælder "
    "(`matrix.json`), og hundrede linjer Python, der efterprøver det: "
    "`python -I proof/checker.py proof/certificate.txt proof/matrix.json`",
    en="`proof/`: the certificate that no other scenario is consistent (`certificate.txt`), the judgements that it is of "
    "(`matrix.json`), and a hundred lines of Python that check it: "
    "`python -I proof/checker.py proof/certificate.txt proof/matrix.json`",
)
WHY_NOT = {
    "more": Text(
        da="der er flere konsistente scenarier, end der står i `results.json`",
        en="there are more consistent scenarios than `results.json` lists",
    ),
    "core": Text(
        da="maskinen, der forseglede, manglede den kompilerede søgning",
        en="the machine that sealed lacks the compiled search",
    ),
    "fractions": Text(
        da="en vurdering er ikke et helt tal, eller en drivkraft har mere end 32 tilstande",
        en="a judgement is no whole number, or a driver has more than 32 states",
    ),
    "size": Text(da="det ville fylde mere end 8 MB", en="it would take more than 8 MB"),
}


def proof_of(judged: Judgements, found: Space) -> Proof:
    """Return the certificate that what was found is all, its matrix and its checker; or say why there is none."""
    if not judged.begun:
        return NO_PROOF
    if not found.complete:
        return _none("more")
    if not core.compiled():
        return _none("core")
    out = io.BytesIO()
    try:
        certificate = cib.prove(judged.matrix, out, cancelled=lambda: out.tell() > MOST_BYTES)
    except MethodError:
        return _none("fractions")
    if certificate is None:
        return _none("size")
    program = Path(checker.__file__).read_bytes()
    return Proof(HERE, {CERTIFICATE: out.getvalue(), MATRIX: _matrix(judged), CHECKER: program})


def _none(why: str) -> Proof:
    return Proof(
        Text(
            da=f"intet certifikat på, at scenarierne er alle, for {WHY_NOT[why].da}",
            en=f"no certificate that the scenarios are all there are, as {WHY_NOT[why].en}",
        )
    )


def _matrix(judged: Judgements) -> bytes:
    """Return a matrix as the checker reads it, with references as names."""
    descriptors = [{"name": each.ref, "variants": [v.ref for v in each.variants]} for each in judged.drivers]
    return rfc8785.dumps({"descriptors": descriptors, "matrix": judged.matrix.judgements.tolist()})


@dataclass(frozen=True)
class Proven:
    """How many consistent scenarios a pack's certificate proves to be all; None where it has none, or a wrong `entry`."""

    scenarios: int | None = None
    entry: str = ""
    why: str = ""


def proven(entries: Mapping[str, bytes], judged: Judgements, found: Space) -> Proven:
    """Hold a pack's certificate against the judgements that lie in the pack, and what it proves against what was found."""
    missing = [name for name in (CERTIFICATE, MATRIX, CHECKER) if name not in entries]
    if len(missing) == 3:
        return Proven()
    if missing:
        return Proven(entry=missing[0], why="it is missing, and the rest of the proof is there")
    if not judged.begun or entries[MATRIX] != _matrix(judged):
        return Proven(entry=MATRIX, why="these are not the judgements in handovers/")
    certificate, matrix = io.BytesIO(entries[CERTIFICATE]), judged.matrix
    try:
        number = checker.Checker(certificate, list(matrix.sizes), matrix.judgements.tolist()).check()
    except (ValueError, RecursionError) as error:
        return Proven(entry=CERTIFICATE, why=f"it proves nothing ({error})")
    lines = entries[CERTIFICATE].splitlines(keepends=True)
    if lines[1] != GIVEN:
        return Proven(entry=CERTIFICATE, why="it is of a part of the scenarios alone, or with a tolerance")
    names = [variant.ref for driver in judged.drivers for variant in driver.variants]
    told = {tuple(names[int(v)] for v in line.split()[1:]) for line in lines if line.startswith(b"=")}
    if told != {each.variants for each in found.found}:
        return Proven(entry=CERTIFICATE, why="it proves other scenarios than those that the pack rests on")
    return Proven(number)
