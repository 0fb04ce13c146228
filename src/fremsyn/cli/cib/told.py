"""Scenarios as they are written: a JSON object, or a line for each."""

import json
from dataclasses import dataclass
from typing import Any

from fremsyn.cli.cib.question import Question
from fremsyn.methods import cib
from fremsyn.methods.cib.balance import totals
from fremsyn.methods.cib.matrix import Indices
from fremsyn.methods.errors import MethodError
from fremsyn.terminal import say

NO_PROBABILITY = "A number of consistent scenarios is no probability."


@dataclass
class Outcome:
    """What is known when a search has ended."""

    count: int = 0
    complete: bool = True
    nodes: int = 0
    seconds: float = 0.0
    explanation: dict[str, Any] | None = None


class Json:
    """One JSON object, the scenarios as they come."""

    def __init__(self, question: Question) -> None:
        self.named, self.matrix, self.question, self.number = question.named, question.matrix, question, 0

    def begin(self) -> None:
        say('{"scenarios": [', end="")

    def rows(self, rows: Indices) -> None:
        names = [each.variants for each in self.named.descriptors]
        told = []
        for row, score, margin in zip(rows.tolist(), *(x.tolist() for x in totals(self.matrix, rows)), strict=True):
            variants = [names[j][v] for j, v in enumerate(row)]
            one = {"variants": variants, "index": row, "total_impact_score": score, "margin": margin}
            told.append(json.dumps(one, ensure_ascii=False))
        if told:
            say((",\n" if self.number else "\n") + ",\n".join(told), end="")
        self.number += len(told)

    def end(self, outcome: Outcome, *, listed: bool) -> None:
        values = {
            "descriptors": [{"name": each.name, "variants": each.variants} for each in self.named.descriptors],
            "configurations": self.question.configurations,
            "count": outcome.count,
            "complete": outcome.complete,
            "nodes": outcome.nodes,
            "seconds": outcome.seconds,
        } | ({"explanation": outcome.explanation} if outcome.explanation else {})
        told = json.dumps(values, ensure_ascii=False)
        say("\n], " + told[1:] if listed else told)


class Words:
    """A line for each scenario, and what is to be known of them all."""

    def __init__(self, question: Question) -> None:
        self.named, self.matrix, self.question, self.number = question.named, question.matrix, question, 0

    def begin(self) -> None:
        say(f"{'':>6} {'score':>7} {'margin':>7}  " + " · ".join(each.name for each in self.named.descriptors))

    def rows(self, rows: Indices) -> None:
        names = [each.variants for each in self.named.descriptors]
        for row, score, margin in zip(rows.tolist(), *(x.tolist() for x in totals(self.matrix, rows)), strict=True):
            self.number += 1
            variants = " · ".join(names[j][v] for j, v in enumerate(row))
            say(f"{self.number:>6} {score:>7} {margin:>7}  {variants}")

    def end(self, outcome: Outcome, *, listed: bool) -> None:
        least = "" if outcome.complete else "at least "
        say(f"{least}{outcome.count:,} consistent scenarios of {self.question.configurations:,} configurations")
        whole = "complete" if outcome.complete else "not complete: a limit was reached, and there may be more"
        say(f"{whole}; {outcome.nodes:,} nodes, {outcome.seconds * 1000:,.3f} ms")
        say(NO_PROBABILITY)
        if outcome.explanation:
            self.explain(**outcome.explanation)

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
