"""Draw the picture of docs/how-detection-works.md: one topic, what was expected of it, and its signals.

Run ``python -m docs.detection_picture`` after a change of the method; it writes one picture a language.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from issuemine.trends.surveillance import Judgement, judge_range

FOLDER = Path(__file__).parent
LABELS = {
    "": ("records a day", "expected", "95 of 100 days", "signal", "earlier outbreak", "new issue"),
    "ko": ("하루 기록 수", "기대 건수", "100일 중 95일", "신호", "지난 급증", "새 문제"),
}
_DAYS = 730
_SHOWN = 150
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 760, 300, 40, 40, 30
_ALARM = 0.001


def example() -> tuple[np.ndarray, Judgement]:
    """Counts of one topic, and what was made of each of the last days."""
    rng = np.random.default_rng(4)
    day = np.arange(_DAYS)
    mean = np.exp(2.3 + 0.25 * np.sin(2 * np.pi * day / 365.25)) * np.where(day % 7 >= 5, 0.45, 1.15)
    counts = rng.negative_binomial(mean / 0.6, 1 / 1.6).astype(float)
    counts[_DAYS - 112 : _DAYS - 104] += rng.poisson(14, 8)
    counts[-7:] += rng.poisson([3, 6, 9, 13, 15, 18, 20])
    days = np.datetime64("2023-01-02") + day
    return counts, judge_range(counts, np.ones(_DAYS), days, first=_DAYS - _SHOWN)


def picture(labels: tuple[str, ...]) -> str:
    """The drawing."""
    counts, judged = example()
    shown = counts[-_SHOWN:]
    top = float(max(shown.max(), judged.high.max())) * 1.08
    across = (_WIDTH - _LEFT - 10) / _SHOWN

    def x(place: float) -> float:
        return _LEFT + across * (place + 0.5)

    def y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value / top)

    def line(values: np.ndarray) -> str:
        return " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in enumerate(values))

    low, high, expected = judged.low[0], judged.high[0], judged.expected[0]
    back = " ".join(f"{x(place):.1f},{y(low[place]):.1f}" for place in range(_SHOWN - 1, -1, -1))
    bars = "".join(
        f'<rect x="{x(place) - across * 0.35:.1f}" y="{y(value):.1f}" width="{across * 0.7:.1f}" '
        f'height="{y(0) - y(value):.1f}"/>'
        for place, value in enumerate(shown)
        if value
    )
    dots = "".join(
        f'<circle cx="{x(place):.1f}" cy="{y(shown[place]) - 7:.1f}" r="3.2"/>'
        for place in np.flatnonzero(judged.p[0] < _ALARM)
    )
    scale = "".join(
        f'<text x="{_LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value}</text>'
        f'<line x1="{_LEFT}" x2="{_WIDTH - 10}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="#e3e3e3"/>'
        for value in range(0, int(top), 10)
    )
    colours = ("#9db4c8", "#1d4e79", "#d9e6f2", "#c0392b")
    legend = "".join(
        f'<rect x="{_LEFT + 165 * place}" y="12" width="12" height="12" fill="{colour}"/>'
        f'<text x="{_LEFT + 165 * place + 18}" y="22">{label}</text>'
        for place, (colour, label) in enumerate(zip(colours, labels[:4], strict=True))
    )
    notes = (
        f'<text x="{x(_SHOWN - 108):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{labels[4]}</text>'
        f'<text x="{x(_SHOWN - 4):.1f}" y="{_HEIGHT - 8}" text-anchor="end">{labels[5]}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="#333">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n{scale}\n'
        f'<polygon points="{line(high)} {back}" fill="{colours[2]}"/>\n'
        f'<g fill="{colours[0]}">{bars}</g>\n'
        f'<polyline points="{line(expected)}" fill="none" stroke="{colours[1]}" stroke-width="1.6"/>\n'
        f'<g fill="{colours[3]}">{dots}</g>\n{legend}\n{notes}\n</svg>\n'
    )


def main() -> None:
    """Write the pictures."""
    for language, labels in LABELS.items():
        path = FOLDER / language / "how-detection-works.svg"
        path.write_text(picture(labels), encoding="utf-8")
        sys.stdout.write(f"wrote {path.name}\n")


if __name__ == "__main__":
    main()
