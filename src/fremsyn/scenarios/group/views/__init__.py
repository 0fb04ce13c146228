"""The pages of judging in a group."""

from fremsyn.scenarios.group.views.beside import group_disputed, group_screen, group_section
from fremsyn.scenarios.group.views.handing import group_work
from fremsyn.scenarios.group.views.own import group_mine, group_own
from fremsyn.scenarios.group.views.whole import group_matrix

__all__ = [
    "group_disputed",
    "group_matrix",
    "group_mine",
    "group_own",
    "group_screen",
    "group_section",
    "group_work",
]
