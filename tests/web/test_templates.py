from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from fremsyn.core.text import Text
from fremsyn.figures.bars import Part, Period, stacked
from fremsyn.figures.figure import Cell, Finding, Sign
from fremsyn.figures.matrix import Side, grid, heat, tableau
from fremsyn.figures.points import Axis, Point, scatter

pytestmark = pytest.mark.urls("tests.web.addresses")

FOUND = Finding("found", "A finding", "A <sentence>", "Subtitle", "Note")
FRAME = {
    "case": SimpleNamespace(slug="kombit", title=Text("Fællesskabet", "The community")),
    "process": [
        {
            "phase": "framing",
            "name": "Framing",
            "state": "closed",
            "state_text": "Closed",
            "url": "/f",
            "current": False,
        },
        {
            "phase": "scanning",
            "name": "Scanning",
            "state": "open",
            "state_text": "Week 2",
            "url": "/s",
            "current": True,
        },
        {
            "phase": "board",
            "name": "The board",
            "state": "idle",
            "state_text": "Not opened",
            "url": "",
            "current": False,
        },
    ],
    "talk": [{"text": "312 answers", "url": "/r"}, {"text": "No open rounds", "url": ""}],
    "marks": [{"label": "Illustrativt", "note": "Skrevet til demonstration."}],
    "case_url": "/cases/kombit/",
    "search_url": "/cases/kombit/search/",
    "role_name": "Procesleder",
}


@pytest.fixture(autouse=True)
def frame_alone(settings: Any) -> None:
    """Leave the case's own context out: these tests give the frame themselves."""
    [engine] = settings.TEMPLATES
    options = engine["OPTIONS"]
    kept = [name for name in options["context_processors"] if not name.startswith("fremsyn.")]
    settings.TEMPLATES = [{**engine, "OPTIONS": {**options, "context_processors": kept}}]


def page(body: str, **context: Any) -> str:
    request = RequestFactory().get("/cases/kombit/?a=1")
    request.user = context.pop("user", AnonymousUser())
    source = '{% extends "web/base.html" %}{% load say figure %}{% block title %}T{% endblock %}{% block main %}' + body
    return engines["django"].from_string(source + "{% endblock %}").render(context, request)


def test_the_frame_says_where_one_is_and_leads_on() -> None:
    html = page("<h1>x</h1>", frame=FRAME)
    assert '<html lang="da">' in html
    assert "<title>T · Fællesskabet · Fremsyn</title>" in html
    assert 'href="/cases/kombit/">Fællesskabet</a>' in html
    assert 'action="/cases/kombit/search/"' in html
    assert '<a href="/s" aria-current="step">' in html
    assert "2&nbsp;Scanning" in html
    assert "Illustrativt." in html
    assert 'name="next" value="/cases/kombit/?a=1"' in html
    assert "Log ind" in html


def test_the_frame_stands_without_a_case() -> None:
    html = page("<h1>x</h1>")
    assert 'class="process"' not in html
    assert "<title>T · Fremsyn</title>" in html


def test_a_person_sees_the_role_and_can_sign_out() -> None:
    html = page("", frame=FRAME, user=SimpleNamespace(is_authenticated=True, __str__=lambda self: "x"))
    assert "Procesleder" in html
    assert 'action="/sign-out/"' in html
    assert "Log ud" in html


def test_the_language_is_switched_by_post() -> None:
    with translation.override("en"):
        html = page("")
    assert re.search(
        r'<form method="post" action="/language">.*name="language" value="da" lang="da">Dansk', html, re.DOTALL
    )


