"""What the search asks of a snapshot: spaces, postings of words, and topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from issuemine.store.connection import Database
from issuemine.store.reading import Filters, Window

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SearchSpace:
    """What a snapshot says of the texts of one space.

    ``parts`` are rows of ``search_parts``: what each night appended to the file, with its hash.
    """

    name: str
    revision: str
    file: str
    dim: int
    texts: int
    words: int
    parts: tuple[dict[str, Any], ...] = field(compare=False)


def spaces(database: Database) -> list[SearchSpace]:
    """The spaces that can be searched; none in a snapshot of an earlier version."""
    if not database.value("search/has"):
        return []
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in database.table("search/every_part").to_pylist():
        rows.setdefault(row["space"], []).append(row)
    return [
        SearchSpace(
            name,
            parts[0]["revision"],
            parts[0]["file"],
            parts[0]["dim"],
            sum(part["places"] for part in parts),
            sum(part["words"] for part in parts),
            tuple(parts),
        )
        for name, parts in rows.items()
    ]


def posting(database: Database, space: str, word: str) -> tuple[Places, Places, Places]:
    """Places of the texts that have a word, how often each has it, and how many words each has."""
    found = database.table("search/word", {"space": space, "word": word})
    place, times, length = (found[name].to_numpy().astype(np.int64) for name in ("place", "times", "length"))
    return place, times, length


def scanned(
    database: Database, words: Sequence[str], window: Window, filters: Filters, rows: int
) -> list[dict[str, Any]]:
    """Mentions whose text has some words in it, those with most of them first; reads every text."""
    values = _days(window) | filters.values() | {"words": list(words), "rows": rows}
    return list(database.table("search/scan", values).to_pylist())


def topics(database: Database) -> dict[str, dict[str, Any]]:
    """Label, languages and keywords of topics, and whether each is hidden, by id."""
    return {row["topic_id"]: row for row in database.table("search/topics").to_pylist()}


def _days(window: Window) -> dict[str, Any]:
    return {"first": window.first, "last": window.last}
