"""Pages for noting a signal in a moment, and for telling one thing noticed by a link without a sign-in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from limits import RateLimitItemPerMinute

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.added import say_added
from fremsyn.cases.file import languages_of
from fremsyn.cases.file import load as case_file
from fremsyn.cases.models import Case
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.framing.handover import load as load_framing
from fremsyn.people.limiting import address_of, limiter
from fremsyn.people.roles import Role
from fremsyn.scanning import operations
from fremsyn.scanning.models import Noticed, NoticingLink
from fremsyn.scanning.note_forms import DeclineForm, LinkForm, NoteForm
from fremsyn.web.templatetags.say import say_plain

WRONG, GONE, TOO_MANY = 422, 404, 429
FROM_ADDRESS = RateLimitItemPerMinute(120, 10, namespace="notice")


def _language(case: Case) -> str:
    own, spoken = languages_of(case), (get_language() or "da")[:2]
    return spoken if spoken in own else own[0]


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
def signal_note(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning", Right.CONTRIBUTE)
    form = NoteForm(_sent(request))
    if form.is_valid():
        circle = "leadership" if visit.role == Role.LEADERSHIP else "organisation"
        try:
            item = operations.note_signal(
                case=visit.case, circle=circle, language=_language(visit.case), by=visit.person, at=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except RuleBroken as refused:
            form.add_error(None, str(refused))
        else:
            say_added(request, visit, item, app="scanning", again=request.path, thanks=True)
            return redirect("scanning:signal", visit.case.slug, item.ref)
    page = {"visit": visit, "form": form, "heading": _("Note a signal"), "phase": "scanning"}
    page |= {"crumbs": crumbs(visit, "scanning", (_("Note a signal"), ""))}
    return render(request, "scanning/signal_note.html", page, status=WRONG if form.errors else 200)


@require_http_methods(["GET", "POST"])
def noticing(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning", Right.LEAD)
    form = LinkForm(_sent(request), _circles(visit.case))
    made = ""
    if form.is_valid():
        at = timezone.now()
        _link, token = operations.make_noticing_link(
            case=visit.case, circle=form.cleaned_data["circle"], cap=form.cleaned_data["cap"],
            expires_at=form.expires(at), by=visit.person, at=at,
        )  # fmt: skip
        made = request.build_absolute_uri(reverse("noticing:notice", args=[token]))
    page = _noticing_page(visit) | {"form": form, "made": made, "decline": DeclineForm()}
    return render(request, "scanning/noticing.html", page, status=WRONG if form.errors else 200)


def _circles(case: Case) -> list[tuple[str, str]]:
    return [(each.id, say_plain(each.name)) for each in load_framing(case).stakeholders.circles if each.id != "board"]


def _noticing_page(visit: Visit) -> dict[str, Any]:
    told = Noticed.objects.filter(link__case=visit.case).select_related("link", "signal").order_by("-at")
    circles = dict(_circles(visit.case))
    links = NoticingLink.objects.filter(case=visit.case).order_by("-made_at")
    return {
        "visit": visit,
        "heading": _("One thing you noticed"),
        "phase": "scanning",
        "crumbs": crumbs(visit, "scanning", (_("One thing you noticed"), "")),
        "links": [(link, circles.get(link.circle, link.circle), link.expires_at < timezone.now()) for link in links],
        "waiting": [each for each in told if each.decided_at is None],
        "decided": [each for each in told if each.decided_at][:50],
    }


@require_POST
def noticed_decide(request: HttpRequest, case_slug: str, number: int) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning", Right.EDIT)
    told = get_object_or_404(Noticed, pk=number, link__case=visit.case)
    if "accept" in request.POST:
        item = operations.accept_noticed(told=told, by=visit.person, at=timezone.now())
        messages.success(request, _("Taken in as %(ref)s.") % {"ref": item.ref})
        return redirect("scanning:noticing", visit.case.slug)
    form = DeclineForm(request.POST)
    if form.is_valid():
        operations.decline_noticed(told=told, reason=form.cleaned_data["reason"], by=visit.person, at=timezone.now())
        messages.success(request, _("Left out, with the reason."))
        return redirect("scanning:noticing", visit.case.slug)
    page = _noticing_page(visit) | {"form": LinkForm(None, _circles(visit.case)), "decline": form, "wrong": told.pk}
    page["stays"] = reverse("scanning:noticing", args=[case_slug])
    return render(request, "scanning/noticing.html", page, status=WRONG)


@require_POST
def noticing_withdraw(request: HttpRequest, case_slug: str, ident: Any) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning", Right.LEAD)
    link = get_object_or_404(NoticingLink, pk=ident, case=visit.case)
    operations.withdraw_noticing_link(link=link, by=visit.person, at=timezone.now())
    messages.success(request, _("The link is withdrawn."))
    return redirect("scanning:noticing", visit.case.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, token: str) -> HttpResponse:
    if not limiter.hit(FROM_ADDRESS, address_of(request)):
        return render(request, "scanning/notice_closed.html", {"many": True}, status=TOO_MANY)
    link = operations.usable_link(token, timezone.now())
    if link is None:
        return render(request, "scanning/notice_closed.html", {}, status=GONE)
    form = NoteForm(_sent(request))
    if form.is_valid():
        operations.tell_noticed(token=token, language=_language(link.case), at=timezone.now(), **form.cleaned_data)
        return redirect("noticing:thanks")
    file = case_file(link.case)
    page = {"form": form, "title": file.title, "house": file.organisation.name, "link": link}
    response = render(request, "scanning/notice.html", page, status=WRONG if form.errors else 200)
    response.headers["Referrer-Policy"] = "strict-origin"  # the address holds the token
    return response


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "scanning/notice_thanks.html", {})
