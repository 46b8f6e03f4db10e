"""Mentions and topics that a query finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from api.deps import Reading
from api.errors import BadQueryError, UnavailableError
from api.search.encoders import QueryEncoders
from api.search.opened import OpenedMentions, OpenedVectors
from issuemine.messages import say
from issuemine.search.bm25 import Corpus, Posting, bm25
from issuemine.search.fusion import fused, voted
from issuemine.store import searching
from issuemine.store.layout import Layout
from issuemine.store.reading import Filters, Window
from issuemine.store.searched import Counting, Searched, told
from issuemine.store.searching import SearchSpace
from issuemine.store.snapshot import Snapshot

DEEPEST = 1_000
"""How far down a ranking pages go."""
_FUSED = 200
"""Mentions of each ranking that are fused: always as many, so that pages follow each other."""
_LEAST_COSINE = 0.3
"""What a mention must have in common with a query; the nearest of all to a word of no meaning have less."""
VOTERS = 200
"""Mentions that vote for topics."""

Found = list[dict[str, Any]]


class By(StrEnum):
    """What a mention is found by."""

    MEANING = "meaning"
    WORDS = "words"
    BOTH = "both"


@dataclass(frozen=True)
class Engine:
    """What the searches of one process share."""

    encoders: QueryEncoders
    vectors: OpenedVectors
    mentions: OpenedMentions

    @classmethod
    def of(cls, layout: Layout, settings: Any) -> Engine:
        """An engine that has loaded nothing yet."""
        return cls(QueryEncoders(layout, settings), OpenedVectors(layout), OpenedMentions())

    def open(self, snapshot: Snapshot) -> Sequence[SearchSpace]:
        """Read what searches of a snapshot look at, ahead of the first one; gives its spaces."""
        spaces = self.mentions.of(snapshot).spaces
        for space in spaces:
            self.vectors.of(space)
        return spaces

    def warm(self, snapshot: Snapshot) -> None:
        """Load the encoders of queries as well."""
        self.encoders.warm(self.open(snapshot))


@dataclass(frozen=True)
class Query:
    """A query over the records that count."""

    text: str
    window: Window
    filters: Filters
    by: By = By.BOTH


@dataclass
class Ranking:
    """Mentions that were found, the best first, by what, and the words that were looked for."""

    by: By
    words: list[str]
    mentions: Found


def ranked(read: Reading, engine: Engine, query: Query, rows: int) -> Ranking:
    """The mentions that fit a query best.

    At most ``DEEPEST``. A snapshot of an earlier version has neither vectors nor postings: its texts are
    scanned for the words.

    Raises
    ------
    UnavailableError
        If only the meaning is asked for and the snapshot has no vectors.
    BadQueryError
        If nothing is asked for.
    """
    rows = min(rows, DEEPEST)
    if not query.text.strip():
        raise BadQueryError(say("The query is empty."), say("Say what to look for with q."))
    searched = engine.mentions.of(read.snapshot)
    spaces = searched.spaces
    languages = engine.encoders.languages(query.text, spaces)
    words = engine.encoders.words(query.text, languages) if query.by != By.MEANING else []
    if not spaces:
        if query.by == By.MEANING:
            raise UnavailableError(
                say("This snapshot was made before there was a search by meaning."),
                say("Search by words (by=words), or ask for the next run."),
            )
        found = searching.scanned(read.database, words, query.window, query.filters, rows) if words else []
        return Ranking(By.WORDS, words, found)
    counting = searched.counting(query.window, query.filters)
    meant = engine.encoders.spaces_of(languages, spaces) if query.by != By.WORDS else []
    if len(meant) + (query.by != By.MEANING) > 1:
        rows = _FUSED
    rankings = []
    if query.by != By.MEANING:
        rankings.append(_by_words(read, searched, words, counting, rows))
    rankings += [_by_meaning(engine, searched, query.text, space, counting, rows) for space in meant]
    return Ranking(query.by, words, _together(rankings))


def mentions(read: Reading, engine: Engine, found: Ranking, limit: int, skip: int = 0) -> dict[str, Any]:
    """A page of the mentions found, with the words marked in each."""
    page = found.mentions[skip : skip + limit]
    _tell(read, engine, page, found.words)
    known = engine.mentions.of(read.snapshot).topics
    for row in page:
        topic = known.get(row["topic_id"])
        row["topic"] = topic and {name: topic[name] for name in ("topic_id", "label")}
    more = skip + limit < min(len(found.mentions), DEEPEST)
    return {"by": found.by, "words": found.words, "mentions": page, "next": skip + limit if more else None}


def topics(read: Reading, engine: Engine, found: Ranking, limit: int, skip: int = 0) -> dict[str, Any]:
    """A page of topics: each of the first mentions found votes for its own with its reciprocal rank."""
    voters = found.mentions[:VOTERS]
    best: dict[str, dict[str, Any]] = {}
    for row in voters:
        best.setdefault(row["topic_id"], row)
    known = engine.mentions.of(read.snapshot).topics
    votes = [(topic, score) for topic, score in voted([row["topic_id"] for row in voters]) if topic in known]
    page = votes[skip : skip + limit]
    _tell(read, engine, [best[topic] for topic, _ in page], found.words)
    rows = [
        known[topic]
        | {"score": score, "mentions": sum(row["topic_id"] == topic for row in voters)}
        | {"quote": best[topic]}
        for topic, score in page
    ]
    more = skip + limit < len(votes)
    return {"by": found.by, "words": found.words, "topics": rows, "next": skip + limit if more else None}


def _tell(read: Reading, engine: Engine, rows: Found, words: Sequence[str]) -> None:
    """Tell the text of each mention, and where words stand in it."""
    told(read.database, rows)
    marks = engine.encoders.marked([row["text"] for row in rows], [row["language"] for row in rows], words)
    for row, ranges in zip(rows, marks, strict=True):
        row["marks"] = [{"start": start, "end": end} for start, end in ranges]


def _by_words(
    read: Reading, searched: Searched, words: Sequence[str], counting: Counting | None, rows: int
) -> Found:
    found: Found = []
    for space in searched.spaces:
        postings = [Posting(*searching.posting(read.database, space.name, word)) for word in words]
        corpus = Corpus(space.texts, max(space.words / max(space.texts, 1), 1.0))
        at, score = bm25([posting for posting in postings if len(posting.places)], corpus)
        found += searched.spots[space.name].best(at, score, counting, rows)
    return sorted(found, key=lambda row: row["order"])[:rows]


def _by_meaning(
    engine: Engine, searched: Searched, text: str, space: SearchSpace, counting: Counting | None, rows: int
) -> Found:
    vector = engine.encoders.vector(space, text)
    if not vector.any():
        return []
    spots = searched.spots[space.name]
    allowed = None if counting is None else spots.places(counting)
    places, cosines = engine.vectors.of(space).nearest(vector, rows, allowed)
    # What a query is encoded together with shows in the last digits, which must not decide an order.
    cosines = np.round(cosines.astype(np.float64), 5)
    near = cosines >= _LEAST_COSINE
    return spots.best(places[near], cosines[near], counting, rows)


def _together(rankings: Sequence[Found]) -> Found:
    """One ranking; of several, fused by reciprocal rank."""
    if len(rankings) == 1:
        return rankings[0]
    known = {row["mention_id"]: row for ranking in rankings for row in ranking}
    order = fused([[row["mention_id"] for row in ranking] for ranking in rankings])
    return [known[mention_id] | {"score": score} for mention_id, score in order]
