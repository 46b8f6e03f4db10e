"""How well alarms agree with known outbreaks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.simulation.simulated import Simulated


def scores(alarms: NDArray[np.bool_], truth: Simulated) -> dict[str, float]:
    """Measure one method.

    Parameters
    ----------
    alarms : ndarray of bool, shape (n_series, n_tested)
        Of the tested times.
    truth : Simulated

    Returns
    -------
    dict of str to float
        ``false_positive_rate``: share of the times free of outbreaks with an alarm; ``specificity`` is its
        complement. ``probability_of_detection``: share of the outbreaks with an alarm at any of their times.
        ``positive_predictive_value``: share of the alarms that fall into an outbreak.
        ``sensitivity``: share of the times of outbreaks with an alarm. ``timeliness``: times from an
        outbreak's first case to its first alarm over its length, 0 on the first, 1 where it was never found,
        on average.
    """
    span = slice(truth.counts.shape[1] - truth.tested, None)
    during = truth.outbreak[:, span] > 0
    free = ~during & (truth.other[:, span] == 0)
    hits = alarms & during
    real = during.sum(axis=1) > 0
    caught = hits.sum(axis=1) > 0
    false = (alarms & free).sum() / max(free.sum(), 1)
    begin = during.argmax(axis=1)
    end = during.shape[1] - 1 - during[:, ::-1].argmax(axis=1)
    wait = np.where(caught, (hits.argmax(axis=1) - begin) / (end - begin + 1), 1.0)
    return {
        "false_positive_rate": float(false),
        "probability_of_detection": float(caught[real].mean()),
        "positive_predictive_value": float(hits.sum() / max(alarms.sum(), 1)),
        "sensitivity": float(hits.sum() / max(during.sum(), 1)),
        "specificity": float(1 - false),
        "timeliness": float(wait[real].mean()),
    }
