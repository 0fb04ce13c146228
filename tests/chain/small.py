"""A whole case in as few words as a case can have: two drivers, three options, every claim stated."""

from __future__ import annotations

import copy
import datetime
from pathlib import Path
from typing import Any

import yaml

Sheets = dict[str, Any]
STATUS = {"illustrative": True}
PLACE = {"megatrend": 0.2, "municipal": 0.5, "role": 0.3}
DAY = datetime.date
PHASES = ("framing", "scanning", "scenarios", "direction", "strategy", "plans")
VOTES = "participant,circle,statement,vote\n" + "".join(f"p{n},wide,U1,{1 if n < 6 else -1}\n" for n in range(8))


def t(text: str) -> dict[str, str]:
    return {"da": text, "en": f"{text} (en)"}


def named(*ids: str) -> list[dict[str, Any]]:
    return [{"id": each, "name": t(each)} for each in ids]


def _case() -> Sheets:
    files = (
        "sources framing stakeholders conversation scanning scenarios cross_impact direction strategy plans approval"
    )
    return {
        "schema": "case/case@2",
        "slug": "lille",
        "title": t("Lille sag"),
        "organisation": {"name": t("Skolen")},
        "owner_role": t("Leder"),
        "base_year": 2026,
        "horizon": 2035,
        "as_of": DAY(2026, 11, 27),
        "language": "da",
        "languages": ["da", "en"],
        "files": [f"{name}.yaml" for name in files.split()],
        "status": STATUS,
        "records": {"regime": "municipality", "retention_years": 10, "access_level": "open"},
    }


def _framing() -> Sheets:
    phases = [
        {
            "id": phase,
            "order": at + 1,
            "name": t(phase),
            "from": DAY(2026, at + 1, 1),
            "to": DAY(2026, at + 1, 20),
            "output": t("Udbytte"),
            "gate": t("Port"),
        }
        for at, phase in enumerate(PHASES)
    ]
    fact = {"because": ["Q0"], "sources": ["F1"]}
    return {
        "schema": "case/framing@2",
        "status": STATUS,
        "questions": [{"ref": "Q0", "kind": "focal", "text": t("Hvad skal skolen være?"), "sources": ["F1"]}],
        "success_criteria": [
            {"ref": "G1", "text": t("Brugt"), "measure": t("Mål"), "target": {"number": 1.5, "unit": t("år")}, **fact}
        ],
        "assumptions": [
            {"ref": "H1", "question": "Q0", "text": t("Fast"), "breaks_when": t("Løst"), "watched_by": ["X1"], **fact}
        ],
        "scope": {"in": [t("Skolen")], "out": [t("Vejen")]},
        "baseline": {
            "role": {"ref": "L0", "kind": "baseline", "question": "Q0", "name": t("I dag"), "text": t("Nu"), **fact},
            "mandate": [{"text": t("Loven"), "sources": ["F1"]}],
        },
        "scan_themes": ["learning"],
        "process": {"phases": phases},
    }


def _stakeholders() -> Sheets:
    return {
        "schema": "case/stakeholders@2",
        "status": STATUS,
        "question": "Q0",
        "scales": {"influence": t("Indflydelse"), "interest": t("Interesse")},
        "involvement": named("informed"),
        "circles": named("wide"),
        "categories": named("users"),
        "stakeholders": [
            {
                "ref": "K1",
                "key": "pupils",
                "name": t("Elever"),
                "category": "users",
                "type": "group",
                "influence": 2,
                "interest": 5,
                "involvement": "informed",
                "circle": "wide",
                "channels": {"da": ["Møde", "Brev"], "en": ["Meeting", "Letter"]},
                "unverified": True,
            }
        ],
    }


