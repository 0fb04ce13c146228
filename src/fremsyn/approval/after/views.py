"""The page of what was approved, and what is left to management."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fremsyn.approval.after import operations
from fremsyn.approval.after.queries import after_page
from fremsyn.cases.access import access_case
from fremsyn.cases.editing.one_language import page_language
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.kinds import KINDS
from fremsyn.cases.pages import guidance
from fremsyn.cases.rights import Right
from fremsyn.core.text import Text


class DelegationForm(forms.Form):
    """What is left to management, in the words of the body."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What management may change"),
        choices=lambda: [(kind, KINDS[kind].many) for kind in operations.DELEGABLE],
    )
    text = FreeTextField(
        label=gettext_lazy("The words of the delegation"),
        help_text=gettext_lazy("As the board gave it, for instance “within the year and the frame”."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


@require_safe
def after(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    page = {**after_page(visit), "guidance": guidance("approval", "after"), "form": DelegationForm()}
    return render(request, "approval/after.html", page)


@require_POST
def delegation_give(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    form = DelegationForm(request.POST)
    if not form.is_valid():
        page = {**after_page(visit), "guidance": guidance("approval", "after"), "form": form}
        page["stays"] = reverse("approval:after", args=[case_slug])
        return render(request, "approval/after.html", page, status=422)
    words = Text(**{page_language(): form.cleaned_data["text"]})
    operations.delegate(case=visit.case, kind=form.cleaned_data["kind"], text=words, by=visit.person, at=timezone.now())
    messages.success(request, _("Written down. Management may change these now, and every change stands below."))
    return redirect("approval:after", case_slug)


@require_POST
def delegation_end(request: HttpRequest, case_slug: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    operations.end_delegation(case=visit.case, kind=kind, by=visit.person, at=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("approval:after", case_slug)
