"""The conversation's public face: sessions, rounds, insights, and the votes of closed rounds under pseudonyms."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property

from fremsyn.cases import rows
from fremsyn.cases.models import Case, Item
from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import from_plain
from fremsyn.cases.remembered import remembered
from fremsyn.conversation import models, schema

TABLES: rows.Tables = {
    schema.Session: models.Session,
    schema.Round: models.Round,
    schema.Statement: models.Statement,
    schema.Insight: models.Insight,
}


@dataclass(frozen=True)
class HandOver:
    """What the conversation hands to the phases. `votes` are by round, in the order of the file.

    Of a round that was live here (`live`) they are handed over when it has closed, without the answers of a circle to a
    statement that fewer than the smallest group gave: nobody could be told of them. `shown` are those of the live rounds
    whose results are shown.
    """

    conversation: schema.Conversation
    votes: Mapping[str, tuple[schema.Vote, ...]]
    synthetic: schema.SyntheticVotes | None = None
    live: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()

    def is_synthetic(self, *rounds: str) -> bool:
        """Tell whether nobody cast the votes of some of these rounds; those of a round that was live here are real."""
        return self.conversation.status.synthetic and any(ref in self.votes and ref not in self.live for ref in rounds)

    def is_synthetic_in(self, phase: str) -> bool:
        """Tell whether nobody cast the votes of some of a phase's rounds, from which its sessions draw."""
        return self.is_synthetic(*(each.ref for each in self.conversation.rounds if each.phase == phase))

    def behind(self, *insights: schema.Insight) -> set[str]:
        """Return the rounds that insights rest on, themselves or by their statements."""
        rests_on = {ref for each in insights for ref in each.because}
        rests_on |= {proof.statement for each in insights for proof in each.evidence}
        asked_in = {each.ref: each.round for each in self.conversation.statements}
        asked_in |= {each.ref: each.ref for each in self.conversation.rounds}
        return {asked_in[ref] for ref in rests_on & asked_in.keys()}


@remembered
def load(case: Case) -> HandOver:
    """Return the conversation of a case; the votes are read when they are first asked for."""
    conversation = rows.load(case, "conversation", schema.Conversation, TABLES)
    runs = models.RoundRun.objects.filter(round__item__case=case).select_related("round__item")
    live = {run.round.item.ref: run for run in runs}
    given = [each for each in conversation.rounds if (live[each.ref].closed_at if each.ref in live else each.votes)]
    synthetic = models.SyntheticVotes.objects.filter(case=case).first()
    return HandOver(
        conversation=conversation,
        votes=_Votes(case, {each.ref: each for each in given}, frozenset(live)),
        synthetic=from_plain(synthetic.content, schema.SyntheticVotes) if synthetic else None,
        live=frozenset(live),
        shown=frozenset(ref for ref, run in live.items() if run.closed_at and run.shown_at),
    )


class _Votes(Mapping[str, tuple[schema.Vote, ...]]):
    """The votes of a case by round, all of them read when those of one are asked for: most pages ask for none."""

    def __init__(self, case: Case, rounds: Mapping[str, schema.Round], live: frozenset[str]) -> None:
        self._case, self._rounds, self._live = case, rounds, live

    def __getitem__(self, ref: str) -> tuple[schema.Vote, ...]:
        return self._read[ref]

    def __contains__(self, ref: object) -> bool:
        return ref in self._rounds

    def __iter__(self) -> Iterator[str]:
        return iter(self._rounds)

    def __len__(self) -> int:
        return len(self._rounds)

    @cached_property
    def _read(self) -> Mapping[str, tuple[schema.Vote, ...]]:
        votes: dict[str, list[schema.Vote]] = {ref: [] for ref in self._rounds}
        asked = {(ref, statement) for ref, each in self._rounds.items() for statement in each.statements}
        found = models.Vote.objects.filter(round__item__case=self._case).order_by("pk")
        columns = ("round__item__ref", "participant", "circle", "statement__item__ref", "value", "important")
        for ref, participant, circle, statement, value, important in found.values_list(*columns):
            if (ref, statement) in asked:  # what was withdrawn since is not handed over
                votes[ref].append(schema.Vote(participant, circle, statement, value, important))
        limits = {ref: each.min_group if ref in self._live else 0 for ref, each in self._rounds.items()}
        return {ref: large_enough(rows_, limits[ref]) for ref, rows_ in votes.items()}


def large_enough(votes: Sequence[schema.Vote], min_group: int) -> tuple[schema.Vote, ...]:
    """Return the votes without a circle's on a statement where there are fewer than `min_group` of them."""
    if not min_group:
        return tuple(votes)
    count = Counter((vote.circle, vote.statement) for vote in votes)
    return tuple(vote for vote in votes if count[vote.circle, vote.statement] >= min_group)


def store(writer: rows.Writer, handover: HandOver) -> None:
    """Add the conversation to what is being imported; the votes follow with `store_votes`."""
    writer.add("conversation", handover.conversation, TABLES)


def store_votes(case: Case, handover: HandOver, known: Mapping[str, Item]) -> None:
    """Write the votes, when the items they belong to have been written."""
    models.Vote.objects.bulk_create(
        (
            models.Vote(
                round_id=known[ref].pk,
                participant=vote.participant,
                circle=vote.circle,
                statement_id=known[vote.statement].pk,
                value=vote.value,
                important=vote.important,
            )
            for ref, votes in handover.votes.items()
            for vote in votes
        ),
        batch_size=2000,
    )
    if handover.synthetic:
        models.SyntheticVotes.objects.create(case=case, content=to_plain(handover.synthetic))


def remove_votes(case: Case) -> None:
    """Take out the votes of a case and all that was written in its rounds, before its items go."""
    models.Participant.objects.filter(round__item__case=case).delete()
    models.Vote.objects.filter(round__item__case=case).delete()