def _conversation() -> Sheets:
    session = {
        "ref": "E1",
        "phase": "framing",
        "circle": "leadership",
        "held": DAY(2026, 1, 10),
        "minutes_total": 60,
        "question": "Q0",
        "because": ["K1"],
        "sources": ["F1"],
        "title": t("Første møde"),
        "focal_question": t("Hvad?"),
        "prompts": [t("Hvem?")],
        "pre_read": t("Et ark"),
        "present": {"da": ["Leder"], "en": ["Head"]},
        "run_sheet": [
            {"minutes": 20, "part": t("Start"), "how": t("Runde")},
            {"minutes": 40, "part": t("Slut"), "how": t("Valg")},
        ],
        "minutes": {"surprised": t("A-ha"), "differ": t("Uens"), "hold": t("Fast"), "ask": t("Spørg")},
        "gives": ["N1"],
    }
    round_ = {
        "ref": "R1",
        "phase": "scanning",
        "circles": ["wide"],
        "kind": "statements",
        "question": "Q0",
        "because": ["E1"],
        "opens": DAY(2026, 2, 1),
        "closes": DAY(2026, 2, 10),
        "title": t("Runden"),
        "perspective": {"scenario": "C1", "title": t("En dag"), "text": t("I skolen")},
        "statements": ["U1"],
        "votes": "votes/R1.csv",
        "anonymity": "pseudonymous",
        "min_group": 5,
    }
    serves = {"question": "Q0", "because": ["Q0"]}
    return {
        "schema": "case/conversation@2",
        "status": {**STATUS, "synthetic": True},
        "vote_scale": [{"id": 1, "name": t("Enig")}, {"id": -1, "name": t("Uenig")}, {"id": 0, "name": t("Ved ikke")}],
        "themes": named("learning"),
        "minutes_fields": named("surprised", "differ", "hold", "ask"),
        "sessions": [session],
        "rounds": [round_],
        "statements": [{"ref": "U1", "round": "R1", "text": t("Vi skal"), "theme": "learning", **serves}],
        "insights": [
            {
                "ref": "N1",
                "title": t("De fleste vil"),
                "text": t("75 af 100"),
                "shows": "agreement",
                "question": "Q0",
                "because": ["R1", "U1"],
                "evidence": [{"statement": "U1", "circle": "wide", "agree_per_cent": 75}],
                "used_for": ["A1"],
            }
        ],
    }


def _scanning() -> Sheets:
    trend = {
        "ref": "T1",
        "title": t("Færre børn"),
        "description": t("Årgangene falder"),
        "question": "Q0",
        "theme": "learning",
        "steep": "social",
        "place": PLACE,
        "impact": 4,
        "certainty": 3,
        "time_to_impact_years": "2-5",
        "signals": {"for": ["S1"]},
        "because": ["S1"],
    }
    signal = {
        "ref": "S1",
        "title": t("En klasse lukker"),
        "kind": "news",
        "noticed_by": "lederen",
        "noted": DAY(2026, 2, 3),
        "question": "Q0",
        "what_changes": t("Klasser"),
        "so_what": t("Plads"),
        "sources": ["F1"],
    }
    return {
        "schema": "case/scanning@2",
        "status": STATUS,
        "scales": {"impact": t("Virkning"), "certainty": t("Sikkerhed"), "time_to_impact_years": t("År")},
        "field": named("megatrend", "municipal", "role"),
        "steep": named("social"),
        "themes": named("learning", "money"),
        "signal_kinds": named("news"),
        "coverage": {
            "because": ["T1"],
            "themes": {"learning": 1, "money": 0},
            "place_mean": PLACE,
            "unverified": 0,
            "says": t("Lidt om penge"),
        },
        "signals": [signal],
        "trends": [trend],
    }


def _driver(number: int, key: str) -> dict[str, Any]:
    states = [
        {"ref": f"D{number}.{letter}", "key": f"{key}.{letter}", "name": t(f"{key}{letter}"), "description": t("Sådan")}
        for letter in "ab"
    ]
    return {
        "ref": f"D{number}",
        "key": key,
        "name": t(key),
        "asks": t("Hvad sker der?"),
        "question": "Q0",
        "kind": "context",
        "impact": 5,
        "uncertainty": 4,
        "influence": "none",
        "because": ["T1"],
        "variants": states,
    }


