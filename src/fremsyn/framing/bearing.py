"""What bears on a question so far, from every phase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import KINDS, accent
from fremsyn.cases.shape import LinkKind, Text
from fremsyn.framing.words import area_names

MOST_OPEN = 6


@dataclass(frozen=True)
class KindShare:
    """The things of one kind that bear on a question; `name` is their word, in the number that fits."""

    name: str | Promise
    entries: tuple[Entry, ...]

    @property
    def folded(self) -> bool:
        """Tell whether there are so many that the page folds them."""
        return len(self.entries) > MOST_OPEN


@dataclass(frozen=True)
class AreaShare:
    """What one phase, the conversation or the board has about a question."""

    app: str
    name: str
    phase: str
    kinds: tuple[KindShare, ...]

    @property
    def count(self) -> int:
        return sum(len(kind.entries) for kind in self.kinds)

    @property
    def height(self) -> int:
        """Return about how many lines the area takes on a page."""
        return 2 + sum(1 + (0 if kind.folded else len(kind.entries)) for kind in self.kinds)


@dataclass(frozen=True)
class Bearing:
    """All that bears on a question; `areas` holds every area that may be entered, also those that have nothing."""

    areas: tuple[AreaShare, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for area in self.areas for kind in area.kinds for entry in kind.entries)

    @property
    def count(self) -> int:
        return sum(area.count for area in self.areas)

    @property
    def unverified(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.unverified)

    @property
    def most(self) -> AreaShare:
        return max(self.areas, key=lambda area: area.count)

    @property
    def filled(self) -> tuple[AreaShare, ...]:
        return tuple(area for area in self.areas if area.kinds)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the areas that should have something and have nothing; the board decides on the whole."""
        return tuple(area.name for area in self.areas if not area.kinds and area.app != "approval")

    @property
    def columns(self) -> tuple[tuple[AreaShare, ...], ...]:
        """Return the areas that have something in two columns of about equal height, order kept."""
        filled = self.filled
        heights = [area.height for area in filled]
        cut = min(range(len(filled) + 1), key=lambda at: abs(sum(heights[:at]) - sum(heights[at:])))
        return tuple(column for column in (filled[:cut], filled[cut:]) if column)


def bearing(visit: Visit, *questions: str) -> Bearing:
    """Return what serves one of the questions, by area and kind, each in the case's order."""
    ties = (tie for question in questions for tie in visit.ties_to(question))
    serving = {tie.start for tie in ties if tie.kind == LinkKind.SERVES}
    entries = [_named(visit, entry) for key, entry in visit.entries.items() if key in serving]
    names = area_names(visit)
    return Bearing(
        tuple(
            AreaShare(app, name, accent(app), _kinds([entry for entry in entries if entry.app == app]))
            for app, name in names.items()
        )
    )


def _kinds(entries: Sequence[Entry]) -> tuple[KindShare, ...]:
    order = list(KINDS)
    kinds = sorted({entry.kind for entry in entries}, key=lambda kind: order.index(kind) if kind in order else -1)
    return tuple(_share(kind, tuple(entry for entry in entries if entry.kind == kind)) for kind in kinds)


def _share(kind: str, entries: tuple[Entry, ...]) -> KindShare:
    if kind not in KINDS:
        return KindShare(_("overview"), entries)
    return KindShare(KINDS[kind].one if len(entries) == 1 else KINDS[kind].many, entries)


def _named(visit: Visit, entry: Entry) -> Entry:
    """Name what is a whole file's content, which has no title of its own."""
    if entry.ref or entry.title.da or entry.title.en:
        return entry
    names = {
        "stakeholders": _("The stakeholder map"),
        "cross_impact": _("The judgements of how states favour and hinder each other"),
        "direction": _("The whole direction: values, vision and backcast"),
        "strategy": _("The whole strategy: the choice and its reasons"),
        "plans": _("The whole plan: budget and follow-up"),
    }
    name = names.get(entry.key, _("The phase as a whole"))
    url = reverse("framing:stakeholders", args=[visit.case.slug]) if entry.key == "stakeholders" else entry.url
    return replace(entry, title=Text(da=name, en=name), url=url)
