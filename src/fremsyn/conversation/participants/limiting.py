"""How often one address may join, vote, write and guess at codes: there is room for a school behind one address."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock
from time import monotonic

from django.http import HttpRequest
from limits import RateLimitItemPerMinute

from fremsyn.conversation.models import Participant
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.people.limiting import address_of, limiter

JOINS = RateLimitItemPerMinute(600, 10, namespace="round-join")
WORDS = RateLimitItemPerMinute(600, 1, namespace="round-words")
CODES = RateLimitItemPerMinute(30, 10, namespace="round-code")
PRESSES_OF_ONE = 120
PRESSES_FROM_ADDRESS = 6000


class Presses:
    """Presses in the minute that is running; `limits` starts a thread for each it counts, which is too much for votes."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.minute = 0
        self.counts: Counter[str] = Counter()

    def hit(self, most: Mapping[str, int]) -> bool:
        """Count one press for each of these, and tell whether none has had more than its most."""
        minute = int(monotonic() // 60)
        with self.lock:
            if minute != self.minute:
                self.minute, self.counts = minute, Counter()
            self.counts.update(most.keys())
            return all(self.counts[whose] <= limit for whose, limit in most.items())


presses = Presses()


def count_press(request: HttpRequest, participant: Participant) -> None:
    """Count the press of a button.

    :raises Refused: when there were too many in this minute, by this participant or from this address
    """
    if not presses.hit({str(participant.pk): PRESSES_OF_ONE, address_of(request): PRESSES_FROM_ADDRESS}):
        raise Refused(Why.LIMITED)


def count(request: HttpRequest, limit: RateLimitItemPerMinute) -> None:
    """Count one of a kind from this address.

    :raises Refused: when there were too many
    """
    if not limiter.hit(limit, address_of(request)):
        raise Refused(Why.LIMITED)


def refuse_guesses(request: HttpRequest) -> None:
    """Refuse an address from which too many wrong codes have come.

    :raises Refused: in that case
    """
    if not limiter.test(CODES, address_of(request)):
        raise Refused(Why.LIMITED)
