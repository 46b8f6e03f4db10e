"""Detection of emerging issues: speed, and the simulation studies beside simpler methods.

Run ``python -m benchmarks.surveillance [--seeds 20 101 102] [--per-scenario 20]``.
The first seed is that of ``issuemine backtest --simulate``; the method was tuned on 101 to 106, never on it.
"""

from __future__ import annotations

import argparse
import time
from typing import get_args

import numpy as np

from issuemine.config import DetectSettings
from issuemine.trends.simulation.study import PER_SCENARIO, SEED, Design, simulation_study
from issuemine.trends.surveillance import judge

MEASURES = {
    "false_positive_rate": "FPR",
    "probability_of_detection": "POD",
    "positive_predictive_value": "PPV",
    "sensitivity": "sens.",
    "specificity": "spec.",
    "timeliness": "timel.",
}


def speed(topics: int, n_days: int) -> None:
    """Seconds to judge one day of topics of all sizes, whose exposure has days of the week."""
    rng = np.random.default_rng(0)
    exposure = 1_000 + 200 * np.cos(2 * np.pi * np.arange(n_days) / 7)
    rates = rng.gamma(0.3, 1 / 0.3, topics) / 1_000
    shape = (topics, n_days)
    counts = rng.poisson(rates[:, None] * exposure * rng.gamma(5, 1 / 5, shape)).astype(float)
    days = np.datetime64("2022-01-01") + np.arange(n_days)
    wall, cpu = time.perf_counter(), time.process_time()
    found = judge(counts, exposure, days)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    own = (found.method == "regression").mean()
    print(f"{topics:,} topics x {n_days:,} days: {wall:.1f} s ({cpu:.1f} s of CPU), {own:.0%} by regression")
    print(f"  of calm topics {np.mean(found.p < 0.01):.2%} have p < .01, {np.mean(found.p < 0.05):.2%} < .05")


def studies(seeds: list[int], per_scenario: int) -> None:
    """The tables of both simulations."""
    for design in get_args(Design):
        for seed in seeds:
            begin = time.perf_counter()
            methods = simulation_study(design, DetectSettings(), per_scenario=per_scenario, seed=seed)
            taken = time.perf_counter() - begin
            print(f"\n{design}, seed {seed}, {per_scenario} series of each scenario ({taken:.0f} s)")
            print(f"{'':26}" + "".join(f"{short:>9}" for short in MEASURES.values()))
            for name, found in methods.items():
                print(f"{name:26}" + "".join(f"{found[measure]:9.4f}" for measure in MEASURES))


def main() -> None:
    """Print all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="*", default=[SEED, 101, 102])
    parser.add_argument("--per-scenario", type=int, default=PER_SCENARIO)
    parser.add_argument("--topics", type=int, default=5_000)
    parser.add_argument("--days", type=int, default=730)
    chosen = parser.parse_args()
    speed(chosen.topics, chosen.days)
    studies(chosen.seeds, chosen.per_scenario)


if __name__ == "__main__":
    main()
