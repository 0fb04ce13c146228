"""What the figures of the strategy are called in words."""

from django.utils.translation import gettext as _

from fremsyn.cases.directory import Entry
from fremsyn.web.templatetags.say import say_plain


def reading(code: str) -> str:
    """Say how an option fares over the scenarios."""
    return {
        "helps_in_all": _("Helps in all"),
        "harms_in_none": _("Harms in none"),
        "depends": _("Helps and harms"),
        "helps_in_none": _("Helps in none"),
        "unscored": _("Not scored in all"),
    }[code]


def tone(code: str) -> str:
    """Return the tone of a reading's tag."""
    return {"helps_in_all": "good", "depends": "warn", "helps_in_none": "bad"}.get(code, "")


def named(entry: Entry) -> str:
    """Return an entry as it is named in the words of a figure."""
    return f"{entry.ref} {say_plain(entry.title)}"
