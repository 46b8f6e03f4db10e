"""Topics in the plane: what is written about alike lies near each other.

Distances are those of centres within an encoder space; between spaces, links of topics bridge them. Ways
go from neighbour to neighbour (Tenenbaum et al., Science 290, 2000), and the plane is made by majorising the
stress (Gansner et al., Graph drawing by stress majorization, 2004), beginning with classical scaling
(Torgerson, Psychometrika 17, 1952) or with where topics lay before, so that the map of today looks like that
of yesterday.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import shortest_path
from scipy.spatial.distance import cdist

Floats = npt.NDArray[np.float64]

_APART = 1.0
"""Distance of topics of different spaces that nothing links."""
_NEIGHBOURS = 5
_LEAST = 0.02
"""Even twins lie this far apart, so that both can be seen."""
_STEPS = 150
_BETTER = 0.98
"""A map stays as it is while another would not leave less than this part of its stress."""
_STILL = 1e-3
"""Done when no topic moves by more than this part of the plane."""


def distances(
    topics: Sequence[str],
    spaces: Sequence[str],
    centres: Sequence[npt.ArrayLike],
    links: Mapping[tuple[str, str], float],
) -> Floats:
    """Distances of all pairs, in [0, 1].

    Parameters
    ----------
    topics, spaces : sequence of str
        Ids, and the encoder space of each.
    centres : sequence of array-like
        Centre of each in its space, of any length.
    links : mapping of (str, str) to float
        Scores in (0, 1] of pairs of different spaces that seem to be one issue.

    Returns
    -------
    array of shape (n, n)
        Symmetric, zeros on its diagonal. Between spaces the shortest way over one link.
    """
    n = len(topics)
    found = np.full((n, n), _APART)
    for space in sorted(set(spaces)):
        members = [at for at, name in enumerate(spaces) if name == space]
        unit = np.stack([np.asarray(centres[at], dtype=np.float64) for at in members])
        unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-12)
        found[np.ix_(members, members)] = np.clip(1.0 - unit @ unit.T, 0.0, 1.0)
    place = {topic: at for at, topic in enumerate(topics)}
    bridged = found.copy()
    for (one, other), score in sorted(links.items()):
        if one in place and other in place:
            here, there = place[one], place[other]
            way = found[:, [here]] + 0.5 * (1.0 - score) + found[[there], :]
            np.minimum(bridged, np.minimum(way, way.T), out=bridged)
    np.fill_diagonal(bridged, 0.0)
    even: Floats = np.minimum(bridged, bridged.T)
    return even


def layout(apart: Floats, before: Floats | None = None) -> Floats:
    """Places in the unit square, the same for the same distances.

    Parameters
    ----------
    apart : array of shape (n, n)
        Distances.
    before : array of shape (n, 2), optional
        Where topics lay before; NaN for those that are new.

    Returns
    -------
    array of shape (n, 2)
        In [0, 1], each axis filled.
    """
    n = len(apart)
    if n < 2:
        return np.full((n, 2), 0.5)
    ways = _ways(apart)
    start = _scaled(ways)
    if before is not None and np.isfinite(before).all(axis=1).sum() >= n / 2:
        start = _carried(before, ways) * np.abs(start).max()
    found = _majorised(ways, start)
    low, high = found.min(axis=0), found.max(axis=0)
    flat = high - low < 1e-9
    filled = np.where(flat, 0.5, (found - low) / np.where(flat, 1.0, high - low))
    drawn = np.asarray(np.round(filled, 4), np.float64)
    if (
        before is not None
        and np.isfinite(before).all()
        and _stress(ways, drawn) >= _BETTER * _stress(ways, before)
    ):
        return np.array(before, np.float64)
    return drawn


def _ways(apart: Floats) -> Floats:
    """Lengths of the shortest ways from neighbour to neighbour; what no way leads to is farthest."""
    n = len(apart)
    near = np.argsort(apart + np.diag(np.full(n, np.inf)), axis=1, kind="stable")[
        :, : min(_NEIGHBOURS, n - 1)
    ]
    graph = np.zeros((n, n))
    rows = np.repeat(np.arange(n), near.shape[1])
    graph[rows, near.ravel()] = np.maximum(apart[rows, near.ravel()], _LEAST)
    ways: Floats = shortest_path(np.maximum(graph, graph.T), directed=False)
    farthest = float(ways[np.isfinite(ways)].max())
    return np.where(np.isfinite(ways), ways, 1.2 * farthest)


def _majorised(ways: Floats, start: Floats) -> Floats:
    """Places whose distances fit the ways, near ones above all: each step lowers the stress."""
    n = len(ways)
    weights = 1.0 / (ways + np.eye(n)) ** 2
    np.fill_diagonal(weights, 0.0)
    pull = weights * ways
    solve = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights, hermitian=True)
    found = start
    for _ in range(_STEPS):
        gaps = cdist(found, found)
        pushed = -pull / np.maximum(gaps, 1e-9)
        np.fill_diagonal(pushed, 0.0)
        np.fill_diagonal(pushed, -pushed.sum(axis=1))
        moved = solve @ (pushed @ found)
        done = float(np.abs(moved - found).max()) < _STILL * float(np.abs(found).max())
        found = moved
        if done:
            break
    return found


def _stress(ways: Floats, places: Floats) -> float:
    """How badly distances on a map of any scale fit the ways, near ones above all; 0 is best, 1 worst."""
    weights = 1.0 / (ways + np.eye(len(ways))) ** 2
    np.fill_diagonal(weights, 0.0)
    gaps = cdist(places, places)
    scale = float((weights * gaps * ways).sum()) / max(float((weights * gaps**2).sum()), 1e-12)
    return float((weights * (scale * gaps - ways) ** 2).sum() / (weights * ways**2).sum())


def _scaled(apart: Floats) -> Floats:
    """Classical scaling: the two main axes of the double-centred squared distances."""
    n = len(apart)
    centring = np.eye(n) - 1.0 / n
    values, vectors = np.linalg.eigh(-0.5 * centring @ (apart**2) @ centring)
    axes = vectors[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0.0))
    # Eigenvectors come with either sign: the largest entry is made positive.
    signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    flat = axes * np.where(signs == 0, 1.0, signs)
    return np.pad(flat, ((0, 0), (0, 2 - flat.shape[1])))


def _carried(before: Floats, ways: Floats) -> Floats:
    """Where topics lay, within [-1, 1]; new ones beside the nearest of the old."""
    old = np.flatnonzero(np.isfinite(before).all(axis=1))
    start = 2.0 * before - 1.0
    for at in np.flatnonzero(~np.isfinite(before).all(axis=1)):
        angle = 2.399963 * at  # the golden angle: no two new ones go the same way
        start[at] = start[old[ways[at, old].argmin()]] + 0.02 * np.array([np.cos(angle), np.sin(angle)])
    return start
