"""Dense groups of new mentions that say nearly the same, as nobody did before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ints = NDArray[np.int64]
_ROWS = 2_048
_AGAIN = 3


@dataclass(frozen=True)
class Group:
    """Mentions that say nearly the same.

    Attributes
    ----------
    centre : ndarray of float32, shape (dim,)
        Unit vector.
    members : ndarray of int64
        Rows of the new mentions, nearest to the centre first.
    excess : float
        Records above what the past lets expect near the centre.
    """

    centre: Vectors
    members: Ints
    excess: float


def dense_groups(
    fresh: Vectors,
    records: Ints,
    past: Vectors,
    *,
    near: float,
    scale: float,
    min_records: int,
    most: int = 20,
) -> list[Group]:
    """Find where new mentions are dense and past ones were not.

    Around each new mention the new records and the past mentions within ``near`` are counted. The mention
    with the largest excess over what the past lets expect leads a group; its neighbours are taken out, and
    the next is sought among the rest, as in a scan statistic over the space of meanings.

    Parameters
    ----------
    fresh : ndarray of float32, shape (n, dim)
        Unit vectors of the new mentions.
    records : ndarray of int64, shape (n,)
        Record of each.
    past : ndarray of float32, shape (n_past, dim)
        Unit vectors of past mentions.
    near : float
        Cosine from which on two mentions say nearly the same.
    scale : float
        New mentions that each past one lets expect: the ratio of the exposures.
    min_records : int
        Fewest records of a group.
    most : int, default 20
        Most groups.

    Returns
    -------
    list of Group
        By decreasing excess.

    References
    ----------
    Maurya, A., Murray, K., Liu, Y., Dyer, C., Cohen, W. W. and Neill, D. B. (2016). Semantic scan: detecting
    subtle, spatially localized events in text streams. arXiv:1602.04393.
    """
    free = np.flatnonzero(np.linalg.norm(fresh, axis=1) > 0)
    if len(free) < min_records:
        return []
    expected = _counts_near(fresh, past, near) * scale
    close = [np.flatnonzero(row) for row in _near(fresh, near)]
    left = np.zeros(len(fresh), dtype=bool)
    left[free] = True
    groups: list[Group] = []
    while len(groups) < most:
        sizes = np.array([len(set(records[rows[left[rows]]].tolist())) for rows in close])
        excess = np.where(left & (sizes >= min_records), sizes - expected, -np.inf)
        leader = int(excess.argmax())
        if not excess[leader] > 0:
            break
        members, centre = close[leader][left[close[leader]]], fresh[leader]
        for _ in range(_AGAIN):
            centre = _unit(fresh[members].sum(axis=0))
            within = np.flatnonzero(left & (fresh @ centre >= near))
            if not len(within) or np.array_equal(within, members):
                break
            members = within
        cosines = fresh[members] @ centre
        order = np.argsort(-cosines, kind="stable")
        left[members] = left[leader] = False
        size = len(set(records[members].tolist()))
        if size >= min_records:
            usual = float((past @ centre >= near).sum()) * scale
            groups.append(Group(centre, members[order], size - usual))
    return sorted(groups, key=lambda group: -group.excess)


def _near(vectors: Vectors, near: float) -> NDArray[np.bool_]:
    return np.asarray(vectors @ vectors.T >= near)


def _counts_near(fresh: Vectors, past: Vectors, near: float) -> NDArray[np.float64]:
    counts = np.zeros(len(fresh))
    for start in range(0, len(past), _ROWS):
        counts += (fresh @ past[start : start + _ROWS].T >= near).sum(axis=1)
    return counts


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)
