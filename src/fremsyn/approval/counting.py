"""Whether the body is quorate on a point, and what a voting comes to. Nothing is read or written here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from fremsyn.approval.schema import Body


@dataclass(frozen=True)
class Quorum:
    """The sum behind a quorum, in voting members.

    `base` is what the rule counts from, `barred` are those disqualified on the point, `represented` those who take part
    or are represented and are not barred, `needed` the fewest that must be.
    """

    base: int
    barred: int
    represented: int
    needed: int

    @property
    def met(self) -> bool:
        """Tell whether the body can decide the point."""
        return self.represented >= self.needed


@dataclass(frozen=True)
class Count:
    """A voting, counted. `not_cast` are members who took part and gave no ballot."""

    votes_for: int
    against: int
    abstained: int
    not_cast: int
    adopted: bool
    decided_by: Literal["majority", "casting_vote", "tie"]


def quorum(body: Body, *, barred: Collection[str], taking_part: Collection[str]) -> Quorum:
    """Return the sum of the quorum on one point.

    :param barred: ids of members disqualified on the point; they are not counted among those represented, and where the
        body counts from those entitled to vote (`quorum.base`: eligible), not in the base either
    :param taking_part: ids of members who are present, remote or represented
    """
    voting = {each.id for each in body.members if each.votes}
    out = voting & set(barred)
    base = len(voting - out) if body.quorum.base == "eligible" else len(voting)
    fixed = body.quorum.number if body.quorum.rule == "number" else None
    needed = base // 2 + 1 if fixed is None else fixed
    return Quorum(base, len(out), len((voting & set(taking_part)) - out), needed)


def count(body: Body, ballots: Mapping[str, str], *, entitled: Collection[str]) -> Count:
    """Return what ballots come to.

    :param ballots: `for`, `against` or `abstain` by member; only those of `entitled` are counted
    :param entitled: ids of the voting members who take part and are not barred

    An abstention is no vote cast. Two thirds are of the votes cast. On a tie the casting vote decides, if the body has
    one and its holder voted for or against; otherwise the proposal falls.
    """
    given = [ballots[member] for member in entitled if member in ballots]
    votes_for, against, abstained = (given.count(value) for value in ("for", "against", "abstain"))
    tie = votes_for == against
    by: Literal["majority", "casting_vote", "tie"] = "tie" if tie else "majority"
    if body.majority.rule == "unanimous":
        adopted, by = votes_for > 0 and against == 0, "majority"
    elif body.majority.rule == "two_thirds":
        adopted, by = votes_for > 0 and 3 * votes_for >= 2 * (votes_for + against), "majority"
    else:
        adopted = votes_for > against
        casts = ballots.get(body.caster or "", "") if body.caster in entitled else ""
        if tie and casts in ("for", "against"):
            adopted, by = casts == "for", "casting_vote"
    return Count(votes_for, against, abstained, len(set(entitled)) - len(given), adopted, by)
