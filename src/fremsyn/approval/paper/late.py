"""Points that late material words otherwise than they were put on the agenda when the meeting was called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fremsyn.approval.ballots.differing import Difference, difference
from fremsyn.approval.models import Amendment, AmendmentState, MeetingRun, PointRun
from fremsyn.approval.paper.readings import held
from fremsyn.approval.states import ENDED

Words = Mapping[str, str]


@dataclass(frozen=True)
class Late:
    """The latest late material of a meeting: its version, and the words of points by reference or number on the agenda."""

    version: int
    words: Mapping[str, Words]


@dataclass(frozen=True)
class Otherwise:
    """A point as the late material words it, against the words that are put.

    `proposed` is the amendment that waits to be voted on in these words.
    """

    version: int
    words: Words
    difference: Difference
    proposed: Amendment | None


def late_words(run: MeetingRun) -> Late | None:
    """Return how the latest late material words the points of a meeting; None where there is none that can be read."""
    sent = run.material.filter(late=True).select_related("pack").defer("pack__content").order_by("sent_at", "pk").last()
    then = held(sent.pack.sha256).get("approval") if sent else None
    if sent is None or then is None:
        return None
    meeting: Mapping[str, Any] = next((each for each in then.get("meetings", []) if each["id"] == run.meeting), {})
    words = {str(each["n"]): each["title"] for each in meeting.get("agenda", [])}
    words |= {each["ref"]: each["text"] for each in (then.get("paper") or {}).get("points", [])}
    return Late(sent.pack.version, words)


def otherwise(point: PointRun, text: Words, late: Late | None) -> Otherwise | None:
    """Return the late words of a point that has not ended, where they are not those that are put.

    :param text: the words that are put, in one language or more
    """
    words = late.words.get(point.item.ref if point.item else str(point.agenda_item)) if late else None
    if late is None or not words or point.state in ENDED or _same(text, words):
        return None
    waiting = (each for each in point.amendments.all() if each.state == AmendmentState.PROPOSED)
    proposed = next((each for each in waiting if _same(each.text, words)), None)
    return Otherwise(late.version, words, difference(text, words), proposed)


def _same(one: Any, other: Words) -> bool:
    return all(other.get(language) == said for language, said in one.items() if said)
