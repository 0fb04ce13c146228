"""How many take part in a round that runs: asked again and again, so one light query, and none that votes wait for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from fremsyn.conversation.models import Participant, Round


@dataclass(frozen=True)
class Response:
    """Participants by circle, None where there are fewer than the smallest group shown, nobody included.

    `people` is None where a hidden circle could be had from it by subtraction.
    """

    by_circle: Mapping[str, int | None]
    people: int | None


def response_of(round_: Round, circles: list[str], min_group: int) -> Response:
    """Return how many have come into a round, circle by circle, in the order given."""
    found = Participant.objects.filter(round=round_).values_list("circle").annotate(n=Count("pk")).order_by()
    count = dict(found)
    return hidden_where_few({code: count.get(code, 0) for code in circles}, min_group)


def hidden_where_few(count: Mapping[str, int], min_group: int) -> Response:
    """Hide the counts below `min_group`, and the sum with them."""
    told = {code: n if n >= min_group else None for code, n in count.items()}
    everyone = sum(count.values()) if all(n is not None for n in told.values()) else None
    return Response(told, everyone)
