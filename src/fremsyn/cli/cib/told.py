"""Scenarios as they are written: a JSON object, or a line for each."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fremsyn.cli.cib.question import Question
from fremsyn.methods import cib
from fremsyn.methods.cib.balance import totals
from fremsyn.methods.cib.matrix import Indices
from fremsyn.methods.errors import MethodError
from fremsyn.terminal import say

Shares = Mapping[tuple[int, ...], float]  # of matrices under which a scenario holds

MOST_ATTRACTORS = 50
BY_SCORE = "the highest score first, as on the web"
BY_NAME = "by their variants, in the file's order; the web and --top list the highest score first"
AS_FOUND = "as they were found; --top lists the highest score first, as the web does"
PERTURBED = (
    "holds: in how many of the matrices drawn, each with every judgement a step up, a step down or as it is, all three "
    "alike; this is rougher than on the web, where nine of ten judgements stay"
)
NO_PROBABILITY = "A number of consistent scenarios is no probability."


@dataclass
class Outcome:
    """What is known when a search has ended."""

    count: int = 0
    complete: bool = True
    nodes: int = 0
    seconds: float = 0.0
    explanation: dict[str, Any] | None = None
    basins: cib.Basins | None = None
    order: str = BY_NAME


class Json:
    """One JSON object, the scenarios as they come."""

    def __init__(self, question: Question, shares: Shares | None) -> None:
        self.named, self.matrix, self.question, self.shares = question.named, question.matrix, question, shares
        self.number = 0

    def begin(self) -> None:
        say('{"scenarios": [', end="")

    def rows(self, rows: Indices) -> None:
        names = [each.variants for each in self.named.descriptors]
        told = []
        for row, score, margin in zip(rows.tolist(), *(x.tolist() for x in totals(self.matrix, rows)), strict=True):
            variants = [names[j][v] for j, v in enumerate(row)]
            one: dict[str, Any] = {"variants": variants, "index": row, "total_impact_score": score, "margin": margin}
            if self.shares is not None:
                one["survival"] = self.shares.get(tuple(row), 0.0)
            told.append(json.dumps(one, ensure_ascii=False))
        if told:
            say((",\n" if self.number else "\n") + ",\n".join(told), end="")
        self.number += len(told)

    def end(self, outcome: Outcome, *, listed: bool) -> None:
        values: dict[str, Any] = {
            "descriptors": [{"name": each.name, "variants": each.variants} for each in self.named.descriptors],
            "configurations": self.question.configurations,
            "count": outcome.count,
            "complete": outcome.complete,
            "nodes": outcome.nodes,
            "seconds": outcome.seconds,
        }
        if listed:
            values["order"] = outcome.order
        if self.shares is not None:
            values["survival"] = PERTURBED
        if outcome.explanation:
            values["explanation"] = outcome.explanation
        if outcome.basins:
            ends = [asdict(each) | {"cycle": each.cycle.tolist()} for each in outcome.basins.attractors]
            values["basins"] = {"exact": outcome.basins.exact, "starts": outcome.basins.starts, "attractors": ends}
        told = json.dumps(values, ensure_ascii=False)
        say("\n], " + told[1:] if listed else told)


class Words:
    """A line for each scenario, and what is to be known of them all."""

    def __init__(self, question: Question, shares: Shares | None) -> None:
        self.named, self.matrix, self.question, self.shares = question.named, question.matrix, question, shares
        self.number = 0

    def begin(self) -> None:
        holds = f" {'holds':>7}" if self.shares is not None else ""
        say(f"{'':>6} {'score':>7} {'margin':>7}{holds}  " + " · ".join(each.name for each in self.named.descriptors))

    def rows(self, rows: Indices) -> None:
        names = [each.variants for each in self.named.descriptors]
        for row, score, margin in zip(rows.tolist(), *(x.tolist() for x in totals(self.matrix, rows)), strict=True):
            self.number += 1
            variants = " · ".join(names[j][v] for j, v in enumerate(row))
            holds = f" {self.shares.get(tuple(row), 0.0):>7.1%}" if self.shares is not None else ""
            say(f"{self.number:>6} {score:>7} {margin:>7}{holds}  {variants}")

    def end(self, outcome: Outcome, *, listed: bool) -> None:
        least = "" if outcome.complete else "at least "
        say(f"{least}{outcome.count:,} consistent scenarios of {self.question.configurations:,} configurations")
        whole = "complete" if outcome.complete else "not complete: a limit was reached, and there may be more"
        say(f"{whole}; {outcome.nodes:,} nodes, {outcome.seconds * 1000:,.3f} ms")
        if listed:
            say(f"listed {outcome.order}")
        if self.shares is not None:
            say(PERTURBED)
        say(NO_PROBABILITY)
        if outcome.explanation:
            self.explain(**outcome.explanation)
        if outcome.basins:
            self.basins(outcome.basins)

    def basins(self, found: cib.Basins) -> None:
        every = "every configuration" if found.exact else f"a sample of {found.starts:,}"
        say(f"\nWhere global succession ends, from {every}:")
        for each in found.attractors[:MOST_ATTRACTORS]:
            kind = "fixed point" if len(each.cycle) == 1 else f"cycle of {len(each.cycle)}"
            between = "" if found.exact else f" ({each.low:.2%} to {each.high:.2%})"
            names = (descriptor.variants for descriptor in self.named.descriptors)
            first = " · ".join(variants[v] for variants, v in zip(names, each.cycle[0].tolist(), strict=True))
            say(f"{each.share:>8.2%}{between}  {kind}: {first}")
        if len(found.attractors) > MOST_ATTRACTORS:
            say(f"and {len(found.attractors) - MOST_ATTRACTORS:,} more")

    def explain(self, scenario: int, descriptors: list[dict[str, Any]]) -> None:
        say(f"\nWhy scenario {scenario} holds: what speaks for (+) and against (-) each variant beside its best rival")
        for each in descriptors:
            say("{name}: {variant} with {balance}, {rival} with {rival_balance}, a lead of {margin}".format(**each))
            for name, by in each["because"].items():
                say(f"  {by:+} {name}")


def explanation_of(question: Question, rows: Indices, wanted: int) -> dict[str, Any]:
    if not 1 <= wanted <= len(rows):
        raise MethodError(f"--explain {wanted}: there are {len(rows)} scenarios in the list; give a number from 1.")
    scenario, descriptors = rows[wanted - 1], question.named.descriptors
    balance = cib.balances(question.matrix, scenario)
    told = []
    for j, each in enumerate(descriptors):
        difference = cib.explain(question.matrix, scenario, j).difference.tolist()
        because = {other.name: by for other, by in zip(descriptors, difference, strict=True) if by}
        told.append(
            {
                "name": each.name,
                "variant": each.variants[scenario[j]],
                "balance": balance.chosen[j].item(),
                "rival": each.variants[balance.best_alternative[j]],
                "rival_balance": balance.best_balance[j].item(),
                "margin": balance.margin[j].item(),
                "because": dict(sorted(because.items(), key=lambda pair: -pair[1])),
            }
        )
    return {"scenario": wanted, "descriptors": told}
