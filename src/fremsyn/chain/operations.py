"""Bringing a whole case in and out, in one transaction."""

import dataclasses
import re
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval import handover as approval_handover
from fremsyn.approval.models import SealedPack
from fremsyn.audit.operations import record
from fremsyn.cases import file as case_file
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, Item, Link, Membership, PhaseRecord, PhaseState, SideFile
from fremsyn.cases.operations import add_member
from fremsyn.cases.phases import PHASES
from fremsyn.cases.plain import to_plain
from fremsyn.cases.remembered import changed
from fremsyn.cases.rows import Writer
from fremsyn.cases.schema import SLUG, Language
from fremsyn.chain.beginning import TEMPLATE, Beginning, content_of
from fremsyn.chain.content import CaseContent
from fremsyn.conversation import handover as conversation_handover
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.direction import handover as direction_handover
from fremsyn.framing import handover as framing_handover
from fremsyn.framing.handover.gates import states_by_plan
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.plans import handover as plans_handover
from fremsyn.scanning import handover as scanning_handover
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.strategy import handover as strategy_handover

Progress = Callable[[str], None]
TAKEN = frozenset({"new"})  # by an address beside the cases


def _quiet(_step: str) -> None:
    return None


@transaction.atomic
def import_case(
    *,
    content: CaseContent,
    slug: str,
    by: Person | None,
    at: datetime,
    progress: Progress = _quiet,
    ident: UUID | None = None,
) -> Case:
    """Store a case that was read from files, under `slug`.

    :param ident: the id it gets, where two runs shall come out alike; by default one that was never used

    :raises RuleBroken: when a case of that name is there already, or the name can't stand in an address
    """
    case, items = _stored(content, slug, at, progress, ident)
    record("chain.case_imported", case=case, by=by, at=at, slug=slug, items=items)
    return case


@transaction.atomic
def create_case(*, told: Beginning, slug: str, by: Person, at: datetime, template: str = TEMPLATE) -> Case:
    """Open a new case that begins with a template; whoever opens it owns it, and it stands on today.

    :raises RuleBroken: when a case of that name is there already, the name can't stand in an address, or the horizon
        doesn't lie ahead
    """
    if told.horizon <= told.base_year:
        raise RuleBroken(_("Look further ahead than %(year)d.") % {"year": told.base_year})
    case, items = _stored(content_of(template, slug, told), slug, at)
    PhaseRecord.objects.filter(case=case).update(state=PhaseState.IDLE)
    PhaseRecord.objects.filter(case=case, phase=PHASES[0]).update(state=PhaseState.OPEN)
    record("chain.case_created", case=case, by=by, at=at, slug=slug, template=template, items=items)
    add_member(slug=slug, person=by, role=Role.OWNER, by=by, at=at)
    return case


def refuse_slug(slug: str) -> None:
    """Refuse a name that a case can't have.

    :raises RuleBroken: when it can't stand in an address, or another case has it
    """
    if not re.fullmatch(SLUG, slug) or slug in TAKEN:
        wrong = _("%(slug)s can't be a case's name. Use small letters, digits and hyphens, at most 80.")
        raise RuleBroken(wrong % {"slug": slug})
    if Case.objects.filter(slug=slug).exists():
        raise RuleBroken(_("A case named %(slug)s is there already. Choose another name.") % {"slug": slug})


def _stored(
    content: CaseContent, slug: str, at: datetime, progress: Progress = _quiet, ident: UUID | None = None
) -> tuple[Case, int]:
    refuse_slug(slug)
    own = dataclasses.replace(content.case, slug=slug)
    case = Case.objects.create(
        pk=ident or uuid4(), slug=slug, title=to_plain(own.title), shown_as_of=own.as_of, created_at=at
    )
    writer = Writer(case)
    case_file.store(writer, own)
    scanning_handover.store(writer, content.scanning)
    framing_handover.store(writer, content.framing)
    conversation_handover.store(writer, content.conversation)
    scenarios_handover.store(writer, content.scenarios)
    direction_handover.store(writer, content.direction)
    strategy_handover.store(writer, content.strategy)
    plans_handover.store(writer, content.plans)
    approval_handover.store(writer, content.approval)
    progress("items")
    known = writer.flush()
    progress("votes")
    conversation_handover.store_votes(case, content.conversation, known)
    SideFile.objects.bulk_create(SideFile(case=case, path=n, content=b) for n, b in content.side_files.items())
    PhaseRecord.objects.bulk_create(
        PhaseRecord(case=case, phase=phase, state=state, since=at) for phase, state in states_by_plan(case).items()
    )
    return case, len(known)


def export_case(case: Case) -> CaseContent:
    """Return everything that was imported or has been written since, ready to be written as files."""
    talk = conversation_handover.load(case)
    return CaseContent(
        case=case_file.load(case),
        framing=framing_handover.load(case),
        scanning=scanning_handover.load(case),
        conversation=dataclasses.replace(talk, votes=dict(talk.votes)),  # as they are now
        scenarios=scenarios_handover.load(case),
        direction=direction_handover.load(case),
        strategy=strategy_handover.load(case),
        plans=plans_handover.load(case),
        approval=approval_handover.load(case),
        side_files={f.path: bytes(f.content) for f in SideFile.objects.filter(case=case).order_by("path")},
    )


@transaction.atomic
def remove_case(*, case: Case, by: Person | None, at: datetime) -> None:
    """Take a case out whole. The log keeps that it was there.

    :raises RuleBroken: when packs were sealed of it that are no demonstration: those are kept, and so is the case
    """
    if SealedPack.objects.filter(case=case, demonstration=False).exists():
        raise RuleBroken(_("Packs were sealed of %(slug)s, so it can't be removed.") % {"slug": case.slug})
    approval_handover.remove_board(case)
    SealedPack.objects.filter(case=case).delete()
    record("chain.case_removed", case=case, by=by, at=at, slug=case.slug)
    Membership.objects.filter(case=case).delete()
    Link.objects.filter(from_item__case=case).delete()
    conversation_handover.remove_votes(case)
    Item.objects.filter(case=case).update(parent=None)
    case.delete()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """What is said of a case as a whole. `shown_as_of` is None where the case is at work and the day is today."""

    title: Text
    organisation: Text
    owner_role: Text | None
    facilitator_role: Text | None
    horizon: int
    languages: tuple[Language, ...]
    shown_as_of: date | None


@transaction.atomic
def change_settings(*, case: Case, settings: Settings, by: Person | None, at: datetime) -> None:
    """Change what is said of a case as a whole.

    :raises RuleBroken: when the horizon does not lie ahead
    """
    own = case_file.load(case)
    if settings.horizon <= own.base_year:
        raise RuleBroken(_("Look further ahead than %(year)d.") % {"year": own.base_year})
    said = {
        name: getattr(settings, name) for name in ("title", "owner_role", "facilitator_role", "horizon", "languages")
    }
    change_thing(case=case, key="case", version=None, values=said, meaning=False, by=by, at=at)
    name = {"name": settings.organisation}
    change_thing(case=case, key="case/organisation", version=None, values=name, meaning=False, by=by, at=at)
    changed(case)
    case.title, case.shown_as_of = to_plain(settings.title), settings.shown_as_of
    case.save(update_fields=["title", "shown_as_of"])
    record("chain.settings_changed", case=case, by=by, at=at, shown_as_of=str(settings.shown_as_of or ""))
