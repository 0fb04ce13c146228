"""The conversation about one phase: its sessions, its rounds and what was learnt from them."""

from dataclasses import dataclass

from fremsyn.cases.access import Visit
from fremsyn.conversation.handover import load
from fremsyn.conversation.schema import Insight, Round, Session


@dataclass(frozen=True)
class PhaseTalk:
    """What was talked about in a phase; `insights` are those that its sessions and rounds gave."""

    sessions: tuple[Session, ...]
    rounds: tuple[Round, ...]
    insights: tuple[Insight, ...]


def phase_talk(visit: Visit, phase: str) -> PhaseTalk:
    """Return the conversation of a phase."""
    talk = load(visit.case).conversation
    sessions = tuple(each for each in talk.sessions if each.phase == phase)
    rounds = tuple(each for each in talk.rounds if each.phase == phase)
    refs = {session.ref for session in sessions} | {round_.ref for round_ in rounds}
    given = {ref for each in sessions for ref in each.gives}
    insights = tuple(each for each in talk.insights if each.ref in given or refs & set(each.because))
    return PhaseTalk(sessions, rounds, insights)
