"""Where the compiled core lies: beside its source, under a name that tells the source and the processor."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from platform import machine

HERE = Path(__file__).parent
SOURCE = HERE / "core.c"
BUILT = HERE / "built"
LANES = {16: "int16_t", 32: "int32_t"}
FLAGS = ("-shared", "-O3", "-march=native", "-fPIC", "-ffreestanding", "-nostdlib", "-fno-sanitize=undefined")


def library(bits: int) -> Path:
    """Return where the core with lanes of so many bits lies once `make setup` has compiled it.

    A library for another source, or for a processor that knows other instructions, has another name: it is never
    loaded by mistake.
    """
    return BUILT / f"core{bits}-{_key()}.so"


@cache
def _key() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    can = next((line for line in lines if line.lower().startswith(("flags", "features"))), "")
    return sha256("\0".join([SOURCE.read_text(encoding="utf-8"), *FLAGS, machine(), can]).encode()).hexdigest()[:16]
