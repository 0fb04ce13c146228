"""A figure as a file: its drawing as SVG, its table as CSV."""

from __future__ import annotations

from typing import Protocol

from django.http import Http404, HttpResponse


class Downloadable(Protocol):
    @property
    def key(self) -> str: ...

    def csv(self) -> str: ...

    def standalone_svg(self) -> str: ...


def figure_file(figure: Downloadable, kind: str) -> HttpResponse:
    """Answer with the figure's drawing ("svg", shown) or table ("csv", saved); 404 for any other kind."""
    if kind == "svg":
        return HttpResponse(figure.standalone_svg(), content_type="image/svg+xml; charset=utf-8")
    if kind == "csv":
        response = HttpResponse(figure.csv(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{figure.key}.csv"'
        return response
    raise Http404
