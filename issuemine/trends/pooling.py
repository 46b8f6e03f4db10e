"""Baselines of topics with little history: their own few days, and what topics are usually like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

_SHAPES = np.logspace(-2, 2, 41)


@dataclass(frozen=True)
class Prior:
    """What the rate of a topic (records over exposure) is before its own counts are seen: a gamma.

    Attributes
    ----------
    shape, rate : float
        Of the gamma distribution; its mean is shape / rate.
    """

    shape: float
    rate: float


def pooled_prior(records: Floats, exposure: Floats) -> Prior | None:
    """The prior under which the topics' counts are likeliest, its mean being the mean rate of all.

    Parameters
    ----------
    records, exposure : ndarray of shape (n_topics,)
        Sums over the baseline. Topics without exposure take no part.

    Returns
    -------
    Prior or None
        None where no topic has exposure and records: nothing is known at all.

    References
    ----------
    Robbins, H. (1956). An empirical Bayes approach to statistics; the marginal distribution of a Poisson
    count with a gamma rate is negative binomial.
    """
    seen = exposure > 0
    if records[seen].sum() <= 0:
        return None
    mean = float(records[seen].sum() / exposure[seen].sum())
    y, e = records[seen][:, None], exposure[seen][:, None]
    rate = _SHAPES[None, :] / mean
    likelihood = (
        gammaln(y + _SHAPES)
        - gammaln(_SHAPES)
        + _SHAPES * np.log(rate / (rate + e))
        + y * np.log(e / (rate + e))
    ).sum(axis=0)
    shape = float(_SHAPES[int(likelihood.argmax())])
    return Prior(shape, shape / mean)


def posterior(records: Floats, exposure: Floats, dispersion: float, prior: Prior) -> tuple[Floats, Floats]:
    """Shape and rate of each topic's gamma once its counts are seen; overdispersed ones say less."""
    return prior.shape + records / dispersion, prior.rate + exposure / dispersion
