"""The tag that sets a figure on a page: {% figure fig %}."""

from __future__ import annotations

from django import template

register = template.Library()


@register.inclusion_tag("web/components/_figure.html")
def figure(
    fig: object, level: int = 2, card: bool = True, downloads: str = "", method: str = "", beside: bool = False
) -> dict[str, object]:
    """Set a figure with its finding as heading of the given level, its table and its tools; nothing for no figure.

    :param downloads: address before the file name: `<downloads><key>.svg` and `.csv` must answer
    :param method: address of the page that says how the figure is computed
    :param beside: the table stands open beside the picture instead of folded under it
    """
    return {"fig": fig, "level": level, "card": card, "downloads": downloads, "method": method, "beside": beside}
