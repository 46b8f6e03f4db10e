"""Exemplar quotes: near the centre of the topic, different from each other, short enough to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from issuemine.records import Quote

CONSIDERED = 30
LONGEST = 240
"""Characters; a longer mention is cut at sentence boundaries."""
FEWEST_WORDS, FEWEST_SYLLABLES = 4, 8
DIVERSITY = 0.25
_SENTENCE = re.compile(
    r"[^.!?。…\n]*[^\s.!?。…\n][^.!?。…\n]*(?:[.!?。…]+[\"'”’)\]]*(?=\s|$|[가-힣])|\n|$|[.!?。…]+)"
)
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True, slots=True)
class QuoteSource:
    """The columns of the mention table that quotes are cut from."""

    mention_ids: list[str]
    record_ids: list[str]
    starts: list[int]
    texts: list[str]

    @classmethod
    def of(cls, mentions: pa.Table) -> QuoteSource:
        """Take them from a table of MENTION_SCHEMA."""
        names = ("mention_id", "record_id", "start", "text")
        return cls(*(mentions.column(name).to_pylist() for name in names))


def choose_quotes(
    source: QuoteSource,
    members: Sequence[int],
    similarities: npt.NDArray[np.float64],
    vectors: npt.NDArray[np.float32],
    most: int,
    weight: Callable[[str], float],
) -> tuple[Quote, ...]:
    """Choose quotes by maximal marginal relevance.

    Each next quote has the highest ``(1 - d) * cosine to the centre - d * highest cosine to those chosen``
    with d = 0.25 (Carbonell and Goldstein 1998). Each is of another record, no two have the same text.

    Parameters
    ----------
    source : QuoteSource
        All mentions.
    members : sequence of int
        Mentions of the topic, nearest to the centre first.
    similarities : ndarray, shape (n_members,)
        Cosine of each to the centre.
    vectors : ndarray of float32, shape (n_members, dim)
        Unit vectors.
    most : int
        Most quotes.
    weight : callable
        Weight of a piece of text for the topic: which sentences of a long mention are shown.

    Returns
    -------
    tuple of Quote
        In order of choice; as many as there are different records, at most ``most``.
    """
    places = _eligible(source, members)
    relevance = similarities[places]
    chosen: list[int] = []
    overlap = np.full(len(places), -np.inf)
    left = np.ones(len(places), bool)
    while left.any() and len(chosen) < most:
        penalty = np.where(np.isinf(overlap), 0.0, overlap)
        gain = np.where(left, (1 - DIVERSITY) * relevance - DIVERSITY * penalty, -np.inf)
        best = int(np.argmax(gain))
        chosen.append(best)
        left[best] = False
        overlap = np.maximum(overlap, vectors[places] @ vectors[places[best]])
        record = source.record_ids[members[places[best]]]
        for at in np.flatnonzero(left):
            left[at] = source.record_ids[members[places[at]]] != record
    return tuple(_quote(source, members[places[at]], float(relevance[at]), weight) for at in chosen)


def cut(text: str, weight: Callable[[str], float], longest: int = LONGEST) -> tuple[int, int]:
    """Half-open range of the text to show: all of a short text, else the weightiest run of sentences.

    Parameters
    ----------
    text : str
        A mention.
    weight : callable
        Weight of a piece of text.
    longest : int
        Characters; a single sentence may be longer, and is then cut at a space.
    """
    if len(text) <= longest:
        return _trim(text, 0, len(text))
    spans = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    best = max(range(len(spans)), key=lambda i: (weight(text[slice(*spans[i])]), -i))
    low, high = best, best
    while True:
        if high + 1 < len(spans) and spans[high + 1][1] - spans[low][0] <= longest:
            high += 1
        elif low > 0 and spans[high][1] - spans[low - 1][0] <= longest:
            low -= 1
        else:
            break
    start, end = _trim(text, spans[low][0], spans[high][1])
    if end - start > longest:
        end = max(text.rfind(" ", start, start + longest), start + longest // 2)
    return _trim(text, start, end)


def _eligible(source: QuoteSource, members: Sequence[int]) -> npt.NDArray[np.int64]:
    """Places of the nearest mentions of sensible length, each text once; others only if too few remain."""
    seen: set[str] = set()
    good: list[int] = []
    rest: list[int] = []
    for place, member in enumerate(members):
        text = " ".join(source.texts[member].lower().split())
        if text in seen:
            continue
        seen.add(text)
        (good if _readable(text) else rest).append(place)
        if len(good) == CONSIDERED:
            break
    records = {source.record_ids[members[place]] for place in good}
    if len(records) < 3:
        good = sorted(good + rest[:CONSIDERED])
    return np.array(good, dtype=np.int64)


def _readable(text: str) -> bool:
    """Whether a text has enough words, and sentences that need not be cut."""
    if len(text) > LONGEST and any(len(one.group()) > LONGEST for one in _SENTENCE.finditer(text)):
        return False
    return len(text.split()) >= FEWEST_WORDS or len(_HANGUL.findall(text)) >= FEWEST_SYLLABLES


def _quote(source: QuoteSource, member: int, similarity: float, weight: Callable[[str], float]) -> Quote:
    text = source.texts[member]
    start, end = cut(text, weight)
    return Quote(
        mention_id=source.mention_ids[member],
        record_id=source.record_ids[member],
        start=source.starts[member] + start,
        end=source.starts[member] + end,
        text=text[start:end],
        similarity=similarity,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
