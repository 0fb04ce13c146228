"""Why somebody can't come in, or what they wrote or pressed can't be taken, in words for them."""

from enum import StrEnum
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fremsyn.core.errors import RuleBroken


class Why(StrEnum):
    """The reasons."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    FULL = "full"
    PLANNED = "planned"
    CLOSED = "closed"
    CODE = "code"
    LIMITED = "limited"
    STATEMENT = "statement"
    STRANGER = "stranger"
    FINAL = "final"


STATUS = {
    Why.UNKNOWN: HTTPStatus.NOT_FOUND,
    Why.WITHDRAWN: HTTPStatus.GONE,
    Why.EXPIRED: HTTPStatus.GONE,
    Why.FULL: HTTPStatus.GONE,
    Why.PLANNED: HTTPStatus.FORBIDDEN,
    Why.CLOSED: HTTPStatus.GONE,
    Why.CODE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Why.LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Why.STATEMENT: HTTPStatus.GONE,
    Why.STRANGER: HTTPStatus.FORBIDDEN,
    Why.FINAL: HTTPStatus.GONE,
}
WORDS: dict[Why, tuple[Promise, Promise]] = {
    Why.UNKNOWN: (
        _("This link leads nowhere"),
        _("Look whether the whole link came along. If it did, ask whoever sent it for a new one."),
    ),
    Why.WITHDRAWN: (
        _("This link has been withdrawn"),
        _("Ask whoever sent it for a new one. If you have taken part already, your code still works."),
    ),
    Why.EXPIRED: (
        _("This link has run out"),
        _("Ask whoever sent it for a new one. If you have taken part already, your code still works."),
    ),
    Why.FULL: (
        _("This link has been used by as many as it was made for"),
        _("If you were one of them, go on with your code. If not, ask whoever sent the link for one of your own."),
    ),
    Why.PLANNED: (_("This round has not opened yet"), _("Keep the link. It works as soon as the round is open.")),
    Why.CLOSED: (
        _("This round has closed"),
        _("It takes no more answers. What was answered before it closed is kept."),
    ),
    Why.CODE: (
        _("There is no such code"),
        _("Look at it once more: it has twelve letters and digits. Only the code that you got last works."),
    ),
    Why.LIMITED: (
        _("Many are answering from where you are right now"),
        _("Wait a minute, then try again. What you have answered is kept."),
    ),
    Why.STATEMENT: (
        _("This statement has been taken out of the round"),
        _("Your other answers are kept. Go on with the next one."),
    ),
    Why.STRANGER: (
        _("We don't know this phone any more"),
        _("Open the link that you were sent once more, or go on with your code."),
    ),
    Why.FINAL: (
        _("Your answers can't be erased any more"),
        _(
            "The round has been closed and its votes counted, and the count must stand. Nothing ties your answers to "
            "you. If you wrote something that must go, ask whoever sent you the link, or the organisation that asks."
        ),
    ),
}


class Refused(RuleBroken):
    """What a participant asked for can't be done; the page for it has a title, a word on what to do and a status."""

    def __init__(self, why: Why) -> None:
        self.why = why
        self.title, self.advice = WORDS[why]
        self.status = STATUS[why]
        super().__init__(f"{self.title}. {self.advice}")
