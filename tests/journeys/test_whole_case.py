"""A process owner opens a new case and takes it through all six phases, with nothing but the browser."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect


class Hand:
    """What somebody does on the pages of one case: opens them, fills in what they ask for, and saves."""

    def __init__(self, page: Page, case: str) -> None:
        self.page, self.case = page, case

    def open(self, path: str) -> None:
        self.page.goto(f"{self.case}{path}")

    def fill(self, **values: str | list[str]) -> None:
        for name, value in values.items():
            for each in value if isinstance(value, list) else [value]:
                self.one(name.replace("__", "-"), each)

    def one(self, name: str, value: str) -> None:
        field = self.page.locator(f'main [name="{name}"]')
        first = field.first
        first.evaluate("e => { const folded = e.closest('details'); if (folded) folded.open = true; }")
        kind = first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            first.select_option(value)
        elif kind == "checkbox" and field.count() == 1:
            first.check(force=True)
        elif kind in ("radio", "checkbox"):
            self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        else:
            first.fill(value)

    def save(self, button: str = "Gem") -> None:
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()
        wrong = self.page.locator('main [role="alert"]')
        assert wrong.count() == 0, f"{self.page.url}: {wrong.first.inner_text()}"

    def add(self, what: str, where: dict[str, str] | None = None, **values: str | list[str]) -> str:
        """Add a thing on its form and return the reference that it got."""
        self.open(f"edit/{what}/add/?{urlencode(where or {})}")
        self.fill(**values)
        self.save()
        found = re.search(r"/([A-Z]\d+(?:\.[a-z])?)/$", self.page.url)
        return found.group(1) if found else ""

    def cells(self) -> list[str]:
        """Return the names of the matrix's cells on the page, in order."""
        return self.page.locator("fieldset[data-cell]").evaluate_all("all => all.map(e => e.dataset.cell)")

    def session(self, phase: str) -> str:
        """Prepare a session of the top management for a phase, from its template."""
        self.open("conversation/sessions/prepare/")
        self.page.locator(f'main [name="model"][value^="{phase}"]').first.check()
        self.fill(held=datetime.datetime.now(ZoneInfo("Europe/Copenhagen")).date().isoformat())
        self.save("Forbered samtalen")
        return self.page.url.rstrip("/").rpartition("/")[2]

    def close(self, phase: str, decision: str) -> None:
        """Close a phase at its gate, saying why although something is thin."""
        session = self.session(phase)
        self.open(f"gates/{phase}/")
        missing = self.page.locator("section[aria-labelledby=missing] li").all_inner_texts()
        assert missing == [], missing
        self.fill(session=session, decision_da=decision)
        if self.page.locator('main [name="despite"]').count():
            self.fill(despite="Vi kender hullerne og går videre.")
        self.save("Luk fasen")
        expect(self.page.get_by_role("main")).to_contain_text("Version 1")


@pytest.mark.journey
def test_a_new_case_is_taken_through_all_six_phases(page, site, sign_in):
    page.set_default_timeout(15_000)
    sign_in(site, "owner")
    page.goto(f"{site}/cases/new/")
    hand = Hand(page, site)
    hand.fill(title="Nordby 2036", organisation="Nordby Kommune", horizon="2036")
    hand.fill(focal_question="Hvordan er Nordby i 2036, og hvad er kommunens rolle?")
    hand.save("Opret sagen")
    hand.case = page.url
    expect(page.get_by_role("heading", level=2).first).to_be_visible()

    framing(hand)
    scanning(hand)
    scenarios(hand)
    direction(hand)
    strategy(hand)
    plans(hand)

    hand.open("")
    states = page.get_by_role("navigation", name="Processen").locator('[data-state="closed"]')
    expect(states).to_have_count(6)


def framing(hand: Hand) -> None:
    hand.add("question", text_da="Hvem løser opgaverne i 2036?", kind="sub")
    hand.add(
        "success_criterion",
        text_da="Ledelsen bruger svaret.",
        measure_da="Andel af ledere, der henviser til det.",
        target__number="80",
        target__unit_da="procent",
    )
    hand.add("assumption", text_da="Vi er stadig én kommune.", breaks_when_da="Et flertal ønsker sammenlægning.")
    hand.add("source", title="Nordbys budget 2026", kind="report", supports_da="Driftsrammen er 2,1 mia. kr.")
    hand.add(
        "stakeholder", name_da="Borgerne i oplandet", key="opland", category="user", type="group",
        influence="2", interest="5", involvement="consult", circle="wide",
    )  # fmt: skip
    hand.add("baseline_role", name_da="Hele kommunen", text_da="Vi løser opgaverne selv i alle byer.")
    for field in ("mandate", "products", "finances", "dependencies"):
        hand.add("fact", {"in": "framing/baseline", "field": field}, text_da="Som budgettet siger.", sources_more="F1")
    hand.open("edit/at/framing/change/?only=scope")
    hand.fill(scope__in_da="Kommunens egne opgaver", scope__out_da="Regionens sygehuse", meaning="wording")
    hand.save()
    hand.close("framing", "Rammen ligger fast.")


def scanning(hand: Hand) -> None:
    themes = ("users", "tasks", "technology", "economy", "people", "surroundings")
    signal = hand.add(
        "signal", title_da="To skoler deler én lærer på skærm", what_changes_da="Undervisning følger ikke bygningen.",
        so_what_da="Skolen kan ligge i flere byer.", noticed_by="organisation", kind="weak",
    )  # fmt: skip
    for theme in themes:
        hand.add(
            "trend", title_da=f"Mere deles på tværs: {theme}", description_da="Det ses i tre kommuner.", theme=theme,
            steep="social", place_megatrend="50", place_municipal="30", place_role="20", impact="4", certainty="3",
            time_to_impact_years="2-5", signals__for_more=signal, sources_more="F1",
        )  # fmt: skip
    hand.close("scanning", "Materialet er godt nok til at tænke videre på.")


