"""approval.yaml: the body, its meetings and the paper with its points."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fremsyn.cases.shape import (
    Mark,
    Number,
    Text,
    because,
    claim,
    names,
    pattern,
    scale,
    serves,
    sources,
)

CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
IN_WORDS = "a time such as 13:00"


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member by role."""

    id: str
    role: Text
    votes: bool


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """How many must take part. `number` is needed where the rule is a number; `of` is a claim."""

    rule: Literal["more_than_half", "number"]
    number: int | None = scale(1, 1000, default=None)
    of: int | None = claim()
    base: Literal["all", "eligible"] = "all"
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Majority:
    """Which majority decides."""

    rule: Literal["simple", "two_thirds", "unanimous"]
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CastingVote:
    """Whether a vote decides on a tie, and whose; the chair's, where no other member is named."""

    holder: str | None = None
    applies: bool = False
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Body:
    """The board or council that decides, and its rules of procedure.

    `chair` is a member's id, by default whoever holds the casting vote, else the first member. `ballots` says how the minutes tell votes,
    `barred_from` when a member who may be disqualified loses the point's papers: on declaring it or on the body's ruling,
    `comment_days` how long members may comment on draft minutes.
    """

    name: Text
    members: tuple[Member, ...]
    quorum: Quorum
    majority: Majority
    casting_vote: CastingVote
    notice_days: int = scale(0, 365, default=7)
    chair: str | None = None
    ballots: Literal["by_name", "by_count"] = "by_name"
    barred_from: Literal["declared", "ruled"] = "declared"
    comment_days: int = scale(1, 60, default=7)
    sources: tuple[str, ...] = sources()

    @property
    def leader(self) -> str | None:
        """Return the id of the member in the chair."""
        return self.chair or self.casting_vote.holder or next((each.id for each in self.members), None)

    @property
    def caster(self) -> str | None:
        """Return the id of the member whose vote decides on a tie; None where a tie falls."""
        return (self.casting_vote.holder or self.leader) if self.casting_vote.applies else None

    def bars(self, ruling: str) -> bool:
        """Tell whether a disqualification closes a point to a member: once ruled, or from its declaration on."""
        return ruling == "barred" or (ruling == "pending" and self.barred_from == "declared")


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """An item on a meeting's agenda; under one of them the paper is put."""

    n: int = scale(1, 1000)
    type: Literal["decision", "discussion", "information"]
    title: Text
    paper: bool = False


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Why a part is closed to others than the body and those who prepare for it, and until when."""

    ground: Text
    until: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting of the body: first reading is a conversation, second reading decides."""

    id: str
    reading: Literal[1, 2]
    date: datetime.date
    begins: str = pattern(CLOCK, IN_WORDS, yaml="from")
    ends: str = pattern(CLOCK, IN_WORDS, yaml="to")
    kind: Text | None = None
    title: Text
    place: Text | None = None
    method: Text | None = None
    agenda: tuple[AgendaItem, ...] = ()
    material: tuple[str, ...] = names(default=())
    questions: tuple[Text, ...] = ()
    outcome: Text | None = None
    votes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may read the paper. A confidential paper is closed as a whole: until it is decided, or to a day."""

    level: Literal["open", "internal", "confidential-until-decided", "confidential"]
    text: Text | None = None
    until: datetime.date | None = None


INTERNAL = Access(level="internal")


@dataclass(frozen=True, kw_only=True)
class BoardPoint:
    """B: an "at …" point that is voted on by itself."""

    ref: str
    question: str = serves()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    text: Text
    closed: Closed | None = None


@dataclass(frozen=True, kw_only=True)
class PaperSection:
    """A section of the paper and what it rests on."""

    id: str
    because: tuple[str, ...] = because()
    name: Text
    text: Text
    closed: Closed | None = None


@dataclass(frozen=True, kw_only=True)
class PaperMoney:
    """The paper's money in DKK million. Claims."""

    frame_mdkk: Number | None = claim()
    chosen_low: Number | None = claim()
    chosen_high: Number | None = claim()
    released: Number | None = claim()
    not_released: Number | None = claim()
    by_year: Mapping[int, Number] | None = claim()


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A risk, who owns it and what is done about it."""

    because: tuple[str, ...] = because()
    owner_role: Text
    text: Text
    answer: Text


AnnexPart = Literal["framing", "scanning", "scenarios", "conversation", "direction", "strategy", "plans", "restricted"]


@dataclass(frozen=True, kw_only=True)
class Annex:
    """An annex and the part of the case that it is made from."""

    n: int = scale(1, 100)
    from_part: AnnexPart
    name: Text
    closed: Closed | None = None


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The paper that is put to the body. It can be written a bit at a time; what it lacks is said before it is sent."""

    id: str = pattern(r"[A-Za-z0-9-]{1,40}", "letters, digits and hyphens")
    meeting: str | None = None
    agenda_item: int | None = scale(1, 1000, default=None)
    type: Text | None = None
    title: Text
    sent: datetime.date | None = None
    access: Access = INTERNAL
    prepared_by_role: Text | None = None
    presented_by_role: Text | None = None
    points: tuple[BoardPoint, ...] = ()
    sections: tuple[PaperSection, ...] = ()
    money: PaperMoney | None = None
    risks: tuple[Risk, ...] = ()
    alternatives: tuple[str, ...] = names("P", default=())
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionRecord:
    """What was decided, from the minutes. Empty until they are approved. Members stand by their roles.

    `quorum` is the fewest who were counted at a point that was decided.
    """

    meeting: str | None
    attendance: tuple[Text, ...]
    quorum: int | None
    disqualified: tuple[Text, ...]
    votes: tuple[Text, ...]
    dissents: tuple[Text, ...]
    decision_text: Text | None
    signatures: tuple[Text, ...]
    pack_sha256: str | None


@dataclass(frozen=True, kw_only=True)
class Approval:
    """approval.yaml."""

    schema: Literal["case/approval@2"]
    status: Mark
    body: Body | None = None
    meetings: tuple[Meeting, ...]
    paper: Paper | None = None
    decision_record: DecisionRecord
