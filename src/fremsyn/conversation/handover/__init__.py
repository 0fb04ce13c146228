"""The conversation's public face: sessions, rounds, insights, and the votes of closed rounds under pseudonyms."""

from collections.abc import Mapping
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
    """What the conversation hands to the phases. `votes` are by round, in the order of the file."""

    conversation: schema.Conversation
    votes: Mapping[str, tuple[schema.Vote, ...]]
    synthetic: schema.SyntheticVotes | None = None


@remembered
def load(case: Case) -> HandOver:
    """Return the conversation of a case."""
    conversation = rows.load(case, "conversation", schema.Conversation, TABLES)
    votes: dict[str, list[schema.Vote]] = {each.ref: [] for each in conversation.rounds if each.votes}
    found = models.Vote.objects.filter(round__item__case=case).order_by("pk")
    columns = ("round__item__ref", "participant", "circle", "statement__item__ref", "value")
    for ref, participant, circle, statement, value in found.values_list(*columns):
        votes[ref].append(schema.Vote(participant, circle, statement, value))
    synthetic = models.SyntheticVotes.objects.filter(case=case).first()
    return HandOver(
        conversation=conversation,
        votes={ref: tuple(rows_) for ref, rows_ in votes.items()},
        synthetic=from_plain(synthetic.content, schema.SyntheticVotes) if synthetic else None,
    )


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
            )
            for ref, votes in handover.votes.items()
            for vote in votes
        ),
        batch_size=2000,
    )
    if handover.synthetic:
        models.SyntheticVotes.objects.create(case=case, content=to_plain(handover.synthetic))


def remove_votes(case: Case) -> None:
    """Take out the votes of a case, before its items go."""
    models.Vote.objects.filter(round__item__case=case).delete()
