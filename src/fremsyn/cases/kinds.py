"""The kinds of item: whose they are, which letter they bear, and what they are called."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def accent(app: str) -> str:
    """Return the accent under which an app's things are shown; the whole case is shown as the board's."""
    return {"conversation": "talk", "approval": "board", "chain": "board"}.get(app, app)


@dataclass(frozen=True)
class Kind:
    """A kind of item. Its page is the address `<app>:<name>`; `phase` chooses the accent."""

    name: str
    letter: str
    app: str
    one: Promise
    many: Promise

    @property
    def phase(self) -> str:
        """Return the accent under which the kind is shown."""
        return accent(self.app)


def natural(ref: str) -> tuple[str, int, str]:
    """Return the key by which references are sorted: T9 before T10, D1.a before D1.b."""
    number, _dot, rest = ref[1:].partition(".")
    return ref[0], int(number), rest


def is_of_kind(ref: str, letter: str) -> bool:
    """Tell whether a reference bears a letter; `D.` is a driver's state, and no letter is borne by every reference."""
    return not letter or (ref[:1] == letter[:1] and ("." in ref) == letter.endswith("."))


KINDS = {
    kind.name: kind
    for kind in (
        Kind("source", "F", "scanning", _("source"), _("sources")),
        Kind("question", "Q", "framing", _("question"), _("questions")),
        Kind("success_criterion", "G", "framing", _("success criterion"), _("success criteria")),
        Kind("assumption", "H", "framing", _("assumption"), _("assumptions")),
        Kind("baseline_role", "L", "framing", _("role today"), _("roles today")),
        Kind("stakeholder", "K", "framing", _("stakeholder"), _("stakeholders")),
        Kind("signal", "S", "scanning", _("signal"), _("signals")),
        Kind("trend", "T", "scanning", _("trend"), _("trends")),
        Kind("driver", "D", "scenarios", _("driver"), _("drivers")),
        Kind("variant", "D", "scenarios", _("state"), _("states")),
        Kind("scenario", "C", "scenarios", _("scenario"), _("scenarios")),
        Kind("session", "E", "conversation", _("session"), _("sessions")),
        Kind("round", "R", "conversation", _("round"), _("rounds")),
        Kind("statement", "U", "conversation", _("statement"), _("statements")),
        Kind("insight", "N", "conversation", _("insight"), _("insights")),
        Kind("desirable_scenario", "C", "direction", _("desirable scenario"), _("desirable scenarios")),
        Kind("agenda", "A", "direction", _("strategic agenda"), _("strategic agendas")),
        Kind("role", "L", "strategy", _("possible role"), _("possible roles")),
        Kind("option", "O", "strategy", _("option"), _("options")),
        Kind("possible_strategy", "P", "strategy", _("possible strategy"), _("possible strategies")),
        Kind("initiative", "I", "plans", _("initiative"), _("initiatives")),
        Kind("milestone", "M", "plans", _("milestone"), _("milestones")),
        Kind("signpost", "X", "plans", _("signpost"), _("signposts")),
        Kind("board_point", "B", "approval", _("board point"), _("board points")),
    )
}
APP_OF_SHEET = {
    "case": "chain",
    "sources": "scanning",
    "stakeholders": "framing",
    "cross_impact": "scenarios",
    **{
        app: app
        for app in ("framing", "scanning", "conversation", "scenarios", "direction", "strategy", "plans", "approval")
    },
}
PAGE_OF_APP = {"chain": "chain:case", "approval": "approval:paper"} | {
    app: f"{app}:{app}"
    for app in ("framing", "scanning", "conversation", "scenarios", "direction", "strategy", "plans")
}


def app_name(app: str) -> str:
    """Return what a phase is called in the breadcrumb."""
    return {
        "framing": gettext("1 Framing"),
        "scanning": gettext("2 Scanning"),
        "scenarios": gettext("3 Scenarios"),
        "direction": gettext("4 Direction"),
        "strategy": gettext("5 Strategy formulation"),
        "plans": gettext("6 Action plans"),
        "conversation": gettext("The conversation"),
        "approval": gettext("The board"),
    }[app]


def how_many(kind: str, count: int) -> str:
    """Return how many things of a kind there are, in words: “1 signal”, “2,091 stakeholders”."""
    told = KINDS[kind]
    return f"{number_format(count, use_l10n=True, force_grouping=True)} {told.one if count == 1 else told.many}"
