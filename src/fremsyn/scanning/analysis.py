"""Where the scan is thick and thin: themes, kinds, the field, and what rests on no source."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.cases.shape import Place
from fremsyn.scanning.schema import Scanning, Trend

CORNERS = ("megatrend", "municipal", "role")
RINGS = ("0-2", "2-5", "5-10")
MOST, SURE = 5, 4  # the greatest impact; from this certainty on a trend counts as certain


@dataclass(frozen=True)
class Seen:
    """What has been seen: trends by theme, kind, both, distance and nearest corner of the field; what is unverified.

    `silent` are trends without any signal, `unspoken` signals that speak for no trend and against none.
    """

    themes: Mapping[str, int]
    steep: Mapping[str, int]
    corners: Mapping[str, int]
    rings: Mapping[str, int]
    cells: Mapping[tuple[str, str], int]
    place_mean: Place
    unverified: int
    contested: int
    silent: int
    unspoken: tuple[str, ...]


def nearest_corner(trend: Trend) -> str:
    """Return the corner of the field that weighs most for a trend; the first of them on a tie."""
    return max(CORNERS, key=lambda corner: getattr(trend.place, corner))


def coverage(scanning: Scanning) -> Seen:
    """Return how the trends are spread; a theme or kind without any is there with 0."""
    trends = scanning.trends
    themes, steep = tuple(word.id for word in scanning.themes), tuple(word.id for word in scanning.steep)
    held = Counter((t.theme, t.steep) for t in trends)
    heard = {ref for t in trends for ref in (*t.signals.supporting, *t.signals.against)}

    def spread(words: tuple[str, ...], of: Counter[str]) -> dict[str, int]:
        return {word: of[word] for word in words}

    means = [round(sum(getattr(t.place, c) for t in trends) / len(trends), 3) if trends else 0.0 for c in CORNERS]
    return Seen(
        themes=spread(themes, Counter(t.theme for t in trends)),
        steep=spread(steep, Counter(t.steep for t in trends)),
        corners=spread(CORNERS, Counter(map(nearest_corner, trends))),
        rings=spread(RINGS, Counter(t.time_to_impact_years for t in trends)),
        cells={(theme, kind): held[theme, kind] for theme in themes for kind in steep},
        place_mean=Place(*means),
        unverified=sum(t.unverified for t in trends),
        contested=sum(bool(t.signals.against) for t in trends),
        silent=sum(not t.signals.supporting and not t.signals.against for t in trends),
        unspoken=tuple(s.ref for s in scanning.signals if s.ref not in heard),
    )


def is_certain(trend: Trend) -> bool:
    """Tell whether a trend counts as certain: 4 or 5 of 5."""
    return trend.certainty >= SURE


def is_pressing(trend: Trend) -> bool:
    """Tell whether a trend has the greatest impact and is felt in the nearest years."""
    return trend.impact == MOST and trend.time_to_impact_years == RINGS[0]


def is_open(trend: Trend) -> bool:
    """Tell whether a trend has the greatest impact and is uncertain: what scenarios live on."""
    return trend.impact == MOST and not is_certain(trend)