def _scenario(ref: str, letters: str, *, story: bool) -> dict[str, Any]:
    told = {"story": {"da": f"stories/{ref}.da.md", "en": f"stories/{ref}.en.md"}} if story else {}
    return {
        "ref": ref,
        "name": t(f"Fremtid {ref}"),
        "use": "working",
        "variants": [f"D{at + 1}.{letter}" for at, letter in enumerate(letters)],
        "attraction": t("Godt"),
        "unease": t("Skidt"),
        "summary": t("Kort"),
        "consequences": {"learning": t("Mere")},
        "roles": {"L1": {"be": t("Vært"), "stop": t("Ejer")}},
        "story_shows": {"shown": ["D1", "D2"]},
        **told,
    }


def _scenarios() -> Sheets:
    return {
        "schema": "case/scenarios@2",
        "status": STATUS,
        "scales": {"impact": t("Virkning"), "uncertainty": t("Uvished")},
        "set": {"text": t("To"), "no_probability": t("Et antal er ingen sandsynlighed")},
        "drivers": [_driver(1, "BØRN"), _driver(2, "PENGE")],
        "scenarios": [_scenario("C1", "aa", story=True), _scenario("C2", "bb", story=False)],
    }


def _cross_impact() -> Sheets:
    def section(source: str, target: str) -> dict[str, Any]:
        rows = {f"{source}.a": [2, -2], f"{source}.b": [-1, 1]}
        return {"source": source, "target": target, "reason": t("De følges"), "rows": rows}

    return {
        "schema": "case/cross_impact@2",
        "status": STATUS,
        "question": "Q0",
        "scale": t("-3 til 3"),
        "no_probability": t("Et antal er ingen sandsynlighed"),
        "order": ["BØRN", "PENGE"],
        "columns": {"BØRN": ["BØRN.a", "BØRN.b"], "PENGE": ["PENGE.a", "PENGE.b"]},
        "sections": [section("BØRN", "PENGE"), section("PENGE", "BØRN")],
        "expected": {
            "combinations": 4,
            "non_zero_sections": 2,
            "consistent_count": 2,
            "consistent": [
                {"score": 4, "margin": 4, "keys": ["BØRN.a", "PENGE.a"]},
                {"score": 2, "margin": 2, "keys": ["BØRN.b", "PENGE.b"]},
            ],
        },
    }


def _direction() -> Sheets:
    state = {"why": t("Fordi"), "because": ["N1"]}
    return {
        "schema": "case/direction@2",
        "status": STATUS,
        "question": "Q0",
        "values": {"principles": [{"id": "near", "because": ["N1"], "name": t("Nær"), "text": t("Tæt på"), "costs": t("Tid")}]},
        "stances": [{"id": each, "name": t(each), "text": t("Vi gør det")} for each in ("ours", "hope_hedge")],
        "desirable": {
            "ref": "C0",
            "composed": True,
            "name": t("Ønsket"),
            "question": "Q0",
            "statement": t("Sådan vil vi"),
            "variants": [
                {
                    "variant": "D1.a", "stance": "ours", **state,
                    "balance": -1, "best_alternative": "D1.b", "best_balance": 1, "resists_by": 2,
                },
                {
                    "variant": "D2.b", "stance": "hope_hedge", **state,
                    "balance": -2, "best_alternative": "D2.a", "best_balance": 2, "resists_by": 4,
                },
            ],
            "score": -3,
            "consistent": False,
            "resists": {"D1": 2, "D2": 4},
            "distance": {"C1": 1, "C2": 1},
            "tension": t("Det trækker"),
            "tried": [{"base": "C0", "change": ["D2.a"], "resists": {}, "verdict": t("For dyrt")}],
        },
        "vision": {"because": ["C0"], "text": t("Et hus")},
        "backcast": [{"year": 2030, "because": ["C0"], "text": t("Halvvejs")}],
        "agendas": [
            {
                "ref": "A1",
                "chosen": True,
                "question": "Q0",
                "place": PLACE,
                "name": t("Åbne døre"),
                "aim": t("Flere ind"),
                "because": ["C0", "N1"],
            }
        ],
    }  # fmt: skip


