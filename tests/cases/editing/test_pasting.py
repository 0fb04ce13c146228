"""Rows pasted from a spreadsheet: faults are told row by row before anything is kept, and all is kept or nothing."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.pasting import look_through
from fremsyn.cases.models import Item
from fremsyn.cases.remembered import changed
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.scanning import handover as scanning
from fremsyn.scanning.schema import Signal, Trend

pytestmark = pytest.mark.django_db
HEADINGS = "title_da\tkind\tnoticed_by\twhat_changes\tHvad betyder det for spørgsmålet?\tbecause"
ROW = "Kommuner deler {}\tweak\torganisationen\tDe bygger selv\tDet flytter sig\tT1"


def address(kind: str = "signal") -> str:
    return reverse("cases:item_paste", args=["kombit", kind])


def rows(count: int) -> list[str]:
    return [ROW.format(number) for number in range(count)]


@pytest.fixture
def visit(kombit) -> Visit:
    return Visit(kombit, Person.objects.get(username="facilitator"), Role.FACILITATOR)


def test_rows_are_looked_through_and_then_kept_all_at_once(client_as, kombit):
    client = client_as("facilitator")
    before = len(scanning.load(kombit).scanning.signals)
    text = "\n".join([HEADINGS, *rows(3)])

    checked = client.post(address(), {"rows": text})
    assert checked.status_code == 200
    assert checked.context["ready"] == 3
    assert ("ja", "nej") in {column.choices for column in checked.context["columns"]}
    assert Item.objects.filter(case=kombit, kind="signal").count() == before

    assert client.post(address(), {"rows": text, "keep": "1"}).status_code == 302
    added = Item.objects.filter(case=kombit, kind="signal").order_by("position")
    assert added.count() == before + 3
    kept = scanning.load(added.last().case).scanning.signals[-1]
    assert (kept.title.da, kept.because, kept.question) == ("Kommuner deler 2", ("T1",), "Q0")


def test_two_thousand_rows_with_three_faults_give_those_three_and_keep_nothing(client_as, kombit):
    made = rows(2_000)
    made[6] = made[6].replace("weak", "rumour")
    made[999] = made[999].replace("T1", "T999")
    made[1_500] = "\t" + made[1_500].partition("\t")[2]
    before = Item.objects.count()

    began = time.process_time()
    answer = client_as("facilitator").post(address(), {"rows": "\n".join([HEADINGS, *made]), "keep": "1"})
    took = time.process_time() - began

    assert answer.status_code == 422
    assert [fault.row for fault in answer.context["pasted"].faults] == [8, 1_001, 1_502]
    assert Item.objects.count() == before
    assert "Kommuner deler 1999" in answer.content.decode()
    assert took < 10, took


def test_many_rows_are_looked_through_with_as_many_queries_as_few(visit):
    def asked(count: int) -> int:
        changed(visit.case)
        with CaptureQueriesContext(connection) as queries:
            assert len(look_through("\n".join([HEADINGS, *rows(count)]), Signal, visit).things) == count
        return len(queries)

    asked(1)  # what the visit itself reads
    assert asked(3) == asked(100)


def test_headings_that_are_unknown_missing_or_twice_are_told(visit):
    told = look_through("title\ttitle_da\tfarve\nA\tB\tC", Signal, visit).faults
    assert {fault.column for fault in told if fault.row == 1} >= {"farve"}
    assert len(told) >= 4


def test_a_place_in_the_field_takes_three_columns_that_make_a_hundred(visit):
    headings = "title\tdescription\ttheme\tsteep\tplace.megatrend\tplace.municipal\tplace.role\timpact\tcertainty\ttime_to_impact_years"
    scan = scanning.load(visit.case).scanning
    row = f"T\tD\t{scan.themes[0].id}\t{scan.steep[0].id}\t{{}}\t30\t20\t4\t3\t2-5"
    assert look_through(f"{headings}\n{row.format(50)}", Trend, visit).things[0].place.megatrend == 0.5
    assert len(look_through(f"{headings}\n{row.format(60)}", Trend, visit).faults) == 1


def test_a_cell_without_end_is_told_and_stays(client_as, kombit):
    answer = client_as("facilitator").post(address(), {"rows": f"{HEADINGS}\n{'æ' * 500_000}\t"})
    assert answer.status_code == 422


def test_scripts_and_numbers_of_persons_are_text_and_refused(visit):
    text = f"{HEADINGS}\n" + ROW.format("<script>alert(1)</script>") + "\n" + ROW.format("010180-1234")
    assert [fault.row for fault in look_through(text, Signal, visit).faults] == [3]


@pytest.mark.parametrize("role", ["member", "leadership", "observer", "stakeholder"])
def test_only_those_who_edit_may_paste(role, client_as, kombit):
    assert client_as(role).get(address()).status_code == 403


def test_a_choice_that_is_none_is_told_with_the_choices_and_its_row_in_the_spreadsheet(client_as, kombit):
    wrong = ROW.format(1).replace("weak", "rygte")
    answer = client_as("facilitator").post(address(), {"rows": "\n".join([HEADINGS, ROW.format(0), "", wrong])})
    fault = answer.context["pasted"].faults[0]
    assert (fault.row, fault.cell) == (4, "rygte")
    words = [str(each.name) for each in scanning.load(kombit).scanning.signal_kinds]
    assert all(each in fault.says for each in words)
    page = answer.content.decode()
    assert "Overskrifterne er række 1" in page
    assert page.index("Valgmuligheder") < page.index(words[0])
