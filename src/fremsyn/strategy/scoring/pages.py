"""What the pages for scores show: cells, what the case says, what each gave, and how far apart they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.editing.one_language import in_page_language
from fremsyn.cases.models import Item
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.strategy import queries
from fremsyn.strategy.handover import load
from fremsyn.strategy.models import ScoreMark
from fremsyn.strategy.schema import Option, Score
from fremsyn.strategy.scoring.forms import Given, Key, ScoresForm, SettleForm, names_of
from fremsyn.web.templatetags.say import say_plain, signed


@dataclass(frozen=True)
class Board:
    """The cells of one page: all scenarios of an option, or all options in a scenario."""

    visit: Visit
    options: tuple[Option, ...]
    worlds: tuple[Entry, ...]
    head: Entry
    by_option: bool

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return the cells: option and scenario."""
        return tuple((option.ref, world.ref) for option in self.options for world in self.worlds)

    def other(self, key: Key) -> Entry:
        """Return what a cell is headed by: its scenario on an option's page, its option on a scenario's."""
        return self.visit.entries[key[1] if self.by_option else key[0]]

    @property
    def words(self) -> dict[Key, str]:
        """Return each cell's words."""
        return {key: f"{self.other(key).ref} {say_plain(self.other(key).title)}" for key in self.keys}

    @property
    def settled(self) -> dict[Key, Score]:
        """Return what the case says, where it says something."""
        scores = {option.ref: option.scores for option in self.options}
        return {key: scores[key[0]][key[1]] for key in self.keys if key[1] in scores[key[0]]}


def of_option(visit: Visit, ref: str) -> Board:
    """Return an option's cells in every scenario that options are tried in.

    :raises Http404: when there is no such option
    """
    head = visit.entry(ref, "option")
    option = next(each for each in load(visit.case).options if each.ref == ref)
    return Board(visit, (option,), _worlds(visit), head, by_option=True)


def of_scenario(visit: Visit, ref: str) -> Board:
    """Return the cells of every option in a scenario.

    :raises Http404: when there is no such scenario
    """
    head = visit.entry(ref, "scenario")
    return Board(visit, load(visit.case).options, (head,), head, by_option=False)


def _worlds(visit: Visit) -> tuple[Entry, ...]:
    return visit.shown(each.ref for each in queries.working(visit.case))


@dataclass(frozen=True)
class Spread:
    """What people gave in a cell, each with who, when and why; `mine` is the visitor's own."""

    marks: tuple[ScoreMark, ...]
    mine: ScoreMark | None

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """Return each step of the scale and how many gave it."""
        return tuple((signed(step), sum(mark.score == step for mark in self.marks)) for step in range(-2, 3))

    @property
    def words(self) -> str:
        """Say how many have judged and how far apart they are."""
        scores = [mark.score for mark in self.marks]
        if not scores:
            return _("Nobody has given a score of their own yet.")
        told = {"count": len(scores), "low": signed(min(scores)), "high": signed(max(scores))}
        if min(scores) == max(scores):
            return (
                ngettext("One person has given %(low)s.", "%(count)d people have all given %(low)s.", len(scores))
                % told
            )
        return _("%(count)d people differ: from %(low)s to %(high)s.") % told


def spreads(board: Board) -> dict[Key, Spread]:
    """Return what people gave in each cell, the oldest first."""
    within = Q(option__ref__in=[each.ref for each in board.options], scenario__ref__in=[e.ref for e in board.worlds])
    rows = ScoreMark.objects.filter(within, option__case=board.visit.case).select_related("by", "option", "scenario")
    found: dict[Key, list[ScoreMark]] = {key: [] for key in board.keys}
    for row in rows.order_by("at", "pk"):
        found[row.option.ref, row.scenario.ref].append(row)
    me = board.visit.person
    return {key: Spread(tuple(marks), next((m for m in marks if m.by == me), None)) for key, marks in found.items()}


def mine_form(board: Board, data: Any = None) -> ScoresForm:
    """Return the form for one's own scores."""
    before = {key: Given(each.mine.score, each.mine.reason) for key, each in spreads(board).items() if each.mine}
    return ScoresForm(data, board.words, before)


def settle_form(board: Board, data: Any = None, versions: Mapping[str, int] | None = None) -> SettleForm:
    """Return the form for the case's scores."""
    before = {key: Given(score.score, in_page_language(score.reason)) for key, score in board.settled.items()}
    rows = Item.objects.filter(case=board.visit.case, ref__in=[each.ref for each in board.options])
    return SettleForm(data, board.words, before, versions or dict(rows.values_list("ref", "version")))


def page(board: Board, form: ScoresForm, *, settles: bool) -> dict[str, Any]:
    """Return what a page for scores holds."""
    visit, found = board.visit, spreads(board)
    title = f"{board.head.ref} {say_plain(board.head.title)}"
    return {
        "visit": visit,
        "phase": "strategy",
        "crumbs": crumbs(visit, "strategy", (title, board.head.url), (_("Scores"), "")),
        "heading": _("What %(what)s does in each scenario") % {"what": say_plain(board.head.title)}
        if board.by_option
        else _("What each option does in %(what)s") % {"what": say_plain(board.head.title)},
        "head": board.head,
        "by_option": board.by_option,
        "form": form,
        "settles": settles,
        "rows": [_row(board, key, found[key], form, settles=settles) for key in board.keys],
        "hidden": form.hidden() if isinstance(form, SettleForm) else (),
        "scales": load(visit.case).scales,
        "known": visit.entries,
        "given": sum(each.mine is not None for each in found.values()),
        "around": _around(board),
        "across": _across(board),
    }


def _row(board: Board, key: Key, spread: Spread, form: ScoresForm, *, settles: bool) -> dict[str, Any]:
    score, reason = names_of(key)
    return {
        "entry": board.other(key),
        "settled": board.settled.get(key),
        "spread": spread,
        # others' scores are shown to those who have given their own, so that each judges first
        "open": settles or spread.mine is not None or board.visit.may(Right.EDIT),
        "score": form[score],
        "reason": form[reason],
    }


def _around(board: Board) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Return the pages before and after this one: title and address."""
    kind = "option" if board.by_option else "scenario"
    refs = (
        [each.ref for each in load(board.visit.case).options]
        if board.by_option
        else [w.ref for w in _worlds(board.visit)]
    )
    at = refs.index(board.head.ref) if board.head.ref in refs else 0
    return (
        _link(board, kind, refs[at - 1]) if at else None,
        _link(board, kind, refs[at + 1]) if at + 1 < len(refs) else None,
    )


def _across(board: Board) -> list[tuple[str, str]]:
    """Return the pages that cut the other way: title and address."""
    others: Iterable[str] = (
        (world.ref for world in board.worlds) if board.by_option else (option.ref for option in board.options)
    )
    return [_link(board, "scenario" if board.by_option else "option", ref) for ref in others]


def _link(board: Board, kind: str, ref: str) -> tuple[str, str]:
    title = f"{ref} {say_plain(board.visit.entries[ref].title)}"
    return title, reverse(f"strategy:{kind}_score", args=[board.visit.case.slug, ref])
