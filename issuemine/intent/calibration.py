"""Probabilities that mean what they say: temperature scaling on held-out folds, and how to check it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Fold = tuple[Ints, Ints]
STRENGTHS = (1.0, 3.0, 10.0, 30.0)
"""Inverse regularisation strengths that cross-validation chooses from."""


def one_thread() -> AbstractContextManager[None]:
    """Linear algebra on one thread within: on matrices this small several only wait for each other.

    It also fixes the order of sums, so that results do not depend on the machine's cores.
    """
    limits: AbstractContextManager[None] = threadpool_limits(1)
    return limits


def unseen_domains(target: Ints, domains: npt.NDArray[np.str_], random_state: int) -> list[Fold]:
    """Five folds (train, test), each testing on industries that it was not trained on."""
    splitter = StratifiedGroupKFold(5, shuffle=True, random_state=random_state)
    return list(splitter.split(np.zeros(len(target)), target, groups=domains))


def fit_logistic(features: Floats, target: Ints, strength: float) -> LogisticRegression:
    """Multinomial logistic regression of ``target`` on ``features``, ``(n_prototypes, dim)``."""
    return LogisticRegression(C=strength, max_iter=2_000).fit(features, target)


def choose_strength(
    features: Floats, target: Ints, folds: list[Fold], blend: Callable[[Floats, Ints, Ints], Floats]
) -> tuple[float, float, Floats]:
    """Strength and temperature with the lowest log loss on held-out prototypes.

    Parameters
    ----------
    features : ndarray of shape (n_prototypes, dim)
    target : ndarray of shape (n_prototypes,)
        Index of the intent.
    folds : list of (train, test) indices
    blend : callable
        ``blend(log_probabilities, train, test)`` gives the scores ``(n_test, 6)`` that are to be
        calibrated, from the regression's log probabilities of the test part.

    Returns
    -------
    strength, temperature, scores : float, float, ndarray of shape (n_prototypes, 6)
        Temperature divides the scores before the softmax (C. Guo et al., "On Calibration of Modern
        Neural Networks", ICML 2017); ``scores`` are the held-out ones, uncalibrated.
    """
    best: tuple[float, float, float, Floats] | None = None
    for strength in STRENGTHS:
        scores = np.zeros((len(target), target.max() + 1))
        for train, test in folds:
            model = fit_logistic(features[train], target[train], strength)
            scores[test] = blend(model.predict_log_proba(features[test]), train, test)
        temperature = fit_temperature(scores, target)
        loss = log_loss(scores / temperature, target)
        if best is None or loss < best[0]:
            best = (loss, strength, temperature, scores)
    assert best is not None  # noqa: S101
    return best[1:]


def fit_temperature(scores: Floats, target: Ints) -> float:
    """Temperature between 1/10 and 10 that minimises the log loss of ``softmax(scores / T)``."""
    found = minimize_scalar(
        lambda log_t: log_loss(scores / np.exp(log_t), target), bounds=(-2.3, 2.3), method="bounded"
    )
    return float(np.exp(found.x))


def log_loss(scores: Floats, target: Ints) -> float:
    """Mean negative log probability of the true class under ``softmax(scores)``."""
    return float(-log_softmax(scores, axis=1)[np.arange(len(target)), target].mean())


def calibration_error(probabilities: npt.NDArray[np.floating], target: Ints, bins: int = 10) -> float:
    """Expected calibration error: by how much confidence misses accuracy, on average.

    Parameters
    ----------
    probabilities : ndarray of shape (n, n_classes)
    target : ndarray of shape (n,)
        Index of the true class.
    bins : int, default=10
        Equally wide bins of the highest probability.

    Returns
    -------
    float
        Between 0 (perfect) and 1 (Naeini, Cooper & Hauskrecht, AAAI 2015).
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == target
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[bin_of == b].mean() - right[bin_of == b].mean()) * np.mean(bin_of == b)
        for b in np.unique(bin_of)
    ]
    return float(np.sum(gaps))
