"""The pages of a session through a browser's stand-in."""

from __future__ import annotations

import datetime
import html
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fremsyn.cases.models import Item
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import MinuteLine, SessionRun
from fremsyn.conversation.sessions.operations import ending, minutes
from fremsyn.conversation.sessions.operations.preparing import prepare_session
from fremsyn.conversation.sessions.operations.running import start_session

NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
AT = "/cases/kombit/conversation/sessions/"
FRAGMENT = {"X-Fragment": "1"}
THOSE_WHO_LEAD = ("owner", "facilitator")
THOSE_WHO_READ = ("leadership", "member", "board", "observer", "administrator")


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def write(client, ref, field, text, **more):
    given = {"action": "write", "field": field, "line": str(uuid4()), "version": "0", "text": text, **more}
    headers = given.pop("headers", {})
    return client.post(f"{AT}{ref}/minutes/write/", given, headers=headers)


def sheet_of(*rows, total=12, **more):
    given = {"part-TOTAL_FORMS": str(len(rows)), "part-INITIAL_FORMS": "0", "minutes_total": str(total), **more}
    for at, row in enumerate(rows):
        given |= {f"part-{at}-{name}": str(value) for name, value in row.items()}
    return given


# --- prepare


def test_a_session_is_prepared_from_a_template(kombit, client_as):
    client = client_as("facilitator")
    assert "Det gik galt. Hvad skete der?" in text_of(client.get(f"{AT}prepare/"))

    answer = client.post(f"{AT}prepare/", {"model": "strategy_choice", "held": "2026-12-10", "question": "Q0"})

    assert answer.headers["Location"] == f"{AT}E7/"
    page = text_of(client.get(f"{AT}E7/"))
    for said in ("Det valg vi kan stå ved", "planlagt", "10. december 2026", "Vindtunnelen", "Ret drejebogen"):
        assert said in page
    assert "Det valg vi kan stå ved" in text_of(client.get("/cases/kombit/conversation/"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"held": "2026-11-01"}, "Dagen er gået"),
        ({"model": "nothing"}, "nothing"),
        ({"question": "Q99"}, "Q99"),
        ({"held": ""}, "Dag"),
    ],
)
def test_a_session_that_can_t_be_prepared_says_why_and_keeps_what_was_chosen(kombit, client_as, wrong, words):
    given = {"model": "scanning_twelve", "held": "2026-12-10", "question": "Q1", **wrong}

    answer = client_as("owner").post(f"{AT}prepare/", given)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Noget skal rettes" in text_of(answer)
    assert not Item.objects.filter(ref="E7").exists()


def test_the_run_sheet_tells_that_it_does_not_sum_and_is_kept(kombit, client_as, planned):
    client = client_as("facilitator")
    rows = ({"minutes": 5, "part": "Kort", "how": "Hurtigt", "was": 0}, {"minutes": "", "part": "", "how": ""})

    assert "12 minutter, lige så lange som samtalen" in text_of(client.get(f"{AT}{planned}/sheet/"))
    answer = client.post(f"{AT}{planned}/sheet/", sheet_of(*rows))

    assert answer.status_code == 302
    page = text_of(client.get(f"{AT}{planned}/"))
    assert "Delene er i alt 5 minutter. Samtalen er sat til 12 minutter." in page


def test_rows_are_added_taken_out_and_moved_and_an_untouched_one_keeps_its_english(kombit, client_as, planned):
    before = next(each for each in load(kombit).conversation.sessions if each.ref == planned).run_sheet
    kept = {"minutes": 3, "part": before[0].part.da, "how": before[0].how.da, "was": 0}
    rows = ({"minutes": 1, "part": "Ny", "how": "Ny"}, kept, {**kept, "was": 1, "remove": "on"})
    client = client_as("facilitator")

    more = client.post(f"{AT}{planned}/sheet/", sheet_of(*rows, more="1"))
    assert (more.status_code, more.content.count(b'-part" ')) == (200, 4)
    client.post(f"{AT}{planned}/sheet/", sheet_of(*rows))

    after = next(each for each in load(kombit).conversation.sessions if each.ref == planned).run_sheet
    assert [line.part.da for line in after] == ["Ny", before[0].part.da]
    assert after[1].part == before[0].part


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"minutes": 5, "part": "Kun navn", "how": ""}, "Skriv, hvordan det foregår."),
        ({"minutes": 0, "part": "Nul", "how": "x"}, "større end eller lig"),
        ({"minutes": "snart", "part": "Tal", "how": "x"}, "heltal"),
        ({"minutes": 5, "part": "<svg onload=x>", "how": "y" * 1_000_000}, "tegn (den har"),
    ],
)
def test_a_faulty_row_is_told_at_its_field_and_nothing_is_kept(kombit, client_as, planned, row, words):
    before = load(kombit).conversation
    answer = client_as("facilitator").post(f"{AT}{planned}/sheet/", sheet_of(row))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "<svg onload" not in answer.content.decode()
    assert load(kombit).conversation == before