def _option(ref: str, high: float, effect: int, scores: tuple[int, int], **more: Any) -> dict[str, Any]:
    return {
        "ref": ref,
        "name": t(f"Valg {ref}"),
        "agenda": "A1",
        "question": "Q0",
        "description": t("Vi gør"),
        "place": PLACE,
        "cost_mdkk": {"low": 1, "high": high},
        "effect": effect,
        "effort": 2,
        "risk": 2,
        "period": {"from": 2027, "to": 2029},
        "requires": [],
        "excludes": [],
        "scores": {f"C{at + 1}": {"score": score, "reason": t("Sådan")} for at, score in enumerate(scores)},
        **more,
    }


def _strategy() -> Sheets:
    role = {"kind": "possible", "question": "Q0", "name": t("Vært"), "text": t("Åben"), "because": ["L0"]}
    return {
        "schema": "case/strategy@2",
        "status": STATUS,
        "question": "Q0",
        "scales": {name: t(name) for name in ("effect", "score", "effort", "risk", "cost")},
        "budget_mdkk": 5.5,
        "exclusion_reasons": [{"pair": ["O1", "O2"], "reason": t("Samme rum")}],
        "roles": [{"ref": "L1", **role}],
        "options": [
            _option("O1", 3, 2, (2, -1), excludes=["O2"]),
            _option("O2", 2, 3, (-1, 2), excludes=["O1"]),
            _option("O3", 2.5, 1, (1, 1), requires=["O1"]),
        ],
        "possible_strategies": [
            {
                "ref": "P1",
                "name": t("Begge"),
                "role": "L1",
                "question": "Q0",
                "text": t("To ting"),
                "options": ["O1", "O3"],
                "chosen": True,
                "cost_mdkk": {"low": 2, "high": 5.5},
                "value": {"C1": 5, "C2": -1},
                "regret": {"C1": 0, "C2": 7},
                "max_regret": 7,
                "mean_value": 2,
            }
        ],
        "computed": {
            "feasible": 3,
            "non_dominated": 2,
            "best_value": {"C1": 5, "C2": 6},
            "minimax_regret": {"max_regret": 7, "all_ties": [["O1", "O3"]], "core_index": {"O1": 1, "O2": 0, "O3": 1}},
            "best_mean": {"options": ["O1", "O3"], "mean_value": 2, "max_regret": 7, "cost_high": 5.5},
        },
        "chosen": "P1",
        "role_answer": {"because": ["L1"], "text": t("Vært")},
        "deselected": [{"option": "O2", "because": ["O2"], "text": t("Passer ikke med O1")}],
    }


def _plans() -> Sheets:
    def initiative(
        ref: str, option: str, start: str, end: str, budget: dict[int, float], **more: Any
    ) -> dict[str, Any]:
        common = {"name": t(f"Gør {ref}"), "question": "Q0", "owner_role": t("Leder"), "depends_on": []}
        return {"ref": ref, "option": option, "start": start, "end": end, "budget": budget, **common, **more}

    milestones = [{"ref": "M1", "at": "2027K2", "text": t("Døren er åben")}]
    return {
        "schema": "case/plans@2",
        "status": STATUS,
        "question": "Q0",
        "strategy": "P1",
        "budget": {"unit": t("mio. kr."), "by_year": {2027: 2, 2028: 1.5}, "total": 3.5, "not_released": 2.0},
        "initiatives": [
            initiative("I1", "O1", "2027K1", "2027K4", {2027: 2}, milestones=milestones),
            initiative("I2", "O3", "2028K1", "2028K2", {2028: 1.5}, depends_on=["I1"]),
        ],
        "signposts": [
            {
                "ref": "X1",
                "name": t("Elevtal"),
                "variant": "D1.a",
                "speaks": "for",
                "operator": "<",
                "number": 400,
                "unit": t("elever"),
                "frequency": t("Hvert år"),
                "owner_role": t("Leder"),
                "read_from": t("Listen"),
                "touches": ["I1"],
                "question": "Q0",
            }
        ],
    }


