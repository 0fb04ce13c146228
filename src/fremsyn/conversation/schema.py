"""conversation.yaml and votes/: the sessions, the rounds, what was voted and what was learnt."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from fremsyn.cases.shape import (
    Circle,
    LinkKind,
    Mark,
    Named,
    PhaseName,
    Text,
    Texts,
    because,
    claim,
    code,
    inline,
    link,
    names,
    pattern,
    scale,
    serves,
    sources,
)

# The duty of care to those who answer; a house may ask for larger groups, never for smaller ones.
SMALLEST_GROUP = 5

Aspect = Literal["desirable", "plausible", "prepared"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
# How many steps there are to answer on, from 1; 0 is none of them: pass, or don't know.
STEPS: Mapping[str, int] = {"rating": 7, "scenarios": 5}


@dataclass(frozen=True, kw_only=True)
class VoteWord:
    """What a vote of 1, -1 or 0 is called."""

    id: int = scale(-1, 1)
    name: Text


@dataclass(frozen=True, kw_only=True)
class NotUsed:
    """The statements that carry nothing further, and what their authors are told."""

    statements: tuple[str, ...] = names("U", default=())
    why: Text


@dataclass(frozen=True, kw_only=True)
class RunSheetLine:
    """A part of a session: minutes, what, how."""

    minutes: int = scale(1, 1440)
    part: Text
    how: Text


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """What came of a session, in four fields; a line each for what is to be told apart."""

    surprised: Text | None = None
    differ: Text | None = None
    hold: Text | None = None
    ask: Text | None = None


@dataclass(frozen=True, kw_only=True)
class GateDecision:
    """The gate that was passed in a session."""

    phase: PhaseName
    decision: Text


@dataclass(frozen=True, kw_only=True)
class Session:
    """E: a session of the strategic conversation, prepared, run and remembered."""

    ref: str
    phase: PhaseName
    circle: Circle
    held: datetime.date
    minutes_total: int = scale(1, 1440)
    question: str = serves()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    title: Text
    focal_question: Text
    prompts: tuple[Text, ...]
    pre_read: Text
    present: Texts
    run_sheet: tuple[RunSheetLine, ...]
    materials: Text | None = None
    without_network: Text | None = None
    minutes: Minutes | None = None
    gives: tuple[str, ...] = link(LinkKind.GIVES, default=())
    gate: GateDecision | None = None


@dataclass(frozen=True, kw_only=True)
class Perspective:
    """A vignette from a scenario that gives people something to react to."""

    scenario: str = names("C")
    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A scenario as those who answer read it before they judge it: kept, so that it can be seen later what was judged."""

    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class Round:
    """R: a round in which circles answer, opened with what was heard and with a perspective.

    Statements are agreed with or, in a rating, placed from 1 (`lowest`) to 7 (`highest`); an open round asks `questions`.
    In a round of scenarios each is told (`tellings`) and judged on three scales of five steps, a statement for each.
    """

    ref: str
    phase: PhaseName
    circles: tuple[Circle, ...]
    kind: Literal["statements", "rating", "scenarios", "open"]
    question: str = serves()
    because: tuple[str, ...] = because()
    opens: datetime.date
    closes: datetime.date
    title: Text
    heard: Text | None = None
    surprised_leadership: Text | None = None
    perspective: Perspective | None = inline(default=None)
    asks: Text | None = None
    tellings: Mapping[str, Telling] | None = names("C", default=None)
    statements: tuple[str, ...] = names("U", default=())
    lowest: Text | None = None
    highest: Text | None = None
    questions: tuple[Text, ...] = ()
    monday: bool = False
    postcard: bool = False
    votes: str | None = pattern(r"votes/[A-Za-z0-9_-]+\.csv", "votes/R1.csv", default=None)
    anonymity: Literal["named", "pseudonymous", "unlinked"]
    min_group: int = scale(SMALLEST_GROUP, 1000)
    proposals: Text | None = None
    results: Literal["when_closed", "when_shown"] = "when_closed"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """U: a statement that reasonable people can differ on; in a round of scenarios, a question of a scenario's `aspect`."""

    ref: str
    round: str = names("R")
    text: Text
    scenario: str | None = names("C", default=None)
    aspect: Aspect | None = None
    theme: str = code("conversation.themes")
    question: str = serves()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A figure that an insight rests on: the per cent of a circle that agree with a statement. A claim."""

    statement: str = names("U")
    circle: Circle
    agree_per_cent: int | None = claim()


@dataclass(frozen=True, kw_only=True)
class Insight:
    """N: what was learnt, what it rests on and what it was used for."""

    ref: str
    title: Text
    text: Text
    shows: Literal["agreement", "fault_line", "gap", "surprise"]
    question: str = serves()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    evidence: tuple[Evidence, ...] = ()
    used_for: tuple[str, ...] = link(LinkKind.USED_FOR, default=())


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """conversation.yaml."""

    schema: Literal["case/conversation@2"]
    status: Mark
    vote_scale: tuple[VoteWord, ...]
    agree_per_cent: Text | None = None
    instruction: Text | None = None
    privacy: Text | None = None
    themes: tuple[Named, ...]
    minutes_fields: tuple[Named, ...]
    not_used: NotUsed | None = None
    sessions: tuple[Session, ...]
    rounds: tuple[Round, ...]
    statements: tuple[Statement, ...]
    insights: tuple[Insight, ...]


@dataclass(frozen=True, kw_only=True)
class Planted:
    """The opinion groups that were planted in synthetic votes."""

    groups: Mapping[str, int]
    left_out: bool
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class SyntheticVotes:
    """votes/SYNTHETIC.yaml: says that nobody cast these votes, and how they were made."""

    schema: Literal["case/votes@2"]
    synthetic: bool
    note: Text
    seed: int | None = None
    columns: tuple[str, ...]
    participants: Mapping[str, int]
    participant_prefix: str
    vote: Mapping[str, int | str]
    planted: Planted | None = None


@dataclass(frozen=True, order=True)
class Vote:
    """One answer: 1 agree, -1 disagree, 0 pass; in a rating 1 to 7, of a scenario 1 to 5, 0 pass. No row: not seen."""

    participant: str
    circle: str
    statement: str
    value: int
    important: bool = False
