"""The lines of a session's minutes on their way to becoming insights."""

from dataclasses import dataclass

from django.http import QueryDict

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.conversation import models
from fremsyn.conversation.sessions.forms import KeepForm
from fremsyn.conversation.sessions.operations.keeping import LONGEST_TITLE, Chosen, named_in
from fremsyn.conversation.sessions.queries import Field, fields
from fremsyn.conversation.sessions.state import Meeting
from fremsyn.conversation.wording import SHOWS
from fremsyn.web.templatetags.say import say_plain

SUGGESTED = {"surprised": "surprise", "differ": "fault_line", "hold": "agreement", "ask": "gap"}


@dataclass(frozen=True)
class Row:
    """A line with its form; `insight` is what it has become, `names` what the text names."""

    line: models.MinuteLine
    form: KeepForm | None
    insight: Entry | None
    names: tuple[Entry, ...]


@dataclass(frozen=True)
class Rows:
    """The lines by field; `chosen` when what was sent holds together."""

    of_field: tuple[tuple[Field, tuple[Row, ...]], ...]
    chosen: tuple[Chosen, ...]
    ready: bool

    @property
    def wrong(self) -> tuple[KeepForm, ...]:
        """Return the forms with faults."""
        return tuple(row.form for _field, rows_ in self.of_field for row in rows_ if row.form and row.form.errors)

    @property
    def open(self) -> int:
        """Return how many lines can still become insights."""
        return sum(row.form is not None for _field, rows_ in self.of_field for row in rows_)


def rows(visit: Visit, meeting: Meeting, sent: QueryDict | None) -> Rows:
    """Return the lines of a session with their forms, filled in from what was sent."""
    of_field = tuple(
        (field, tuple(_row(visit, meeting, line, sent) for line in field.lines))
        for field in fields(visit.case, meeting.run)
    )
    forms = [(row.line, row.form) for _field, each in of_field for row in each if row.form]
    ready = sent is not None and not any(form.errors for _line, form in forms)
    chosen = (
        tuple(
            Chosen(line.pk, form.cleaned_data["title"], form.cleaned_data["shows"], form.cleaned_data["question"])
            for line, form in forms
            if form.cleaned_data["keep"]
        )
        if ready
        else ()
    )
    return Rows(of_field, chosen, ready)


def _row(visit: Visit, meeting: Meeting, line: models.MinuteLine, sent: QueryDict | None) -> Row:
    names = visit.shown(named_in(visit.case, line.text, meeting.session.ref))
    if line.insight:
        return Row(line, None, visit.entries.get(line.insight), names)
    form = KeepForm(
        sent,
        prefix=f"line-{line.pk}",
        shows=list(SHOWS.items()),
        questions=[(each.ref, f"{each.ref} {say_plain(each.title)}") for each in visit.of_kind("question")],
        initial={
            "title": title_of(line.text),
            "shows": SUGGESTED[line.field],
            "question": meeting.session.question,
        },
    )
    return Row(line, form, None, names)


def title_of(text: str) -> str:
    """Return a title for a line: its first sentence, or as many whole words as there is room for."""
    first = text.split(". ", maxsplit=1)[0].rstrip(".")
    if len(first) <= LONGEST_TITLE:
        return first
    return f"{first[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
