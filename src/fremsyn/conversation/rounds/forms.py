"""What is sent in when a round is prepared, invited to and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.inputs import LANGUAGE_NAMES
from fremsyn.cases.file import languages_of
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.conversation.operations.inviting import LARGEST_CAP
from fremsyn.conversation.schema import Statement
from fremsyn.core.text import Text
from fremsyn.web.templatetags.say import say_plain

LONGEST_STATEMENT = 500
MOST_PERSONAL = 200
SPARE_ROWS = 3
MOST_ROWS = 200


class StatementRow(forms.Form):
    """A statement of a table: its words in the case's languages, and its theme. An empty row is left out."""

    def __init__(self, *given: Any, languages: Sequence[str], themes: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        for code in languages:
            label = _("Statement, %(language)s") % {"language": LANGUAGE_NAMES[code]}
            self.fields[code] = FreeTextField(
                label=label if len(languages) > 1 else _("Statement"), required=False, max_length=LONGEST_STATEMENT,
                widget=forms.Textarea({"rows": 2, "lang": code}),
            )  # fmt: skip
        self.fields["theme"] = forms.ChoiceField(
            label=gettext_lazy("Theme"), choices=themes, required=False, initial=themes[0][0] if themes else ""
        )
        self.fields["from"] = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
        self.languages = languages

    @property
    def words(self) -> dict[str, str]:
        """Return what was written, by language."""
        return {code: text for code in self.languages if (text := self.cleaned_data.get(code))}


@dataclass(frozen=True)
class Pasted:
    """Rows that were pasted: the values for the table, and what could not be taken, by its line's number."""

    rows: list[dict[str, str]]
    faults: list[str]


def pasted(text: str, languages: Sequence[str], themes: Mapping[str, str]) -> Pasted:
    """Read rows from a spreadsheet: a statement in each of the case's languages, then perhaps a theme; tabs between."""
    by_name = {name.casefold(): code for code, name in themes.items()} | {code.casefold(): code for code in themes}
    rows, faults = [], []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        cells = [cell.strip().strip('"') for cell in line.split("\t")]
        if not any(cells):
            continue
        row = dict(zip(languages, cells, strict=False))
        theme = cells[len(languages)] if len(cells) > len(languages) else ""
        if theme and theme.casefold() not in by_name:
            faults.append(
                _("Line %(n)d: there is no theme “%(theme)s”. Write one of these, or leave it out: %(themes)s.")
                % {"n": number, "theme": theme[:40], "themes": "; ".join(themes.values())}
            )
        if max(map(len, row.values())) > LONGEST_STATEMENT:
            faults.append(_("Line %(n)d: the statement is too long. Write at most 500 characters.") % {"n": number})
        if len(cells) > len(languages) + 1:
            faults.append(_("Line %(n)d: there are too many columns.") % {"n": number})
        rows.append(row | ({"theme": by_name[theme.casefold()]} if theme.casefold() in by_name else {}))
    if len(rows) > MOST_ROWS:
        faults.append(_("There are %(n)d rows; a round has at most 200 statements.") % {"n": len(rows)})
    return Pasted(rows, faults)


class StatementTable:
    """The table in which a round's statements are written: rows, a place to paste into, more rows on request."""

    def __init__(self, data: Mapping[str, Any] | None, visit: Visit, rows: Sequence[Mapping[str, Any]] = ()) -> None:
        self.languages = languages_of(visit.case)
        words = vocabularies(visit.case).get("conversation.themes", {})
        self.themes = {code: say_plain(name) for code, name in words.items()}
        self.faults: list[str] = []
        self.paste = (data or {}).get("paste", "")
        self.asks_for_rows = bool(data) and ("more_rows" in (data or {}) or "take_in" in (data or {}))
        self.bound = data is not None
        named: dict[str, Any] = {"languages": self.languages, "themes": tuple(self.themes.items())}
        if data is None:
            given = [*rows, *[{}] * (SPARE_ROWS if len(rows) < MOST_ROWS else 0)]
            self.rows = [StatementRow(prefix=f"s{at}", initial=row, **named) for at, row in enumerate(given)]
        else:
            count = min(int(data["rows"]) if str(data.get("rows", "")).isdigit() else 0, MOST_ROWS + SPARE_ROWS)
            self.rows = [StatementRow(data, prefix=f"s{at}", **named) for at in range(count)]
            self._grow(data, named)

    def _grow(self, data: Mapping[str, Any], named: Mapping[str, Any]) -> None:
        """Put what was pasted into rows of their own; nothing of it while a line is at fault."""
        more: list[Mapping[str, Any]] = [{}] * SPARE_ROWS if "more_rows" in data else []
        if self.paste.strip():
            read = pasted(self.paste, self.languages, self.themes)
            self.faults = read.faults
            if not read.faults:
                more, self.paste = [*read.rows, *more], ""
                self.rows = [row for row in self.rows if row.is_valid() and row.words]
        start = len(self.rows)
        kept = [self._again(at, row, named) for at, row in enumerate(self.rows)]
        self.rows = kept + [self._row(start + at, row, named) for at, row in enumerate(more)]

    def _again(self, at: int, row: StatementRow, named: Mapping[str, Any]) -> StatementRow:
        return row if row.prefix == f"s{at}" else self._row(at, row.cleaned_data, named)

    def _row(self, at: int, values: Mapping[str, Any], named: Mapping[str, Any]) -> StatementRow:
        default = next(iter(self.themes), "")
        data = {f"s{at}-{name}": value for name, value in {"theme": default, **values}.items()}
        return StatementRow(data, prefix=f"s{at}", **named)

    @property
    def count(self) -> int:
        """Return how many rows the table has."""
        return len(self.rows)

    def is_valid(self) -> bool:
        """Tell whether every row can be kept."""
        return self.bound and all(row.is_valid() for row in self.rows) and not self.faults

    def statements(self, question: str) -> tuple[Statement, ...]:
        """Return what was written, in order, as statements that serve a question."""
        default = next(iter(self.themes), "")
        return tuple(
            Statement(
                ref="", round="", text=Text(**row.words), theme=row.cleaned_data["theme"] or default,
                question=question, because=(row.cleaned_data["from"],) if row.cleaned_data["from"] else (),
            )
            for row in self.rows
            if row.words
        )  # fmt: skip


class InviteForm(forms.Form):
    """How many links are made, for which circles, and until when they work."""

    def __init__(self, *given: Any, circles: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.circles = circles
        for code, name in circles:
            self.fields[f"group_{code}"] = forms.IntegerField(
                label=_("%(circle)s: one link for a group of") % {"circle": name}, required=False, min_value=0,
                max_value=LARGEST_CAP, help_text=_("How many may come in by it. Leave it empty for no link."),
            )  # fmt: skip
            self.fields[f"personal_{code}"] = forms.IntegerField(
                label=_("%(circle)s: links for one person each") % {"circle": name}, required=False, min_value=0,
                max_value=MOST_PERSONAL, help_text=_("How many. They are numbered and bear no names."),
            )  # fmt: skip
        self.fields["until"] = forms.DateField(
            label=_("The links work up to and including"),
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            help_text=_("Nobody can come in by them after that day. Those who have can go on until the round closes."),
        )
        self.fields["note"] = FreeTextField(
            label=_("For your own use, such as where they are sent"), required=False, max_length=80,
            help_text=_("A role or a place, never a name."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.get(name) for name in self.fields if name not in ("until", "note")):
            raise forms.ValidationError(_("Say how many links you want, for at least one circle."))
        return said

    def wanted(self) -> list[tuple[str, int, str]]:
        """Return the links that are wanted: circle, how many may come in by it, and its note."""
        said, made = self.cleaned_data, []
        for code, _name in self.circles:
            if said.get(f"group_{code}"):
                made.append((code, said[f"group_{code}"], said["note"]))
            numbers = range(1, (said.get(f"personal_{code}") or 0) + 1)
            made += [(code, 1, f"{said['note']} {number}".strip()) for number in numbers]
        return made


class DecideForm(forms.Form):
    """What is decided of something that a participant wrote."""

    action = forms.ChoiceField(choices=[(each, each) for each in ("accept", "decline", "statement")])
    answer = forms.UUIDField()
    seen = forms.CharField(max_length=16)
    reason = forms.CharField(required=False, strip=True)
    theme = forms.CharField(required=False, max_length=80)
