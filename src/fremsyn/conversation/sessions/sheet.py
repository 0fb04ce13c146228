"""A run sheet as a table that is edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils.translation import get_language

from fremsyn.cases.access import Visit
from fremsyn.cases.models import Item
from fremsyn.conversation.schema import RunSheetLine
from fremsyn.conversation.sessions.forms import LengthForm, PartForm, PartFormSet
from fremsyn.conversation.sessions.state import Meeting
from fremsyn.core.text import Text

EMPTY_ROWS = 2


@dataclass(frozen=True)
class Edited:
    """A run sheet on its way: the forms, and what they hold when they hold together."""

    length: LengthForm
    parts: BaseFormSet[PartForm]
    ready: bool
    wrong: bool
    lines: tuple[RunSheetLine, ...]
    total: int

    @property
    def minutes_total(self) -> int:
        """Return the session's length."""
        minutes: int = self.length.cleaned_data["minutes_total"]
        return minutes

    @property
    def version(self) -> int | None:
        """Return the version of the session that was edited."""
        version: int | None = self.length.cleaned_data["version"]
        return version

    @property
    def booked(self) -> int:
        """Return the session's length as it stands in the form, 0 where it is no number."""
        said = str(self.length["minutes_total"].value() or "")
        return int(said) if said.isdigit() else 0

    @property
    def apart(self) -> int:
        """Return how many minutes the parts are longer than the session; negative where they are shorter."""
        return self.total - self.booked

    @property
    def minutes_apart(self) -> int:
        """Return how many minutes the parts and the session differ by."""
        return abs(self.apart)


def edited(request: HttpRequest, visit: Visit, meeting: Meeting) -> Edited:
    """Return the run sheet as it is sent, or as it stands; `more` asks for more rows and keeps nothing."""
    session = meeting.session
    if request.method != "POST":
        version = Item.objects.values_list("version", flat=True).get(case=visit.case, ref=session.ref)
        length = LengthForm(initial={"minutes_total": session.minutes_total, "version": version})
        return _unsent(length, [_row(at, line) for at, line in enumerate(session.run_sheet)])
    length, parts = LengthForm(request.POST), PartFormSet(request.POST, prefix="part")
    fine = parts.is_valid() and length.is_valid()
    kept = [form.cleaned_data for form in parts.forms if parts.is_valid() and not form.left_out]
    if "more" in request.POST and parts.is_valid():
        return _unsent(LengthForm(initial=request.POST.dict()), kept)
    lines = tuple(_line(said, session.run_sheet) for said in kept)
    return Edited(length, parts, fine, not fine, lines, sum(line.minutes for line in lines))


def _unsent(length: LengthForm, rows: list[dict[str, Any]]) -> Edited:
    parts = PartFormSet(initial=[*rows, *({} for _ in range(EMPTY_ROWS))], prefix="part")
    return Edited(length, parts, ready=False, wrong=False, lines=(), total=sum(row["minutes"] for row in rows))


def _row(at: int, line: RunSheetLine) -> dict[str, Any]:
    language = get_language() or "da"
    return {
        "minutes": line.minutes,
        "part": line.part.in_language(language)[0],
        "how": line.how.in_language(language)[0],
        "was": at,
    }


def _line(said: dict[str, Any], before: tuple[RunSheetLine, ...]) -> RunSheetLine:
    at = said.get("was")
    old = before[at] if at is not None and at < len(before) else None
    return RunSheetLine(
        minutes=said["minutes"], part=_text(said["part"], old and old.part), how=_text(said["how"], old and old.how)
    )


def _text(said: str, old: Text | None) -> Text:
    """Return a text in the page's language; one that was not changed keeps its other language."""
    language = (get_language() or "da")[:2]
    if old is not None and old.in_language(language)[0] == said:
        return old
    return Text(**{language: said})
