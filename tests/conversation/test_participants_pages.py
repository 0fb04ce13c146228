"""A round as those who answer it meet it, without a script and without an account."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from conversation.live import TEXTS, link, make_round
from fremsyn.conversation.models import Answer, AnswerState, Invitation, Participant, RoundRun, Vote
from fremsyn.conversation.operations import withdraw_invitation
from fremsyn.conversation.participants import limiting
from fremsyn.core.text import Text


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def round_(kombit, now):
    return make_round(kombit, at=now, monday=True, postcard=True, questions=(Text(da="Hvad skal stoppe?", en="What?"),))


@pytest.fixture
def token(round_, now):
    return link(round_, at=now)


@pytest.fixture
def phone(token):
    """Somebody's phone that has just begun."""
    client = Client()
    assert client.post(f"/r/{token}/").status_code == 302
    return client


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("da", ("Begynd", TEXTS[0][0])), ("en", ("Begin", TEXTS[0][1]))])
def test_purpose_and_privacy_come_first_and_the_first_vote_is_three_presses_away(token, round_, language, words):
    phone = Client()
    phone.cookies["fremsyn_language"] = language
    first = text_of(phone.get(f"/r/{token}/"))
    assert {"da": "kan du selv slette alle dine svar", "en": "you can erase all your answers"}[language] in first
    assert all(each in first for each in (words[0], round_.title[language], round_.asks[language], "KOMBIT A/S"))
    assert not Participant.objects.exists()

    opening = phone.post(f"/r/{token}/", follow=True)
    assert round_.heard[language] in text_of(opening)
    step = phone.get("/r/", follow=True)
    assert words[1] in text_of(step)
    assert phone.post(step.request["PATH_INFO"], {"value": "1"}).status_code == 302

    assert Vote.objects.get(round=round_).value == 1
    assert Participant.objects.get().language == language


def test_the_way_through_a_round(phone, round_):
    assert text_of(phone.get("/r/", follow=True)).count("Udsagn 1 af 3") > 1
    kept = phone.post(
        "/r/step/1/", {"value": "1", "important": "on", "reason": "Fordi <b>jeg</b> har set det"}, follow=True
    )
    assert "Gemt." in text_of(kept)
    assert "Udsagn 2 af 3" in text_of(kept)
    phone.post("/r/step/2/", {"value": "-1"})
    phone.post("/r/step/3/", {"value": "0"})
    for number, words in ((4, "Møder"), (5, "Ringe til naboen"), (6, "Kære alle")):
        answered = phone.post(f"/r/step/{number}/", {"text": words}, follow=True)
    assert answered.request["PATH_INFO"] == "/r/thanks/"
    assert phone.get("/r/").url == "/r/thanks/"

    assert sorted(Vote.objects.filter(round=round_).values_list("value", "important")) == [
        (-1, False), (0, False), (1, True),
    ]  # fmt: skip
    assert sorted(Answer.objects.values_list("kind", flat=True)) == ["monday", "open", "postcard", "reason"]
    assert "Fordi &lt;b&gt;jeg&lt;/b&gt; har set det" in text_of(phone.get("/r/outcome/"))


def test_passing_is_told_from_being_shown_a_statement_later(phone, round_):
    page = text_of(phone.get("/r/step/1/"))
    assert "Pas er et svar: Jeg har set det og har ingen holdning." in page
    assert "Vis mig det senere" in page
    phone.post("/r/step/2/", {"value": "0"})
    assert phone.get("/r/").url == "/r/step/1/"


def test_one_goes_back_changes_an_answer_and_takes_a_reason_away(phone, round_):
    phone.post("/r/step/1/", {"value": "1", "important": "on", "reason": "Derfor"})
    page = text_of(phone.get("/r/step/1/"))
    assert "Derfor" in page
    assert re.search(r'name="important" checked', page)
    assert re.search(r'value="1"[^>]*aria-pressed="true"', page)

    phone.post("/r/step/1/", {"value": "-1", "reason": ""})
    assert Vote.objects.get(round=round_).value == -1
    assert not Answer.objects.exists()


def test_what_is_wrong_is_said_at_the_field_and_the_vote_is_kept_all_the_same(phone, round_):
    refused = phone.post("/r/step/1/", {"value": "1", "reason": "Min mor 010180-1234 ventede"})
    page = text_of(refused)

    assert refused.status_code == 422
    assert "CPR-nummer" in page
    assert "Min mor 010180-1234 ventede" in page
    assert "Dit svar er gemt" in page
    assert Vote.objects.get(round=round_).value == 1
    assert not Answer.objects.exists()


