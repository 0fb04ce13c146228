"""What people make in the phase: a driver of trends, a scenario of what hangs together, a story, ticks at a story."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import add_thing, add_things, change_thing
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case, Item
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios import models
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.schema import Driver, Scenario, StoryFiles, StoryShows, Variant, VariantsTested

FEWEST, MOST = 2, 5
TICKS = ("shown", "implied", "left_out")
Language = Literal["da", "en"]
State = tuple[Text, Text]


@transaction.atomic
def add_driver(*, case: Case, driver: Driver, states: Sequence[State], by: Person | None, at: datetime) -> Item:
    """Add a driver with its states. Empty keys are made of the names; the matrix knows it at once, with nothing judged.

    :param driver: without `ref` and without variants
    :param states: name and description of each, two to five
    :raises RuleBroken: when there are too few or too many states, two are called the same, or a key is taken
    """
    lock(case)
    names = [str(name).strip().casefold() for name, _description in states]
    if not FEWEST <= len(states) <= MOST:
        raise RuleBroken(_("A driver has two to five states. Write at least two."))
    if len(set(names)) < len(names):
        raise RuleBroken(_("Two of the states are called the same. Give each a name of its own."))
    used = {each.key for each in load(case).scenarios.drivers}
    if driver.key in used:
        raise RuleBroken(_("The short name %(key)s is taken. Choose another, or leave it empty.") % {"key": driver.key})
    key = driver.key or short_name(str(driver.name), used)
    item = add_thing(
        case=case, parent="scenarios", slot="drivers", thing=replace(driver, ref="", key=key, variants=()), by=by, at=at
    )  # fmt: skip
    variants, letters = [], set[str]()
    for name, description in states:
        letter = short_name(str(name), letters, shortest=1)
        letters.add(letter)
        variants.append(Variant(ref="", key=f"{key}.{letter}", name=name, description=description))
    add_things(case=case, parent=item.ref, slot="variants", things=variants, by=by, at=at)
    return item


def short_name(words: str, used: set[str], *, shortest: int = 3) -> str:
    """Return the first letters of a name as capitals, as many as it takes to tell it from those used."""
    letters = "".join(c for c in words.upper() if "A" <= c <= "Z" or "0" <= c <= "9") or "X"
    for length in range(min(shortest, len(letters)), len(letters) + 1):
        if letters[:length] not in used:
            return letters[:length]
    start = letters[:shortest]
    return next(f"{start}{n}" for n in range(2, len(used) + 3) if f"{start}{n}" not in used)


@transaction.atomic
def keep_tested(*, case: Case, ref: str, tested: VariantsTested, by: Person | None, at: datetime) -> Item:
    """Keep that a driver's states were held against the two questions, and what came of it."""
    return change_thing(
        case=case, key=ref, version=None, values={"variants_tested": tested}, meaning=False, by=by, at=at
    )


@transaction.atomic
def take_scenario(
    *, case: Case, variants: Sequence[str], texts: Mapping[str, Text | None], use: Literal["working", "reserve"],
    by: Person | None, at: datetime,
) -> Item:  # fmt: skip
    """Take one of the consistent scenarios into the working set, or in reserve.

    :param variants: a state of every driver
    :param texts: `name`, and perhaps `attraction`, `unease` and `summary`
    :raises RuleBroken: when there is one with the same states, or they aren't one of each driver
    """
    lock(case)
    handover = load(case)
    same = next((each.ref for each in handover.scenarios.scenarios if set(each.variants) == set(variants)), None)
    if same:
        raise RuleBroken(_("%(ref)s has these states already.") % {"ref": same})
    if not handover.judgements.holds(variants):
        raise RuleBroken(_("A driver or state has changed meanwhile. Choose the scenario from the list again."))
    thing = Scenario(
        ref="", name=texts["name"] or Text(), use=use, variants=tuple(variants), consequences={}, roles={},
        attraction=texts.get("attraction"), unease=texts.get("unease"), summary=texts.get("summary"),
    )  # fmt: skip
    return add_thing(case=case, parent="scenarios", slot="scenarios", thing=thing, by=by, at=at)


class WrittenMeanwhile(RuleBroken):
    """Somebody else has written in the story since the page was opened; nothing was kept."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__(
            _(
                "Somebody else has written in the story while you did. Both are shown: put together what shall stand, and save."
            )
        )
        self.theirs = theirs
        self.version = version


@transaction.atomic
def write_story(
    *, case: Case, ref: str, language: Language, text: str, version: int, by: Person | None, at: datetime
) -> int:
    """Write a scenario's story in one language. Every version is kept.

    :param version: the version that was written on; 0 where there was no story
    :returns: the version that stands now
    :raises WrittenMeanwhile: when another version stands
    :raises RuleBroken: when the phase is closed or there is no such scenario
    """
    lock(case)
    refuse_unless_open(case, "scenarios", "scenario")
    scenario = next((each for each in load(case).scenarios.scenarios if each.ref == ref), None)
    if scenario is None:
        raise RuleBroken(_("There is no %(ref)s in this case.") % {"ref": ref})
    path = getattr(scenario.story, language, None) or f"stories/{ref}.{language}.md"
    story = models.Story.objects.filter(case=case, path=path).first()
    now = story.version if story else 0
    if story and story.text == text:
        return now
    if version != now:
        raise WrittenMeanwhile(story.text if story else "", now)
    changed(case)
    if story is None:
        story = models.Story(case=case, path=path, version=0)
    elif not story.versions.exists():
        models.StoryVersion.objects.create(
            story=story, number=story.version, text=story.text, by=None, at=case.created_at
        )
    story.text, story.version = text, now + 1
    story.save()
    models.StoryVersion.objects.create(story=story, number=story.version, text=text, by=by, at=at)
    record("scenarios.story_written", case=case, by=by, at=at, key=ref, language=language, version=story.version)
    if getattr(scenario.story, language, None) is None:
        files = scenario.story or StoryFiles()
        named = StoryFiles(**{"da": files.da, "en": files.en, language: path})
        change_thing(case=case, key=ref, version=None, values={"story": named}, meaning=False, by=by, at=at)
    return story.version


@transaction.atomic
def tick_story(*, case: Case, ref: str, ticks: Mapping[str, str], by: Person | None, at: datetime) -> Item:
    """Say for each driver whether the story shows it, implies it, or leaves it out on purpose.

    :param ticks: `shown`, `implied` or `left_out` by a driver's reference; an empty one takes a tick away, and
        drivers that are not named stay as they are
    :raises RuleBroken: when there is no such scenario, driver or tick
    """
    lock(case)
    handover = load(case)
    scenario = next((each for each in handover.scenarios.scenarios if each.ref == ref), None)
    drivers = [each.ref for each in handover.judgements.drivers]
    if scenario is None or not set(ticks) <= set(drivers) or not set(ticks.values()) <= {*TICKS, ""}:
        raise RuleBroken(_("A driver or the scenario has been withdrawn meanwhile. Open the page again."))
    kept = {**ticks_of(scenario), **ticks}
    shows = StoryShows(**{tick: tuple(d for d in drivers if kept.get(d) == tick) for tick in TICKS})
    values = {"story_shows": shows if any(kept.values()) else None}
    return change_thing(case=case, key=ref, version=None, values=values, meaning=False, by=by, at=at)


def ticks_of(scenario: Scenario) -> dict[str, str]:
    """Return which tick each driver has; those without are left out."""
    shows = scenario.story_shows
    return {ref: tick for tick in TICKS for ref in getattr(shows, tick)} if shows else {}
