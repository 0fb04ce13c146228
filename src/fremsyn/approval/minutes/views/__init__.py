"""The pages of minutes."""

from fremsyn.approval.minutes.views.hearing import minutes_answer, minutes_comment
from fremsyn.approval.minutes.views.reading import minutes, minutes_package, minutes_pdf, minutes_signed_pdf
from fremsyn.approval.minutes.views.signing import minutes_signed, minutes_whose
from fremsyn.approval.minutes.views.writing import minutes_draft, minutes_mail, minutes_send, minutes_words

__all__ = [
    "minutes",
    "minutes_answer",
    "minutes_comment",
    "minutes_draft",
    "minutes_mail",
    "minutes_package",
    "minutes_pdf",
    "minutes_send",
    "minutes_signed",
    "minutes_signed_pdf",
    "minutes_whose",
    "minutes_words",
]