@pytest.mark.parametrize("text", ["", "x" * 2001, "CPR 0101801234"], ids=["empty", "long", "cpr"])
def test_a_text_that_cannot_be_kept_stays_in_its_field(phone, text):
    for address in ("/r/step/4/", "/r/propose/"):
        refused = phone.post(address, {"text": text})
        assert refused.status_code == 422
        assert text in text_of(refused)
    assert not Answer.objects.exists()


def test_a_megabyte_is_refused_at_its_field_and_more_than_we_read_with_a_word(phone):
    form = "application/x-www-form-urlencoded"
    long = "å" * 2**19  # as a browser sends it, this is three megabytes
    refused = phone.post("/r/propose/", urlencode({"text": long}), content_type=form)
    assert refused.status_code == 422
    assert "højst 2.000 tegn" in refused.content.decode()
    assert long in refused.content.decode()
    unread = phone.post("/r/propose/", "text=" + "x" * 9 * 2**20, content_type=form)
    assert unread.status_code == 400
    assert "Det kan vi ikke tage imod" in unread.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("value", ["", "2", "9", "x", "' OR 1"])
def test_a_vote_that_cannot_be_read_is_refused(phone, value):
    assert phone.post("/r/step/1/", {"value": value}).status_code == 422
    assert not Vote.objects.filter(receipt__isnull=False).exists()


# --- what must not leak


def test_the_token_is_in_no_page_after_the_first_and_is_told_to_nobody(token):
    phone = Client()
    assert phone.get(f"/r/{token}/").headers["Referrer-Policy"] == "strict-origin"
    joined = phone.post(f"/r/{token}/")
    for address in ("/r/opening/", "/r/step/1/", "/r/thanks/", "/r/code/", "/r/outcome/", "/r/propose/"):
        assert token not in text_of(phone.get(address))
    assert token not in joined.cookies["fremsyn_round"].value


def test_the_cookie_is_signed_and_out_of_reach_of_scripts(token, phone):
    cookie = Client().post(f"/r/{token}/").cookies["fremsyn_round"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"

    forged = Client()
    forged.cookies["fremsyn_round"] = f'["{Participant.objects.first().pk}"]'
    assert forged.get("/r/step/1/").status_code == 403


def test_pages_show_nothing_of_the_case_but_the_round(phone):
    page = text_of(phone.get("/r/step/1/"))
    assert "/cases/" not in page
    assert "sign-in" not in page


def test_a_post_without_its_token_is_refused(phone, token):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies
    for address in (f"/r/{token}/", "/r/step/1/", "/r/vote/", "/r/propose/", "/r/code/", "/r/resume/", "/r/leave/"):
        assert strict.post(address, {"value": "1"}).status_code == 403
    assert not Vote.objects.filter(receipt__isnull=False).exists()


# --- who is not let in


def test_links_that_do_not_work_say_why(round_, now):
    expired, withdrawn, full = (link(round_, at=now, cap=1, days=days) for days in (1, 2, 3))
    Invitation.objects.filter(cap=1).order_by("expires_at")
    first = Invitation.objects.order_by("expires_at").first()
    Invitation.objects.filter(pk=first.pk).update(expires_at=now)
    withdraw_invitation(invitation=Invitation.objects.order_by("expires_at")[1], by=None, at=now)
    Client().post(f"/r/{full}/")

    for token, status, words in (
        (expired, 410, "Linket er udløbet"),
        (withdrawn, 410, "Linket er trukket tilbage"),
        (full, 410, "Linket er brugt"),
        ("x" * 22, 404, "Linket fører ingen steder hen"),
    ):
        for response in (Client().get(f"/r/{token}/"), Client().post(f"/r/{token}/")):
            assert (response.status_code, words in text_of(response)) == (status, True)


def test_a_personal_link_takes_its_own_phone_back_in_and_no_other(round_, now):
    token = link(round_, at=now, cap=1)
    phone = Client()
    phone.post(f"/r/{token}/")

    assert phone.get(f"/r/{token}/").url == "/r/"
    assert phone.post(f"/r/{token}/").url == "/r/"
    assert Client().post(f"/r/{token}/").status_code == 410
    assert Participant.objects.filter(round=round_).count() == 1


def test_a_round_that_is_not_open_yet_and_one_that_has_closed(phone, token, round_, now):
    RoundRun.objects.filter(round=round_).delete()
    assert Client().get(f"/r/{token}/").status_code == 403

    RoundRun.objects.create(round=round_, opened_at=now, closed_at=now)
    assert "Runden er lukket" in text_of(Client().get(f"/r/{token}/"))
    assert phone.get(f"/r/{token}/", follow=True).request["PATH_INFO"] == "/r/outcome/"
    for address, data in (("/r/step/1/", {"value": "1"}), ("/r/propose/", {"text": "Et udsagn"})):
        response = phone.post(address, data)
        assert (response.status_code, "Runden er lukket" in text_of(response)) == (410, True)


def test_a_phone_that_is_not_known_is_told_what_to_do(kombit):
    for address in ("/r/", "/r/opening/", "/r/step/1/", "/r/thanks/", "/r/code/", "/r/outcome/", "/r/propose/"):
        response = Client().get(address)
        assert (response.status_code, "/r/resume/" in text_of(response)) == (403, True)


def test_too_many_wrong_codes_are_too_many(phone):
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text_of(phone.post("/r/code/", follow=True)))[0]
    other = Client()
    statuses = [other.post("/r/resume/", {"code": "000000000000"}).status_code for _try in range(31)]

    assert statuses == [422] * 30 + [429]
    assert other.post("/r/resume/", {"code": code}).status_code == 429
    assert other.post("/r/resume/", {"code": code}, REMOTE_ADDR="10.1.1.1").url == "/r/"


