"""What the gate of every phase asks for, and where it is mended."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case
from fremsyn.conversation import handover as conversation_handover
from fremsyn.conversation.schema import Round
from fremsyn.framing.handover.gates import Condition
from fremsyn.web.templatetags.say import listed, say_plain

MOST_NAMED = 4


def material(case: Case, phase: str, part: str = "material") -> str:
    """Return the address of a phase's material, or of a part of it by its id on the page, where things are added."""
    return reverse(f"{phase}:{phase}", args=[case.slug]) + f"#{part}"


def mended_at(case: Case, phase: str, keys: Iterable[str]) -> str:
    """Return the page of the first of some things, known by key; the phase's material where there is none."""
    entries = directory(case).entries
    return next((entries[key].url for key in keys if key in entries), material(case, phase))


def lacking(case: Case, phase: str, met: str, total: int, keys: Sequence[str], *, blocks: bool = False) -> Condition:
    """Return the condition that all of `total` things are in order, with how many are not, and which where few.

    It only warns, unless it blocks; where there is nothing at all it is not met.
    """
    url = mended_at(case, phase, keys)
    if not keys:
        return Condition(met, total > 0, thin=not blocks, url=url)
    count = _("%(lacking)d of %(total)d not yet") % {"lacking": len(keys), "total": total}
    which = f": {listed(keys)}" if len(keys) <= MOST_NAMED else ""
    return Condition(f"{met} ({count}{which})", done=False, thin=not blocks, url=url)


def shared(case: Case, phase: str) -> tuple[Condition, ...]:
    """Return what warns at every phase's gate: things to be looked at again, and a thin conversation."""
    return (_looked_at(case, phase), *_heard(case, phase))


def _looked_at(case: Case, phase: str) -> Condition:
    marked = [each for each in directory(case).entries.values() if each.look_again and each.app == phase]
    if not marked:
        return Condition(_("Nothing in the phase waits to be looked at again"), done=True, thin=True)
    text = ngettext(
        "%(count)d thing waits to be looked at again", "%(count)d things wait to be looked at again", len(marked)
    ) % {"count": len(marked)}
    if len(marked) <= MOST_NAMED:
        text = f"{text}: {listed(each.ref or say_plain(each.title) for each in marked)}"
    return Condition(text, done=False, thin=True, url=marked[0].url)


def _heard(case: Case, phase: str) -> Iterable[Condition]:
    talk = conversation_handover.load(case)
    rounds = [each for each in talk.conversation.rounds if each.phase == phase]
    url = reverse("conversation:conversation", args=[case.slug])
    # a live round is closed when whoever leads it closes it; one from files goes by its day
    closed = [
        each for each in rounds if (each.ref in talk.votes if each.ref in talk.live else each.closes < case.as_of)
    ]
    running = [each.ref for each in rounds if each not in closed]
    asked = _("The circles have been asked in a round of this phase")
    yield Condition(asked, bool(rounds), thin=True, url=url)
    if running:
        text = _("Every round of the phase is closed, but not yet %(refs)s") % {"refs": listed(running)}
        yield Condition(text, done=False, thin=True, url=mended_at(case, phase, running))
    if closed:
        yield _answered(case, phase, closed)
        yield _enough(case, phase, closed)


def _answered(case: Case, phase: str, closed: Sequence[Round]) -> Condition:
    votes = conversation_handover.load(case).votes
    voted = {vote.statement for each in closed for vote in votes.get(each.ref, ())}
    statements = [ref for each in closed for ref in each.statements]
    silent = [ref for ref in statements if ref not in voted]
    return lacking(case, phase, _("Every statement in the phase's rounds was answered"), len(statements), silent)


def _enough(case: Case, phase: str, closed: Sequence[Round]) -> Condition:
    votes = conversation_handover.load(case).votes
    few: list[str] = []
    for each in closed:
        people = {(vote.circle, vote.participant) for vote in votes.get(each.ref, ())}
        counts = [sum(circle == there for there, _who in people) for circle in each.circles]
        few += [each.ref] * any(count < each.min_group for count in counts)
    met = _("In every round each circle that was asked gave enough answers to be shown")
    return lacking(case, phase, met, len(closed), few)
