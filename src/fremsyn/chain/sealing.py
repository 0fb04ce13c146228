"""What is sealed of a case: its hand-overs, stories, votes and documents, and what is computed of them."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval import verify
from fremsyn.approval.models import Edition, SealedPack
from fremsyn.approval.operations import seal_paper
from fremsyn.approval.paper.closing import edition, withheld
from fremsyn.approval.record import board_record, minutes_files, minutes_titles
from fremsyn.audit.keys import SealKey, demonstration_key
from fremsyn.audit.stamping import stamp_service
from fremsyn.cases.models import Case
from fremsyn.cases.plain import to_plain
from fremsyn.chain.claims import Computed, compute
from fremsyn.chain.content import CaseContent
from fremsyn.chain.operations import export_case
from fremsyn.chain.proof import proof_of
from fremsyn.chain.votes import vote_file
from fremsyn.conversation.analysis import results as opinion_results
from fremsyn.conversation.judging.results import judged_in
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import LANGUAGES
from fremsyn.direction.analysis import Wish, wish
from fremsyn.methods.errors import MethodError
from fremsyn.methods.opinions import Opinions
from fremsyn.people.models import Person
from fremsyn.reports.documents.catalogue import document_pdf
from fremsyn.reports.documents.versions import version_of
from fremsyn.reports.reading import reading_pages
from fremsyn.strategy.analysis import Portfolios, Priced, priced_strategies

RESULTS = "results.json"
SYNTHETIC = "votes/SYNTHETIC.json"
DECIMALS = 9  # what two processors agree on whatever the order in which they add


def canonical(value: Any) -> bytes:
    """Return the one JSON text for plain values.

    :source: Rundgren, Jordan, Erdtman (2020), JSON Canonicalization Scheme, RFC 8785
    """
    return rfc8785.dumps(value)


@transaction.atomic
def seal_case(
    *,
    case: Case,
    documents: Mapping[str, bytes],
    votes: bool,
    demonstration: bool,
    key: SealKey,
    by: Person | None,
    at: datetime,
) -> SealedPack:
    """Seal a version of the case's paper with all that it rests on.

    :param documents: by name, such as board_paper.da.pdf
    :param votes: put the votes in, under the pseudonyms they stand under
    :raises RuleBroken: when nothing has changed since the latest version, or the case can't be computed
    """
    content = export_case(case)
    try:
        computed = compute(content)
    except MethodError as error:
        raise RuleBroken(_("The case can't be computed: %(why)s") % {"why": error}) from error
    board = board_record(case)
    shown = board_record(case, public=True)
    shut = bool(withheld(case)) or shown != board
    held = {**documents, **reading_pages(case, documents, minutes_titles(board))}
    # Made before anything is sealed, so that both editions tell of the same version.
    seen = _public(case, documents, shown) if shut else held
    told: dict[str, Any] = {"votes": votes, "demonstration": demonstration, "key": key, "by": by, "at": at}
    told |= {"paper": version_of(case).number, "proof": proof_of(content.scenarios.judgements, computed.space)}
    pack = seal_paper(
        case=case,
        content=material(content, computed, held, votes=votes) | _record(case, board),
        board=board,
        stamps=stamp_service(),
        edition=Edition.INTERNAL if shut else Edition.WHOLE,
        **told,
    )
    if shut:
        opened = _opened(content, case)
        public = material(opened, computed, seen, votes=votes) | _record(case, shown, public=True)
        seal_paper(case=case, content=public, board=shown, edition=Edition.PUBLIC, **told)
    return pack


def _record(case: Case, board: Mapping[str, Any] | None, *, public: bool = False) -> dict[str, bytes]:
    """Return the record of the board's meetings, and the minutes that it tells of."""
    return {verify.RECORD: canonical(board), **minutes_files(case, board, public=public)} if board else {}


def _opened(content: CaseContent, case: Case) -> CaseContent:
    """Return the case without what is closed: neither the points nor what they rest on, told from its other end."""
    closed, told = withheld(case), content.conversation.conversation
    insights = tuple(
        dataclasses.replace(each, used_for=tuple(ref for ref in each.used_for if ref not in closed))
        for each in told.insights
    )
    conversation = dataclasses.replace(content.conversation, conversation=dataclasses.replace(told, insights=insights))
    return dataclasses.replace(content, approval=edition(case), conversation=conversation)


def _public(case: Case, documents: Mapping[str, bytes], record: Mapping[str, Any] | None) -> dict[str, bytes]:
    """Return the documents for others than the body and those who serve it: nothing of what is closed is in them."""
    papers = {f"board_paper.{code}.pdf": code for code in LANGUAGES}
    shown = {
        name: document_pdf(case, "board_paper", papers[name], internal=False) if name in papers else held
        for name, held in documents.items()
    }
    return shown | reading_pages(case, documents, minutes_titles(record), internal=False)


