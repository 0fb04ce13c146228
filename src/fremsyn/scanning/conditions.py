"""What the gate of the phase asks for, and whether it is there."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.models import Case
from fremsyn.conversation import handover as conversation_handover
from fremsyn.framing.handover import load as load_framing
from fremsyn.framing.handover.every_gate import lacking, material, mended_at, shared
from fremsyn.framing.handover.gates import Condition
from fremsyn.scanning.analysis import Seen, coverage
from fremsyn.scanning.handover import load
from fremsyn.scanning.schema import Scanning
from fremsyn.scanning.wording import inside, names_of
from fremsyn.web.templatetags.say import listed

FEWEST_IN_A_THEME = 3
FEWEST_WILD_CARDS = 3
CORNERS = 3


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate, each met, thin or missing."""
    scanning = load(case).scanning
    seen = coverage(scanning)
    return (
        *_spread(case, scanning, seen),
        *_grounds(case, scanning, seen),
        *_seen_by_many(case, scanning),
        *shared(case, "scanning"),
    )


def covers(words: str, n: int, whole: int, *, thin: bool, url: str) -> Condition:
    """Return a condition that is met when all of a number are there."""
    return Condition(words % {"n": n, "all": whole}, n == whole and whole > 0, thin, url)


def _spread(case: Case, scanning: Scanning, seen: Seen) -> Iterable[Condition]:
    url, names = material(case, "scanning", "trends"), names_of(scanning.themes)
    held = sum(map(bool, seen.themes.values()))
    yield covers(_("%(n)d of %(all)d scan themes hold trends"), held, len(seen.themes), thin=False, url=url)
    if not scanning.trends:
        return
    few = [inside(names[theme]) for theme, n in seen.themes.items() if n < FEWEST_IN_A_THEME]
    text = _("Every theme holds at least %(fewest)d trends") % {"fewest": FEWEST_IN_A_THEME}
    if few:
        text = _("%(wanted)s. Fewer: %(names)s") % {"wanted": text, "names": listed(few)}
    yield Condition(text, not few and bool(names), thin=True, url=url)
    held = sum(map(bool, seen.corners.values()))
    yield covers(_("%(n)d of %(all)d corners of the field hold trends"), held, CORNERS, thin=True, url=url)
    asked = Counter(trend.question for trend in scanning.trends)
    questions = [q.ref for q in load_framing(case).framing.questions if q.kind == "sub"]
    bare = [ref for ref in questions if not asked[ref]]
    yield covers(
        _("%(n)d of %(all)d questions are served by a trend"),
        len(questions) - len(bare),
        len(questions),
        thin=True,
        url=mended_at(case, "scanning", bare),
    )


def _grounds(case: Case, scanning: Scanning, seen: Seen) -> Iterable[Condition]:
    trends, count = scanning.trends, len(scanning.trends)
    signals = len(scanning.signals)
    text = ngettext("%(count)d signal is noted", "%(count)d signals are noted", signals) % {"count": signals}
    yield Condition(
        text if signals else _("At least one signal is noted"), signals > 0, url=material(case, "scanning", "signals")
    )
    if not trends:
        return
    silent = [t.ref for t in trends if not t.signals.supporting and not t.signals.against]
    yield lacking(case, "scanning", _("Every trend has a signal behind it"), count, silent)
    for words, n, refs in (
        (
            _("%(n)d of %(all)d trends rest on a checked source"),
            count - seen.unverified,
            [t.ref for t in trends if t.unverified],
        ),
        (
            _("%(n)d of %(all)d trends have a signal against noted"),
            seen.contested,
            [t.ref for t in trends if not t.signals.against],
        ),
    ):
        yield covers(words, n, count, thin=True, url=mended_at(case, "scanning", refs))
    cards = sum(signal.kind == "wild_card" for signal in scanning.signals)
    text = ngettext("%(count)d wild card of at least %(fewest)d", "%(count)d wild cards of at least %(fewest)d", cards)
    filled = {"count": cards, "fewest": FEWEST_WILD_CARDS}
    yield Condition(text % filled, cards >= FEWEST_WILD_CARDS, thin=True, url=material(case, "scanning", "signals"))


def _seen_by_many(case: Case, scanning: Scanning) -> Iterable[Condition]:
    stakeholders, heard = load_framing(case).stakeholders, {signal.noticed_by for signal in scanning.signals}
    silent = [inside(each.name) for each in stakeholders.circles if each.id not in heard]
    text = _("Every circle has noticed a signal")
    if silent:
        text = _("%(wanted)s. Not yet: %(names)s") % {"wanted": text, "names": listed(silent)}
    yield Condition(text, not silent, thin=True, url=material(case, "scanning", "signals"))
    rounds = conversation_handover.load(case).conversation.rounds
    rated = any(str(each.kind) == "rating" and each.phase == "scanning" for each in rounds)
    url = reverse("conversation:conversation", args=[case.slug])
    yield Condition(_("Several people have rated impact and certainty"), rated, thin=True, url=url)
    written = scanning.coverage is not None
    yield Condition(
        _("What has not been seen is written down"), written, thin=True, url=material(case, "scanning", "gaps")
    )
