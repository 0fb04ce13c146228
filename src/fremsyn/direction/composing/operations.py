"""What people do when they compose: wish for states with a stance and a reason, and tell the way back from the horizon."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.cases.editing.operations import add_thing, change_thing, withdraw_thing
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case, Item
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.direction.handover import load
from fremsyn.direction.schema import BackcastStep, DesirableScenario, DesirableState
from fremsyn.people.models import Person
from fremsyn.scenarios import handover as scenarios_handover

StanceId = Literal["ours", "work_for", "hope_hedge"]
Words = tuple[str | None, str | None]
OF_A_STATE = ("balance", "best_alternative", "best_balance", "resists_by")
OF_THE_WISH = ("score", "consistent", "resists", "distance")


@dataclass(frozen=True)
class Wished:
    """A state that is wished for, the stance towards it, and why. `seen` is the mark of what the person saw before."""

    variant: str
    stance: StanceId
    why: Text | None
    seen: str | None = None


@dataclass(frozen=True)
class Met:
    """A driver for which somebody else chose in the meantime; `theirs` is None where they took the state away."""

    driver: str
    theirs: DesirableState | None


class ComposedMeanwhile(RuleBroken):
    """Somebody else composed the same drivers since the page was opened; nothing was written."""

    def __init__(self, met: tuple[Met, ...]) -> None:
        super().__init__(
            _("Somebody else has composed at the same time. Their choices stand beside yours: choose, and save again.")
        )
        self.met = met


def mark_of(variant: str, stance: str, why: Text | None) -> str:
    """Return a short mark of a wished state, to see whether somebody changed it in the meantime."""
    told = "|".join((variant, stance, (why.da if why else "") or "", (why.en if why else "") or ""))
    return hashlib.sha256(told.encode()).hexdigest()[:16] if variant else ""


def parts_by_driver(case: Case) -> dict[str, tuple[str, DesirableState]]:
    """Return the wished states by their driver's reference, each with the key of the part that holds it."""
    wish = load(case).desirable
    if wish is None:
        return {}
    rows = Item.objects.filter(case=case, parent__ref=wish.ref, slot="variants", withdrawn_at=None)
    keys = rows.order_by("position", "path").values_list("path", flat=True)
    return {each.variant.partition(".")[0]: (key, each) for key, each in zip(keys, wish.variants, strict=True)}


@transaction.atomic
def compose(
    *, case: Case, wished: Mapping[str, Wished], texts: Mapping[str, Text | None], by: Person | None, at: datetime
) -> None:
    """Keep the desirable scenario as it was composed; the case gets one where it has none.

    :param wished: by a driver's reference; an empty `variant` wishes for none of its states
    :param texts: `name`, `statement` and `tension`; those not named stay as they are
    :raises ComposedMeanwhile: when somebody else changed the same drivers since they were seen
    :raises RuleBroken: when a state is gone, or a new scenario has no name
    """
    lock(case)
    _refuse_unless_there(case, wished)
    parts = parts_by_driver(case)
    met = tuple(
        Met(driver, parts[driver][1] if driver in parts else None)
        for driver, wish in wished.items()
        if wish.seen is not None and _changed_by_both(wish, parts.get(driver, ("", None))[1])
    )
    if met:
        raise ComposedMeanwhile(met)
    ref = _scenario(case, texts, by, at)
    for driver, wish in wished.items():
        now = parts.get(driver)
        if wish.seen is None or mark_of(wish.variant, wish.stance, wish.why) != wish.seen:
            _wish(case, ref, now, wish, by, at)
    _forget_stated_figures(case, by, at)


def _mark(state: DesirableState | None) -> str:
    return mark_of(state.variant, state.stance, state.why) if state else ""


def _changed_by_both(wish: Wished, now: DesirableState | None) -> bool:
    mine, theirs = mark_of(wish.variant, wish.stance, wish.why), _mark(now)
    return wish.seen not in (mine, theirs) and mine != theirs


