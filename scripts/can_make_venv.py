"""Say plainly what this machine's Python lacks for a virtual environment. Runs on old Pythons too."""

import importlib.util
import sys

NEEDED = (3, 11)

found = tuple(sys.version_info[:2])
if found < NEEDED:
    sys.exit(
        f"Fremsyn needs Python 3.11 or newer; this is {found[0]}.{found[1]}. Name another: make PYTHON=python3.12 …"
    )
if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
    sys.exit(
        "This Python can't make virtual environments yet. On Debian and Ubuntu, type:\n\n"
        "    sudo apt install python3-venv\n\nand then the same make command again."
    )
