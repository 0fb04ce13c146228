"""A session's pre-read and its cards."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.models import Item
from fremsyn.cases.rights import Right
from fremsyn.chain.sessions import cards
from fremsyn.chain.sessions.pre_read import draft
from fremsyn.conversation.handover import load
from fremsyn.conversation.sessions import queries
from fremsyn.conversation.sessions.operations.preparing import take_over_pre_read
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text

LONGEST = 6000


class PreReadForm(forms.Form):
    """The page that everybody reads before a session."""

    text = FreeTextField(
        label=gettext_lazy("To be read before the session"),
        help_text=gettext_lazy("One page: about 400 words. References such as T12 become links."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 22, "dir": "auto"}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def session_pre_read(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    entry, meeting = queries.visited(visit, ref)
    drawn = draft(visit, meeting.session)
    form = PreReadForm(request.POST if request.method == "POST" else None, initial=start(visit, ref, drawn))
    refused = ""
    if form.is_valid():
        try:
            keep(visit, ref, form, drawn)
            return redirect("conversation:session", case_slug, ref)
        except RuleBroken as error:
            refused = str(error)
    synthetic = load(visit.case).is_synthetic_in(meeting.session.phase)
    context = queries.page(visit, entry, meeting) | {"form": form, "refused": refused, "synthetic": synthetic}
    return render(request, "chain/session_pre_read.html", context, status=422 if form.is_bound else 200)


def start(visit: Visit, ref: str, drawn: Text) -> dict[str, object]:
    """Return what the form begins with: the draft, and the version of the session that it was drawn for."""
    version = Item.objects.values_list("version", flat=True).get(case=visit.case, ref=ref)
    return {"text": drawn.in_language(get_language() or "da")[0], "version": version}


def keep(visit: Visit, ref: str, form: PreReadForm, drawn: Text) -> None:
    """Make what was written the session's own; a draft that was not edited keeps both languages."""
    language = (get_language() or "da")[:2]
    said = "\n".join(line.rstrip() for line in form.cleaned_data["text"].strip().splitlines())
    text = drawn if said == drawn.in_language(language)[0] else Text(**{language: said})
    version = form.cleaned_data["version"]
    take_over_pre_read(case=visit.case, ref=ref, version=version, text=text, by=visit.person, at=timezone.now())


@require_safe
def session_cards(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    entry, meeting = queries.visited(visit, ref)
    asked = request.GET.getlist("kind") or cards.OF_PHASE[meeting.session.phase]
    chosen = [kind for kind in cards.KINDS if kind in asked]
    sheets = cards.sheets(visit, meeting.session.phase, chosen)
    context = queries.page(visit, entry, meeting) | {
        "kinds": [(kind, words, kind in chosen) for kind, (words, _cards) in cards.KINDS.items()],
        "sheets": sheets,
        "count": sum(len(sheet) for sheet in sheets),
    }
    return render(request, "chain/session_cards.html", context)
