"""Links between topics of different encoder spaces that seem to speak of the same thing.

Topics of two spaces have no vectors in common, but the glossary gives their words a common vocabulary. A
topic is the vector of what its mentions speak of: concepts of the glossary, and words that it lacks as they
are. The weight of one is the share of the topic's mentions that speak of it, times its inverse topic
frequency. Words of one language alone match nothing, but they make a topic longer, so that a topic which
mostly speaks of other things gets no link from one concept in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from issuemine.naming.concepts import ConceptFinder, Lemma

GENERIC_WEIGHT = 0.5
TERMS = 5
"""Most terms told of a link."""
_TELLING = 0.02
"""A shared concept is told if it makes this much of the score."""

Floats = npt.NDArray[np.float64]
Unit = tuple[int, str]
"""A concept's number, or -1 and a word."""


@dataclass(frozen=True, slots=True)
class Linkable:
    """A topic with the tokens of some of its mentions; those nearest to its centre tell most."""

    topic_id: str
    space: str
    mentions: Sequence[Sequence[Lemma]]


@dataclass(frozen=True, slots=True)
class Link:
    """Two topics that may be one. ``score`` is in (0, 1]; ``terms`` are the concepts that both speak of,
    the most telling first, each as the one topic says it and as the other does.
    """

    topic_id: str
    other_id: str
    score: float
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a topic speaks of: share of its mentions by unit, and how it says each."""

    shares: dict[Unit, float]
    words: dict[Unit, Counter[str]]


def link_topics(topics: Sequence[Linkable], finder: ConceptFinder, least: float) -> list[Link]:
    """Propose which topics of different spaces are one issue.

    Two topics are linked if each shares a concept with the other that is not generic, their score is at
    least ``least``, and one of them is the best that the other one has in its space.

    Parameters
    ----------
    topics : sequence of Linkable
        All topics of a run.
    finder : ConceptFinder
        Knows the glossary.
    least : float
        Least cosine of two topics, in [0, 1].

    Returns
    -------
    list of Link
        Each pair once, the topic of the alphabetically first space first; the best score first. Empty
        where all topics are of one space.
    """
    spaces = sorted({topic.space for topic in topics})
    if len(spaces) < 2:
        return []
    spoken = [_spoken(topic, finder) for topic in topics]
    units = sorted({unit for one in spoken for unit in one.shares})
    generic = np.array([unit[0] >= 0 and finder.concepts[unit[0]].generic for unit in units], dtype=bool)
    vectors = _vectors(spoken, units, generic)
    rows = {space: [at for at, topic in enumerate(topics) if topic.space == space] for space in spaces}
    links = []
    for place, one in enumerate(spaces):
        for other in spaces[place + 1 :]:
            scores = _scores(vectors[rows[one]], vectors[rows[other]], generic)
            for a, b in zip(*np.nonzero(_proposed(scores, least)), strict=True):
                left, right = rows[one][a], rows[other][b]
                shared = vectors[left].multiply(vectors[right]).tocoo()
                terms = _terms(shared, units, spoken[left], spoken[right])
                links.append(Link(topics[left].topic_id, topics[right].topic_id, float(scores[a, b]), terms))
    return sorted(links, key=lambda link: (-link.score, link.topic_id, link.other_id))


def _spoken(topic: Linkable, finder: ConceptFinder) -> _Spoken:
    shares: defaultdict[Unit, float] = defaultdict(float)
    words: defaultdict[Unit, Counter[str]] = defaultdict(Counter)
    for mention in topic.mentions:
        meant: dict[Unit, float] = {}
        for said in finder.read(mention):
            unit = (said.concept, "" if said.concept >= 0 else said.word)
            meant[unit] = max(said.share, meant.get(unit, 0.0))
            words[unit][said.word] += 1
        for unit, share in meant.items():
            shares[unit] += share / len(topic.mentions)
    return _Spoken(dict(shares), dict(words))


def _vectors(
    spoken: Sequence[_Spoken], units: Sequence[Unit], generic: npt.NDArray[np.bool_]
) -> sparse.csr_matrix:
    """Unit vectors, shape (n_topics, n_units): share times ``log(1 + n_topics / sum of shares)``."""
    column = {unit: at for at, unit in enumerate(units)}
    entries = [
        (row, column[unit], share) for row, one in enumerate(spoken) for unit, share in one.shares.items()
    ]
    at, of, shares = (np.array(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
    found = sparse.csr_matrix((shares, (at, of)), shape=(len(spoken), len(units)), dtype=np.float64)
    rarity = np.log1p(len(spoken) / np.asarray(found.sum(axis=0)).ravel())
    weighted = found @ sparse.diags(rarity * np.where(generic, GENERIC_WEIGHT, 1.0))
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ weighted)


def _scores(one: sparse.csr_matrix, other: sparse.csr_matrix, generic: npt.NDArray[np.bool_]) -> Floats:
    """Cosines, 0 where nothing but generic concepts is shared."""
    telling = sparse.diags((~generic).astype(np.float64))
    cosines: Floats = (one @ other.T).toarray()
    return np.where((one @ telling @ other.T).toarray() > 0, cosines, 0.0)


def _proposed(scores: Floats, least: float) -> npt.NDArray[np.bool_]:
    """Pairs of which one topic is the other's best, and good enough."""
    best = (scores >= scores.max(axis=1, keepdims=True)) | (scores >= scores.max(axis=0, keepdims=True))
    proposed: npt.NDArray[np.bool_] = best & (scores >= least) & (scores > 0)
    return proposed


def _terms(
    shared: sparse.coo_matrix, units: Sequence[Unit], one: _Spoken, other: _Spoken
) -> tuple[tuple[str, str], ...]:
    """The shared units that make the score, each side's most frequent word for them."""
    order = np.argsort(-shared.data, kind="stable")[:TERMS]
    telling = [units[shared.col[at]] for at in order if shared.data[at] >= _TELLING * shared.data.sum()]
    return tuple((_usual(one.words[unit]), _usual(other.words[unit])) for unit in telling)


def _usual(words: Counter[str]) -> str:
    return min(words, key=lambda word: (-words[word], word))
