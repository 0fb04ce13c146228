"""The conversation's public face: sessions, rounds, insights, and the votes of closed rounds under pseudonyms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@remembered
def load(case: Case) -> HandOver:
    """Return the conversation of a case."""
    conversation = rows.load(case, "conversation", schema.Conversation, TABLES)
    runs = models.RoundRun.objects.filter(round__item__case=case).select_related("round__item")
    live = {run.round.item.ref: run for run in runs}
    votes: dict[str, list[schema.Vote]] = {
        each.ref: [] for each in conversation.rounds if (live[each.ref].closed_at if each.ref in live else each.votes)
    }
    asked = {(each.ref, statement) for each in conversation.rounds for statement in each.statements}
    found = models.Vote.objects.filter(round__item__case=case).order_by("pk")
    columns = ("round__item__ref", "participant", "circle", "statement__item__ref", "value", "important")
    for ref, participant, circle, statement, value, important in found.values_list(*columns):
        if ref in votes and (ref, statement) in asked:  # what was withdrawn since is not handed over
            votes[ref].append(schema.Vote(participant, circle, statement, value, important))
    limits = {each.ref: each.min_group for each in conversation.rounds if each.ref in live}
    synthetic = models.SyntheticVotes.objects.filter(case=case).first()
    return HandOver(
        conversation=conversation,
        votes={ref: large_enough(rows_, limits.get(ref, 0)) for ref, rows_ in votes.items()},
        synthetic=from_plain(synthetic.content, schema.SyntheticVotes) if synthetic else None,
        live=frozenset(live),
        shown=frozenset(ref for ref, run in live.items() if run.closed_at and run.shown_at),
    )


def large_enough(votes: Sequence[schema.Vote], min_group: int) -> tuple[schema.Vote, ...]:
    """Return the votes without a circle's on a statement where there are fewer than `min_group` of them."""
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