def scenarios(hand: Hand) -> None:
    for name, key, states in (("Skolernes plads", "SKO", ("Spredt", "Samlet")), ("Økonomien", "OKO", ("Stram", "Rig"))):
        driver = hand.add(
            "driver", name_da=name, key=key, asks_da=f"Hvordan går det med {name.lower()}?", kind="context",
            impact="4", uncertainty="4", influence="none", because_more="T1 T2",
        )  # fmt: skip
        for letter, state in zip("AB", states, strict=True):
            hand.add("variant", {"in": driver}, name_da=state, key=f"{key}.{letter}", description_da=f"{state} er det.")
    for source, target in (("D1", "D2"), ("D2", "D1")):
        hand.open(f"scenarios/matrix/judge/{source}/{target}/")
        for cell, value in zip(hand.cells(), ("+2", "-2", "-2", "+2"), strict=True):
            hand.page.locator(f'main [name="{cell}"][value="{value}"]').check(force=True)
        hand.fill(reason="De følges ad.")
        hand.save("Gem")
    for number, name in ((1, "Det nære"), (2, "Det samlede")):
        hand.open(f"scenarios/space/{number}/take/")
        hand.fill(
            name=name, use="working", summary="Sådan er det blevet.", attraction="Det er trygt.", unease="Det er dyrt."
        )
        hand.save("Tag det")
        hand.open(f"scenarios/futures/C{number}/story/edit/")
        hand.fill(text="Det er en tirsdag i 2036. Skoleklokken ringer på en skærm.")
        hand.save("Gem fortællingen")
    hand.close("scenarios", "Vi arbejder med to fremtider.")


def direction(hand: Hand) -> None:
    hand.add(
        "value", {"in": "direction/values"}, id="naer", name_da="Nærhed", text_da="Man kan gå hen til kommunen.",
        costs_da="Flere små steder at drive.",
    )  # fmt: skip
    hand.open("direction/desirable/compose/")
    hand.fill(name="Den nære kommune", statement="Vi deler folk og ikke huse.", tension="Økonomien kan blive stram.")
    for driver, stance in (("D1", "ours"), ("D2", "hope_hedge")):
        hand.one(f"state-{driver}", f"{driver}.a")
        hand.one(f"stance-{driver}", stance)
        hand.one(f"why-{driver}", "Det er det, vi vil.")
    hand.save("Gem det ønskelige scenarie")
    hand.add("reasoned", {"in": "direction", "field": "vision"}, text_da="En kommune man kan gå hen til.")
    hand.add(
        "agenda", name_da="Del folk før huse", aim_da="Fagfolk følger borgeren.", place_megatrend="20",
        place_municipal="50", place_role="30", chosen="on", because_more="C0",
    )  # fmt: skip
    hand.close("direction", "Vi vil den nære kommune.")


def strategy(hand: Hand) -> None:
    role = hand.add("role", name_da="Den, der samler", text_da="Vi samler fagfolk om borgeren.", because_more="C0")
    hand.open("edit/at/strategy/change/?only=budget_mdkk")
    hand.fill(budget_mdkk="40", meaning="wording")
    hand.save()
    for name, low, high in (("Rullende lærerhold", "5", "10"), ("Fælles booking", "8", "20")):
        option = hand.add(
            "option", name_da=name, agenda="A1", description_da="Folk flytter sig, husene står.", place_megatrend="20",
            place_municipal="50", place_role="30", cost_mdkk__low=low, cost_mdkk__high=high, effect="3", effort="2",
            risk="2", period__from="2027", period__to="2030", because_more="A1",
        )  # fmt: skip
        hand.open(f"strategy/options/{option}/scores/?settle")
        for number in (1, 2):
            hand.one(f"score-{option}-C{number}", "1")
            hand.one(f"reason-{option}-C{number}", "Det hjælper begge steder.")
        hand.save("Gem")
    hand.open("strategy/portfolio/")
    hand.fill(role=role, options=["O1", "O2"])
    hand.save("Regn det ud")
    hand.fill(name="Folk før huse", text="Vi gør begge dele.")
    hand.save("Gem som en mulig strategi")
    hand.open("strategy/choose/")
    hand.fill(chosen="P1", why="Den holder i begge fremtider.")
    hand.save("Gem valget")
    hand.add("reasoned", {"in": "strategy", "field": "role_answer"}, text_da="Vi samler.", because_more="P1")
    hand.close("strategy", "Vi vælger P1.")


def plans(hand: Hand) -> None:
    for option, name in (("O1", "Et lærerhold, der kører"), ("O2", "Én booking for alle rum")):
        initiative = hand.add(
            "initiative", name_da=name, option=option, owner_role_da="Skolechefen", start="2027K1", end="2028K4",
            budget__0__key="2027", budget__0__value="4", indicator_da="Timer delt", because_more=option,
        )  # fmt: skip
        hand.add("milestone", {"in": initiative}, at="2027K4", text_da="De første tre skoler er med.")
    hand.add(
        "signpost", name_da="Andel delte timer", variant="D1.a", speaks="for", operator=">", number="10",
        unit_da="procent", frequency_da="hvert kvartal", owner_role_da="Skolechefen", read_from_da="Skemaet",
        touches_more="O1 O2",
    )  # fmt: skip
    hand.close("plans", "Planen sættes i gang.")
