"""The search and the check as commands: what they refuse, and what they answer."""

import argparse
import os
from collections.abc import Iterator
from itertools import chain
from signal import SIGTERM, default_int_handler, signal
from time import perf_counter

import numpy as np

from fremsyn.cli.cib.files import read_matrix
from fremsyn.cli.cib.question import Question
from fremsyn.cli.cib.told import AS_FOUND, BY_NAME, BY_SCORE, Json, Outcome, Words, explanation_of
from fremsyn.methods import cib
from fremsyn.methods.cib import core
from fremsyn.methods.cib.checker import Checker
from fremsyn.methods.cib.formats import WRITERS
from fremsyn.methods.cib.matrix import Indices
from fremsyn.methods.errors import MethodError
from fremsyn.terminal import refuse, say

SORTED_UP_TO = 100_000  # more than so many are written as they are found, so that they need no room
AT_ONCE = 4096
FORESEEING = 1.0  # seconds


def find(given: argparse.Namespace) -> int:
    """Run `fremsyn cib`."""
    try:
        named = read_matrix(given.file)
        if given.to:
            say(WRITERS[given.to](named), end="")
            return 0
        question = Question(named, given)
        if not core.compiled():
            refuse("The fast search is not compiled here, see make setup; the plain one answers, which takes longer.")
        return _proven(question, given) if given.certificate else _listed(question, given)
    except MethodError as error:
        return refuse(str(error))
    except MemoryError:
        return refuse(f"{given.file}: there is not enough memory; fix variants, or ask for --count or --top")


def check(given: argparse.Namespace) -> int:
    """Run `fremsyn cib-check`."""
    try:
        matrix = read_matrix(given.matrix).matrix
        with given.certificate.open("rb") as opened:
            checker = Checker(opened, list(matrix.sizes), matrix.judgements.tolist())
            number = checker.check()
    except MethodError as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{given.certificate}: it can't be read ({error.strerror or error}); give a file that is there")
    except (ValueError, RecursionError) as error:
        return refuse(f"{given.certificate}: {error}. The certificate proves nothing; make it again.")
    say(f"It holds: {number:,} consistent scenarios, and no other{checker.under}.")
    return 0


def _listed(question: Question, given: argparse.Namespace) -> int:
    next(cib.parts(question.matrix, **question.how), None)  # so that the time measured is that of the search
    question.began = perf_counter()
    outcome = Outcome()
    shares = _survival(question, given.survival) if given.survival else None
    writer = Json(question, shares) if given.json else Words(question, shares)
    if given.count:
        counted = cib.count(question.matrix, limit=given.limit, seconds=given.time_limit, **question.how)
        outcome = Outcome(counted.number, counted.exact, counted.nodes, counted.seconds)
        writer.end(outcome, listed=False)
        return 0
    found = _strongest(question, outcome, given.top) if given.top else _found(question, outcome, given.limit)
    first, more = _until(found, SORTED_UP_TO)
    outcome.order = BY_SCORE if given.top else AS_FOUND if more else BY_NAME
    if not more:
        rows = np.concatenate([np.empty((0, len(question.matrix.sizes)), np.int64), *first])
        rows = rows if given.top else rows[np.lexsort(rows.T[::-1])]
        first = _sliced(rows)
        outcome.explanation = explanation_of(question, rows, given.explain) if given.explain else None
    elif given.explain:
        raise MethodError("--explain: there are too many scenarios to number them; give --limit, --top or --fix.")
    writer.begin()
    for rows in chain(first, more, found):
        writer.rows(rows)
    if given.basins:
        outcome.basins = cib.basins(question.matrix, workers=os.cpu_count() or 1)
    writer.end(outcome, listed=True)
    return 0


def _survival(question: Question, number: int) -> dict[tuple[int, ...], float]:
    low, high = cib.around(question.matrix)
    found = cib.perturbed(question.matrix, number, low=low, high=high, tolerance=question.how["tolerance"])
    rows = map(tuple, found.scenarios.tolist())
    return {row: times / number for row, times in zip(rows, found.times.tolist(), strict=True)}


def _until(found: Iterator[Indices], most: int) -> tuple[list[Indices], list[Indices]]:
    """Take what is found until it is over or more than `most`; then what went over is given apart."""
    first: list[Indices] = []
    number = 0
    for rows in found:
        number += len(rows)
        if number > most:
            return first, [rows]
        first.append(rows)
    return first, []


def _sliced(rows: Indices) -> list[Indices]:
    return [rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE)]


def _found(question: Question, outcome: Outcome, limit: int | None) -> Iterator[Indices]:
    for part in cib.parts(question.matrix, **question.how):
        rows = part.scenarios
        outcome.nodes, outcome.seconds = part.nodes, part.seconds
        over = limit is not None and outcome.count + len(rows) > limit
        rows = rows[: None if limit is None else limit - outcome.count]
        outcome.count += len(rows)
        yield from _sliced(rows)
        if over or (not part.last and question.late()):
            outcome.complete = False
            return


def _strongest(question: Question, outcome: Outcome, k: int) -> Iterator[Indices]:
    best = cib.top(question.matrix, k, cancelled=question.late, **question.how)
    outcome.count, outcome.complete = len(best.scenarios), best.complete
    outcome.nodes, outcome.seconds = best.nodes, best.seconds
    yield from _sliced(best.scenarios)


def _proven(question: Question, given: argparse.Namespace) -> int:
    if given.top or given.limit is not None or given.count:
        raise MethodError("--certificate: it proves that all are listed; leave out --top, --limit and --count.")
    before = signal(SIGTERM, default_int_handler)  # so that whoever ends the command leaves no half of a file either
    try:
        refuse(f"{given.certificate}: {_foreseen(question)}")
        question.began = perf_counter()
        proof = cib.certify(question.matrix, given.certificate, cancelled=question.late, **question.how)
    except OSError as error:
        raise MethodError(f"{given.certificate}: it can't be written ({error.strerror or error})") from error
    finally:
        signal(SIGTERM, before)
    if proof is None:
        refuse(f"{given.certificate}: not written, as the time ran out before all was searched.")
    else:
        refuse(f"{given.certificate}: written, {proof.lines:,} lines, {proof.size:,} bytes.")
    return _listed(question, given)


def _foreseen(question: Question) -> str:
    """Say how large the certificate becomes, as far as that is known after a second."""
    end = perf_counter() + FORESEEING
    seen = cib.foresee(question.matrix, cancelled=lambda: perf_counter() > end, **question.how)
    if seen.share == 1:
        return f"it will have {seen.lines:,} lines, {seen.size:,} bytes."
    known = f"it will have more than {seen.lines:,} lines, {seen.size:,} bytes"
    if not seen.share:
        return f"{known}; how much more is not known."
    about = int(seen.size / seen.share)
    return f"{known}; going by the {seen.share:.1%} of the space that is settled, some {round(about, 2 - len(str(about))):,}."
