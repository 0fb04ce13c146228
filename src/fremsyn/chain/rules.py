"""What must hold between the parts of a case, beyond each file's own shape."""

from collections.abc import Iterator

from fremsyn.approval.schema import Body
from fremsyn.cases.shape import Place, slots
from fremsyn.cases.yaml_tree import Fault
from fremsyn.chain.checking import Checking, Rule
from fremsyn.chain.matrix_rules import drivers_and_judgements
from fremsyn.conversation.schema import Conversation
from fremsyn.methods.errors import MethodError
from fremsyn.methods.portfolio import feasible
from fremsyn.plans.analysis import timetable
from fremsyn.plans.quarters import quarter_number
from fremsyn.plans.schema import Initiative
from fremsyn.strategy.analysis import can_be_weighed, problem, worlds
from fremsyn.strategy.schema import PossibleStrategy


def broken(case: Checking) -> Iterator[Fault]:
    """Yield every rule that the case breaks, given that its references are in order."""
    for rule in RULES:
        yield from rule(case)


def _case_file(case: Checking) -> Iterator[Fault]:
    own = case.content.case
    if own.horizon <= own.base_year:
        yield case.fault(
            "case", ("horizon",), f"{own.horizon} is not after {own.base_year}", "look further ahead than the base year"
        )
    if own.language not in own.languages:
        yield case.fault("case", ("language",), f"{own.language} is not among the languages", "add it to `languages`")
    expected = {f"{sheet}.yaml" for sheet, _content in case.content.sheets()} - {"case.yaml"}
    if set(own.files) != expected:
        wrong = ", ".join(sorted(expected ^ set(own.files)))
        yield case.fault(
            "case", ("files",), f"the list is not the files of the folder ({wrong})", "list every file once"
        )


def _places(case: Checking) -> Iterator[Fault]:
    for ref, (_sheet, _path, thing) in case.found.items.items():
        place = getattr(thing, "place", None)
        if isinstance(place, Place):
            weights = (place.megatrend, place.municipal, place.role)
            if min(weights) < 0 or abs(sum(weights) - 1) > 1e-6:
                yield case.fault(
                    *case.at(ref, "place"),
                    f"the weights of {ref} are {weights}",
                    "write three weights from 0 that sum to 1",
                )


def _field(case: Checking) -> Iterator[Fault]:
    corners = [word.id for word in case.content.scanning.scanning.field]
    expected = [slot.yaml for slot in slots(Place)]
    if sorted(corners) != sorted(expected):
        yield case.fault(
            "scanning",
            ("field",),
            f"the corners of the field are {', '.join(corners) or 'not named'}",
            f"name {', '.join(expected)}, each once",
        )


def _questions(case: Checking) -> Iterator[Fault]:
    focal = [each.ref for each in case.content.framing.framing.questions if each.kind == "focal"]
    if len(focal) != 1:
        yield case.fault("framing", ("questions",), f"{len(focal)} questions are focal", "let one question be focal")


def _process(case: Checking) -> Iterator[Fault]:
    phases = case.content.framing.framing.process.phases
    names = [each.id for each in phases]
    if names != ["framing", "scanning", "scenarios", "direction", "strategy", "plans"]:
        yield case.fault(
            "framing",
            ("process", "phases"),
            "the six phases are not all there in order",
            "list each phase once, in order",
        )
    for at, each in enumerate(phases):
        if each.begins > each.ends or (at and phases[at - 1].ends >= each.begins):
            yield case.fault(
                "framing",
                ("process", "phases", at, "from"),
                f"{each.id} does not begin after the phase before it",
                "correct the dates",
            )


def _rounds(case: Checking) -> Iterator[Fault]:
    talk = case.content.conversation.conversation
    of_round = {each.ref: each.round for each in talk.statements}
    for at, round_ in enumerate(talk.rounds):
        if round_.opens > round_.closes:
            yield case.fault(
                "conversation", ("rounds", at, "closes"), "the round closes before it opens", "correct the dates"
            )
        for number, ref in enumerate(round_.statements):
            if of_round.get(ref) != round_.ref:
                yield case.fault(
                    "conversation",
                    ("rounds", at, "statements", number),
                    f"{ref} says it belongs to {of_round.get(ref)}",
                    "make them agree",
                )
    yield from _judged(case, talk)
    listed = {ref for round_ in talk.rounds for ref in round_.statements}
    for at, statement in enumerate(talk.statements):
        if statement.ref not in listed:
            yield case.fault(
                "conversation",
                ("statements", at, "round"),
                f"{statement.round} does not list {statement.ref}",
                "add it to the round",
            )