def test_two_who_edit_the_run_sheet_lose_nothing(kombit, client_as, planned):
    client = client_as("facilitator")
    client.post(f"{AT}{planned}/sheet/", sheet_of({"minutes": 4, "part": "Min", "how": "x"}, version="1"))

    answer = client.post(f"{AT}{planned}/sheet/", sheet_of({"minutes": 9, "part": "Din", "how": "x"}, version="1"))

    assert answer.status_code == 422
    assert 'value="Din"' in answer.content.decode()


# --- run


def test_the_one_who_leads_starts_moves_on_reveals_and_ends(kombit, client_as, planned):
    client = client_as("facilitator")
    run = f"{AT}{planned}/run/"
    assert "Begynd samtalen" in text_of(client.get(run))

    for given in ({"action": "start"}, {"action": "part", "to": "1"}, {"action": "show", "key": "prompt-1"}):
        assert client.post(run, given).headers["Location"] == run
    assert "Del 2 af 3" in text_of(client.get(run))
    assert "Hvad så du, som du ikke havde ventet?" in text_of(client.get(f"{run}show/"))
    client.post(run, {"action": "end"})

    assert "Den kan ikke afvikles igen." in text_of(client.get(run))
    again = client.post(run, {"action": "start"})
    assert again.status_code == 422
    assert "genåbn" in text_of(again)


def test_what_may_be_put_on_the_screen_is_called_by_its_words(kombit, client_as, running):
    page = client_as("facilitator").get(f"{AT}{running}/run/").content.decode()
    assert 'Vis på skærmen<span class="hidden">: Hvad så du, som du ikke havde ventet?</span>' in page
    assert '<span class="hidden"> prompt-' not in page
    assert '<span class="hidden">: prompt-' not in page


@pytest.mark.parametrize(
    "given", [{}, {"action": "dance"}, {"action": "part", "to": "-1"}, {"action": "part", "to": "99"}]
)
def test_what_can_t_be_done_is_refused_and_the_page_stands(kombit, client_as, running, given):
    answer = client_as("facilitator").post(f"{AT}{running}/run/", given)

    assert answer.status_code == 422
    assert "Del 1 af 3" in text_of(answer)


def test_the_screen_hides_a_result_until_it_is_revealed(kombit, client_as):
    day = datetime.date(2026, 12, 3)
    ref = prepare_session(case=kombit, model="scenarios_stay", held=day, question="Q0", by=None, at=NOON).ref
    start_session(case=kombit, ref=ref, language="da", by=None, at=NOON)
    leader, room = client_as("facilitator"), client_as("leadership")

    leader.post(f"{AT}{ref}/run/", {"action": "show", "key": "U4"})
    hidden = text_of(room.get(f"{AT}{ref}/run/show/"))
    leader.post(f"{AT}{ref}/run/", {"action": "reveal", "key": "U4"})
    shown = text_of(room.get(f"{AT}{ref}/run/show/"))

    assert "Det er vigtigere at kunne skifte leverandør" in hidden
    assert "Hvad tror I, kredsene svarede?" in hidden
    assert "%" not in hidden.partition("Del 1 af 6")[2].partition("Derefter")[0]
    assert "Topledelsen 33 % enige af 9" in shown
    assert ["Syntetiske svar" in page for page in (hidden, shown)] == [False, True]


