"""What people do in the scan beside writing its things: note a signal in a moment, and let others notice by a link."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import add_thing
from fremsyn.cases.models import Case, Item
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.framing.handover import load as load_framing
from fremsyn.people.models import Person
from fremsyn.scanning.handover import load
from fremsyn.scanning.models import Noticed, NoticingLink, NoticingState
from fremsyn.scanning.schema import Signal, Source

TOKEN_BYTES = 16
LARGEST_CAP = 10_000
WEAK = "weak"


@transaction.atomic
def note_signal(
    *,
    case: Case,
    noticed: str,
    so_what: str,
    url: str = "",
    circle: str,
    language: str,
    by: Person | None,
    at: datetime,
) -> Item:
    """Keep what somebody noticed as a signal, with the address where it stands as a source.

    :param noticed: one sentence in `language`: what happened
    :param url: empty, or an address that begins with https://; a source that has it already is used
    :raises RuleBroken: when the signal can't stand in the case
    """
    sources = (_source(case, url, noticed, language, by, at),) if url else ()
    kinds = [kind.id for kind in load(case).scanning.signal_kinds]
    focal = next(each.ref for each in load_framing(case).framing.questions if each.kind == "focal")
    thing = Signal(
        ref="", title=Text(**{language: noticed}), kind=WEAK if WEAK in kinds else next(iter(kinds), WEAK),
        noticed_by=circle, noted=case.as_of, question=focal, what_changes=Text(**{language: noticed}),
        so_what=Text(**{language: so_what}), sources=sources, unverified=not sources,
    )  # fmt: skip
    return add_thing(case=case, parent="scanning", slot="signals", thing=thing, by=by, at=at)


def _source(case: Case, url: str, noticed: str, language: str, by: Person | None, at: datetime) -> str:
    content = load(case).sources
    known = next((each.ref for each in content.sources if each.url == url), None)
    if known:
        return known
    kinds = [kind.id for kind in content.kinds]
    if not kinds:
        raise RuleBroken(
            _("The register of sources has no kinds yet. Leave the address out, or let a facilitator write them.")
        )
    kind = next((each for each in ("press", "news", "media", "article") if each in kinds), kinds[-1])
    title = url.removeprefix("https://").removeprefix("http://").partition("/")[0]
    thing = Source(
        ref="", title=title, url=url, date=case.as_of.isoformat(), kind=kind, supports=Text(**{language: noticed})
    )
    return add_thing(case=case, parent="sources", slot="sources", thing=thing, by=by, at=at).ref


def hashed(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_noticing_link(
    *, case: Case, circle: str, cap: int, expires_at: datetime, by: Person | None, at: datetime
) -> tuple[NoticingLink, str]:
    """Make a link by which people without a sign-in tell one thing they noticed; its token is told this once.

    :param cap: how many may be told by it, 1 to 10,000
    :raises RuleBroken: when cap or time can't stand
    """
    if not 1 <= cap <= LARGEST_CAP:
        raise RuleBroken(_("A link takes one to 10,000 answers. Write a number in between."))
    if expires_at <= at:
        raise RuleBroken(_("The link would have run out already. Choose a later time."))
    changed(case)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = NoticingLink.objects.create(
        case=case, circle=circle, token_sha256=hashed(token), cap=cap, made_at=at, made_by=by, expires_at=expires_at
    )
    record(
        "scanning.noticing_link_made",
        case=case,
        by=by,
        at=at,
        link=str(link.pk),
        circle=circle,
        cap=cap,
        expires_at=expires_at,
    )
    return link, token


@transaction.atomic
def withdraw_noticing_link(*, link: NoticingLink, by: Person | None, at: datetime) -> NoticingLink:
    """Let nobody tell anything more by a link; what came stays.

    :raises RuleBroken: when it was withdrawn before
    """
    held = NoticingLink.objects.select_for_update().select_related("case").get(pk=link.pk)
    if held.withdrawn_at is not None:
        raise RuleBroken(_("The link has been withdrawn already."))
    changed(held.case)
    held.withdrawn_at, held.withdrawn_by = at, by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("scanning.noticing_link_withdrawn", case=held.case, by=by, at=at, link=str(held.pk))
    return held


def usable_link(token: str, at: datetime) -> NoticingLink | None:
    """Return the link of a token while it can be used; None when it is unknown, withdrawn, over or full."""
    link = NoticingLink.objects.select_related("case").filter(token_sha256=hashed(token), withdrawn_at=None).first()
    return link if link and link.expires_at > at and link.used < link.cap else None


@transaction.atomic
def tell_noticed(*, token: str, noticed: str, so_what: str, url: str = "", language: str, at: datetime) -> Noticed:
    """Keep what somebody without a sign-in noticed, as proposed; nothing ties it to them.

    :raises RuleBroken: when the link can't be used any more
    """
    link = usable_link(token, at)
    held = NoticingLink.objects.select_for_update().get(pk=link.pk) if link else None
    if held is None or held.used >= held.cap:
        raise RuleBroken(_("This link can't be used any more. Ask whoever sent it for a new one."))
    held.used += 1
    held.save(update_fields=["used"])
    told = Noticed.objects.create(link=held, noticed=noticed, so_what=so_what, url=url, language=language, at=at)
    record("scanning.noticed_told", case=held.case, by=None, at=at, link=str(held.pk))
    return told


@transaction.atomic
def accept_noticed(*, told: Noticed, by: Person | None, at: datetime) -> Item:
    """Take what somebody told into the scan as a signal.

    :raises RuleBroken: when it has been decided before, or the signal can't stand
    """
    held = _undecided(told)
    item = note_signal(
        case=held.link.case, noticed=held.noticed, so_what=held.so_what, url=held.url, circle=held.link.circle,
        language=held.language, by=by, at=at,
    )  # fmt: skip
    held.state, held.signal, held.decided_at, held.decided_by = NoticingState.ACCEPTED, item, at, by
    held.save(update_fields=["state", "signal", "decided_at", "decided_by"])
    record("scanning.noticed_accepted", case=held.link.case, by=by, at=at, told=held.pk, signal=item.ref)
    return item


@transaction.atomic
def decline_noticed(*, told: Noticed, reason: str, by: Person | None, at: datetime) -> Noticed:
    """Leave what somebody told out of the scan, with the reason.

    :raises RuleBroken: when it has been decided before, or no reason is given
    """
    held = _undecided(told)
    if not reason.strip():
        raise RuleBroken(_("Say why it is left out."))
    changed(held.link.case)
    held.state, held.reason, held.decided_at, held.decided_by = NoticingState.DECLINED, reason, at, by
    held.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record("scanning.noticed_declined", case=held.link.case, by=by, at=at, told=held.pk)
    return held


def _undecided(told: Noticed) -> Noticed:
    held = Noticed.objects.select_for_update().select_related("link__case").get(pk=told.pk)
    if held.state != NoticingState.PROPOSED:
        raise RuleBroken(_("Somebody has decided on this already."))
    return held
