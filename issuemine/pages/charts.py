"""Charts as shapes: coordinates that the templates draw as SVG, without a script and without styles."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

WIDTH, HEIGHT = 600.0, 160.0
"""Size of a trend's drawing; it is stretched to the place that the page gives it."""
MAP_WIDTH, MAP_HEIGHT = 1_000.0, 640.0
_EDGE = 40.0
_WIDE = 0x1100
_LARGEST = 26.0
_NAMED = 30
"""Largest topics of the map, whose labels are written beside them where there is room."""
LABEL = 26
"""Most characters of a label on the map."""


@dataclass(frozen=True)
class Bar:
    """A bar from the ground up."""

    x: float
    y: float
    width: float
    height: float
    records: int
    start: date


@dataclass(frozen=True)
class Trend:
    """A topic over time: bars, the highest count, and where signals and changes stand."""

    bars: list[Bar]
    most: int
    marks: list[tuple[float, Mapping[str, Any]]]


def sparkline(counts: Sequence[int], bars: int = 12) -> list[tuple[int, int]]:
    """Heights of at most so many bars, in hundredths, each at least 4 so that a nought is seen.

    Parameters
    ----------
    counts : sequence of int
        Records a day; each bar adds up an equal stretch of them.
    bars : int, default 12
        Bars drawn.

    Returns
    -------
    list of (int, int)
        Place and height of each.
    """
    n = min(bars, len(counts))
    edges = [round(at * len(counts) / n) for at in range(n + 1)] if n else [0]
    means = [sum(counts[low:high]) / (high - low) for low, high in pairwise(edges)]
    most = max(means, default=0) or 1
    return [(at, max(4, round(100 * mean / most))) for at, mean in enumerate(means)]


def trend(points: Sequence[Mapping[str, Any]], marked: Sequence[Mapping[str, Any]]) -> Trend:
    """Shapes of a trend.

    Parameters
    ----------
    points : sequence of mapping
        ``start`` and ``records`` of each step, in order.
    marked : sequence of mapping
        What happened on a ``day`` within them.
    """
    most = max((point["records"] for point in points), default=0)
    width = WIDTH / max(len(points), 1)
    bars = []
    for at, point in enumerate(points):
        height = HEIGHT * point["records"] / max(most, 1)
        gap = min(0.2 * width, 2.0)
        bars.append(
            Bar(
                round(at * width + gap / 2, 2),
                round(HEIGHT - height, 2),
                round(width - gap, 2),
                round(height, 2),
                point["records"],
                point["start"],
            )
        )
    marks = []
    for row in marked:
        within = [at for at, point in enumerate(points) if point["start"] <= row["day"]]
        if within:
            marks.append((round((within[-1] + 0.5) * width, 2), row))
    return Trend(bars, most, marks)


def scatter(topics: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where each topic of the map is drawn: ``cx, cy, r`` beside its own figures, the largest first.

    Parameters
    ----------
    topics : sequence of mapping
        With ``x`` and ``y`` in [0, 1], and ``records``.
    """
    most = max((topic["records"] for topic in topics), default=1)
    ordered = sorted(topics, key=lambda topic: (-topic["records"], topic["topic_id"]))
    drawn = [
        dict(topic)
        | {
            "cx": round(_EDGE + topic["x"] * (MAP_WIDTH - 2 * _EDGE), 1),
            "cy": round(_EDGE + (1 - topic["y"]) * (MAP_HEIGHT - 2 * _EDGE), 1),
            "r": round(4 + (_LARGEST - 4) * math.sqrt(topic["records"] / most), 1),
        }
        for topic in ordered
    ]
    taken: list[tuple[float, float, float, float]] = []
    for at, topic in enumerate(drawn):
        box = _label_box(topic)
        topic["named"] = at < _NAMED and not any(_overlap(box, other) for other in taken)
        if topic["named"]:
            taken.append(box)
    return drawn


def _label_box(topic: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a label above its circle; Korean letters are twice as wide."""
    label = topic["label"][:LABEL]
    half = sum(16.0 if ord(letter) > _WIDE else 8.5 for letter in label) / 2
    bottom = topic["cy"] - topic["r"]
    return topic["cx"] - half, bottom - 20, topic["cx"] + half, bottom


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
