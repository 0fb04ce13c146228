"""The pages of the phase, on the demonstration case."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fremsyn.cases.models import Case
from fremsyn.chain.content import CaseContent

ClientAs = Callable[[str], Client]
AT = "/cases/kombit/scanning/"


def read(client: Client, address: str = "", **asked: object) -> str:
    answer = client.get(AT + address, asked)
    assert answer.status_code == 200, address
    return answer.content.decode()


def rows(page: str, heading: str) -> list[str]:
    """Return the references that lead the rows of the table under a heading."""
    table = page.split(f'id="{heading}"')[1].split("</table>", maxsplit=1)[0]
    return re.findall(r'<th scope="row"><a class="ref"[^>]*>(\w+)</a>', table)


def test_scanning_says_what_it_found_and_shows_all_trends(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"))

    assert re.search(r"<h1>\s*50 trends, 9 af dem rammer hårdt inden for to år</h1>", page)
    assert len(rows(page, "trends")) == 50
    assert rows(page, "trends")[0] == "T2"
    assert "Betydning og sikkerhed er hver én illustrativ værdi" in page
    assert "jokerkort" in page


def test_scanning_is_in_english_too(kombit: Case, client_as: ClientAs) -> None:
    client = client_as("owner")
    client.post("/language", {"language": "en"})

    assert "50 trends, 9 of which hit hard within two years" in read(client)


def test_figures_titles_are_what_the_data_say(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"))

    assert "9 trends har størst betydning og mærkes inden for to år" in page
    assert "Materialet er tyndest ved KOMBITs rolle her og nu: 13 af 50 trends" in page
    assert "Vi har næsten ikke set på miljø: 1 trend af 50" in page
    assert "langsigtede megatrends 37,6 %, kommunernes muligheder 34,8 % og KOMBITs rolle her og nu 27,6 %" in page


def test_gaps_are_said_in_computed_words(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"))

    assert (
        "Vi ved mindst om velfærdsudvikling, 5 af 50 trends, og mest om teknologi og marked på it-området, 13." in page
    )
    assert "For 39 af 50 trends har ingen noteret et signal imod." in page
    assert "Ingen signaler er noteret af bestyrelsen." in page
    assert "Færrest trends belyser" in page
    assert 'id="part-coverage"' in page


def test_no_words_on_the_page_are_codes(kombit: Case, client_as: ClientAs) -> None:
    page = re.sub(r"<[^>]*>", " ", read(client_as("owner")))

    assert not re.search(r"\b(tech_market|public_digital|semi_public|wild_card|technological)\b", page)


@pytest.mark.parametrize(
    ("asked", "keeps"),
    [
        ({"theme": "welfare"}, lambda t: t.theme == "welfare"),
        ({"steep": "environmental"}, lambda t: t.steep == "environmental"),
        ({"years": "5-10", "question": "Q3"}, lambda t: t.time_to_impact_years == "5-10" and t.question == "Q3"),
        ({"only": ["contested", "uncertain"]}, lambda t: t.signals.against and t.certainty < 4),
        ({"only": ["unverified"]}, lambda t: t.unverified),
    ],
)
def test_trends_narrow_by_the_address(
    kombit: Case, kombit_content: CaseContent, client_as: ClientAs, asked: dict[str, object], keeps: Callable[..., bool]
) -> None:
    expected = {trend.ref for trend in kombit_content.scanning.scanning.trends if keeps(trend)}

    assert set(rows(read(client_as("owner"), **asked), "trends")) == expected


def test_a_filter_that_leaves_nothing_says_so(kombit: Case, client_as: ClientAs) -> None:
    assert "Ingen trend opfylder det hele" in read(client_as("owner"), steep="environmental", years="0-2")


@pytest.mark.parametrize("asked", [{"theme": "<b>"}, {"only": "all"}, {"years": "3"}, {"question": "Q99"}])
def test_a_filter_outside_the_vocabulary_shows_all(kombit: Case, client_as: ClientAs, asked: dict[str, str]) -> None:
    page = read(client_as("owner"), **asked)

    assert "Adressen spørger efter noget, sagen ikke kender." in page
    assert len(rows(page, "trends")) == 50
    assert "<b>" not in page


def test_sources_tell_the_unused(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"), "sources/")
    unused = re.findall(r'<a class="ref"[^>]*>(F\d+)</a>', page.split('id="unused"')[1].split("</section>")[0])

    assert "72 kilder, 6 af dem er ikke brugt" in page
    assert unused == ["F2", "F3", "F42", "F63", "F64", "F66"]
    assert len(rows(page, "register")) == 72


def test_sources_of_one_kind(kombit: Case, client_as: ClientAs) -> None:
    assert len(rows(read(client_as("owner"), "sources/", kind="media"), "register")) == 19
    assert "Alle kilder er vist." in read(client_as("owner"), "sources/", kind="nonsense")


def test_source_leads_out_and_up_to_the_board(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"), "sources/F43/")
    out = re.findall(r'<a [^>]*href="https?://[^>]*>', page)
    way = page.split('id="way"')[1].split("</ol>")[0]

    assert out
    assert all('rel="noopener' in link for link in out)
    assert "spionage og kriminalitet: meget høj" in page
    assert re.findall(r'<a class="ref"[^>]*>(\w+)</a>', way) == ["B6", "X6", "F43"]


def test_source_hides_what_a_role_may_not_see(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("member"), "sources/F43/")

    assert 'id="way"' not in page
    assert "/board/" not in page.split("<main")[1].split("</main>")[0]


def test_an_unused_source_says_so(kombit: Case, client_as: ClientAs) -> None:
    assert "Intet hviler på den endnu" in read(client_as("owner"), "sources/F2/")


def test_signal_speaks_for_and_against(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"), "signals/S14/")

    assert "Modsignal" in page
    assert "Set af: Organisationen, 29. april 2026" in page
    assert "T28" in page.split('id="for"')[1].split("</section>")[0]
    assert re.findall(r">(T\d+)<", page.split('id="against"')[1].split("</section>")[0]) == ["T23", "T45"]


def test_signal_without_a_trend_stands_by_itself(kombit: Case, client_as: ClientAs) -> None:
    assert "det står for sig selv" in read(client_as("owner"), "signals/S22/")


def test_trend_shows_signals_both_ways_and_its_place(kombit: Case, client_as: ClientAs) -> None:
    page = read(client_as("owner"), "trends/T23/")

    assert "S13" in page.split('id="for"')[1].split("</section>")[0]
    assert "S14" in page.split('id="against"')[1].split("</section>")[0]
    assert "T23 ligger nærmest KOMBITs rolle her og nu, 40 %" in page


def test_every_item_has_a_page(kombit: Case, kombit_content: CaseContent, client_as: ClientAs) -> None:
    client, content = client_as("owner"), kombit_content.scanning
    kinds = {"sources": content.sources.sources, "signals": content.scanning.signals, "trends": content.scanning.trends}
    for kind, things in kinds.items():
        for thing in (things[0], things[-1]):
            assert thing.ref in read(client, f"{kind}/{thing.ref}/")


def test_figure_downloads(kombit: Case, client_as: ClientAs) -> None:
    client = client_as("owner")
    for key in ("radar", "field", "coverage"):
        drawn = client.get(f"{AT}figures/{key}.svg")
        assert drawn.headers["Content-Type"].startswith("image/svg+xml")
        table = list(csv.reader(io.StringIO(client.get(f"{AT}figures/{key}.csv").content.decode())))
        assert len(table) == (7 if key == "coverage" else 51)
    assert client.get(f"{AT}figures/radar.png").status_code == 404
    assert client.get(f"{AT}figures/nothing.svg").status_code == 404


@pytest.mark.parametrize("address", ["", "sources/", "sources/F1/", "signals/S1/", "trends/T1/", "figures/radar.svg"])
def test_pages_are_closed_to_outsiders_and_stakeholders(kombit: Case, client_as: ClientAs, address: str) -> None:
    assert Client().get(AT + address).status_code == 404
    assert client_as("stakeholder").get(AT + address).status_code == 403


@pytest.mark.parametrize("address", ["", "sources/", "sources/F28/", "trends/T1/"])
def test_pages_ask_the_database_little(kombit: Case, client_as: ClientAs, address: str) -> None:
    client = client_as("owner")
    read(client, address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read(client, address)

    assert len(asked) <= 12