def seal_demonstration(*, case: Case, documents: Mapping[str, bytes], at: datetime) -> SealedPack:
    """Seal a case with the key that anybody has, marked as a demonstration, votes and all."""
    return seal_case(
        case=case, documents=documents, votes=True, demonstration=True, key=demonstration_key(), by=None, at=at
    )


def write_pack(pack: SealedPack, folder: Path) -> dict[str, str]:
    """Write a pack to a folder, which is made; return its absolute path and its SHA-256.

    :raises OSError: when the folder can't be written to
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder.resolve() / pack.file_name
    path.write_bytes(pack.content)
    return {"pack": str(path), "pack_sha256": pack.sha256}


def material(
    content: CaseContent, computed: Computed, documents: Mapping[str, bytes], *, votes: bool
) -> dict[str, bytes]:
    """Return what is sealed, by entry name; it depends on the case alone, not on key, time or machine."""
    made = {f"handovers/{sheet}.json": canonical(to_plain(thing)) for sheet, thing in content.sheets()}
    made |= {name: text.encode() for name, text in content.scenarios.stories.items()}
    made |= {f"documents/{name}": held for name, held in documents.items()}
    if content.conversation.synthetic:
        made[SYNTHETIC] = canonical(to_plain(content.conversation.synthetic))
    if votes:
        given = content.conversation.votes
        rounds = content.conversation.conversation.rounds
        made |= {each.votes: vote_file(given[each.ref]) for each in rounds if each.votes and each.ref in given}
    made[RESULTS] = canonical(results(content, computed))
    return made


def results(content: CaseContent, computed: Computed) -> dict[str, Any]:
    """Return what is computed of a case, as plain values; small groups are hidden as on the pages."""
    space = computed.space
    found = {
        "consistent_scenarios": {
            "configurations": space.configurations,
            "complete": space.complete,
            "found": [
                {"ref": each.ref, "states": list(each.variants), "score": each.score, "margin": each.margin}
                for each in space.found
            ],
        },
        "resistances": _resistances(wish(content.direction.desirable, content.scenarios)),
        "regrets": _regrets(content, computed.portfolios),
        "opinions": {
            **{ref: _opinions(each) for ref, each in opinion_results(content.conversation).items()},
            **_judgements(content),
        },
    }
    plain: dict[str, Any] = rounded({"schema": "fremsyn/results@1", **found})
    return plain


def _resistances(wished: Wish | None) -> dict[str, Any]:
    if wished is None:
        return {}
    return {
        "score": wished.weighed.score,
        "consistent": wished.weighed.consistent,
        "resists": dict(wished.weighed.resists),
        "distance": dict(wished.distance),
        "states": [dataclasses.asdict(each) for each in wished.weighed.states],
        "tried": [dict(each) for each in wished.tried],
    }


def _regrets(content: CaseContent, best: Portfolios | None) -> dict[str, Any]:
    if best is None:
        return {}
    priced = priced_strategies(content.strategy, content.direction, content.scenarios.scenarios)
    return {
        "worlds": list(best.worlds),
        "feasible": best.feasible,
        "complete": best.complete,
        "non_dominated": best.non_dominated,
        "best_value": dict(best.best_value),
        "least_regret": _in_order(best.least_regret),
        "best_mean": _in_order(best.best_mean),
        "core": dict(best.core),
        "strategies": {ref: dataclasses.asdict(each) for ref, each in priced.items()},
    }


def _in_order(ties: tuple[Priced, ...]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(each) for each in sorted(ties, key=lambda each: each.options)]


def _opinions(found: Opinions) -> dict[str, Any]:
    return {"circles": list(found.circles), "statements": [dataclasses.asdict(each) for each in found.statements]}


def _judgements(content: CaseContent) -> dict[str, Any]:
    """Return how scenarios were judged, in the same form as opinions: each question's answers by circle."""
    held = content.conversation
    said = {each.ref: each for each in held.conversation.statements}
    rounds = [each for each in held.conversation.rounds if each.kind == "scenarios" and each.ref in held.votes]
    found = {each.ref: judged_in(each, said, each.circles, held.votes[each.ref]) for each in rounds}
    return {
        each.ref: {
            "circles": list(each.circles),
            "statements": [dataclasses.asdict(one) for told in found[each.ref] for one in told.aspects.values()],
        }
        for each in rounds
    }


def rounded(value: Any) -> Any:
    """Return plain values with every number as JSON writes it: rounded, and whole where it is whole."""
    if isinstance(value, Mapping):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [rounded(inner) for inner in value]
    if isinstance(value, float):
        short = round(value, DECIMALS)
        return int(short) if short.is_integer() else short
    return value
