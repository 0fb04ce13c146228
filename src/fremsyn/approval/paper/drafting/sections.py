"""The sections, risks and annexes of a draft."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fremsyn.approval import analysis
from fremsyn.approval.paper.drafting.material import Material, first, listed, strung
from fremsyn.approval.paper.drafting.points import written
from fremsyn.approval.schema import Annex, AnnexPart, PaperSection, Risk
from fremsyn.cases.kinds import natural
from fremsyn.conversation.schema import Insight
from fremsyn.web.templatetags.say import number, quarter_in_words, say_plain, signed, span

MOST_RISKS, MOST_NAMED = 5, 4
Say = Callable[[Material], str]
SHOWS = {
    "agreement": gettext_lazy("Agreement"),
    "fault_line": gettext_lazy("Disagreement"),
    "gap": gettext_lazy("Disagreement between circles"),
    "surprise": gettext_lazy("What surprised"),
}


def sections(given: Material, languages: Sequence[str]) -> tuple[PaperSection, ...]:
    """Return the sections of a paper over what was handed over; one that there is nothing to say in is left out."""
    found = []
    for code, name, because, say in _all(given):
        text = written(languages, partial(say, given))
        if any(getattr(text, each) for each in languages):
            grounds = tuple(dict.fromkeys(filter(None, because)))
            found.append(PaperSection(id=code, name=written(languages, partial(str, name)), text=text, because=grounds))
    return tuple(found)


def _all(given: Material) -> Iterator[tuple[str, Promise, Iterable[str], Say]]:
    chosen, desirable = given.chosen, given.direction.desirable
    core = (chosen.ref if chosen else "", desirable.ref if desirable else "")
    options = sorted((each.option for each in given.left_out), key=natural)
    initiatives = sorted((each.ref for each in given.plans.initiatives), key=natural)
    insights = [each.ref for each in given.talk.insights]
    signposts = [each.ref for each in given.plans.signposts]
    worlds = analysis.working_set(given.scenarios.scenarios)
    held = [each.ref for each in given.talk.sessions if each.held <= given.case.as_of]
    others = [each.ref for each in given.strategy.possible_strategies if each.ref != core[0]]
    body = given.approval.body
    mandate = [ref for each in given.framing.baseline.mandate for ref in (*each.because, *each.sources)]
    heard = [each[0].ref for each in (given.insights(agreed=True), given.insights(agreed=False)) if each]
    yield "summary", gettext_lazy("Summary"), (*core, chosen.role if chosen else "", *heard), _summary
    yield (
        "background",
        gettext_lazy("Background and earlier treatment"),
        (given.focal.ref if given.focal else "", *held),
        _background,
    )
    yield "assessment", gettext_lazy("Case presentation"), (*core[:1], *worlds, core[1]), _assessment
    yield "alternatives", gettext_lazy("Alternatives and what was deselected"), (*others, *options), _alternatives
    yield "involvement", gettext_lazy("Involvement: agreement and disagreement"), insights, _involvement
    yield "economy", gettext_lazy("Economy"), (*core[:1], *initiatives), _economy
    yield "legal", gettext_lazy("Law and disqualification"), (*(body.sources if body else ()), *mandate), _legal
    yield "communication", gettext_lazy("Communication"), [each.ref for each in given.talk.rounds], _communication
    yield "next", gettext_lazy("Next steps"), (*initiatives[:MOST_NAMED], *signposts), _next


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _summary(given: Material) -> str:
    """Say in at most ten lines what it is about: the future, the role, the strategy, the money, what people thought."""
    role, chosen, desirable, money = given.role, given.chosen, given.direction.desirable, given.money
    if not (role and chosen and desirable):
        return ""
    said = {
        "role": say_plain(role.name), "role_ref": role.ref, "strategy": say_plain(chosen.name), "ref": chosen.ref,
        "desirable": say_plain(desirable.name), "desirable_ref": desirable.ref,
        "cost": span(money.cost_low, money.cost_high), "released": number(money.released),
    }  # fmt: skip
    whole = (
        _(
            "The board is asked to approve the desirable scenario %(desirable)s (%(desirable_ref)s), the role %(role)s "
            "(%(role_ref)s) and the strategy %(strategy)s (%(ref)s)."
        )
        % said
    )
    priced = _("The strategy costs DKK %(cost)s million; %(released)s are released now.") % said
    agreed, other = given.insights(agreed=True), given.insights(agreed=False)
    heard = [
        _("There is agreement on this: %(what)s (%(ref)s).") % {"what": first(agreed[0].title), "ref": agreed[0].ref}
        if agreed else "",
        _("There is disagreement on this: %(what)s (%(ref)s).") % {"what": first(other[0].title), "ref": other[0].ref}
        if other else "",
    ]  # fmt: skip
    return _joined(whole, priced if money.cost_high else "", *heard)


def _background(given: Material) -> str:
    held = [each for each in given.talk.sessions if each.held <= given.case.as_of]
    closed = [each for each in given.talk.rounds if each.closes < given.case.as_of]
    done = _("%(sessions)s and %(rounds)s lie behind the paper.") % {
        "sessions": ngettext("%(n)d session", "%(n)d sessions", len(held)) % {"n": len(held)},
        "rounds": ngettext("%(n)d round", "%(n)d rounds", len(closed)) % {"n": len(closed)},
    }
    asked = _("The question is: %(question)s") % {"question": say_plain(given.focal.text)} if given.focal else ""
    return _joined(asked, done, *_readings(given))


def _readings(given: Material) -> Iterator[str]:
    for each in sorted(given.approval.meetings, key=lambda one: one.date):
        if each.reading == 1:
            said = {"title": say_plain(each.title), "day": date_format(each.date, "DATE_FORMAT")}
            if each.date >= given.case.as_of:
                yield _("The first reading is on %(day)s.") % said
            elif each.outcome:
                yield _("%(title)s, %(day)s: %(outcome)s") % {**said, "outcome": say_plain(each.outcome)}
            else:
                yield _("%(title)s was held on %(day)s; what came of it is not written.") % said


def _assessment(given: Material) -> str:
    desirable = given.direction.desirable
    worlds = [
        f"{say_plain(each.name)} ({each.ref})" for each in given.scenarios.scenarios.scenarios if each.use == "working"
    ]
    tried = _("The strategy has been tried in %(worlds)s.") % {"worlds": listed(worlds)} if worlds else ""
    found = next((each for each in _compared(given) if each.chosen), None)
    refs = analysis.working_set(given.scenarios.scenarios)
    values = [f"{ref} {signed(value)}" for ref, value in zip(refs, found.value, strict=True)] if found else []
    worth = _("Its options add up to %(values)s; the mean gives each scenario equal weight and is no probability.") % {
        "values": listed(values)
    }
    wish = f"{first(desirable.statement)}." if desirable else ""
    return _joined(wish, tried, worth if values else "")


def _compared(given: Material) -> tuple[analysis.Alternative, ...]:
    every = {each.ref for each in given.strategy.possible_strategies}
    return analysis.compared(every, given.strategy, given.scenarios.scenarios)


def _alternatives(given: Material) -> str:
    names = {each.ref: say_plain(each.name) for each in given.strategy.possible_strategies}
    options = {each.ref: say_plain(each.name) for each in given.strategy.options}
    lines = [
        _("%(ref)s %(name)s: DKK %(cost)s million, mean value %(mean)s.")
        % {"ref": e.ref, "name": names[e.ref], "cost": span(e.cost_low, e.cost_high), "mean": signed(e.mean)}
        for e in _compared(given)
    ]
    left = [
        _("%(ref)s %(name)s was deselected: %(why)s.")
        % {"ref": e.option, "name": options[e.option], "why": first(e.text)}
        for e in given.left_out
    ]
    return _joined(*(lines if len(lines) > 1 else ()), *left)


def _involvement(given: Material) -> str:
    return "\n".join(_heard(each) for agreed in (True, False) for each in given.insights(agreed=agreed))


def _heard(each: Insight) -> str:
    return f"{SHOWS[each.shows]}: {first(each.title)} ({each.ref})."


def _economy(given: Material) -> str:
    money = given.money
    if not money.cost_high and not money.released:
        return ""
    said = {
        "cost": span(money.cost_low, money.cost_high), "released": number(money.released),
        "left": number(money.not_released), "frame": number(money.frame) if money.frame is not None else "",
        "years": listed(_("%(amount)s in %(year)s") % {"amount": number(v), "year": y} for y, v in money.by_year.items()),
    }  # fmt: skip
    frame = _("The frame is DKK %(frame)s million.") if money.frame is not None else _("No frame is set.")
    return _joined(
        frame % said,
        _("The strategy costs DKK %(cost)s million.") % said,
        _("The plan releases %(released)s: %(years)s.") % said if money.by_year else "",
        _("%(left)s are not released.") % said if money.not_released > 0 else "",
    )


def _legal(given: Material) -> str:
    mandate = [first(each.text) for each in given.framing.baseline.mandate[:2]]
    body = given.approval.body
    needed = _("%(n)d of %(all)d voting members must take part.") % {
        "n": analysis.quorum(body), "all": analysis.voting(body)
    } if body else ""  # fmt: skip
    told = _("Members who may be disqualified on a point say so before it is dealt with; the board rules on it.")
    return _joined(*(f"{each}." for each in mandate), needed, told)


def _communication(given: Material) -> str:
    rounds = [each.ref for each in given.talk.rounds]
    if not rounds:
        return ""
    return _(
        "Those who took part in %(rounds)s are told what their contribution was used for, and what was decided."
    ) % {"rounds": strung(rounds)}


def _next(given: Material) -> str:
    initiatives, signposts = given.plans.initiatives, given.plans.signposts
    parts = []
    if initiatives:
        start = min(each.start for each in initiatives)
        begins = strung(each.ref for each in initiatives if each.start == start)
        parts.append(_("In %(quarter)s these begin: %(refs)s.") % {"refs": begins, "quarter": quarter_in_words(start)})
    if signposts:
        parts.append(
            _("%(refs)s are read as they say; the board sees them each quarter.")
            % {"refs": strung(each.ref for each in signposts)}
        )
    return _joined(*parts)


def risks(given: Material, languages: Sequence[str]) -> tuple[Risk, ...]:
    """Return the assumptions that a signpost watches, as risks: what breaks them, who reads it, what is done then."""
    signposts = {each.ref: each for each in given.plans.signposts}
    found = []
    for each in given.framing.assumptions:
        watching = next((signposts[ref] for ref in each.watched_by if ref in signposts), None)
        if watching is None:
            continue
        touched = strung(watching.touches)
        told = {"name": watching.name, "ref": watching.ref, "often": watching.frequency, "touched": touched}
        found.append(
            Risk(
                because=(each.ref, watching.ref),
                owner_role=watching.owner_role,
                text=each.breaks_when,
                answer=written(languages, partial(_answer, told)),
            )
        )
    return tuple(found[:MOST_RISKS])


def _answer(told: dict[str, object]) -> str:
    said = {**told, "name": say_plain(told["name"]), "often": say_plain(told["often"])}
    if not said["touched"]:
        return _("%(ref)s %(name)s is read %(often)s.") % said
    return (
        _("%(ref)s %(name)s is read %(often)s; when it crosses its threshold, %(touched)s are taken up again.") % said
    )


def annexes(given: Material, languages: Sequence[str]) -> tuple[Annex, ...]:
    """Return the annexes of a new paper."""
    parts: tuple[tuple[AnnexPart, Promise, bool], ...] = (
        ("strategy", gettext_lazy("Strategy"), bool(given.chosen)),
        ("direction", gettext_lazy("Desirable scenario and set of scenarios"), bool(given.direction.desirable)),
        ("conversation", gettext_lazy("Agreement and disagreement"), bool(given.talk.insights)),
        ("plans", gettext_lazy("Action plan, budget and signposts"), bool(given.plans.initiatives)),
    )
    there = [(part, name) for part, name, made in parts if made]
    return tuple(
        Annex(n=at, from_part=part, name=written(languages, partial(str, name)))
        for at, (part, name) in enumerate(there, start=1)
    )
