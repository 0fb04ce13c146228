"""How long sealing and verifying take, and how fast the audit log is read.

Run: .venv/bin/python bench/seal.py [folder of a case]
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
HERE = Path(__file__).parent


def timed(what: str, do: Callable[[], Result], rounds: int = 1, bar: str = "") -> Result:
    """Do something so many times, print the shortest time, return what came of it."""
    took = []
    for _round in range(rounds):
        began = time.perf_counter()
        came = do()
        took.append(time.perf_counter() - began)
    sys.stdout.write(f"{what:<46}{min(took):>9.3f} s  {bar}\n")
    return came


def main() -> None:
    """Seal a case with its documents in a database in memory, then verify the pack in every way."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "examples" / "kombit"
    os.environ |= {"DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from fremsyn.approval import verify
    from fremsyn.chain.check import check_folder
    from fremsyn.chain.documents import documents_of
    from fremsyn.chain.operations import import_case
    from fremsyn.chain.sealing import seal_demonstration
    from fremsyn.chain.times import moment
    from fremsyn.chain.verifying import recompute

    call_command("migrate", verbosity=0)
    content = check_folder(folder).content
    if content is None:
        sys.exit(f"{folder} is no case without faults")
    at = moment(content.case.as_of)
    case = import_case(content=content, slug=content.case.slug, by=None, at=at)
    documents = timed("set the documents", lambda: documents_of(case))
    sealed = timed("seal, documents given", lambda: seal_demonstration(case=case, documents=documents, at=at))
    pack = bytes(sealed.content)
    sys.stdout.write(f"{len(verify.unzipped(pack))} entries, {len(pack):,} bytes\n")
    timed("verify (the verifier's function)", lambda: verify.verify(pack), rounds=5)
    timed("compute again", lambda: recompute(pack), rounds=3)
    with tempfile.TemporaryDirectory() as place:
        file, alone = Path(place) / "pack.zip", Path(place) / "verify.py"
        file.write_bytes(pack)
        alone.write_bytes(Path(verify.__file__).read_bytes())
        run = [sys.executable, "-I", str(alone), str(file)]
        timed(
            "python -I verify.py, a process of its own",
            lambda: subprocess.run(run, check=True, stdout=subprocess.DEVNULL),
            rounds=3,
        )
        run = [sys.executable, "-m", "fremsyn.cli", "verify", str(file)]
        timed(
            "fremsyn verify, a process of its own",
            lambda: subprocess.run(run, check=True, stdout=subprocess.DEVNULL),
            rounds=3,
            bar="(bar 2 s on KOMBIT)",
        )


if __name__ == "__main__":
    main()
