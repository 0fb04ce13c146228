"""The whole case as dataclasses: what a folder holds, what import stores, what export writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from typing import Any

from fremsyn.approval.schema import Approval
from fremsyn.cases.schema import CaseFile
from fremsyn.cases.shape import Text, Texts, slots
from fremsyn.conversation.handover import HandOver as ConversationHandOver
from fremsyn.conversation.schema import Conversation, SyntheticVotes
from fremsyn.direction.schema import Direction
from fremsyn.framing.handover import HandOver as FramingHandOver
from fremsyn.framing.schema import Framing, Stakeholders
from fremsyn.plans.schema import Plans
from fremsyn.scanning.handover import HandOver as ScanningHandOver
from fremsyn.scanning.schema import Scanning, Sources
from fremsyn.scenarios.handover import HandOver as ScenariosHandOver
from fremsyn.scenarios.schema import CrossImpact, Scenarios
from fremsyn.strategy.schema import Strategy

SHEETS: Mapping[str, type] = {
    "case": CaseFile,
    "sources": Sources,
    "framing": Framing,
    "stakeholders": Stakeholders,
    "conversation": Conversation,
    "scanning": Scanning,
    "scenarios": Scenarios,
    "cross_impact": CrossImpact,
    "direction": Direction,
    "strategy": Strategy,
    "plans": Plans,
    "approval": Approval,
}
SYNTHETIC = "votes/SYNTHETIC.yaml"
SIDE_SCHEMAS: Mapping[str, type] = {SYNTHETIC: SyntheticVotes}


@dataclass(frozen=True)
class CaseContent:
    """Every hand-over of a case, and the files that travel with it unread."""

    case: CaseFile
    framing: FramingHandOver
    scanning: ScanningHandOver
    conversation: ConversationHandOver
    scenarios: ScenariosHandOver
    direction: Direction
    strategy: Strategy
    plans: Plans
    approval: Approval
    side_files: Mapping[str, bytes] = field(default_factory=dict)

    def sheets(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and content of each file, in the order of the case's own list."""
        yield "case", self.case
        yield "sources", self.scanning.sources
        yield "framing", self.framing.framing
        yield "stakeholders", self.framing.stakeholders
        yield "conversation", self.conversation.conversation
        yield "scanning", self.scanning.scanning
        yield "scenarios", self.scenarios.scenarios
        yield "cross_impact", self.scenarios.cross_impact
        yield "direction", self.direction
        yield "strategy", self.strategy
        yield "plans", self.plans
        yield "approval", self.approval


def without_claims(thing: Any) -> Any:
    """Return a case's content, or a part of it, without the figures that its files stated.

    A case that has been worked on is written out so: what was stated once may no longer be what is computed.
    """
    if isinstance(thing, tuple):
        return tuple(without_claims(each) for each in thing)
    if not is_dataclass(thing) or isinstance(thing, Text | Texts | type):
        return thing
    known = {slot.name: slot for slot in slots(type(thing))}
    return replace(
        thing,
        **{
            name: slot.default if slot.meta.get("claim") else without_claims(getattr(thing, name))
            for name, slot in known.items()
        },
    )