def test_the_screen_is_asked_often_and_answers_only_what_is_new(kombit, client_as, running):
    client = client_as("leadership")
    show = f"{AT}{running}/run/show/"
    first = client.get(show, headers=FRAGMENT)
    assert b"<html" not in first.content
    tag = first.headers["ETag"]

    with CaptureQueriesContext(connection) as asked:
        same = client.get(show, headers={**FRAGMENT, "If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert len(asked) <= 6
    client_as("facilitator").post(f"{AT}{running}/run/", {"action": "part", "to": "1"})

    assert client.get(show, headers={**FRAGMENT, "If-None-Match": tag}).status_code == 200


def test_the_conversation_tells_which_sessions_are_ahead_and_which_one_runs(kombit, client_as, planned):
    manager = client_as("leadership")
    assert "3. december 2026 planlagt" in text_of(manager.get("/cases/kombit/conversation/"))

    client_as("owner").post(f"{AT}{planned}/run/", {"action": "start"})

    page = manager.get("/cases/kombit/conversation/")
    assert "i gang nu" in text_of(page)
    assert f"{AT}{planned}/minutes/" in page.content.decode()
    assert "Kommende samtaler" not in text_of(client_as("stakeholder").get("/cases/kombit/conversation/"))


# --- the minutes


def test_the_minutes_say_who_holds_the_pen_and_it_is_handed_over(kombit, client_as, running):
    leader, manager = client_as("facilitator"), client_as("leadership")
    pen = f"{AT}{running}/minutes/write/"
    assert "Ingen har pennen." in text_of(manager.get(f"{AT}{running}/minutes/"))

    leader.post(pen, {"action": "take"})
    assert re.search(r"Procesleder har pennen siden kl\. \d\d[.:]\d\d", text_of(manager.get(f"{AT}{running}/minutes/")))
    assert "Du har pennen" in text_of(leader.get(f"{AT}{running}/minutes/"))
    manager.post(pen, {"action": "take"})

    assert "Topledelse har pennen" in text_of(leader.get(f"{AT}{running}/minutes/"))


def test_a_line_is_saved_with_a_button_and_seen_by_all_as_it_was_written(kombit, client_as, running):
    line = "<script>alert(1)</script> \u202eשלום 🙂"
    answer = write(client_as("leadership"), running, "surprised", line)

    assert answer.headers["Location"] == f"{AT}{running}/minutes/#surprised"
    page = client_as("member").get(f"{AT}{running}/minutes/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \u202eשלום 🙂" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("text", ["", "x" * 1_000_000])
def test_a_line_that_can_t_be_saved_stands_on_the_page_again(kombit, client_as, running, text):
    answer = write(client_as("leadership"), running, "hold", text)

    assert answer.status_code == 422
    assert "Ikke gemt" in text_of(answer)
    assert text in answer.content.decode()
    assert not MinuteLine.objects.exists()


def test_without_the_pen_nothing_typed_is_lost_and_it_can_be_taken_over_in_the_same_step(kombit, client_as, running):
    write(client_as("facilitator"), running, "hold", "Først")
    manager = client_as("leadership")

    answer = write(manager, running, "hold", "Så mig")
    assert answer.status_code == 409
    assert "Overtag pennen, og gem" in text_of(answer)
    assert "Så mig" in text_of(answer)
    assert write(manager, running, "hold", "Så mig", take_over="1").status_code == 302

    assert list(MinuteLine.objects.values_list("text", flat=True)) == ["Først", "Så mig"]


def test_two_versions_are_shown_with_the_ways_on(kombit, client_as, running):
    line = str(uuid4())
    client = client_as("leadership")
    write(client, running, "hold", "Et", line=line)
    write(client, running, "hold", "To", line=line, version="1")

    answer = write(client, running, "hold", "Tre", line=line, version="1")

    assert answer.status_code == 409
    for said in ("To har skrevet her", "Nu står der To", "Tre", "Behold min", "Behold begge", "Behold den andens"):
        assert said in text_of(answer)


def test_a_script_is_told_when_a_line_was_saved_and_what_stands_in_the_way(kombit, client_as, running):
    line = str(uuid4())
    leader, manager = client_as("facilitator"), client_as("leadership")

    saved = write(leader, running, "hold", "Et", line=line, headers=FRAGMENT)
    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    assert re.fullmatch(r"\d\d[.:]\d\d", saved.json()["saved"])
    held = write(manager, running, "hold", "To", headers=FRAGMENT)
    assert (held.status_code, held.json()["penHeld"]) == (409, True)
    write(leader, running, "hold", "Andet", line=line, version="1")
    met = write(leader, running, "hold", "Tredje", line=line, version="1", headers=FRAGMENT)

    assert (met.status_code, met.json()["theirs"], met.json()["version"]) == (409, "Andet", 2)
    assert write(leader, running, "nowhere", "x", headers=FRAGMENT).status_code == 422


# --- keep


@pytest.fixture
def held(kombit, running, client_as):
    write(client_as("facilitator"), running, "surprised", "At T12 vejer mere")
    client_as("facilitator").post(f"{AT}{running}/run/", {"action": "end"})
    return running


def test_a_line_is_kept_as_an_insight_and_stands_on_the_session_s_page(kombit, client_as, held):
    client = client_as("facilitator")
    line = MinuteLine.objects.get()
    page = client.get(f"{AT}{held}/keep/").content.decode()
    assert f'value="{line.text}"' in page
    given = {"keep": "on", "title": "T12 vejer mere", "shows": "surprise", "question": "Q0"}

    answer = client.post(f"{AT}{held}/keep/", {f"line-{line.pk}-{name}": value for name, value in given.items()})

    assert answer.headers["Location"] == f"{AT}{held}/#gave"
    assert "N11 T12 vejer mere" in text_of(client.get(f"{AT}{held}/"))
    assert "Gemt som N11" in text_of(client.get(f"{AT}{held}/keep/"))


@pytest.mark.parametrize(
    ("change", "words"), [({"title": ""}, "titel"), ({"title": "x" * 121}, "120"), ({"shows": "x"}, "x")]
)
def test_an_insight_that_lacks_something_is_not_kept(kombit, client_as, held, change, words):
    line = MinuteLine.objects.get()
    given = {"keep": "on", "title": "Noget", "shows": "surprise", "question": "Q0", **change}

    answer = client_as("owner").post(
        f"{AT}{held}/keep/", {f"line-{line.pk}-{name}": value for name, value in given.items()}
    )

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert MinuteLine.objects.get().insight == ""


def test_minutes_are_reopened_and_closed_on_the_page(kombit, client_as, held):
    client = client_as("owner")
    assert client.post(f"{AT}{held}/minutes/reopen/", {"why": ""}).status_code == 422
    client.post(f"{AT}{held}/minutes/reopen/", {"why": "Et <b>navn</b>"})
    assert "Genåbnet, fordi: Et <b>navn</b>" in html.unescape(client.get(f"{AT}{held}/minutes/").content.decode())
    assert write(client, held, "hold", "Nyt").status_code == 302
    client.post(f"{AT}{held}/minutes/reopen/")

    assert "Nyt" in text_of(client.get(f"{AT}{held}/"))
    assert write(client, held, "hold", "For sent").status_code == 422


# --- who may what


PAGES = ("sheet/", "run/", "minutes/reopen/", "keep/", "pre-read/")


@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_lead_prepare_and_run(kombit, client_as, planned, page):
    assert [client_as(role).get(f"{AT}{planned}/{page}").status_code for role in THOSE_WHO_LEAD] == [200, 200]
    for role in (*THOSE_WHO_READ, "stakeholder"):
        assert client_as(role).get(f"{AT}{planned}/{page}").status_code == 403, role
        assert client_as(role).post(f"{AT}{planned}/{page}", {"action": "start", "why": "x"}).status_code in (403, 405)
    assert not SessionRun.objects.exists()


def test_all_but_stakeholders_follow_and_the_leadership_writes(kombit, client_as, running):
    for page in ("run/show/", "minutes/", "cards/"):
        for role in (*THOSE_WHO_LEAD, *THOSE_WHO_READ):
            assert client_as(role).get(f"{AT}{running}/{page}").status_code == 200, role
        assert client_as("stakeholder").get(f"{AT}{running}/{page}").status_code == 404
    for role in ("member", "board", "observer", "administrator", "stakeholder"):
        assert write(client_as(role), running, "hold", "x").status_code == 403, role
    assert not MinuteLine.objects.exists()


@pytest.mark.parametrize("page", [*PAGES, "", "run/show/", "minutes/", "cards/"])
def test_pages_stand_in_every_state_within_their_queries(kombit, client_as, person, planned, page):
    client = client_as("owner")
    given = {"case": kombit, "ref": planned, "by": person("owner"), "at": NOON}

    def seen(said: str) -> None:
        client.get(f"{AT}{planned}/{page}")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"{AT}{planned}/{page}")
        assert (answer.status_code, len(asked) <= 30) == (200, True), (said, len(asked))

    seen("planned")
    start_session(language="da", **given)
    seen("running")
    minutes.write_line(field="hold", line=uuid4(), version=0, text="U4 holder", **given)
    ending.end_session(**given)
    seen("held")
    ending.reopen_minutes(why="x", **given)
    seen("reopened")
