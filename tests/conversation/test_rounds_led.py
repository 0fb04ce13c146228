"""A round as those who lead it take it: prepared, opened, invited to, closed, shown."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from conftest import NOON
from conversation.live import asked, crowd, link, make_round
from fremsyn.audit.models import Entry
from fremsyn.cases.models import Case, Item
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Answer, AnswerState, Invitation, Participant, Round, RoundRun, Vote
from fremsyn.conversation.operations import (
    accept_answer,
    accept_proposal,
    add_statements,
    cast_vote,
    close_round,
    decline_answer,
    join_round,
    open_round,
    prepare_round,
    show_results,
    write_answer,
)
from fremsyn.conversation.operations.moderating import mark_of
from fremsyn.conversation.refusals import Refused
from fremsyn.conversation.schema import Statement
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db

BASE = "/cases/kombit/conversation/rounds/"
PAGES = ("run", "response", "statements/add", "invite", "moderate", "used", "insight")
MINUTE = datetime.timedelta(minutes=1)


def lines(name: str) -> list[dict[str, object]]:
    """Return what the log says under a name, without when it was written."""
    found = [json.loads(entry.data) for entry in Entry.objects.filter(event=f"conversation.{name}")]
    return [{key: value for key, value in line.items() if key != "said_at"} for line in found]


def somebody(round_: Round, n: int = 1, circle: str = "wide") -> list[Participant]:
    token = link(round_, at=NOON, circle=circle)
    return [join_round(token=token, language="da", at=NOON) for _each in range(n)]


def refs(round_: Round) -> list[str]:
    ties = round_.item.outgoing.filter(field="statements").order_by("position")
    return list(ties.values_list("to_item__ref", flat=True))


def fresh(case: Case) -> Case:
    """Return the case as it stands now: a page has changed it."""
    return Case.objects.get(pk=case.pk)


def again(round_: Round) -> Round:
    return Round.objects.select_related("item__case", "run").get(pk=round_.pk)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_a_round_opens_for_the_facilitator(kombit, client_as, language):
    round_ = make_round(kombit, at=NOON)
    client = client_as("facilitator")
    client.cookies["language"] = language
    pages = [f"{BASE}prepare/", f"{BASE}prepare/?model=scenarios_reaction&scenario=C1", f"{BASE}prepare/?model=R1"]
    pages += [f"{BASE}{ref}/{each}/" for ref in (round_.item.ref, "R1") for each in PAGES]
    for page in (*pages, "/cases/kombit/conversation/", f"{BASE}R1/", f"{BASE}{round_.item.ref}/"):
        assert client.get(page).status_code == 200, page


def test_a_round_is_prepared_with_its_statements_and_takes_no_answers_yet(kombit):
    said = Statement(ref="", round="", text=Text(da="Vi venter for længe."), theme="role", question="Q0")

    item = prepare_round(case=kombit, round_=asked(), statements=(said, said), by=None, at=NOON)

    held = next(each for each in load(fresh(kombit)).conversation.rounds if each.ref == item.ref)
    assert len(held.statements) == 2
    assert not RoundRun.objects.exists()
    assert lines("round_prepared") == [{"round": item.ref, "statements": 2}]


def test_a_round_that_asks_more_than_may_be_asked_is_not_prepared_at_all(kombit):
    said = Statement(ref="", round="", text=Text(da="Vi venter."), theme="role", question="Q0")
    before = Item.objects.count()

    with pytest.raises(RuleBroken, match="200"):
        prepare_round(case=kombit, round_=asked(), statements=(said,) * 201, by=None, at=NOON)

    assert Item.objects.count() == before


def test_an_open_round_takes_answers_from_the_day_it_was_opened(kombit):
    round_ = make_round(kombit, at=NOON, opened=False)

    open_round(round_=round_, by=None, at=NOON)

    (who,) = somebody(again(round_))
    cast_vote(round_=again(round_), participant=who, statement=refs(round_)[0], value=1, at=NOON)
    assert again(round_).opens == kombit.as_of
    (line,) = lines("round_opened")
    assert line["round"] == round_.item.ref


@pytest.mark.parametrize(
    ("given", "texts", "why"),
    [
        ({}, (), "ingen udsagn"),
        ({"kind": "open"}, (), "ikke om noget"),
        ({"closes": datetime.date(2026, 11, 1)}, None, "sidste dag"),
        ({"anonymity": "named"}, None, "navn"),
        ({"circles": ()}, None, "kreds"),
    ],
)
def test_a_round_that_asks_nothing_or_nobody_is_not_opened(kombit, given, texts, why):
    told = {"texts": texts} if texts is not None else {}
    round_ = make_round(kombit, at=NOON, opened=False, **told, **given)

    with pytest.raises(RuleBroken, match=why):
        open_round(round_=round_, by=None, at=NOON)

    assert not RoundRun.objects.exists()
    assert lines("round_opened") == []


def test_a_round_is_opened_once_and_not_again_after_it_was_closed(kombit):
    round_ = make_round(kombit, at=NOON, opened=False)
    with pytest.raises(RuleBroken, match="ikke blevet åbnet"):
        close_round(round_=round_, by=None, at=NOON)
    open_round(round_=round_, by=None, at=NOON)
    with pytest.raises(RuleBroken, match="allerede åben"):
        open_round(round_=round_, by=None, at=NOON)
    close_round(round_=again(round_), by=None, at=NOON)
    for act, why in ((open_round, "ny runde"), (close_round, "allerede lukket"), (show_results, "vises allerede")):
        with pytest.raises(RuleBroken, match=why):
            act(round_=again(round_), by=None, at=NOON)


def test_closing_keeps_count_and_hash_of_the_votes_and_takes_no_more(kombit):
    round_ = make_round(kombit, at=NOON)
    people = somebody(round_, 6)
    for who in people:
        cast_vote(round_=round_, participant=who, statement=refs(round_)[0], value=1, at=NOON)

    run = close_round(round_=round_, by=None, at=NOON + MINUTE)

    (line,) = lines("round_closed")
    assert (line["votes"], line["votes_sha256"]) == (6, run.votes_sha256)
    assert again(round_).votes == f"votes/{round_.item.ref}.csv"
    assert again(round_).closes == kombit.as_of
    with pytest.raises(Refused):
        cast_vote(round_=again(round_), participant=people[0], statement=refs(round_)[0], value=-1, at=NOON)
    assert Vote.objects.filter(round=round_, value=-1).count() == 0


def test_results_stay_hidden_until_they_are_shown(kombit, client_as):
    round_ = make_round(kombit, at=NOON, results="when_shown")
    for who in somebody(round_, 6):
        cast_vote(round_=round_, participant=who, statement=refs(round_)[0], value=1, at=NOON)
    page = f"{BASE}{round_.item.ref}/"
    with pytest.raises(RuleBroken):
        show_results(round_=round_, by=None, at=NOON)
    close_round(round_=round_, by=None, at=NOON)
    assert client_as("member").get(page).context["turnout"] is None

    assert client_as("facilitator").post(f"{page}show/").status_code == 302

    assert client_as("member").get(page).context["turnout"].by_circle["wide"] == 6
    assert lines("round_results_shown") == [{"round": round_.item.ref}]


# --- links


def test_links_are_shown_once_with_their_codes_and_only_their_hash_is_kept(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    sent = {"group_wide": "40", "personal_organisation": "2", "until": "2029-12-01", "note": "IT-chefer"}

    answer = client_as("facilitator").post(f"{BASE}{round_.item.ref}/invite/", sent)

    text = answer.content.decode()
    found = re.findall(r"http://testserver/r/([\w-]+)/", text)
    assert answer.status_code == 200
    assert text.count("<svg") >= 3
    assert len(set(found)) == 3
    assert sorted(Invitation.objects.values_list("circle", "cap", "note")) == [
        ("organisation", 1, "IT-chefer 1"),
        ("organisation", 1, "IT-chefer 2"),
        ("wide", 40, "IT-chefer"),
    ]
    later = client_as("facilitator").get(f"{BASE}{round_.item.ref}/invite/").content.decode()
    assert not [token for token in found if token in later]
    assert client_as("facilitator").get(f"/r/{found[0]}/").status_code == 200


def test_links_that_cannot_stand_are_refused_beside_the_field_and_none_is_made(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    page = f"{BASE}{round_.item.ref}/invite/"
    for sent in (
        {"until": "2029-12-01"},
        {"group_wide": "40", "until": "2020-01-01"},
        {"group_wide": "20000", "until": "2029-12-01"},
        {"group_wide": "5", "until": "2029-12-01", "note": "010190-1234"},
    ):
        assert client_as("facilitator").post(page, sent).status_code == 422, sent
    assert not Invitation.objects.exists()


def test_a_link_is_withdrawn_and_lets_nobody_in(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    token = link(round_, at=NOON)
    row = Invitation.objects.get()

    answer = client_as("facilitator").post(f"{BASE}{round_.item.ref}/invite/{row.pk}/withdraw/")

    assert answer.status_code == 302
    with pytest.raises(Refused):
        join_round(token=token, language="da", at=NOON)
    assert client_as("facilitator").post(f"{BASE}R1/invite/{row.pk}/withdraw/").status_code == 404


# --- moderation


@pytest.fixture
def reason(kombit):
    round_ = make_round(kombit, at=NOON)
    (who,) = somebody(round_)
    return write_answer(
        participant=who, kind="reason", place=refs(round_)[0], text="Fordi det er for dyrt.", language="da", at=NOON
    )


@pytest.fixture
def proposal(kombit):
    round_ = make_round(kombit, at=NOON)
    (who,) = somebody(round_)
    return write_answer(participant=who, kind="proposal", text="Vi bør dele mere.", language="da", at=NOON)


def test_an_accepted_text_is_shown_and_the_log_holds_no_word_of_it(reason):
    accept_answer(answer=reason, seen=mark_of(reason), by=None, at=NOON)

    assert Answer.objects.get().state == AnswerState.ACCEPTED
    (line,) = lines("answer_accepted")
    assert "dyrt" not in str(line)
    with pytest.raises(RuleBroken, match="allerede afgjort"):
        accept_answer(answer=reason, seen=mark_of(reason), by=None, at=NOON)


def test_a_text_is_declined_with_a_reason_that_its_author_sees(reason):
    for none in ("", "   ", "010190-1234", "x" * 501):
        with pytest.raises(RuleBroken):
            decline_answer(answer=reason, seen=mark_of(reason), reason=none, by=None, at=NOON)
    decline_answer(answer=reason, seen=mark_of(reason), reason="Den nævner en person.", by=None, at=NOON)

    kept = Answer.objects.get()
    assert (kept.state, kept.moderator_reason) == (AnswerState.DECLINED, "Den nævner en person.")
    assert "person" not in str(lines("answer_declined"))


def test_what_was_rewritten_meanwhile_is_not_decided_unread(reason):
    seen = mark_of(reason)
    Answer.objects.update(text="Noget helt andet.")

    with pytest.raises(RuleBroken, match="skrevet om"):
        accept_answer(answer=reason, seen=seen, by=None, at=NOON)

    assert Answer.objects.get().state == AnswerState.PENDING


def test_a_proposal_becomes_a_statement_in_other_words_and_both_are_kept(kombit, proposal):
    told = {"answer": proposal, "seen": mark_of(proposal), "by": None, "at": NOON}
    item = accept_proposal(text=Text(da="Kommunerne bør dele mere."), theme="role", note="Gjort kortere.", **told)

    kept = Answer.objects.get()
    talk = load(fresh(kombit)).conversation
    said = next(each for each in talk.statements if each.ref == item.ref)
    assert (kept.text, said.text.da) == ("Vi bør dele mere.", "Kommunerne bør dele mere.")
    assert kept.statement.item.ref == item.ref
    assert next(each for each in talk.rounds if each.ref == said.round).statements[-1] == item.ref
    with pytest.raises(RuleBroken, match="udsagn"):
        accept_proposal(text=Text(da="Igen."), theme="role", **told)
    with pytest.raises(RuleBroken, match="udsagn"):
        decline_answer(reason="Nej.", **told)


def test_a_proposal_is_not_accepted_as_a_text_nor_with_an_unknown_theme_nor_after_closing(kombit, proposal):
    told = {"answer": proposal, "seen": mark_of(proposal), "by": None, "at": NOON}
    with pytest.raises(RuleBroken):
        accept_answer(**told)
    with pytest.raises(RuleBroken):
        accept_proposal(text=Text(da="Kort."), theme="nowhere", **told)
    close_round(round_=proposal.round, by=None, at=NOON)
    with pytest.raises(RuleBroken, match="lukket"):
        accept_proposal(text=Text(da="Kort."), theme="role", **told)
    assert Answer.objects.get().state == AnswerState.PENDING


def test_who_may_not_moderate_writes_nothing_and_it_is_logged(kombit, client_as, reason, caplog):
    page = f"{BASE}{reason.round.item.ref}/moderate/"
    sent = {"action": "accept", "answer": str(reason.pk), "seen": mark_of(reason)}
    others = set(Role.values) - {Role.OWNER, Role.FACILITATOR}
    for role in others:
        assert client_as(role).post(page, sent).status_code == 403, role
    assert Answer.objects.get().state == AnswerState.PENDING
    assert lines("answer_accepted") == []
    assert caplog.text.count("403 conversation:round_moderate") == len(others)
    # another round's text can't be decided from this one
    assert client_as("facilitator").post(f"{BASE}R1/moderate/", sent).status_code == 404
    assert client_as("facilitator").post(page, sent).status_code == 302
    assert Answer.objects.get().decided_by.username == "facilitator"


def test_a_refused_decision_keeps_what_was_typed(kombit, client_as, reason):
    page = f"{BASE}{reason.round.item.ref}/moderate/"
    sent = {"action": "decline", "answer": str(reason.pk), "seen": "wrong", "reason": "Min lange begrundelse."}

    answer = client_as("facilitator").post(page, sent)

    assert answer.status_code == 422
    assert "Min lange begrundelse." in answer.content.decode()


# --- the table of statements


def test_a_round_is_prepared_on_its_page_from_a_template_and_opened(kombit, client_as):
    from cases.editing.browser import filled_in

    client = client_as("facilitator")
    shown = client.get(f"{BASE}prepare/?model=framing_statements&scenario=C1").content.decode()
    sent = dict(filled_in(shown).lists()) | {"invite": "1"}

    answer = client.post(f"{BASE}prepare/?model=framing_statements", sent)

    assert answer.status_code == 302, answer.context["form"].errors
    made = load(fresh(kombit)).conversation.rounds[-1]
    assert answer.url == f"{BASE}{made.ref}/invite/"
    assert (len(made.statements), made.perspective.scenario, made.monday) == (5, "C1", True)
    assert made.heard
    assert made.surprised_leadership is None  # minutes are the leadership's own until kept as an insight
    assert RoundRun.objects.filter(round__item__ref=made.ref).exists()


def test_statements_are_pasted_with_faults_told_line_by_line_before_anything_is_kept(kombit, client_as):
    round_ = make_round(kombit, at=NOON)
    client, page = client_as("facilitator"), f"{BASE}{round_.item.ref}/statements/add/"
    rows = [f"Udsagn {n}\tStatement {n}\trole" for n in range(50)]
    wrong = [*rows, "Et\tOne\tnowhere", "To\tTwo\trole\tmore", "x" * 501]
    before = len(refs(round_))

    refused = client.post(page, {"rows": "0", "paste": "\n".join(wrong), "take_in": "1"})
    assert refused.status_code == 422
    assert len(refused.context["table"].faults) == 3
    assert "Udsagn 49" in refused.content.decode()

    taken = client.post(page, {"rows": "0", "paste": "\n".join(rows), "take_in": "1"})
    assert taken.status_code == 200
    assert len(refs(round_)) == before
    kept = client.post(page, {"rows": "0", "paste": "\n".join(rows)})
    assert kept.status_code == 302
    assert len(refs(round_)) == before + 50


def test_statements_taken_from_another_round_rest_on_those(kombit, client_as):
    from cases.editing.browser import filled_in

    round_ = make_round(kombit, at=NOON)
    client, page = client_as("facilitator"), f"{BASE}{round_.item.ref}/statements/add/"
    shown = client.get(f"{page}?statements=R1").content.decode()
    form = shown[shown.index('<form method="post" class="form editing') :]

    assert client.post(page, dict(filled_in(form).lists())).status_code == 302

    talk = load(fresh(kombit)).conversation
    new = [each for each in talk.statements if each.round == round_.item.ref and each.because]
    old = next(each for each in talk.rounds if each.ref == "R1").statements
    assert [each.because[0] for each in new] == list(old)


def test_no_statement_is_added_to_a_closed_round(kombit):
    said = Statement(ref="", round="", text=Text(da="For sent."), theme="role", question="Q0")
    with pytest.raises(RuleBroken, match="lukket"):
        add_statements(case=kombit, ref="R1", statements=(said,), by=None, at=NOON)


# --- what came of it


def test_an_insight_of_a_result_begins_with_its_grounds_and_figures(kombit, client_as):
    from cases.editing.browser import filled_in

    client, page = client_as("facilitator"), f"{BASE}R1/insight/?statement=U1"
    sent = dict(filled_in(client.get(page).content.decode()).lists())
    sent |= {"title_da": ["De vil have én løsning"], "title_en": ["One solution"], "text_da": ["Alle kredse."]}

    answer = client.post(page, sent)

    assert answer.status_code == 302, answer.context["form"].errors
    made = load(fresh(kombit)).conversation.insights[-1]
    assert made.because[:2] == ("R1", "U1")
    assert {each.statement for each in made.evidence} == {"U1"}
    assert len(made.evidence) == 3


def test_each_statement_says_what_became_of_it(kombit, client_as):
    page = client_as("facilitator").get(f"{BASE}R1/used/")
    stands = {each.entry.ref: each.stands for each in page.context["fates"]}
    talk = load(fresh(kombit)).conversation
    asked_ = next(each for each in talk.rounds if each.ref == "R1").statements
    assert set(stands) == set(asked_)
    assert {ref for ref in asked_ if ref in talk.not_used.statements} == {
        ref for ref, stand in stands.items() if stand == "not_used"
    }


# --- answers that are too alike


def test_a_burst_of_equal_answers_is_flagged_and_results_shown_with_and_without(kombit, client_as):
    round_ = make_round(kombit, at=NOON, circles=("organisation", "wide"))
    said = refs(round_)
    crowd(round_, {ref: [1] * 30 for ref in said}, at=NOON)
    crowd(round_, {said[0]: [-1, 1] * 5, said[1]: [-1] * 10}, at=NOON + MINUTE * 5, apart=30)
    page = f"{BASE}{round_.item.ref}/run/"
    before = client_as("facilitator").get(page)
    assert before.context["alike"]
    assert not before.context["flagged"]
    close_round(round_=round_, by=None, at=NOON + MINUTE * 20)

    context = client_as("facilitator").get(page).context

    first = next(each for each in context["flagged"] if each.entry.ref == said[0])
    wide = next(pair for pair in first.circles if pair.all is not None)
    assert (wide.all, wide.without) == (88, 55)
    assert len(context["alike"][0].pseudonyms) == 29


def test_what_few_answered_does_not_follow_from_the_results_without_the_equal_answers(kombit, client_as):
    round_ = make_round(kombit, at=NOON, circles=("organisation", "wide"))
    said = refs(round_)
    crowd(round_, {ref: [1] * 12 for ref in said}, at=NOON)
    crowd(round_, {ref: [1, 1] for ref in said}, at=NOON, circle="organisation")
    crowd(round_, {said[0]: [-1] * 3}, at=NOON + MINUTE * 5, apart=30)
    crowd(round_, {said[0]: [-1] * 9}, at=NOON + MINUTE * 5, apart=30, circle="organisation")
    close_round(round_=round_, by=None, at=NOON + MINUTE * 20)

    context = client_as("facilitator").get(f"{BASE}{round_.item.ref}/run/").context

    pairs = [pair for each in context["flagged"] for pair in each.circles if pair.all is not None]
    assert pairs
    assert all(pair.without is None for pair in pairs)
    assert not context["exact"]