def _judged(case: Checking, talk: Conversation) -> Iterator[Fault]:
    """Yield what is wrong with the rounds in which scenarios are judged: a statement asks one aspect of one that is told."""
    kind = {each.ref: each.kind for each in talk.rounds}
    told = {each.ref: each.tellings or {} for each in talk.rounds}
    seen: set[tuple[str, str, str]] = set()
    for at, each in enumerate(talk.statements):
        wrong = todo = ""
        asked = (each.round, each.scenario or "", each.aspect or "")
        if kind.get(each.round) != "scenarios":
            if each.aspect or each.scenario:
                wrong, todo = f"{each.round} judges no scenarios", "leave out `scenario` and `aspect`"
        elif each.scenario not in told[each.round] or not each.aspect:
            wrong = f"{each.ref} asks of no scenario that {each.round} tells"
            todo = "name the scenario and the aspect, and tell the scenario in the round's `tellings`"
        elif asked in seen:
            wrong, todo = f"{each.round} asks the same of {each.scenario} twice", "keep one statement for each aspect"
        seen.add(asked)
        if wrong:
            yield case.fault("conversation", ("statements", at, "aspect"), wrong, todo)


def _insights(case: Checking) -> Iterator[Fault]:
    for at, insight in enumerate(case.content.conversation.conversation.insights):
        for number, ref in enumerate(insight.used_for):
            if insight.ref not in case.found.chain.under(ref):
                yield case.fault(
                    "conversation",
                    ("insights", at, "used_for", number),
                    f"{ref} does not rest on {insight.ref}",
                    f"let {ref} rest on it, or take it out",
                )


def _scenarios(case: Checking) -> Iterator[Fault]:
    drivers = sorted(driver.ref for driver in case.content.scenarios.scenarios.drivers)
    wish = case.content.direction.desirable
    sets = {each.ref: each.variants for each in case.content.scenarios.scenarios.scenarios}
    if wish and wish.variants:
        sets[wish.ref] = tuple(state.variant for state in wish.variants)
    for ref, variants in sets.items():
        if sorted(variant.split(".")[0] for variant in variants) != drivers:
            yield case.fault(
                *case.at(ref, "variants"),
                f"{ref} does not hold one state of every driver",
                "name one state of each driver",
            )
    themes = set(case.content.framing.framing.scan_themes)
    for each in case.content.scenarios.scenarios.scenarios:
        if not set(each.consequences) <= themes:
            yield case.fault(
                *case.at(each.ref, "consequences"),
                f"the consequences of {each.ref} name what is not a scan theme",
                "use the themes " + ", ".join(sorted(themes)),
            )
    if not worlds(case.content.scenarios.scenarios) and case.content.strategy.options:
        yield case.fault(
            "scenarios",
            ("scenarios",),
            "no scenario is in the working set",
            "write `use: working` for those that options are tried in",
        )


def _options(case: Checking) -> Iterator[Fault]:
    against = set(worlds(case.content.scenarios.scenarios))
    excludes = {each.ref: each.excludes for each in case.content.strategy.options}
    for each in case.content.strategy.options:
        missing = against - set(each.scores)
        if missing:
            yield case.fault(
                *case.at(each.ref, "scores"),
                f"{each.ref} has no score in {', '.join(sorted(missing))}",
                "score it in every scenario of the working set",
            )
        for at, other in enumerate(each.excludes):
            if each.ref not in excludes.get(other, ()):
                yield case.fault(
                    *case.at(each.ref, "excludes", at), f"{other} does not exclude {each.ref}", "let both say it"
                )
        if each.cost_mdkk.low > each.cost_mdkk.high or each.period.begins > each.period.ends:
            yield case.fault(
                *case.at(each.ref),
                f"an interval of {each.ref} ends before it begins",
                "correct `cost_mdkk` or `period`",
            )


def _strategies(case: Checking) -> Iterator[Fault]:
    strategy = case.content.strategy
    chosen = next((each for each in strategy.possible_strategies if each.ref == strategy.chosen), None)
    yield from _chosen(case, chosen)
    scenarios = case.content.scenarios.scenarios
    if chosen is None or not can_be_weighed(strategy, scenarios):
        return
    try:
        choice = problem(strategy, case.content.direction, scenarios)
        fits = len(feasible(choice, limit=1).portfolios)
    except MethodError as error:
        yield case.fault("strategy", ("options",), str(error), "correct the options")
        return
    if not fits:
        yield case.fault(
            "strategy",
            ("budget_mdkk",),
            f"no portfolio fits {strategy.budget_mdkk}",
            "raise the budget, lower a cost, or loosen a rule",
        )


