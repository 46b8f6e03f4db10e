"""A simulation study: ours beside simpler methods, on the same series."""

from __future__ import annotations

from typing import Literal

import numpy as np

from issuemine.config import DetectSettings
from issuemine.trends.simulation.daily import daily_series
from issuemine.trends.simulation.rivals import RIVALS
from issuemine.trends.simulation.scores import scores
from issuemine.trends.simulation.weekly import weekly_series
from issuemine.trends.surveillance import judge_range

Design = Literal["weekly", "daily"]
ALPHAS = {"weekly": (0.01, 0.025), "daily": (0.015,)}
SEED = 20
PER_SCENARIO = 20


def simulation_study(
    design: Design,
    settings: DetectSettings,
    *,
    per_scenario: int = PER_SCENARIO,
    seed: int = SEED,
) -> dict[str, dict[str, float]]:
    """Simulate series, judge them by every method, and measure.

    Parameters
    ----------
    design : {'weekly', 'daily'}
        28 scenarios of weekly counts, or 16 signals of daily ones.
    settings : DetectSettings
        Those of detection: what is measured is what runs.
    per_scenario : int, default 20
        Series of each scenario or signal.
    seed : int, default 20

    Returns
    -------
    dict of str to dict of str to float
        Measures by method, as :func:`~issuemine.trends.simulation.scores.scores` names them; ours once for
        each level at which a p-value is an alarm.
    """
    make = weekly_series if design == "weekly" else daily_series
    truth = make(per_scenario, seed=seed)
    n_times = truth.counts.shape[1]
    judged = judge_range(
        truth.counts,
        np.ones(n_times),
        truth.days,
        first=n_times - truth.tested,
        holidays=truth.holidays,
        settings=settings,
    )
    found = {f"issuemine (alpha {alpha})": scores(judged.p <= alpha, truth) for alpha in ALPHAS[design]}
    return found | {name: scores(rival(truth.counts, truth.tested), truth) for name, rival in RIVALS.items()}