def test_one_participant_presses_a_button_so_often_a_minute_and_no_oftener(phone, monkeypatch):
    monkeypatch.setattr(limiting, "presses", limiting.Presses())
    monkeypatch.setattr(limiting, "PRESSES_OF_ONE", 2)
    monkeypatch.setattr(limiting, "monotonic", lambda: 60.0)
    assert [phone.post("/r/step/1/", {"value": "1"}).status_code for _press in range(3)] == [302, 302, 429]

    monkeypatch.setattr(limiting, "monotonic", lambda: 120.0)
    assert phone.post("/r/step/1/", {"value": "1"}).status_code == 302


# --- the code


def test_the_code_is_shown_once_and_leads_back_from_another_phone(phone, round_):
    phone.post("/r/step/1/", {"value": "1"})
    shown = text_of(phone.post("/r/thanks/", follow=True))
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", shown)[0]
    assert code not in text_of(phone.get("/r/thanks/"))

    other = Client()
    assert other.post("/r/resume/", {"code": code.lower()}, follow=True).request["PATH_INFO"] == "/r/step/2/"
    other.post("/r/step/2/", {"value": "-1"})
    assert Vote.objects.filter(round=round_).values("participant").distinct().count() == 1


def test_a_borrowed_phone_forgets(phone):
    assert phone.post("/r/leave/", follow=True).request["PATH_INFO"] == "/r/resume/"
    assert phone.get("/r/").status_code == 403


# --- a script's presses


def press(phone, **given):
    page = text_of(phone.get("/r/step/1/"))
    who, ref = re.search(r'data-who="(\w+)"', page)[1], re.search(r'data-ref="(\w+)"', page)[1]
    data = {"statement": ref, "value": "1", "key": "k1", "who": who, **given}
    return phone.post("/r/vote/", data, headers={"Accept": "application/json"})


def test_a_press_is_answered_with_its_receipt_and_counts_once(phone, round_):
    first, again = press(phone), press(phone)
    assert first.json() == again.json()
    assert set(first.json()) == {"code", "statement", "value", "important"}
    assert Vote.objects.filter(round=round_).count() == 1


def test_what_was_pressed_on_anothers_page_does_not_count(phone, round_):
    assert press(phone, who="0" * 16).status_code == 403
    assert press(phone, key="").status_code == 422
    assert not Vote.objects.filter(round=round_).exists()


def test_a_script_is_told_that_the_round_has_closed(phone, round_, now):
    RoundRun.objects.filter(round=round_).update(closed_at=now)
    asked = {"statement": "U1", "value": "1", "key": "k", "who": "x"}
    response = phone.post("/r/vote/", asked, headers={"Accept": "application/json"})
    assert response.json()["title"]
    assert response.status_code in (403, 410)


# --- others' views, proposals, what came of it


def test_another_view_is_read_and_answered_when_it_has_been_accepted(phone, token, now):
    other = Client()
    other.post(f"/r/{token}/")
    other.post("/r/step/4/", {"text": "De lange møder 🦊"})
    assert phone.get("/r/step/7/").url == "/r/"

    Answer.objects.update(state=AnswerState.ACCEPTED, decided_at=now)
    page = text_of(phone.get("/r/step/7/"))
    assert "De lange møder 🦊" in page
    address = re.search(r"/r/others/[0-9a-f-]+/", page)[0]
    phone.post(address, {"text": "Også de korte"})
    assert Answer.objects.get(kind="reply").state == AnswerState.PENDING
    assert "Også de korte" in text_of(phone.get("/r/step/7/"))
    assert other.get(address).status_code == 410  # one's own


def test_whoever_proposed_is_told_why_it_was_declined(phone, now):
    phone.post("/r/propose/", {"text": "Vi skal lukke flere systemer, end vi åbner."})
    Answer.objects.update(state=AnswerState.DECLINED, moderator_reason="Det er spurgt før.", decided_at=now)
    for address in ("/r/propose/", "/r/outcome/"):
        assert "Det er spurgt før." in text_of(phone.get(address))
