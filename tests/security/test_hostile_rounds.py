"""What is written in a round is shown as text to those who answer it, and to those who lead it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from conversation.live import close, crowd, fresh, link, make_round, refs_of
from fremsyn.cases.editing.operations import add_thing, change_thing
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Answer, AnswerKind, AnswerState, Participant, Round
from fremsyn.conversation.operations.voting import votable
from fremsyn.conversation.schema import Insight, Perspective
from fremsyn.core.text import Text
from fremsyn.people.roles import Role
from fremsyn.web.templatetags.say import ORDERS
from security.hostile import HOSTILE, wrong_in
from security.test_hostile_text import hostile_case

pytestmark = pytest.mark.django_db
LANGUAGES = ("da", "en")
texts = itertools.cycle(HOSTILE)


def t() -> Text:
    return Text(da=next(texts), en=next(texts))


def made(folder: Path) -> tuple[Round, str]:
    """Return a round that asks and was answered with every text, and a link to it."""
    now = timezone.now()
    case = hostile_case(folder)
    round_ = make_round(
        case, at=now, texts=[(each, each) for each in HOSTILE], title=t(), asks=t(), heard=t(), proposals=t(),
        surprised_leadership=t(), perspective=Perspective(scenario="C1", title=t(), text=t()), monday=True,
        postcard=True, questions=(t(), t()), circles=("wide",),
    )  # fmt: skip
    refs = refs_of(round_)
    people = crowd(round_, {refs[0]: [1] * 6}, at=now)
    of_row = votable(fresh(case))[round_.pk]
    common = {"round": round_, "language": "da", "decided_at": now, "state": AnswerState.ACCEPTED}
    told = {"participant": people[0], "kind": AnswerKind.REASON, **common}
    Answer.objects.bulk_create(
        Answer(place=ref, statement_id=of_row[ref], text=text, **told)
        for ref, text in zip(refs, HOSTILE, strict=True)
    )  # fmt: skip
    first = Answer.objects.filter(round=round_).first()
    reply = {"kind": AnswerKind.REPLY, "place": str(first.pk), "replies_to": first, **common}
    Answer.objects.create(participant=people[1], text=next(texts), **reply)
    return round_, link(round_, at=now)


@pytest.fixture(scope="module")
def asked(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Round, str]]:
    """The round, made once: it is in the database while these tests run, and taken back after them."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # each test's own transaction lies within
        with around:
            yield made(tmp_path_factory.mktemp("hostile") / "lille")
            transaction.set_rollback(True)


@pytest.fixture
def round_(db: None, asked: tuple[Round, str]) -> Round:
    return Round.objects.select_related("item__case", "run").get(pk=asked[0].pk)


@pytest.fixture
def phone(round_: Round, asked: tuple[Round, str]) -> Client:
    """Somebody's phone, who has answered everything with every text, some of it declined with every reason."""
    client = Client()
    client.post(f"/r/{asked[1]}/")
    who = Participant.objects.filter(round=round_).latest("joined_at")
    common = {"round": round_, "participant": who, "language": "da"}
    states = itertools.cycle((AnswerState.DECLINED, AnswerState.PENDING))
    Answer.objects.bulk_create(
        Answer(kind=kind, place=f"{at}" * placed, text=text, state=next(states), moderator_reason=text, **common)
        for kind, placed, many in (
            (AnswerKind.OPEN, True, 2), (AnswerKind.MONDAY, False, 1), (AnswerKind.POSTCARD, False, 1),
            (AnswerKind.PROPOSAL, True, len(HOSTILE)),
        )
        for at, text in enumerate(HOSTILE[:many], start=1)
    )  # fmt: skip
    client.post("/r/step/1/", {"value": "1", "important": "on", "reason": next(texts)})
    return client


class Words(HTMLParser):
    """The text of a page, as it is read."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.feed(page)
        self.read = " ".join("".join(self.said).split())

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = answer.content.decode()
    assert wrong_in(page) == [], address
    # what is written from the right turns nothing around that stands beside it
    assert not re.search(r'class="voice" lang="\w+"(?! dir="auto")', page), address
    return Words(page).read


def left_out(read: str) -> list[str]:
    """Return the texts that a page doesn't hold; those that turn what stands beside them are kept from it."""
    words = ORDERS.sub("", read)
    return [text for text in HOSTILE if " ".join(ORDERS.sub("", text).split()) not in words]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_answers_reads_texts_as_they_were_written(phone, asked, round_, language):
    phone.cookies["fremsyn_language"] = language
    steps = len(HOSTILE)
    read = page_of(phone, "/r/step/1/")  # holds all statements: a script shows them one by one
    assert left_out(read) == []
    read = page_of(phone, "/r/outcome/")
    assert left_out(read) == []
    rest = ("opening", "propose", "code", "thanks", "erase", "resume")
    for page in (*(f"step/{steps + at}" for at in range(1, 6)), *rest):
        page_of(phone, f"/r/{page}/")
    newcomer = Client()
    newcomer.cookies["fremsyn_language"] = language
    page_of(newcomer, f"/r/{asked[1]}/")


def test_another_s_view_is_text_where_it_is_answered(phone, round_):
    others = Answer.objects.filter(round=round_, state=AnswerState.ACCEPTED)
    seen = [*others.filter(kind=AnswerKind.REPLY), *others.order_by("pk")[::8]]
    for each in seen:
        assert " ".join(each.text.split()) in page_of(phone, f"/r/others/{each.pk}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_came_of_it_is_text(phone, round_, language):
    phone.cookies["fremsyn_language"] = language
    case, said = fresh(round_.item.case), refs_of(round_)
    common = {"case": case, "by": None, "at": timezone.now()}
    insight = Insight(
        ref="", title=t(), text=t(), shows="agreement", question="Q0", because=(said[0],), used_for=("Q0", "A1")
    )
    add_thing(parent="conversation", slot="insights", thing=insight, **common)
    if load(case).conversation.not_used:
        values = {"statements": (said[1],), "why": t()}
        change_thing(key="conversation/not_used", version=None, values=values, meaning=False, why="", **common)
    phone.post("/r/step/2/", {"value": "0"})
    close(Round.objects.select_related("item__case", "run").get(pk=round_.pk), at=timezone.now())

    read = page_of(phone, "/r/outcome/")

    assert "100 %" in read
    assert " ".join(str(insight.title if language == "da" else insight.title.en).split()) in read
    assert phone.get("/r/step/1/").status_code == 410
    assert phone.get("/r/erase/").status_code == 410


def test_whoever_leads_the_round_reads_text(phone, round_, client_as):
    client = client_as(Role.OWNER)
    base = f"/cases/lille/conversation/rounds/{round_.item.ref}/"
    for page in ("", "run/", "response/", "statements/add/", "invite/", "used/", "insight/"):
        page_of(client, base + page)
    read = page_of(client, f"{base}moderate/")
    assert left_out(read) == []
