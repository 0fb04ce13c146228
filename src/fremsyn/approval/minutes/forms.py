"""What is sent in about minutes."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fremsyn.approval.meeting.forms import day, reason
from fremsyn.approval.minutes.checking import MOST_ADDED
from fremsyn.approval.minutes.content import MinutesContent
from fremsyn.approval.minutes.operations.drafting import LONGEST
from fremsyn.cases.free_text import FreeTextField
from fremsyn.web.templatetags.say import say_plain

LONGEST_COMMENT, TITLE = 4000, 120
LARGEST_MINUTES = 20 * 1024 * 1024


def free(label: Any, rows: int = 4, most: int = LONGEST, *, required: bool = False) -> forms.CharField:
    return FreeTextField(label=label, required=required, max_length=most, widget=forms.Textarea({"rows": rows}))


class WordsForm(forms.Form):
    """What the record does not hold: opening, closing, and what was said on each point and why it is closed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, content: MinutesContent, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["opening"] = free(_("Opening"))
        for point in content.points:
            about = {"point": point.label}
            note = self.fields[f"note_{point.position}"] = free(gettext("Point %(point)s: what was said") % about)
            note.help_text = Truncator(say_plain(point.text)).chars(TITLE)
            closed = self.fields[f"closed_{point.position}"] = FreeTextField(
                label=gettext("Point %(point)s: left out of the public edition, because") % about,
                required=False, max_length=300,
            )  # fmt: skip
            if point.closed_by_paper:
                closed.help_text = gettext(
                    "The paper closes the point already: %(why)s. Write here only if there is another ground."
                ) % {"why": point.closed_by_paper.rstrip(".")}
        self.fields["closing"] = free(_("Closing"))

    @property
    def words(self) -> dict[str, str]:
        """Return what was written, by place."""
        said = {name: text for name, text in self.cleaned_data.items() if name != "version"}
        return {name.replace("_", "."): text for name, text in said.items()}


class SendForm(forms.Form):
    """Until when the members may comment."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until = day(_("The members may comment up to and including"))


class CommentForm(forms.Form):
    """A member's comment on the draft."""

    text = free(_("Your comment on the draft"), most=LONGEST_COMMENT, required=True)


class AnswerForm(forms.Form):
    """An answer to a comment."""

    comment = forms.IntegerField(widget=forms.HiddenInput)
    answer = free(_("Answer"), rows=2, most=LONGEST_COMMENT, required=True)


class ApproveForm(forms.Form):
    """The approval; a reason while the members may still comment."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = reason(_("Why they are approved before the time for comments is over"))


class SignedForm(forms.Form):
    """A signed copy of the minutes."""

    signed = forms.FileField(label=_("The signed minutes (PDF)"), max_length=200)

    def clean_signed(self) -> Any:
        """Refuse a file that is too large to be read."""
        given = self.cleaned_data["signed"]
        if (given.size or 0) > MOST_ADDED + LARGEST_MINUTES:
            raise forms.ValidationError(_("The file is too large to be the signed minutes."))
        return given


class WhoseForm(forms.Form):
    """Which signer a signature belongs to."""

    signature = forms.IntegerField(widget=forms.HiddenInput)
    member = forms.CharField(max_length=40)
