"""Compile the fast search of cross-impact balance. Where that can't be, say so in a line: the plain one does its work."""

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from fremsyn.methods.cib.library import BUILT, FLAGS, HERE, LIBRARIES, library

MOST_SECONDS = 120


def compile_into(folder: str) -> None:
    """Compile what is not there yet; a library gets its name when it has been loaded once."""
    for name, (source, *defined) in LIBRARIES.items():
        if not library(name).exists():
            made = Path(folder, f"{name}.so")
            command = (sys.executable, "-m", "ziglang", "cc", *FLAGS, *defined, "-o", str(made), str(HERE / source))
            caches = {"ZIG_GLOBAL_CACHE_DIR": folder, "ZIG_LOCAL_CACHE_DIR": folder}
            subprocess.run(command, check=True, capture_output=True, timeout=MOST_SECONDS, env={**os.environ, **caches})
            ctypes.CDLL(str(made))
            made.replace(library(name))


def main() -> None:
    try:
        BUILT.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILT) as folder:
            compile_into(folder)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip().splitlines()
        sys.stderr.write(f"The fast search was not compiled, so the slower one is used: {(said or [str(error)])[-1]}\n")
        return
    for stale in set(BUILT.glob("*.so")) - set(map(library, LIBRARIES)):
        stale.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
