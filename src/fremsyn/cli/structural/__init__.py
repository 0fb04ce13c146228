"""`fremsyn morphology`, `micmac`, `mactor` and `cross`: methods on the structure of a field, on files."""

import argparse
from functools import partial
from importlib import import_module
from pathlib import Path

from fremsyn.cli.cib import whole_from


def structural_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add them; they need neither database nor settings."""
    _morphology(commands)
    _micmac(commands)
    _command(commands, "mactor", "say which actors are strong, and who is with whom on what")
    _cross(commands)


def _morphology(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(commands, "morphology", "count and list what holds together in a morphological field")
    command.add_argument("--count", action="store_true", help="only how many there are, and with which values")
    for name, what in (("fix", "that is given"), ("exclude", "that may not be chosen")):
        command.add_argument(f"--{name}", action="append", default=[], metavar="P=V", help=f"a value {what}")
    command.add_argument("--weigh", action="store_true", help="say what each excluded pair alone rules out")
    command.add_argument("--least", type=whole_from(0), metavar="N", help="the grade from which a pair goes together")
    command.add_argument("--limit", type=whole_from(0), metavar="N", help="the most to list")
    command.add_argument("--time-limit", type=float, metavar="S", help="the longest to search, in seconds")


def _micmac(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(commands, "micmac", "say which variables drive a system, directly and by way of others")
    command.add_argument("--order", type=whole_from(1), metavar="N", help="the length of paths to read influence at")
    command.add_argument(
        "--potential", type=whole_from(1), default=3, metavar="N", help="what a potential influence (P) counts as"
    )


def _cross(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(commands, "cross", "choose two axes and place the consistent scenarios in the four corners")
    command.add_argument("--matrix", type=Path, metavar="FILE", help="the cross-impacts; cross_impact.yaml beside FILE")
    command.add_argument("--axis", action="append", default=[], metavar="D", help="a driver that shall be an axis")
    for name in ("low", "high"):
        command.add_argument(
            f"--{name}", action="append", default=[], metavar="D=V", help=f"a variant at the {name} end of an axis"
        )
    command.add_argument("--weak", type=float, default=1.0, metavar="N", help="the strongest tie independent axes have")
    command.add_argument("--limit", type=whole_from(0), default=100_000, metavar="N", help="the most to place")
    command.add_argument("--time-limit", type=float, metavar="S", help="the longest to search, in seconds")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what)
    command.add_argument("file", type=Path, metavar="FILE", help=".yaml, .json or .csv; see docs/methods")
    command.add_argument("--json", action="store_true", help="write one JSON object to standard output")
    command.set_defaults(without_django=True, run=partial(_run, name))
    return command


def _run(name: str, given: argparse.Namespace) -> int:
    """Run a command by the module of its name, which is imported no earlier: most take long."""
    found: int = import_module(f"{__name__}.{name}").find(given)
    return found
