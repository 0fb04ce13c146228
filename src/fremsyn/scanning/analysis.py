"""Where the scan is thick and thin: themes, kinds, the field, and what rests on no source."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.cases.shape import Place
from fremsyn.scanning.schema import Scanning, Trend

CORNERS = ("megatrend", "municipal", "role")


@dataclass(frozen=True)
class Seen:
    """What has been seen: trends by theme, by kind and by the nearest corner of the field, and what is unverified."""

    themes: Mapping[str, int]
    steep: Mapping[str, int]
    corners: Mapping[str, int]
    place_mean: Place
    unverified: int
    contested: int


def nearest_corner(trend: Trend) -> str:
    """Return the corner of the field that weighs most for a trend; the first of them on a tie."""
    return max(CORNERS, key=lambda corner: getattr(trend.place, corner))


def coverage(scanning: Scanning) -> Seen:
    """Return how the trends are spread; a theme or kind without any is there with 0."""
    trends = scanning.trends

    def spread(words: tuple[str, ...], of: Counter[str]) -> dict[str, int]:
        return {word: of[word] for word in words}

    means = [round(sum(getattr(t.place, c) for t in trends) / len(trends), 3) if trends else 0.0 for c in CORNERS]
    return Seen(
        themes=spread(tuple(word.id for word in scanning.themes), Counter(t.theme for t in trends)),
        steep=spread(tuple(word.id for word in scanning.steep), Counter(t.steep for t in trends)),
        corners=spread(CORNERS, Counter(map(nearest_corner, trends))),
        place_mean=Place(*means),
        unverified=sum(t.unverified for t in trends),
        contested=sum(bool(t.signals.against) for t in trends),
    )