@pytest.mark.parametrize(
    "drawn",
    [
        scatter(
            FOUND, [Point(1, 1, "T1", "A", href="/t1")], Axis("x", 0, 2), Axis("y", 0, 2), legend=(Sign("●", "dot"),)
        ),
        heat(
            FOUND, [Side("Row", "O1", "strategy", "/o1", group="G")], [Side("C1", href="/c1")], [[2]], extras=("kr.",)
        ),
        tableau(FOUND, [Side("Row", marked=True)], [Side("D1", note="n")], [[(1, "Local")]]),
        grid(FOUND, [Side("Row")], [Side("D1")], [[None]]),
        stacked(FOUND, [Period("2027", (1234567.5,))], [Part("P")], columns=("a", "b")),
    ],
    ids=["points", "heat", "tableau", "grid", "bars"],
)
def test_a_figure_has_its_finding_its_sentence_and_its_table(drawn: Any) -> None:
    html = page('{% figure fig level=3 downloads="/d/" method="/m" %}', fig=drawn)
    assert "<h3>A finding</h3>" in html
    assert "A &lt;sentence&gt;" in html
    assert '<table class="data' in html
    assert 'href="/d/found.svg"' in html
    assert 'href="/d/found.csv"' in html
    assert "style=" not in html


def test_numbers_in_a_figures_table_are_written_in_the_pages_language() -> None:
    drawn = stacked(FOUND, [Period("2027", (1234.5,))], [Part("P")])
    assert "1.234,5" in page("{% figure fig beside=True %}", fig=drawn)


COMPONENTS = {
    "_ref.html": {"item": SimpleNamespace(ref="T12", phase="scanning", url="/t12")},
    "_margin.html": {
        "groups": [
            {
                "heading": "Rests on",
                "items": [
                    {"ref": "T1", "phase": "scanning", "url": "", "title": Text("Titel"), "note": "n"},
                    {"ref": "", "phase": "", "url": "/p", "title": Text("Værdi"), "note": ""},
                ],
            },
            {"heading": "Used in", "items": [], "empty": ""},
        ]
    },
    "_question.html": {
        "heading": Text("Overskrift"),
        "crumbs": [{"text": Text("Sagen"), "url": "/", "phase": ""}, {"text": "2", "url": "", "phase": "scanning"}],
        "asks": Text("Hvad?"),
        "asks_item": {"ref": "Q1", "phase": "framing", "url": "/q1"},
        "item": {"ref": "T1", "phase": "scanning"},
    },
    "_guidance.html": {"html": "words"},
    "_gate.html": {
        "gate": {
            "heading": "",
            "decides": Text("Topledelsen"),
            "conditions": [{"text": Text("Alt"), "done": True}, {"text": "Intet", "done": False}],
            "decision": Text("Godkendt"),
            "url": "/e1",
        }
    },
    "_conditions.html": {"conditions": [{"text": "Lidt", "done": False, "thin": True, "url": "/t1"}]},
    "_cell.html": {"cell": Cell(2, ref="T1", href="/t1")},
}


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_renders(name: str) -> None:
    html = engines["django"].get_template(f"web/components/{name}").render(COMPONENTS[name])
    assert html.strip()


def test_a_broken_rule_is_said_and_nothing_of_it_is_markup() -> None:
    answer = Client().get("/broken")
    assert answer.status_code == 422
    assert "The &lt;scenario&gt; cross is frozen." in answer.content.decode()


def test_a_refusal_is_said() -> None:
    answer = Client().get("/refused")
    assert answer.status_code == 403
    assert "Only the facilitator closes a round." in answer.content.decode()


def test_a_page_that_is_not_there_offers_sign_in() -> None:
    answer = Client().get("/nowhere")
    assert answer.status_code == 404
    assert 'href="/sign-in/">Log ind</a>' in answer.content.decode()


def test_a_crash_says_so_and_is_not_hidden() -> None:
    answer = Client(raise_request_exception=False).get("/failing")
    assert answer.status_code == 500
    assert "Noget gik galt" in answer.content.decode()


def test_answers_are_not_kept_unless_a_view_says_so() -> None:
    answer = Client().get("/plain")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert Client().get("/kept").headers["Cache-Control"] == "max-age=60"
