"""A whole case carried from its files to what was found, by the same operations as the application."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fremsyn.cases.kinds import KINDS, natural
from fremsyn.cases.models import Case, Item
from fremsyn.cases.trace import chain_of, is_source
from fremsyn.cases.yaml_tree import field_name
from fremsyn.chain.claims import Computed, claims, compute
from fremsyn.chain.operations import export_case
from fremsyn.strategy.analysis import Portfolios

Progress = Callable[[str], None]
COUNTS = {
    "sources": "F",
    "questions": "Q",
    "success_criteria": "G",
    "assumptions": "H",
    "stakeholders": "K",
    "signals": "S",
    "trends": "T",
    "drivers": "D",
    "scenarios": "C",
    "sessions": "E",
    "rounds": "R",
    "statements": "U",
    "insights": "N",
    "agendas": "A",
    "roles": "L",
    "options": "O",
    "possible_strategies": "P",
    "initiatives": "I",
    "milestones": "M",
    "signposts": "X",
    "board_points": "B",
}


@dataclass(frozen=True)
class Found:
    """What a run found: counts, lists and the best, ready to be written as JSON."""

    values: dict[str, Any]


def run_chain(case: Case, progress: Progress) -> Found:
    """Compute everything that a case holds from its rows.

    :param progress: called with the name of each step as it begins
    """
    progress("content")
    content = export_case(case)
    progress("scenarios and portfolios")
    computed = compute(content)
    progress("claims")
    differing = [claim for claim in claims(content, computed) if not claim.holds]
    progress("chain")
    return Found(
        {
            "case": case.slug,
            "as_of": case.as_of.isoformat(),
            **_counted(case),
            **_best(computed),
            "chosen": content.strategy.chosen,
            "claims_that_differ": [f"{claim.sheet}.yaml: {field_name(claim.path)}" for claim in differing],
            "complete": computed.space.complete and (computed.portfolios is None or computed.portfolios.complete),
        }
    )


def _counted(case: Case) -> dict[str, Any]:
    items = list(
        Item.objects.filter(case=case, withdrawn_at=None).exclude(ref="").values_list("ref", "kind", "unverified")
    )
    letters = Counter(KINDS[kind].letter for _ref, kind, _marked in items if kind != "variant")
    grounded = chain_of(case).grounded
    broken = (ref for ref, _kind, marked in items if ref not in grounded and not marked and not is_source(ref))
    return {
        **{name: letters[letter] for name, letter in COUNTS.items()},
        "states": sum(kind == "variant" for _ref, kind, _marked in items),
        "broken_traces": sorted(broken, key=natural),
        "unverified": sorted((ref for ref, _kind, marked in items if marked), key=natural),
    }


def _best(computed: Computed) -> dict[str, Any]:
    space = computed.space
    return {
        "configurations": space.configurations,
        "consistent_scenarios": len(space.found),
        "consistent": [
            {"ref": each.ref, "states": each.variants, "score": each.score, "margin": each.margin}
            for each in space.found
        ],
        **_best_portfolios(computed.portfolios),
    }


def _best_portfolios(best: Portfolios | None) -> dict[str, Any]:
    if best is None:
        return {
            "portfolios": 0,
            "least_greatest_regret": None,
            "least_regret": [],
            "highest_mean_value": None,
            "best_mean": [],
            "core_index": {},
        }
    return {
        "portfolios": best.feasible,
        "least_greatest_regret": best.least_regret[0].max_regret,
        "least_regret": [list(each.options) for each in best.least_regret],
        "highest_mean_value": best.best_mean[0].mean_value,
        "best_mean": [list(each.options) for each in best.best_mean],
        "core_index": dict(best.core),
    }
