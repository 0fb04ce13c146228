"""The framing brief: the question, the frame around it, the role here and now, and who has a stake."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.file import load as case_file
from fremsyn.figures.figure import Column
from fremsyn.framing import pictures, queries
from fremsyn.framing.conditions import conditions
from fremsyn.framing.handover import load
from fremsyn.framing.handover.gates import gate, standings
from fremsyn.framing.schema import Framing
from fremsyn.reports.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Quote
from fremsyn.reports.documents.pieces import (
    day,
    grid,
    heard,
    marks_of,
    ref_cell,
    rests_on,
    standing,
    strung,
    with_grounds,
)
from fremsyn.web.templatetags.say import number, say_plain


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the framing brief."""
    frame = load(visit.case).framing
    return (
        *_question(visit, frame),
        *_role(visit, frame),
        *_history(visit, frame),
        *_scope(visit, frame),
        *_assumptions(visit, frame),
        *_criteria(visit, frame),
        *_stakeholders(visit),
        *_process(visit, frame),
        *heard(visit, "framing"),
        *standing(gate(visit.case, "framing", conditions(visit.case))),
    )


def _question(visit: Visit, frame: Framing) -> tuple[Block, ...]:
    subs = [each for each in frame.questions if each.kind == "sub"]
    focal = next(each for each in frame.questions if each.kind == "focal")
    text = ngettext("One question, and %(n)d under it", "One question, and %(n)d under it", len(subs))
    rows = queries.question_rows(visit)
    drawn = pictures.questions_by_area(visit, {row.entry.ref: row.found for row in rows})
    return (
        Heading(text % {"n": len(subs)}),
        Paragraph(focal.text, "lead", marks_of(focal)),
        *rests_on(visit, focal.sources),
        *((Picture(drawn),) if drawn else ()),
    )


def _role(visit: Visit, frame: Framing) -> tuple[Block, ...]:
    role = frame.baseline.role
    groups: list[Block] = []
    for group in queries.fact_groups(visit, frame):
        if group.facts:
            groups.append(Heading(group.heading, 2))
            lines = (
                with_grounds(visit, fact.text, [entry.key for entry in shown]) for fact, shown, _key in group.facts
            )
            groups.append(Bullets(tuple(lines)))
    note = (Paragraph(frame.baseline.note, "small"),) if frame.baseline.note else ()
    told: tuple[Block, ...] = (
        (
            Heading(role.name, 1, role.ref),
            Paragraph(role.text, "lead", marks_of(role)),
            *rests_on(visit, (*role.because, *role.sources)),
        )
        if role
        else (Heading(_("The role here and now")),)
    )
    return (
        *told,
        *note,
        *groups,
    )


def _history(visit: Visit, frame: Framing) -> tuple[Block, ...]:
    if frame.history is None or not frame.history.events:
        return ()
    file = case_file(visit.case)
    back = file.base_year - min(event.year for event in frame.history.events)
    heading = _("We look %(back)d years back to look %(ahead)d ahead") % {
        "back": back,
        "ahead": file.horizon - file.base_year,
    }
    events = tuple((str(each.year), with_grounds(visit, each.text, each.sources)) for each in frame.history.events)
    lesson = (Quote(frame.history.lesson, _("What we learn from it")),) if frame.history.lesson else ()
    return (Heading(heading), Facts(events), *lesson)


def _scope(visit: Visit, frame: Framing) -> tuple[Block, ...]:
    file = case_file(visit.case)
    where = ((_("Where"), frame.scope.geography),) if frame.scope.geography else ()
    why = ((_("Why %(year)d") % {"year": file.horizon}, file.horizon_why),) if file.horizon_why else ()
    years = f"{file.base_year}–{file.horizon}"
    return (
        Heading(_("What the case is about, and what it leaves alone")),
        Facts(((_("Years"), years), *why, *where)),
        Heading(_("Inside"), 2),
        Bullets(tuple(frame.scope.inside)),
        Heading(_("Outside"), 2),
        Bullets(tuple(frame.scope.outside)),
    )


def _assumptions(visit: Visit, frame: Framing) -> tuple[Block, ...]:
    if not frame.assumptions:
        return ()
    bare = sum(each.unverified for each in frame.assumptions)
    heading = ngettext(
        "We take %(n)d thing for granted, and say when it breaks",
        "We take %(n)d things for granted, and say when they break",
        len(frame.assumptions),
    ) % {"n": len(frame.assumptions)}
    said = ngettext("%(n)d rests on no checked source.", "%(n)d rest on no checked source.", bare) % {"n": bare}
    rows = [
        (
            ref_cell(visit.entries[h.ref]),
            h.breaks_when,
            strung(visit.shown(h.watched_by)),
            strung(visit.shown(h.sources)),
        )
        for h in frame.assumptions
    ]
    heads = (_("Assumption"), _("It breaks when"), _("Watched by"), _("Sources"))
    return (
        Heading(heading),
        *((Paragraph(said),) if bare else ()),
        grid(heading, heads, rows, (3, 3, 1, 1)),
    )


def _criteria(visit: Visit, frame: Framing) -> tuple[Block, ...]:
    if not frame.success_criteria:
        return ()
    rows = [
        (
            ref_cell(visit.entries[each.ref]),
            each.measure,
            f"{number(each.target.number)} {say_plain(each.target.unit)}",
        )
        for each in frame.success_criteria
    ]
    heading = _("How we shall know that the work was good")
    return Heading(heading), grid(heading, (_("Criterion"), _("Measured by"), _("Target")), rows, (3, 3, 1.2))


def _stakeholders(visit: Visit) -> tuple[Block, ...]:
    sheet = load(visit.case).stakeholders
    if not sheet.stakeholders:
        return (Heading(_("Who has a stake")),)
    bare = sum(each.unverified for each in sheet.stakeholders)
    heading = _("%(n)d have a stake, in %(categories)d categories") % {
        "n": len(sheet.stakeholders),
        "categories": len(sheet.categories),
    }
    said = ngettext(
        "%(n)d stakeholder is entered on no checked source.",
        "%(n)d stakeholders are entered on no checked source.",
        bare,
    )
    return (
        Heading(heading),
        *((Paragraph(said % {"n": bare}),) if bare else ()),
        *((Paragraph(sheet.rules, "small"),) if sheet.rules else ()),
        Picture(pictures.stakeholder_ladder(visit)),
        Picture(pictures.stakeholder_map(visit), apart=True),
    )


def _process(visit: Visit, frame: Framing) -> tuple[Block, ...]:
    plans = [standing.plan for standing in standings(visit.case).values()]
    rows = [
        (
            f"{plan.order} {say_plain(plan.name)}",
            f"{day(plan.begins)} – {day(plan.ends)}",
            plan.output,
            strung(visit.shown((plan.session or "", *plan.rounds))),
        )
        for plan in plans
    ]
    heading = _("%(n)d phases, from question to action plan") % {"n": len(plans)}
    drawn = pictures.process_plan(visit)
    guide = frame.interviews
    asked = (
        (Heading(_("The guide for the interviews"), 2), Paragraph(guide.method), Bullets(tuple(guide.guide)))
        if guide
        else ()
    )
    heads = (_("Phase"), _("When"), _("Delivers"), Column(_("Talks")))
    return (
        Heading(heading),
        *((Paragraph(frame.process.text),) if frame.process.text else ()),
        grid(heading, heads, rows, (1.4, 1.6, 3, 1)),
        *((Picture(drawn, apart=True),) if drawn else ()),
        *asked,
    )
