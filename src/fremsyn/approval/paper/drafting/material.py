"""What a draft is made from: the hand-overs of the phases, and what of them is not there yet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fremsyn.approval import analysis
from fremsyn.approval.handover import load
from fremsyn.approval.schema import Approval
from fremsyn.cases import file as case_file
from fremsyn.cases.kinds import natural
from fremsyn.cases.models import Case
from fremsyn.cases.schema import CaseFile
from fremsyn.cases.shape import Number
from fremsyn.conversation import handover as conversation_handover
from fremsyn.conversation.schema import Conversation, Insight
from fremsyn.direction import handover as direction_handover
from fremsyn.direction.schema import Direction
from fremsyn.framing import handover as framing_handover
from fremsyn.framing.schema import Framing, Question
from fremsyn.plans import handover as plans_handover
from fremsyn.plans.schema import Plans
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.strategy import handover as strategy_handover
from fremsyn.strategy.schema import Deselected, PossibleStrategy, Role, Strategy
from fremsyn.web.templatetags.say import say_plain

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅÉÄÖ»“])")
AGREEMENT = "agreement"


@dataclass(frozen=True)
class Material:
    """The hand-overs that a draft is made from."""

    case: Case
    own: CaseFile
    framing: Framing
    talk: Conversation
    scenarios: scenarios_handover.HandOver
    direction: Direction
    strategy: Strategy
    plans: Plans
    approval: Approval

    @property
    def focal(self) -> Question | None:
        """Return the focal question."""
        return next((each for each in self.framing.questions if each.kind == "focal"), None)

    @property
    def chosen(self) -> PossibleStrategy | None:
        """Return the strategy that was chosen."""
        return next((each for each in self.strategy.possible_strategies if each.ref == self.strategy.chosen), None)

    @property
    def role(self) -> Role | None:
        """Return the role under which the chosen strategy stands."""
        wanted = self.chosen.role if self.chosen else ""
        return next((each for each in self.strategy.roles if each.ref == wanted), None)

    @property
    def left_out(self) -> tuple[Deselected, ...]:
        """Return the options that were deselected, with the reasons, in the order of their numbers."""
        return tuple(sorted(self.strategy.deselected, key=lambda each: natural(each.option)))

    @cached_property
    def money(self) -> analysis.Money:
        """Return the money that is released, and that of the strategy."""
        return analysis.money(self.plans, self.strategy, self.direction)

    @cached_property
    def resists(self) -> dict[str, Number]:
        """Return the drivers that resist the desirable scenario, and by how much; the strongest first."""
        desirable, judged = self.direction.desirable, self.scenarios.judgements
        variants = tuple(each.variant for each in desirable.variants) if desirable else ()
        found = judged.weigh(variants).resists if variants and judged.holds(variants) else {}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], natural(pair[0]))))

    def insights(self, *, agreed: bool) -> tuple[Insight, ...]:
        """Return the insights that show agreement, or those that show anything else."""
        return tuple(each for each in self.talk.insights if (each.shows == AGREEMENT) == agreed)


def material_of(case: Case) -> Material:
    """Return what a draft of a case's paper is made from."""
    return Material(
        case=case,
        own=case_file.load(case),
        framing=framing_handover.load(case).framing,
        talk=conversation_handover.load(case).conversation,
        scenarios=scenarios_handover.load(case),
        direction=direction_handover.load(case),
        strategy=strategy_handover.load(case),
        plans=plans_handover.load(case),
        approval=load(case),
    )


def missing(given: Material) -> tuple[str, ...]:
    """Say what must be there before a paper can be drafted: without it, the first point has no answer to give."""
    wanted = (
        (given.focal, _("the focal question, in the framing")),
        (given.direction.desirable, _("a desirable scenario, in the direction")),
        (given.chosen, _("a chosen strategy, in the strategy formulation")),
        (given.role, _("the role that the strategy stands under")),
    )
    return tuple(said for thing, said in wanted if thing is None)


def thin(given: Material) -> tuple[str, ...]:
    """Say what is not there yet, so that the draft has nothing of it."""
    wanted = (
        (any(each.chosen for each in given.direction.agendas), _("no strategic agenda is chosen")),
        (given.plans.initiatives, _("there are no initiatives, so no money can be released")),
        (given.plans.signposts, _("there are no signposts to read")),
        (given.talk.insights, _("nothing was learnt in the conversation")),
        (given.approval.meetings, _("no meeting is planned")),
    )
    return tuple(said for there, said in wanted if not there)


def first(words: object) -> str:
    """Return the first sentence of a text, in the language in use, without its full stop."""
    sentence = SENTENCE.split(" ".join(say_plain(words).split()), maxsplit=1)[0]
    return sentence.removesuffix(".")


def strung(refs: Iterable[str]) -> str:
    """Return references in one line, sorted; four or more that follow each other as first–last."""
    found: list[list[str]] = []
    for ref in sorted(refs, key=natural):
        last = found[-1][-1] if found else ""
        follows = last[:1] == ref[:1] and ref[1:].isdigit() and last[1:].isdigit() and int(last[1:]) + 1 == int(ref[1:])
        found = [*found[:-1], [*found[-1], ref]] if follows else [*found, [ref]]
    parts = [f"{group[0]}–{group[-1]}" if len(group) > 3 else group for group in found]
    return listed([each for part in parts for each in ([part] if isinstance(part, str) else part)])


def listed(parts: Iterable[str]) -> str:
    """Return parts as they are listed in a sentence: one, two and three."""
    said = list(parts)
    return " ".join((", ".join(said[:-1]), _("and"), said[-1])) if len(said) > 1 else "".join(said)
