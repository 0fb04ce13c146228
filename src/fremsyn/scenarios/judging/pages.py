"""What the pages of judging hold."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.cases.phases import is_open
from fremsyn.cases.rights import Right
from fremsyn.cases.shape import Number
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.handover.matrix import read_section, variant_at
from fremsyn.scenarios.judging.alone import judged_alone, judges_of
from fremsyn.scenarios.judging.forms import SectionForm, field_of
from fremsyn.scenarios.judging.futures import Moved, futures, moved, with_section
from fremsyn.scenarios.judging.grid import SCALE, Board, Pair, board, changed_words, reading
from fremsyn.scenarios.judging.history import NOTHING, Stand, row_of, stands, way_back
from fremsyn.scenarios.judging.operations import JudgedMeanwhile
from fremsyn.scenarios.words import said
from fremsyn.web.templatetags.say import signed

NEWEST, MOST_TOLD = 6, 3


def address(visit: Visit, pair: Pair) -> str:
    """Return where a pair is judged."""
    return reverse("scenarios:section_judge", args=[visit.case.slug, pair.source.ref, pair.target.ref])


def overview_page(visit: Visit) -> dict[str, Any]:
    """Return the whole matrix: what is judged, what is thin, what is still to do."""
    found, alone = board(visit.case), judged_alone(visit.case)
    left = [each for each in found.open if each.key not in alone]
    begin = left or [each for each in found.pairs.values() if each.key not in alone]
    return {
        "visit": visit,
        "workable": is_open(visit.case, "scenarios", "section"),
        "known": visit.entries,
        "said": found.handover.cross_impact,
        "question": visit.entries.get(found.handover.cross_impact.question),
        "crumbs": crumbs(visit, "scenarios", (_("Cross-impact matrix"), _matrix(visit)), (_("Judge"), "")),
        "guidance": guidance("scenarios", "judging"),
        "board": found,
        "rows": [
            (one, [found.pairs.get((one.ref, other.ref)) for other in found.drivers]) for one in found.drivers
        ],
        "futures": futures(found.handover.judgements),
        "begin": next(iter(begin), None),
        "left": left,
        "alone": alone,
    }  # fmt: skip


def _matrix(visit: Visit) -> str:
    return reverse("scenarios:matrix", args=[visit.case.slug])


def section_page(
    visit: Visit, pair: Pair, *, saved: int | None = None, since: int | None = None,
    form: SectionForm | None = None, met: JudgedMeanwhile | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return one section to be judged.

    :param saved: the version that was just saved, to say what it did
    :param since: the version that stood when the person opened the section; None where it is opened now
    :param form: what was typed, where it was refused
    :param met: what somebody else gave meanwhile
    """
    shared = section_fragment(visit, pair, saved=saved, since=since)
    found, alone = shared["board"], judged_alone(visit.case)
    before, after = found.around(pair)
    return shared | {
        "known": visit.entries,
        "question": visit.entries.get(pair.target.question),
        "crumbs": crumbs(
            visit, "scenarios", (_("Judge"), reverse("scenarios:matrix_judge", args=[visit.case.slug])), (pair.number, "")
        ),
        "guidance": guidance("scenarios", "judging"),
        "form": form or SectionForm(pair, shared["version"]),
        **({"version": form.data.get("version", "")} if form and form.is_bound else {}),
        "grid": grid_of(pair, form),
        "met": met,
        "meetings": [(_named(pair, each.source, each.target), each) for each in met.cells] if met else [],
        "before": before,
        "after": after,
        "next_open": found.next_open(pair, alone),
        "alone": pair.key in alone,
        "judges": judges_of(visit.case, pair.key) if pair.key in alone and visit.may(Right.LEAD) else (),
        "grounds": [
            (each, visit.shown((*each.because, *each.sources))) for each in (pair.source, pair.target)
        ],
    }  # fmt: skip