def _refuse_unless_there(case: Case, wished: Mapping[str, Wished]) -> None:
    known = {d.ref: {v.ref for v in d.variants} for d in scenarios_handover.load(case).scenarios.drivers}
    for driver, wish in wished.items():
        if driver not in known or (wish.variant and wish.variant not in known[driver]):
            raise RuleBroken(_("A driver or a state has been withdrawn meanwhile. Open the page again."))


def _scenario(case: Case, texts: Mapping[str, Text | None], by: Person | None, at: datetime) -> str:
    """Write the scenario's own words, and return its reference."""
    wish = load(case).desirable
    given = {name: text for name, text in texts.items() if text is not None or name == "tension"}
    if wish is not None:
        change_thing(case=case, key=wish.ref, version=None, values=given, meaning=False, by=by, at=at)
        return wish.ref
    name, statement = texts.get("name"), texts.get("statement")
    if name is None or statement is None:
        raise RuleBroken(_("Give the future you wish for a name, and say it in a few sentences."))
    thing = DesirableScenario(
        ref="", composed=True, name=name, statement=statement, tension=texts.get("tension"),
        question=load(case).question, variants=(),
    )  # fmt: skip
    return add_thing(case=case, parent="direction", slot="desirable", thing=thing, by=by, at=at).ref


def _wish(
    case: Case, ref: str, now: tuple[str, DesirableState] | None, wish: Wished, by: Person | None, at: datetime
) -> None:
    if now is None and wish.variant:
        state = DesirableState(variant=wish.variant, stance=wish.stance, why=wish.why)
        add_thing(case=case, parent=ref, slot="variants", thing=state, by=by, at=at)
    elif now is not None and wish.variant:
        values = {"variant": wish.variant, "stance": wish.stance, "why": wish.why}
        meaning = wish.variant != now[1].variant
        change_thing(case=case, key=now[0], version=None, values=values, meaning=meaning, by=by, at=at)
    elif now is not None:
        withdraw_thing(case=case, key=now[0], by=by, at=at)


def _forget_stated_figures(case: Case, by: Person | None, at: datetime) -> None:
    """What a file stated of its wish is true of that wish only."""
    wish = load(case).desirable
    if wish is None:
        return
    held: list[tuple[str, Any, tuple[str, ...]]] = [(wish.ref, wish, OF_THE_WISH)]
    held += [(key, state, OF_A_STATE) for key, state in parts_by_driver(case).values()]
    for key, thing, names in held:
        stated = {name: None for name in names if getattr(thing, name) is not None}
        if stated:
            change_thing(case=case, key=key, version=None, values=stated, meaning=False, by=by, at=at)


@dataclass(frozen=True)
class Step:
    """What is written for a year: in a step that is there already (its key), or in a new one (no key).

    `version` is the version that the person saw; None where they saw none.
    """

    year: int
    key: str
    words: str
    version: int | None = None


@transaction.atomic
def tell_backcast(*, case: Case, steps: tuple[Step, ...], language: str, by: Person | None, at: datetime) -> None:
    """Keep the way back from the horizon: new steps, changed ones, and those that were emptied withdrawn.

    :param language: in which the words are written; the other language of a changed step stays
    :raises Conflict: when somebody else changed the same step since it was seen
    """
    lock(case)
    stand = backcast_steps(case)
    for step in steps:
        now = stand.get(step.key)
        before = now.text if now else Text()
        if (getattr(before, language) or "") == step.words:
            continue
        text = replace(before, **{language: step.words or None})
        if now is None and step.words:
            thing = BackcastStep(year=step.year, text=text)
            add_thing(case=case, parent="direction", slot="backcast", thing=thing, by=by, at=at)
        elif now is not None and not (text.da or text.en):
            withdraw_thing(case=case, key=step.key, by=by, at=at)
        elif now is not None:
            values = {"text": text}
            change_thing(case=case, key=step.key, version=step.version, values=values, meaning=True, by=by, at=at)


def backcast_steps(case: Case) -> dict[str, BackcastStep]:
    """Return the steps of the backcast by the key of the part that holds each."""
    rows = Item.objects.filter(case=case, sheet="direction", parent__parent=None, slot="backcast", withdrawn_at=None)
    keys = rows.order_by("position", "path").values_list("path", flat=True)
    return dict(zip(keys, load(case).backcast, strict=True))
