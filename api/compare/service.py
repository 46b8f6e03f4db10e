"""Two sides compared in a snapshot."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from api.compare.asking import SECOND, Side
from api.deps import Reading
from api.paging import encode
from issuemine.causes.sides import told_sides, two_sides
from issuemine.messages import say

_SORTS: dict[str, Callable[[dict[str, Any]], float]] = {
    "difference": lambda row: abs(row["share"] - row["other_share"]),
    "evidence": lambda row: -row["q_value"],
    "records": lambda row: row["records"] + row["other_records"],
}
_FIGURES = ("ratio", "low", "high", "difference", "difference_low", "difference_high")


def compare(
    read: Reading,
    sides: tuple[Side, Side],
    *,
    sort: str = "difference",
    include_hidden: bool = False,
    limit: int,
    after: list[Any] | None = None,
) -> dict[str, Any]:
    """A page of topics with their records on both sides, what differs most first."""
    one, other = (side.window.values() | side.filters.values() for side in sides)
    values = {name: one[name] for name in ("first", "last", *sides[0].filters.values())} | {
        f"{SECOND}{name}": other[name] for name in ("first", "last", *sides[1].filters.values())
    }
    whole, *rows = read.database.table("read/compare", values).to_pylist()
    _judge(rows, whole["records"], whole["other_records"])
    hidden = 0 if include_hidden else sum(row["hidden"] for row in rows)
    shown = [row for row in rows if include_hidden or not row["hidden"]]
    key = _SORTS[sort]
    shown.sort(key=lambda row: (-key(row), row["topic_id"]))
    if after is not None:
        shown = [row for row in shown if (-key(row), row["topic_id"]) > (-after[0], after[1])]
    page = shown[:limit]
    more = len(shown) > limit
    return {
        "snapshot": read.snapshot.snapshot_id,
        "sides": [
            {"first": side.window.first, "last": side.window.last, "records": whole[name]}
            for side, name in zip(sides, ("records", "other_records"), strict=True)
        ],
        "shared_records": whole["shared"],
        "message": _message(whole),
        "topics": page,
        "hidden_topics": hidden,
        "next_cursor": encode([float(key(page[-1])), page[-1]["topic_id"]]) if more else None,
    }


def _judge(rows: list[dict[str, Any]], total: int, other_total: int) -> None:
    """Give each row its shares, figures with intervals, and what they say."""
    counts = (
        np.array([row[name] for row in rows], dtype=np.float64) for name in ("records", "other_records")
    )
    found = two_sides(*counts, total, other_total)
    for place, (row, strength) in enumerate(zip(rows, found.strengths(), strict=True)):
        figures = {name: float(getattr(found, name)[place]) for name in _FIGURES}
        row["share"], row["other_share"] = float(found.share[place]), float(found.other_share[place])
        row["q_value"] = float(found.q_value[place])
        row["sentence"] = told_sides(
            row["share"],
            row["other_share"],
            figures["ratio"],
            figures["low"],
            figures["high"],
            row["q_value"],
        )
        row["strength"] = strength
        row |= {name: value if math.isfinite(value) else None for name, value in figures.items()}


def _message(whole: dict[str, Any]) -> str:
    if not whole["records"] or not whole["other_records"]:
        return say("One side has no records, so that nothing can be compared.")
    if whole["shared"]:
        return say(
            "{shared:,} records are on both sides, which makes the sides look more alike than they are.",
            shared=whole["shared"],
        )
    return say("Intervals take records as independent of each other: bursts make them too narrow.")
