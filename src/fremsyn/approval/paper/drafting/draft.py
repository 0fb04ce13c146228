"""A draft beside what somebody has written already: what it would add, and what it leaves as it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fremsyn.approval.paper.drafting import sections as drafted
from fremsyn.approval.paper.drafting.material import Material, material_of, missing, thin
from fremsyn.approval.paper.drafting.points import themes, written
from fremsyn.approval.schema import BoardPoint, Meeting, Paper, PaperSection, Risk
from fremsyn.cases.file import languages_of
from fremsyn.cases.models import Case, Item, Link
from fremsyn.core.text import Text
from fremsyn.web.templatetags.say import say_plain

WHERE = "approval/paper"


@dataclass(frozen=True)
class Draft:
    """What would be added to the paper; `paper` is None where there is one. `kept` names what is left as it is.

    `missing` keeps a draft from being made; `thin` says what it has nothing of.
    """

    paper: Paper | None = None
    points: tuple[BoardPoint, ...] = ()
    sections: tuple[PaperSection, ...] = ()
    risks: tuple[Risk, ...] = ()
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    thin: tuple[str, ...] = field(default=())

    @property
    def adds(self) -> bool:
        """Tell whether there is anything to add."""
        return bool(self.paper or self.points or self.sections or self.risks)


def draft_of(case: Case) -> Draft:
    """Return what a draft would add to a case's paper. Nothing is written.

    What was written and then withdrawn counts as written: it was taken out by somebody.
    """
    given = material_of(case)
    lacking = missing(given)
    if lacking:
        return Draft(missing=lacking)
    languages = languages_of(case)
    stands = Item.objects.filter(case=case, path=WHERE).exists()
    known = _refs_of_points(case)
    paths = set(Item.objects.filter(case=case, path__startswith=f"{WHERE}/").values_list("path", flat=True))
    all_points, all_sections = themes(given, languages), drafted.sections(given, languages)
    points = tuple(each.point for each in all_points if not each.known_by & known)
    sections = tuple(each for each in all_sections if f"{WHERE}/sections/{each.id}" not in paths)
    at_risk = any(path.startswith(f"{WHERE}/risks/") for path in paths)
    return Draft(
        paper=None if stands else _paper(given, languages),
        points=points,
        sections=sections,
        risks=() if at_risk else drafted.risks(given, languages),
        kept=_kept(
            given, len(all_points) - len(points), [each for each in all_sections if each not in sections], at_risk
        ),
        thin=thin(given),
    )


def _refs_of_points(case: Case) -> set[str]:
    """Return what the paper's points rest on, those withdrawn too."""
    links = Link.objects.filter(from_item__case=case, from_item__kind="board_point").exclude(field="")
    return set(links.values_list("to_item__ref", flat=True))


def _kept(given: Material, points: int, sections: Collection[PaperSection], risks: bool) -> tuple[str, ...]:
    found = [_("points on these themes: %(n)d") % {"n": points}] if points else []
    return (*found, *(say_plain(each.name) for each in sections), *((_("the risks"),) if risks else ()))


def _paper(given: Material, languages: Sequence[str]) -> Paper:
    meeting = _put_to(given.approval.meetings)
    item = next((each.n for each in meeting.agenda if each.paper), None) if meeting else None
    chosen = given.chosen.ref if given.chosen else ""
    return Paper(
        id=f"BI-{given.case.as_of.year}-1",
        meeting=meeting.id if meeting else None,
        agenda_item=item,
        type=written(languages, lambda: _("Decision item")),
        title=written(languages, lambda: _("Approval of desirable scenario and strategy")),
        prepared_by_role=given.own.facilitator_role,
        presented_by_role=given.own.owner_role,
        alternatives=tuple(each.ref for each in given.strategy.possible_strategies if each.ref != chosen),
        annexes=drafted.annexes(given, languages),
    )


def _put_to(meetings: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting that decides: the last second reading, else the last meeting."""
    ordered = sorted(meetings, key=lambda each: (each.reading, each.date))
    return ordered[-1] if ordered else None


def title_of(draft: Draft) -> Text | None:
    """Return what a new paper would be called."""
    return draft.paper.title if draft.paper else None
