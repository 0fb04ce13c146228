"""How often one address may join, vote, write and guess at codes: there is room for a school behind one address."""

from django.http import HttpRequest
from limits import RateLimitItemPerMinute

from fremsyn.conversation.refusals import Refused, Why
from fremsyn.people.limiting import address_of, limiter

JOINS = RateLimitItemPerMinute(600, 10, namespace="round-join")
VOTES = RateLimitItemPerMinute(6000, 1, namespace="round-vote")
WORDS = RateLimitItemPerMinute(600, 1, namespace="round-words")
CODES = RateLimitItemPerMinute(30, 10, namespace="round-code")
PRESSES = RateLimitItemPerMinute(120, 1, namespace="round-participant")


def count(request: HttpRequest, limit: RateLimitItemPerMinute, whose: str = "") -> None:
    """Count one of a kind, from this address or by `whose`.

    :raises Refused: when there were too many
    """
    if not limiter.hit(limit, whose or address_of(request)):
        raise Refused(Why.LIMITED)


def refuse_guesses(request: HttpRequest) -> None:
    """Refuse an address from which too many wrong codes have come.

    :raises Refused: in that case
    """
    if not limiter.test(CODES, address_of(request)):
        raise Refused(Why.LIMITED)