def section_fragment(
    visit: Visit, pair: Pair, *, saved: int | None, since: int | None = None, note: str = "", was: Pair | None = None
) -> dict[str, Any]:
    """Return what changes on the page when a judgement has been saved.

    :param since: the version from which it is told what came and went; None for the one before that was saved
    :param was: the section before this answer, to say aloud what the answer changed
    """
    found = board(visit.case)
    row = row_of(visit.case, pair.source.ref, pair.target.ref)
    past = stands(row.item) if row else ()
    way = way_back(past)
    version = row.item.version if row else 0
    told = what_moved(visit, pair, past, saved - 1 if since is None else since) if saved else None
    return {
        "board": found,
        "beside": [each for each in found.pairs.values() if each.source.ref == pair.source.ref],
        "history": history_told(pair, past),
        "visit": visit,
        "workable": is_open(visit.case, "scenarios", "section"),
        "pair": pair,
        "version": version,
        "since": version if since is None else since,
        "saved": saved,
        "note": note,
        "reading": reading(pair),
        "changed": changed_words(was, pair) if was else (),
        "sums": [(variant, _sum(values)) for variant, values in pair.rows],
        "moved": told,
        "futures": None if told else futures(load(visit.case).judgements),
        "undo": _undo(way),
    }


def history_told(pair: Pair, past: Sequence[Stand]) -> list[tuple[Stand, str]]:
    """Return the newest of what was done to a section, the latest first, each with what it changed in words."""
    told = [(after, _changes(pair, before, after)) for before, after in pairwise((NOTHING, *past)) if after.at]
    return told[: -NEWEST - 1 : -1]


def _changes(pair: Pair, before: Stand, after: Stand) -> str:
    if after.section is None:
        return _("not judged")
    was, now = before.cells, after.cells
    cells = sorted(cell for cell in was.keys() | now.keys() if was.get(cell, 0) != now.get(cell, 0))
    parts = [
        f"{_named(pair, ref, variant_at(pair.target.ref, at))}: {signed(was.get((ref, at), 0))} → {signed(now.get((ref, at), 0))}"
        for ref, at in cells
    ]
    if len(parts) > MOST_TOLD:
        parts = [ngettext("%(n)d judgement", "%(n)d judgements", len(parts)) % {"n": len(parts)}]
    if before.reason != after.reason:
        parts.append(_("the reason"))
    return "; ".join(parts) or _("judged")


def _sum(values: Sequence[Number]) -> Number:
    return sum(values)


def what_moved(visit: Visit, pair: Pair, past: Sequence[Stand], since: int) -> Moved | None:
    """Return what the section's changes since a version did to the futures; None where that version isn't known."""
    former = next((each for each in past if each.number == since), None)
    if former is None:
        return None
    handover = load(visit.case)
    section = read_section(former.section, pair.source, pair.target) if former.section else None
    return moved(handover, with_section(handover.judgements, pair.source.key, pair.target.key, section))


def _undo(way: Sequence[Stand]) -> Stand | None:
    return way[-1] if len(way) > 1 else None


def _named(pair: Pair, source: str, target: str) -> str:
    names = {each.ref: said(each.name) for each in (*pair.source.variants, *pair.target.variants)}
    return f"{names.get(source, source)} → {names.get(target, target)}"


def grid_of(pair: Pair, form: SectionForm | None = None) -> list[dict[str, Any]]:
    """Return the grid row by row, each cell with its seven choices; what was typed stands where it was refused."""
    rows = []
    for one, values in pair.rows:
        cells = []
        for other, value in zip(pair.target.variants, values, strict=True):
            name = field_of(one, other)
            chosen = form.data.get(name, "") if form and form.is_bound else f"{value:+d}" if value else "0"
            choices = [(f"{each:+d}" if each else "0", signed(each)) for each in SCALE]
            cells.append({"name": name, "other": other, "value": value, "chosen": chosen, "choices": choices})
        rows.append({"state": one, "cells": cells, "sum": _sum(values)})
    return rows


def find(visit: Visit, source: str, target: str) -> tuple[Board, Pair | None]:
    """Return the matrix and the pair asked for, if there is one."""
    found = board(visit.case)
    return found, found.pairs.get((source, target))
