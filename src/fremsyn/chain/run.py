"""A whole case carried from its files to what was found, by the same operations as the application."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fremsyn.cases.kinds import KINDS
from fremsyn.cases.models import Case, Item
from fremsyn.cases.trace import chain_of, is_source
from fremsyn.cases.yaml_tree import field_name
from fremsyn.chain.claims import claims, compute
from fremsyn.chain.operations import export_case

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
    progress("counts")
    items = list(Item.objects.filter(case=case).exclude(ref="").values_list("ref", "kind", "unverified"))
    letters = Counter(KINDS[kind].letter for _ref, kind, _unverified in items if kind != "variant")
    progress("content")
    content = export_case(case)
    progress("scenarios and portfolios")
    computed = compute(content)
    progress("claims")
    differing = [claim for claim in claims(content, computed) if not claim.holds]
    progress("chain")
    grounded = chain_of(case).grounded
    unverified = sorted((ref for ref, _kind, marked in items if marked), key=natural)
    space, best = computed.space, computed.portfolios
    return Found(
        {
            "case": case.slug,
            "as_of": case.as_of.isoformat(),
            **{name: letters[letter] for name, letter in COUNTS.items()},
            "states": sum(kind == "variant" for _ref, kind, _unverified in items),
            "configurations": space.configurations,
            "consistent_scenarios": len(space.found),
            "consistent": [
                {"ref": c.ref, "states": c.variants, "score": c.score, "margin": c.margin} for c in space.found
            ],
            "portfolios": best.feasible,
            "least_greatest_regret": best.least_regret[0].max_regret,
            "least_regret": [list(each.options) for each in best.least_regret],
            "highest_mean_value": best.best_mean[0].mean_value,
            "best_mean": [list(each.options) for each in best.best_mean],
            "core_index": dict(best.core),
            "chosen": content.strategy.chosen,
            "broken_traces": sorted(
                (ref for ref, _kind, marked in items if ref not in grounded and not marked and not is_source(ref)),
                key=natural,
            ),
            "unverified": unverified,
            "claims_that_differ": [f"{claim.sheet}.yaml: {field_name(claim.path)}" for claim in differing],
            "complete": space.complete and best.complete,
        }
    )


def natural(ref: str) -> tuple[str, int, str]:
    """Return the key by which references are sorted: T9 before T10, D1.a before D1.b."""
    number, _, rest = ref[1:].partition(".")
    return ref[0], int(number), rest
