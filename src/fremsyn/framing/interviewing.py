"""The leaders' interviews: a guide to ask by, notes by role, themes gathered from them, and questions made of themes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.file import languages_of
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.framing import operations
from fremsyn.framing.handover import load
from fremsyn.framing.models import InterviewNote, InterviewPassage, InterviewTheme
from fremsyn.framing.passages import sentences
from fremsyn.web.templatetags.say import say_plain

WRONG = 422
LONGEST = 10_000
NUMBER = re.compile(r"[0-9]{1,12}")
PASSAGE = re.compile(r"[0-9]{1,12}-[0-9]{1,4}")


class NotesForm(forms.Form):
    """What somebody said, question by question."""

    who = FreeTextField(
        label=gettext_lazy("Whom are you talking with?"),
        help_text=gettext_lazy("A role such as “head of IT in a large municipality”, never a name."),
        max_length=120,
    )

    def __init__(self, data: Any, guide: tuple[str, ...]) -> None:
        super().__init__(data)
        for number, asked in [*enumerate(guide, start=1), (0, _("Anything else that was said"))]:
            self.fields[f"q{number}"] = FreeTextField(
                label=f"{number}. {asked}" if number else asked,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea({"rows": 3}),
            )

    def answers(self) -> dict[int, str]:
        """Return what was written, by the question's number."""
        return {int(name[1:]): text for name, text in self.cleaned_data.items() if name[1:].isdigit()}


@dataclass(frozen=True)
class Noted:
    """A note with the sentences that a theme can point to, each with what a box for it sends; none where it is but one."""

    note: InterviewNote
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """A question of the guide with the notes that were made to it."""

    number: int
    text: str
    notes: tuple[Noted, ...]


@dataclass(frozen=True)
class Gathered:
    """A theme with its notes, each with the passages that it points to; none where it is the whole note."""

    theme: InterviewTheme
    notes: tuple[tuple[InterviewNote, tuple[str, ...]], ...]


def _gathered(theme: InterviewTheme) -> Gathered:
    said: dict[int, list[str]] = {}
    for each in theme.passages.all():
        said.setdefault(each.note_id, []).append(each.text)
    return Gathered(theme, tuple((note, tuple(said.get(note.pk, ()))) for note in theme.notes.all()))


def _noted(note: InterviewNote) -> Noted:
    said = sentences(note.text)
    return Noted(note, tuple((f"{note.pk}-{at}", text) for at, text in enumerate(said)) if len(said) > 1 else ())


def _guide(visit: Visit) -> tuple[str, ...]:
    found = load(visit.case).framing.interviews
    return tuple(str(say_plain(each)) for each in found.guide) if found else ()


@require_http_methods(["GET", "POST"])
def interviews(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing", Right.LEAD)
    form = NotesForm(request.POST if request.method == "POST" else None, _guide(visit))
    if form.is_valid():
        try:
            made = operations.write_notes(
                case=visit.case, who=form.cleaned_data["who"], answers=form.answers(), by=visit.person,
                at=timezone.now(),
            )  # fmt: skip
        except RuleBroken as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, ngettext("%(n)d note is kept.", "%(n)d notes are kept.", len(made)) % {"n": len(made)}
            )
            return redirect("framing:interviews", visit.case.slug)
    return _shown(request, visit, {"form": form}, wrong=bool(form.errors))


def _shown(request: HttpRequest, visit: Visit, more: Mapping[str, Any], *, wrong: bool) -> HttpResponse:
    stays = reverse("framing:interviews", args=[visit.case.slug])
    page = _page(visit) | {"form": NotesForm(None, _guide(visit)), "stays": stays, **more}
    return render(request, "framing/interviews.html", page, status=WRONG if wrong else 200)


def _page(visit: Visit) -> dict[str, Any]:
    guide = _guide(visit)
    notes = list(InterviewNote.objects.filter(case=visit.case).prefetch_related("themes").order_by("who", "pk"))
    told = load(visit.case).framing.interviews
    asked = [
        Asked(number, text, tuple(_noted(note) for note in notes if note.question == number))
        for number, text in [*enumerate(guide, start=1), (0, _("Anything else that was said"))]
    ]
    kept = InterviewTheme.objects.filter(case=visit.case).select_related("question").order_by("pk")
    pointed = Prefetch("passages", InterviewPassage.objects.order_by("position"))
    themes = tuple(_gathered(each) for each in kept.prefetch_related("notes", pointed))
    return {
        "visit": visit,
        "phase": "framing",
        "heading": _("The leaders' interviews"),
        "crumbs": crumbs(visit, "framing", (_("The leaders' interviews"), "")),
        "method": told.method if told else None,
        "guide": guide,
        "asked": [each for each in asked if each.notes],
        "count": len(notes),
        "people": len({note.who for note in notes}),
        "themes": themes,
        "fault": "",
        "name": "",
        "chosen": frozenset(),
        "marked": frozenset(),
        "asking": 0,
        "text": "",
    }


@require_safe
def interview_guide(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing", Right.LEAD)
    steps = ((_("The leaders' interviews"), reverse("framing:interviews", args=[visit.case.slug])), (_("Guide"), ""))
    page = _page(visit) | {"heading": _("Guide for an interview"), "crumbs": crumbs(visit, "framing", *steps)}
    return render(request, "framing/interview_guide.html", page)


def _free(text: str, longest: int) -> str:
    """Return a text that somebody wrote.

    :raises RuleBroken: when it is unfit or too long
    """
    try:
        return str(FreeTextField(required=False, max_length=longest).clean(text))
    except ValidationError as wrong:
        raise RuleBroken(" ".join(wrong.messages)) from wrong


@require_POST
def theme_gather(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing", Right.LEAD)
    chosen = {int(number) for number in request.POST.getlist("note") if NUMBER.fullmatch(number)}
    marked = [each for each in request.POST.getlist("passage") if PASSAGE.fullmatch(each)]
    name = request.POST.get("name", "")
    passages: dict[int, list[int]] = {}
    for note, at in (map(int, each.split("-")) for each in marked):
        passages.setdefault(note, []).append(at)
    notes = InterviewNote.objects.filter(case=visit.case, pk__in=chosen | passages.keys())
    try:
        operations.gather_theme(
            case=visit.case, name=_free(name, 200), notes=notes, passages=passages, by=visit.person, at=timezone.now()
        )
    except RuleBroken as refused:
        again = {"fault": refused, "name": name, "chosen": chosen, "marked": marked}
        return _shown(request, visit, again, wrong=True)
    messages.success(request, _("Saved."))
    return redirect("framing:interviews", visit.case.slug)


@require_POST
def theme_ask(request: HttpRequest, case_slug: str, number: int) -> HttpResponse:
    visit = access_case(request, case_slug, "framing", Right.EDIT)
    theme = get_object_or_404(InterviewTheme, pk=number, case=visit.case)
    text = request.POST.get("text", "").strip()
    own, spoken = languages_of(visit.case), (get_language() or "da")[:2]
    try:
        if not text:
            raise RuleBroken(_("Write the question that the theme asks."))
        said = Text(**{spoken if spoken in own else own[0]: _free(text, 2_000)})
        item = operations.ask_of_theme(theme=theme, text=said, by=visit.person, at=timezone.now())
    except RuleBroken as refused:
        return _shown(request, visit, {"fault": refused, "asking": theme.pk, "text": text}, wrong=True)
    messages.success(request, _("Saved as %(ref)s.") % {"ref": item.ref})
    return redirect("framing:interviews", visit.case.slug)
