"""Ranking texts by the words that they share with a query: Okapi BM25."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

K1, B = 1.2, 0.75
"""How soon more of a word says no more, and how much long texts are held back: the usual values."""


@dataclass(frozen=True)
class Posting:
    """The texts that have a word.

    Parameters
    ----------
    places : ndarray of int, shape ``(n,)``
        Which texts, ascending.
    times : ndarray of int, shape ``(n,)``
        How often the word stands in each.
    lengths : ndarray of int, shape ``(n,)``
        Words of each.
    """

    places: npt.NDArray[np.int64]
    times: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Corpus:
    """What a word is weighed against: the number of texts and their mean number of words."""

    texts: int
    mean_length: float


def bm25(
    postings: Sequence[Posting], corpus: Corpus
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Score the texts that have any of a query's words [1]_.

    Parameters
    ----------
    postings : sequence of Posting
        One for each word of the query.
    corpus : Corpus
        Of the space that the texts are of.

    Returns
    -------
    tuple of ndarray
        Places, ascending, and their scores, above 0. A word that most texts have still counts a little:
        its weight is ln(1 + (N - n + 0.5) / (n + 0.5)).

    References
    ----------
    .. [1] S. Robertson and H. Zaragoza. "The probabilistic relevance framework: BM25 and beyond".
       Foundations and Trends in Information Retrieval 3, 2009.
    """
    if not postings:
        return np.empty(0, dtype=np.int64), np.empty(0)
    weights = []
    for posting in postings:
        n = len(posting.places)
        rarity = np.log1p((corpus.texts - n + 0.5) / (n + 0.5))
        held_back = K1 * (1 - B + B * posting.lengths / corpus.mean_length)
        weights.append(rarity * posting.times * (K1 + 1) / (posting.times + held_back))
    places, at = np.unique(np.concatenate([posting.places for posting in postings]), return_inverse=True)
    scores = np.bincount(at, weights=np.concatenate(weights), minlength=len(places))
    return places, scores.astype(np.float64, copy=False)