def _approval() -> Sheets:
    record = {
        "meeting": None, "attendance": [], "quorum": None, "disqualified": [], "votes": [], "dissents": [],
        "decision_text": None, "signatures": [], "pack_sha256": None,
    }  # fmt: skip
    money = {"frame_mdkk": 5.5, "chosen_low": 2, "chosen_high": 5.5, "released": 3.5, "not_released": 2.0}
    return {
        "schema": "case/approval@2",
        "status": STATUS,
        "body": {
            "name": t("Skolens bestyrelse"),
            "members": [{"id": "chair", "role": t("Formand"), "votes": True}, {"id": "m2", "role": t("Medlem"), "votes": True}],
            "quorum": {"rule": "more_than_half", "number": 2, "of": 2},
            "majority": {"rule": "simple"},
            "casting_vote": {"holder": "chair", "applies": True},
            "notice_days": 7,
        },
        "meetings": [
            {
                "id": "second",
                "reading": 2,
                "date": DAY(2026, 12, 4),
                "from": "09:00",
                "to": "11:00",
                "kind": t("Møde"),
                "title": t("Beslutning"),
                "material": ["B1"],
            }
        ],
        "paper": {
            "id": "paper-1",
            "meeting": "second",
            "agenda_item": 3,
            "type": t("Indstilling"),
            "title": t("Åbne døre"),
            "sent": DAY(2026, 11, 27),
            "access": {"level": "open"},
            "prepared_by_role": t("Leder"),
            "presented_by_role": t("Leder"),
            "points": [{"ref": "B1", "question": "Q0", "because": ["P1", "X1"], "text": t("at dørene åbnes")}],
            "sections": [{"id": "why", "because": ["N1"], "name": t("Hvorfor"), "text": t("Se N1")}],
            "money": {**money, "by_year": {2027: 2, 2028: 1.5}},
            "risks": [{"because": ["X1"], "owner_role": t("Leder"), "text": t("Færre børn"), "answer": t("Se X1")}],
        },
        "decision_record": record,
    }  # fmt: skip


def small() -> Sheets:
    """Return every file of the case as plain values, free to be changed."""
    return copy.deepcopy(
        {
            "case": _case(),
            "sources": {
                "schema": "case/sources@2",
                "kinds": named("law"),
                "sources": [{"ref": "F1", "title": "Folkeskoleloven", "kind": "law", "supports": t("Rammen")}],
            },
            "framing": _framing(),
            "stakeholders": _stakeholders(),
            "conversation": _conversation(),
            "scanning": _scanning(),
            "scenarios": _scenarios(),
            "cross_impact": _cross_impact(),
            "direction": _direction(),
            "strategy": _strategy(),
            "plans": _plans(),
            "approval": _approval(),
        }
    )


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(sheet: Any) -> str:
    """Return a file's content as YAML, a field to a line."""
    return str(yaml.dump(sheet, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000))


def write(folder: Path, sheets: Sheets) -> Path:
    """Write the case with its votes, stories and a list of feeds; return the folder."""
    for name in ("votes", "stories"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, sheet in sheets.items():
        (folder / f"{name}.yaml").write_text(dumped(sheet), encoding="utf-8")
    (folder / "votes" / "R1.csv").write_text(VOTES, encoding="utf-8")
    for language in ("da", "en"):
        (folder / "stories" / f"C1.{language}.md").write_text(f"En morgen i {language}.\n", encoding="utf-8")
    (folder / "feeds.opml").write_text("<opml/>\n", encoding="utf-8")
    return folder
