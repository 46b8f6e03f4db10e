"""One ranking out of several, and topics out of the mentions that were found."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

K = 60
"""Constant of reciprocal rank fusion, as its authors chose it."""

_Id = TypeVar("_Id", bound=Hashable)


def fused(rankings: Iterable[Sequence[_Id]]) -> list[tuple[_Id, float]]:
    """Fuse rankings by reciprocal rank [1]_.

    Scores of words and of meaning have no common unit, so only ranks are used: an item's score is the sum
    of 1 / (60 + rank) over the rankings that have it.

    Parameters
    ----------
    rankings : iterable of sequences
        Items of each ranking, the best first, none twice in one.

    Returns
    -------
    list of tuple
        Items with their scores, the best first; equal ones in the order in which they were met.

    References
    ----------
    .. [1] G. V. Cormack, C. L. A. Clarke and S. Buettcher. "Reciprocal rank fusion outperforms Condorcet and
       individual rank learning methods". SIGIR 2009.

    Examples
    --------
    >>> [item for item, _ in fused([["a", "b", "c"], ["c", "a"]])]
    ['a', 'c', 'b']
    """
    scores: dict[_Id, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (K + rank)
    return sorted(scores.items(), key=lambda scored: -scored[1])


def voted(candidates: Sequence[_Id | None]) -> list[tuple[_Id, float]]:
    """Rank candidates by the votes of the items that stand for them, each worth its reciprocal rank [1]_.

    Parameters
    ----------
    candidates : sequence
        For each item found, the best first, the candidate that it stands for; None stands for none.

    Returns
    -------
    list of tuple
        Candidates with their scores, the best first.

    References
    ----------
    .. [1] C. Macdonald and I. Ounis. "Voting for candidates: adapting data fusion techniques for an expert
       search task". CIKM 2006; their method RR.
    """
    scores: dict[_Id, float] = {}
    for rank, candidate in enumerate(candidates, start=1):
        if candidate is not None:
            scores[candidate] = scores.get(candidate, 0.0) + 1 / rank
    return sorted(scores.items(), key=lambda scored: -scored[1])
