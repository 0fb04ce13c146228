"""Opening a round, closing it and showing its results."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.remembered import changed
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Round, RoundRun
from fremsyn.conversation.running import RoundState, day_of, digest_of_votes, hold_votes, state_of
from fremsyn.conversation.schema import Round as AskedRound
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

SALT_BYTES = 16


def asked_of(round_: Round) -> AskedRound:
    """Return a round as its case holds it.

    :raises RuleBroken: when it has been withdrawn
    """
    talk = load(round_.item.case).conversation
    found = next((each for each in talk.rounds if each.ref == round_.item.ref), None)
    if found is None:
        raise RuleBroken(_("The round has been withdrawn. Bring it back first."))
    return found


def in_the_way(asked: AskedRound, state: RoundState) -> str:
    """Return what keeps a round from being opened, in words that say what to do; empty when nothing does."""
    says_nothing = not (asked.questions or asked.monday or asked.postcard)
    for met, words in (
        (state == RoundState.OPEN, _("The round is open already.")),
        (state == RoundState.CLOSED, _("The round has closed, or its last day has passed. Choose a later last day.")),
        (not asked.circles, _("Choose at least one circle to ask.")),
        (asked.anonymity == "named", _("Answers by name can't be given by a link. Choose a pseudonym or unlinked.")),
        (
            asked.kind == "scenarios" and not asked.tellings,
            _("The round tells no scenario. Prepare it from the template “Judge the scenarios”."),
        ),
        (asked.kind != "open" and not asked.statements, _("The round has no statements yet. Write some first.")),
        (asked.kind == "open" and says_nothing, _("The round asks nothing yet. Write a question first.")),
    ):
        if met:
            return words
    return ""


@transaction.atomic
def open_round(*, round_: Round, by: Person | None, at: datetime) -> RoundRun:
    """Let a round take answers, from now until it is closed or its last day is over.

    :raises RuleBroken: when it is open or closed already, its last day has passed, or it asks nothing or nobody
    """
    case = round_.item.case
    lock(case)
    row = Round.objects.select_related("item__case", "run").get(pk=round_.pk)
    run = getattr(row, "run", None)
    if run is not None and run.closed_at is not None:
        raise RuleBroken(_("The round has been closed. Results may have been seen, so ask again in a new round."))
    words = in_the_way(asked_of(round_), state_of(row, at))
    if words:
        raise RuleBroken(words)
    changed(case)
    made = RoundRun.objects.create(round=row, opened_at=at)
    _set(row, {"opens": day_of(row, at)}, by, at)
    record("conversation.round_opened", case=case, by=by, at=at, round=row.item.ref, closes=row.closes.isoformat())
    return made


@transaction.atomic
def close_round(*, round_: Round, by: Person | None, at: datetime) -> RoundRun:
    """Take no more answers, and keep count and hash of the votes that were cast.

    :raises RuleBroken: when the round was never opened, or is closed already
    """
    hold_votes(round_)
    run = _run_of(round_, _("The round has not been opened, so there is nothing to close."))
    if run.closed_at is not None:
        raise RuleBroken(_("The round is closed already."))
    row = run.round
    case = row.item.case
    changed(case)
    run.votes_salt = secrets.token_hex(SALT_BYTES)
    run.votes, run.votes_sha256 = digest_of_votes(row, run.votes_salt)
    run.closed_at = at
    run.shown_at = at if row.results == "when_closed" else None
    run.save(update_fields=["votes", "votes_sha256", "votes_salt", "closed_at", "shown_at"])
    day = min(row.closes, day_of(row, at))  # the day on which it closed, not the one that was planned
    _set(row, {"votes": row.votes or f"votes/{row.item.ref}.csv", "closes": day}, by, at)
    # The log is read by more people than may know of a small circle, and by subtraction the total would tell of it.
    record("conversation.round_closed", case=case, by=by, at=at, round=row.item.ref, votes_sha256=run.votes_sha256)
    return run


@transaction.atomic
def show_results(*, round_: Round, by: Person | None, at: datetime) -> RoundRun:
    """Show the results of a round that has been closed, to everybody who may see the round.

    :raises RuleBroken: when it has not been closed, or they are shown already
    """
    run = _run_of(round_, _("Close the round first; then its results can be shown."))
    if run.closed_at is None:
        raise RuleBroken(_("Close the round first; then its results can be shown."))
    if run.shown_at is not None:
        raise RuleBroken(_("The results are shown already."))
    case = run.round.item.case
    changed(case)
    run.shown_at = at
    run.save(update_fields=["shown_at"])
    record("conversation.round_results_shown", case=case, by=by, at=at, round=run.round.item.ref)
    return run


def _run_of(round_: Round, otherwise: str) -> RoundRun:
    runs = RoundRun.objects.select_for_update(of=("self",)).select_related("round__item__case")
    run = runs.filter(round_id=round_.pk).first()
    if run is None:
        raise RuleBroken(otherwise)
    return run


def _set(row: Round, values: dict[str, Any], by: Person | None, at: datetime) -> None:
    change_thing(case=row.item.case, key=row.item.ref, version=None, values=values, meaning=False, why="", by=by, at=at)
