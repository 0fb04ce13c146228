"""Where the compiled libraries lie: beside their source, under names that tell the source and the processor."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from platform import machine

HERE = Path(__file__).parent
BUILT = HERE / "built"
FLAGS = ("-shared", "-O3", "-march=native", "-fPIC", "-ffreestanding", "-nostdlib", "-fno-sanitize=undefined")
LIBRARIES = {
    "core16": ("core.c", "-DLANE=int16_t"),
    "core32": ("core.c", "-DLANE=int32_t"),
    "succession": ("succession.c",),
}


def library(name: str) -> Path:
    """Return where one of the libraries lies once `make setup` has compiled it.

    One for another source, or for a processor that knows other instructions, has another name: it is never loaded
    by mistake.
    """
    source, *defined = LIBRARIES[name]
    texts = (each.read_text(encoding="utf-8") for each in (HERE / source, *sorted(HERE.glob("*.h"))))
    told = *texts, *FLAGS, *defined, machine(), _instructions()
    return BUILT / f"{name}-{sha256(chr(0).join(told).encode()).hexdigest()[:16]}.so"


@cache
def _instructions() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    return next((line for line in lines if line.lower().startswith(("flags", "features"))), "")
