"""`fremsyn cib` and `fremsyn cib-check`: the consistent scenarios of a matrix in a file, and the proof that they are all."""

import argparse
from collections.abc import Callable
from pathlib import Path

MOST_KEPT = 1_000_000  # scenarios that are held at once, in some 300 MB


def cib_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both; they need neither database nor settings."""
    command = commands.add_parser(
        "cib",
        help="find all consistent scenarios of a cross-impact matrix; listed by variants, with --top strongest first",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="cross_impact.yaml, .scw, .csv or .json")
    command.add_argument("--json", action="store_true", help="write one JSON object to standard output")
    command.add_argument("--count", action="store_true", help="only how many there are")
    command.add_argument("--tolerance", type=float, default=0, metavar="N", help="what a chosen variant may lack")
    for name, what in (("fix", "which a descriptor must have"), ("exclude", "that may not be chosen")):
        command.add_argument(
            f"--{name}", action="append", default=[], metavar="D=V", help=f"a variant {what}; D.V may be written V"
        )
    command.add_argument(
        "--top", type=whole_from(1, MOST_KEPT), metavar="K", help="the K with the highest total impact score"
    )
    command.add_argument("--time-limit", type=float, metavar="S", help="the longest to search, in seconds")
    command.add_argument("--limit", type=whole_from(0), metavar="N", help="the most to list")
    command.add_argument("--explain", type=whole_from(1), metavar="K", help="why the K-th of the list is consistent")
    command.add_argument(
        "--survival",
        type=whole_from(1),
        metavar="N",
        help="in how many of N matrices each holds, every judgement 1 up, 1 down or as it is; rougher than the web,"
        " where nine of ten judgements stay",
    )
    command.add_argument("--basins", action="store_true", help="where succession ends, from how many starts")
    command.add_argument("--certificate", type=Path, metavar="FILE", help="write a proof that the list is complete")
    command.add_argument(
        "--to", choices=["csv", "json", "scw"], help="write the matrix in another form and search nothing"
    )
    command.set_defaults(run=_find, without_django=True)
    proof = commands.add_parser("cib-check", help="check a certificate that all consistent scenarios are listed")
    proof.add_argument("certificate", type=Path, metavar="CERTIFICATE")
    proof.add_argument("matrix", type=Path, metavar="MATRIX")
    proof.set_defaults(run=_check, without_django=True)


def _find(given: argparse.Namespace) -> int:
    from fremsyn.cli.cib.run import find

    return find(given)


def _check(given: argparse.Namespace) -> int:
    from fremsyn.cli.cib.run import check

    return check(given)


def whole_from(least: int, most: int | None = None) -> Callable[[str], int]:
    def whole(text: str) -> int:
        if int(text) < least or (most is not None and int(text) > most):
            raise argparse.ArgumentTypeError(f"give a whole number from {least}" + (f" to {most:,}" if most else ""))
        return int(text)

    return whole
