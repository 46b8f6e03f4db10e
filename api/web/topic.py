"""What the page of one issue shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from api.causes import service as causes
from api.paging import decode
from api.signals import service as signals
from api.topics import service as topics
from api.trends import service as trends
from api.web.asking import Asked
from issuemine.causes.change_words import changes_told
from issuemine.pages import words
from issuemine.store.causes import Segment
from issuemine.store.changes import change_points
from issuemine.store.reading import Window
from issuemine.store.reading_mentions import topic_labels, topic_mentions
from issuemine.store.reading_pages import chosen_daily

_TREND_DAYS = 84
"""The trend shows at least so many days, whatever the period, so that a rise can be judged."""
_BY_DAY, _BY_WEEK = 120, 800
_RECORDS = 10
_MENTIONS = 12


def topic(asked: Asked, topic_id: str) -> dict[str, Any]:
    """Everything of one issue."""
    read, window, filters = asked.read, asked.window, asked.filters
    found = topics.topic_detail(read, topic_id, window, filters)
    shown = _longer(asked)
    stands = signals.topic_signals(read, topic_id, shown)
    points = _points(asked, topic_id, shown)
    changed = changes_told(change_points(read.database, topic_id))["changes"]
    marked = marks(stands["signals"], changed, shown)
    after = decode(asked.at.value("cursor") or None, (str, str))
    records = topics.topic_records(read, topic_id, window, filters, _RECORDS, after)
    for record in records["records"]:
        record["pieces"] = pieces(record["text"], record["mentions"])
    return {
        "topic": found,
        "choices": asked.choices,
        "window": window,
        "stands": stands,
        "signals": [signal for signal in stands["signals"] if signal["news"]],
        "points": points,
        "marked": marked,
        "plotted": {
            "name": found["label"],
            "days": [words.day(point["start"]) for point in points],
            "records": [point["records"] for point in points],
            "marks": [mark | {"day": words.day(mark["day"])} for mark in marked],
        },
        "records": records,
        "mentions": topic_mentions(read.database, topic_id, words=None, rows=_MENTIONS).to_pylist(),
        "known": list(topic_labels(read.database).items()),
    }


def why(asked: Asked, topic_id: str) -> dict[str, Any]:
    """What is different about an issue; takes too long to be a part of its page."""
    found = causes.topic_causes(asked.read, Segment(topic_id, asked.filters), asked.window, "others")
    label = topic_labels(asked.read.database).get(topic_id, topic_id)
    spoken = f"&lang={asked.at.value('lang')}" if asked.at.value("lang") else ""
    for candidate in found["candidates"]:
        chosen = urlsplit(candidate["records_url"] or "").query
        candidate["href"] = f"/topics/{topic_id}?{chosen}{spoken}#records" if chosen else None
    return {"causes": found, "label": label, "choices": asked.choices}


def marks(
    found: Sequence[Mapping[str, Any]], points: Sequence[Mapping[str, Any]], window: Window
) -> list[dict[str, Any]]:
    """What stands beside the trend in its window, by day: news, change points and what fits them."""
    marked = [
        {
            "day": signal["day"],
            "kind": "signal",
            "told": f"{words.state(signal['state'])}: {words.in_figures(signal)}",
        }
        for signal in found
        if signal["news"]
    ]
    for point in points:
        if not window.first <= point["day"] <= window.last:
            continue
        marked.append({"day": point["day"], "kind": "since", "told": point["sentence"]})
        marked += [
            {
                "day": candidate["end"] if candidate["ended"] else candidate["start"],
                "kind": "since",
                "told": candidate["sentence"],
            }
            for candidate in point["candidates"]
        ]
    within = [mark for mark in marked if window.first <= mark["day"] <= window.last]
    return sorted(within, key=lambda mark: mark["day"])


def pieces(text: str, places: Sequence[Mapping[str, int]]) -> list[dict[str, Any]]:
    """A text cut where the issue is spoken of, in order, nothing lost."""
    cut: list[dict[str, Any]] = []
    at = 0
    for place in sorted(places, key=lambda place: place["start"]):
        start = max(place["start"], at)
        cut.append({"text": text[at:start], "marked": False})
        cut.append({"text": text[start : place["end"]], "marked": True})
        at = max(at, place["end"])
    cut.append({"text": text[at:], "marked": False})
    return [piece for piece in cut if piece["text"]]


def _longer(asked: Asked) -> Window:
    earliest = asked.window.last - timedelta(days=_TREND_DAYS - 1)
    first = max(min(asked.window.first, earliest), asked.read.snapshot.info["first_day"])
    return Window(min(first, asked.window.first), asked.window.last, asked.window.growth_days)


def _points(asked: Asked, topic_id: str, window: Window) -> list[dict[str, Any]]:
    days = (window.last - window.first).days + 1
    step = "day" if days <= _BY_DAY else "week" if days <= _BY_WEEK else "month"
    points: list[dict[str, Any]] = trends.trend(asked.read, topic_id, window, step)["points"]
    if asked.filtered:
        series = chosen_daily(asked.read.database, [topic_id], window.first, window.last, asked.filters)
        counts = series[topic_id]
        edges = [max((point["start"] - window.first).days, 0) for point in points] + [days]
        for point, low, high in zip(points, edges[:-1], edges[1:], strict=True):
            point["records"] = sum(counts[low:high])
    return points