def _chosen(case: Checking, chosen: PossibleStrategy | None) -> Iterator[Fault]:
    strategy, plans = case.content.strategy, case.content.plans
    if plans.strategy != strategy.chosen and (plans.strategy or plans.initiatives):
        yield case.fault(
            "plans",
            ("strategy",),
            f"{plans.strategy or 'nothing'} is not the strategy chosen ({strategy.chosen or 'none is'})",
            f"write {strategy.chosen}" if strategy.chosen else "choose a strategy first",
        )
    for each in strategy.possible_strategies:
        if each.chosen and each.ref != strategy.chosen:
            yield case.fault(*case.at(each.ref, "chosen"), f"{each.ref} is not the strategy chosen", "take it out")
    if chosen is None:
        return
    declined = sorted(each.option for each in strategy.deselected)
    if declined != sorted({each.ref for each in strategy.options} - set(chosen.options)):
        yield case.fault(
            "strategy",
            ("deselected",),
            "the options left out are not those that the choice leaves out",
            "say of each why",
        )


def _initiatives(case: Checking) -> Iterator[Fault]:
    strategy = case.content.strategy
    chosen = next((each for each in strategy.possible_strategies if each.ref == strategy.chosen), None)
    options = set(chosen.options) if chosen else set()
    for each in case.content.plans.initiatives:
        if each.option not in options:
            yield case.fault(
                *case.at(each.ref, "option"),
                f"{each.option} is not chosen in {strategy.chosen}",
                "plan only what was chosen",
            )
        yield from _initiative(case, each)
    for year, frame in (case.content.plans.budget.frame or {}).items():
        if frame < 0:
            yield case.fault("plans", ("budget", "frame", year), f"{frame} is less than 0", "write 0 or more")
    begun = {each.option for each in case.content.plans.initiatives}
    for option in sorted(options - begun if begun else ()):
        yield case.fault("plans", ("initiatives",), f"{option} was chosen and has no initiative", "add one")
    try:
        early = timetable(case.content.plans).violations
    except MethodError as error:
        yield case.fault("plans", ("initiatives",), str(error), "take out one of the dependencies")
        return
    for violation in early:
        yield case.fault(
            *case.at(violation.activity, "start"),
            f"{violation.activity} begins before {violation.waits_for} has ended",
            "move one of them",
        )


def _initiative(case: Checking, each: Initiative) -> Iterator[Fault]:
    start, end = quarter_number(each.start), quarter_number(each.end)
    option = case.found.items[each.option][2]
    if start > end:
        yield case.fault(*case.at(each.ref, "end"), f"{each.ref} ends before it begins", "correct the quarters")
    elif not option.period.begins <= int(each.start[:4]) <= int(each.end[:4]) <= option.period.ends:
        yield case.fault(
            *case.at(each.ref, "start"),
            f"{each.ref} runs outside the years of {each.option}",
            f"keep it within {option.period.begins}–{option.period.ends}",
        )
    if not set(each.budget) <= set(range(int(each.start[:4]), int(each.end[:4]) + 1)):
        yield case.fault(
            *case.at(each.ref, "budget"),
            f"the budget of {each.ref} has years in which it does not run",
            "keep the amounts within its years",
        )
    for year, amount in each.budget.items():
        if amount < 0:
            yield case.fault(*case.at(each.ref, "budget", year), f"{amount} is less than 0", "write 0 or more")
    for at, milestone in enumerate(each.milestones):
        if not start <= quarter_number(milestone.at) <= end:
            yield case.fault(
                *case.at(each.ref, "milestones", at, "at"),
                f"{milestone.ref} lies outside {each.ref}",
                "correct the quarter",
            )


def _board(case: Checking) -> Iterator[Fault]:
    approval = case.content.approval
    if approval.body:
        yield from _body(case, approval.body)
    put_to = approval.paper.meeting if approval.paper else None
    if put_to and put_to not in {each.id for each in approval.meetings}:
        yield case.fault("approval", ("paper", "meeting"), f"{put_to} is no meeting", "name a meeting's id")


def _body(case: Checking, body: Body) -> Iterator[Fault]:
    members = {each.id for each in body.members}
    voting = sum(each.votes for each in body.members)
    if body.quorum.rule == "number" and not 0 < (body.quorum.number or 0) <= voting:
        wrong = f"the quorum is {body.quorum.number or 'no number'}, {voting} have a vote"
        yield case.fault("approval", ("body", "quorum"), wrong, "name a number of members who have a vote")
    for path, named in ((("casting_vote", "holder"), body.casting_vote.holder), (("chair",), body.chair)):
        if named not in {None, *members}:
            yield case.fault("approval", ("body", *path), f"{named} is no member", "name a member's id")


RULES: tuple[Rule, ...] = (
    _case_file, _places, _field, _questions, _process, _rounds, _insights, drivers_and_judgements, _scenarios, _options, _strategies, _initiatives, _board,
)  # fmt: skip
