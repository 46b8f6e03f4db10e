"""Choose one label for each topic among its candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from issuemine.naming import english, korean, korean_words
from issuemine.naming.candidates import NEAREST, Candidate, Corpus, candidates
from issuemine.naming.phrases import NOT
from issuemine.naming.words import log_odds

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
ENCODED = 20
"""Candidates of a topic whose own vector is compared with the centre."""

NEGATED = 0.12
"""A negated phrase stands in this share of the mentions near the centre that hold its words."""
SPECIFIC = 0.3
"""Score that a fuller phrase may lack against the phrase it contains."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each property of a candidate counts; each property is scaled to [0, 1] in its topic."""

    distinctive: float = 1.0
    precise: float = 0.6
    frequent: float = 0.6
    typical: float = 0.6
    central: float = 0.5
    encoded: float = 1.5
    complete: float = 0.8
    trouble: float = 0.25
    length: float = 0.4
    infinitive: float = 0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate of a topic with its score; ``mentions`` of those near the centre hold it."""

    score: float
    form: str
    key: tuple[str, ...]
    mentions: int


def score_topic(
    corpus: Corpus,
    labels: Ints,
    topic: int,
    members: Ints,
    similarities: Floats,
    weight: Callable[[str], float],
    weights: Weights,
) -> list[Scored]:
    """Score the candidates of one topic, without their own vectors."""

    def count(key: Iterable[str]) -> tuple[int, int]:
        holders = corpus.holders(key)
        return int((labels[holders] == topic).sum()), len(holders)

    near = np.sort(members[:NEAREST])

    def among_near(key: Iterable[str]) -> int:
        return len(np.intersect1d(corpus.holders(key), near, assume_unique=True))

    found = [c for c in candidates(corpus, members, similarities) if _means_it(c, among_near)]
    if not found:
        return []
    size, total = len(members), len(labels)
    counts = np.array([count(c.key) for c in found], np.float64)
    inside, outside = counts[:, 0], counts[:, 1] - counts[:, 0]
    parts = (
        (weights.distinctive, _scaled(log_odds(inside, outside, size, total - size))),
        (weights.precise, inside / (inside + outside + 2)),
        (weights.frequent, _scaled(np.log1p([c.mentions for c in found]))),
        (weights.typical, _scaled(np.array([_typical(c, weight) for c in found]))),
        (weights.central, _ranked(np.array([c.similarity for c in found]))),
        (weights.complete, np.array([(c.completeness + c.whole) / 2 for c in found])),
        (weights.trouble, np.array([float(_trouble(c.key)) for c in found])),
        (weights.length, np.array([_length(c.form()) for c in found])),
        (-weights.infinitive, np.array([float(_infinitive(c.form())) for c in found])),
    )
    scores = sum(w * values for w, values in parts)
    scored = [
        Scored(float(s), c.form(), c.key, c.mentions) for s, c in zip(np.asarray(scores), found, strict=True)
    ]
    return sorted(scored, key=lambda s: (-s.score, s.key))


def add_vectors(
    scored: dict[int, list[Scored]],
    centres: dict[int, npt.NDArray[np.float32]],
    encode: Encode,
    weights: Weights,
) -> dict[int, list[Scored]]:
    """Raise candidates whose own vector is near the centre (all topics in one batch).

    After KeyBERT (Grootendorst 2020): a phrase that means what the topic means has a vector near its
    centre, however often it is written.
    """
    texts = sorted({s.form for found in scored.values() for s in found[:ENCODED]})
    if not texts:
        return scored
    vectors = dict(zip(texts, np.asarray(encode(texts), np.float32), strict=True))
    raised: dict[int, list[Scored]] = {}
    for topic, found in scored.items():
        near = found[:ENCODED]
        cosines = np.array([float(vectors[s.form] @ centres[topic]) for s in near])
        added = weights.encoded * _scaled(cosines, 0.0) if len(near) else cosines
        raised[topic] = sorted(
            (replace(s, score=s.score + float(more)) for s, more in zip(near, added, strict=True)),
            key=lambda s: (-s.score, s.key),
        )
    return raised


def assign(scored: dict[int, list[Scored]]) -> dict[int, str]:
    """Give each topic its best candidate that no other topic has more right to.

    Topics choose in the order in which most mentions hold their best candidates, so that a phrase goes
    where it is said most; two labels never consist of the same words.

    Parameters
    ----------
    scored : dict of int to list of Scored
        Candidates of each topic, best first.

    Returns
    -------
    dict of int to str
        Topics that found one, in lower case.
    """
    preferred = {topic: prefer_specific(found) for topic, found in scored.items() if found}
    order = sorted(preferred, key=lambda topic: _claim(preferred[topic][0], topic))
    taken: set[frozenset[str]] = set()
    given: dict[int, str] = {}
    for topic in order:
        for candidate in preferred[topic]:
            written = frozenset(candidate.form.split())
            if frozenset(candidate.key) not in taken and written not in taken:
                taken |= {frozenset(candidate.key), written}
                given[topic] = candidate.form
                break
    return given


def _claim(best: Scored, topic: int) -> tuple[int, float, int]:
    return -best.mentions, -best.score, topic


def prefer_specific(found: list[Scored]) -> list[Scored]:
    """Put a fuller phrase first if it says more than the best one and scores nearly as well.

    "Exchange rate is incorrect" instead of "exchange rate": a label tells what is wrong.
    """
    best = found[0]
    for other in found[1:]:
        if (
            set(other.key) > set(best.key)
            and other.score >= best.score - SPECIFIC
            and other.mentions >= max(3, 0.15 * best.mentions)
            and len(other.form.split()) <= 4
        ):
            return [other, *(one for one in found if one is not other)]
    return found


def _means_it(candidate: Candidate, among_near: Callable[[Iterable[str]], int]) -> bool:
    """Whether enough mentions negate what the phrase negates: "not bad" is no label for "bad"."""
    if NOT in candidate.key:
        return candidate.mentions >= NEGATED * among_near(set(candidate.key) - {NOT})
    plain = [korean.negated(lemma) for lemma in candidate.key]
    return all(
        other is None or among_near([lemma]) >= NEGATED * among_near([other])
        for lemma, other in zip(candidate.key, plain, strict=True)
    )


def _trouble(key: tuple[str, ...]) -> bool:
    return (
        not english.TROUBLE.isdisjoint(key)
        or not korean_words.TROUBLE.isdisjoint(key)
        or any(map(korean.negated, key))
    )


def _typical(candidate: Candidate, weight: Callable[[str], float]) -> float:
    values = [max(0.0, weight(lemma)) for lemma in candidate.key]
    return float(np.sqrt(len(values)) * np.mean(values)) if values else 0.0


def _length(form: str) -> float:
    """Three words are best, two and four do, five are long."""
    return {1: 0.0, 2: 0.7, 3: 1.0, 4: 0.9, 5: 0.6}.get(len(form.split()), 0.0)


def _infinitive(form: str) -> bool:
    """Whether "to" follows a word that does not ask for it: "card to arrive", not "unable to log in"."""
    first, _, after = form.partition(" to ")
    return after != "" and first.split()[-1] not in english.TO_TAKERS


def _scaled(values: Floats, floor: float | None = None) -> Floats:
    low = float(values.min()) if floor is None else floor
    span = float(values.max()) - low
    return np.clip((values - low) / span, 0, 1) if span > 0 else np.zeros(len(values))


def _ranked(values: Floats) -> Floats:
    if len(values) < 2:
        return np.zeros(len(values))
    return np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
