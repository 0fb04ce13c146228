"""Bringing a whole case in and out, in one transaction."""

import dataclasses
import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval import handover as approval_handover
from fremsyn.approval.models import SealedPack
from fremsyn.audit.operations import record
from fremsyn.cases import file as case_file
from fremsyn.cases.models import Case, Item, Link, Membership, SideFile
from fremsyn.cases.plain import to_plain
from fremsyn.cases.rows import Writer
from fremsyn.cases.schema import SLUG
from fremsyn.chain.content import CaseContent
from fremsyn.conversation import handover as conversation_handover
from fremsyn.core.errors import RuleBroken
from fremsyn.direction import handover as direction_handover
from fremsyn.framing import handover as framing_handover
from fremsyn.people.models import Person
from fremsyn.plans import handover as plans_handover
from fremsyn.scanning import handover as scanning_handover
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.strategy import handover as strategy_handover

Progress = Callable[[str], None]


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
    if not re.fullmatch(SLUG, slug):
        wrong = _("%(slug)s can't be a case's name. Use small letters, digits and hyphens, at most 80.")
        raise RuleBroken(wrong % {"slug": slug})
    if Case.objects.filter(slug=slug).exists():
        raise RuleBroken(_("A case named %(slug)s is there already. Choose another name.") % {"slug": slug})
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
    record("chain.case_imported", case=case, by=by, at=at, slug=slug, items=len(known))
    return case


def export_case(case: Case) -> CaseContent:
    """Return everything that was imported or has been written since, ready to be written as files."""
    return CaseContent(
        case=case_file.load(case),
        framing=framing_handover.load(case),
        scanning=scanning_handover.load(case),
        conversation=conversation_handover.load(case),
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
    SealedPack.objects.filter(case=case, demonstration=True).delete()
    if SealedPack.objects.filter(case=case).exists():
        raise RuleBroken(_("Packs were sealed of %(slug)s, so it can't be removed.") % {"slug": case.slug})
    record("chain.case_removed", case=case, by=by, at=at, slug=case.slug)
    Membership.objects.filter(case=case).delete()
    Link.objects.filter(from_item__case=case).delete()
    conversation_handover.remove_votes(case)
    Item.objects.filter(case=case).update(parent=None)
    case.delete()
