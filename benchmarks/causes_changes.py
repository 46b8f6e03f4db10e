"""Change points and the changes lined up with them, in simulations where the truth is known.

How often a steady rate shows a change point, how often the 95 % intervals of the date and of the rate ratio
cover the truth, how many changes are found, and what a change log of any density makes of it: with the true
change in the log, and with none. Counts are gamma-Poisson with a scatter (variance = mean + scatter mean²),
the exposure is Poisson with a week of its own. Run
``python -m benchmarks.causes_changes [--series 400] [--seed 0]``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from issuemine.causes.candidates import strength
from issuemine.causes.changepoints import change_points
from issuemine.causes.dating import ChangePoint
from issuemine.causes.lineup import line_up
from issuemine.records_changes import Change

FIRST = date(2025, 1, 1)
WEEK = np.array([1.0, 1.1, 1.0, 0.9, 1.0, 0.6, 0.5])
NEAR = 14


def series(
    generator: np.random.Generator, factors: np.ndarray, mean: float, scatter: float, memory: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Counts and exposure; ``memory`` is the correlation of one day's rate with the next."""
    days = len(factors)
    exposure = generator.poisson(200 * WEEK[np.arange(days) % 7]).astype(float)
    means = mean * exposure / exposure.mean() * factors
    if memory:
        drift = np.zeros(days)
        for day in range(1, days):
            drift[day] = memory * drift[day - 1] + np.sqrt(1 - memory**2) * generator.normal()
        means = means * np.exp(np.sqrt(np.log1p(scatter)) * drift)
    elif scatter:
        means = means * generator.gamma(1 / scatter, scatter, days)
    return generator.poisson(means).astype(float), exposure


def steady(count: int, seed: int) -> None:
    """False change points of steady rates."""
    print("steady rate | days | scatter | memory | any change point | moderate or strong")
    for days in (120, 400, 730):
        for scatter, memory in ((0.0, 0.0), (0.2, 0.0), (1.0, 0.0), (0.2, 0.5), (0.2, 0.8), (0.2, 0.95)):
            any_, told = 0, 0
            for number in range(count):
                generator = np.random.default_rng([seed, days, int(100 * scatter), int(100 * memory), number])
                mean = float(np.exp(generator.uniform(np.log(0.2), np.log(30))))
                found = change_points(*series(generator, np.ones(days), mean, scatter, memory), FIRST)
                any_ += bool(found)
                told += any(strength(point.least, point.p_value) != "weak" for point in found)
            print(f"            | {days} | {scatter} | {memory} | {any_ / count:.1%} | {told / count:.1%}")


def planted(generator: np.random.Generator, shape: str) -> tuple[list[int], np.ndarray, float, float, float]:
    """Days of the changes, factors of the rate, and the ratio, scatter and mean."""
    days = int(generator.choice([120, 400, 730]))
    ratio = float(np.exp(generator.uniform(np.log(1.3), np.log(6))))
    ratio = 1 / ratio if generator.random() < 0.3 else ratio
    begin = int(generator.integers(20, days - 40))
    ends = [begin] if shape == "step" else [begin, begin + int(generator.integers(2, 20))]
    factors = np.ones(days)
    factors[begin : ends[-1] if len(ends) > 1 else days] = ratio
    mean = float(np.exp(generator.uniform(np.log(0.3), np.log(30))))
    return ends, factors, ratio, float(generator.choice([0.0, 0.2, 1.0])), mean


def matched(point: ChangePoint, ends: list[int]) -> int | None:
    """The planted change that a point is, if it is one."""
    gaps = [abs((point.day - FIRST).days - end) for end in ends]
    place = int(np.argmin(gaps))
    return place if gaps[place] <= max(NEAR, (point.last - point.first).days) else None


def covering(count: int, seed: int) -> None:
    """Coverage of both intervals, changes found and false ones."""
    print("\nplanted | scatter | found | date covered | days of its interval | ratio covered | false points")
    for shape in ("step", "burst"):
        told: dict[float, list[tuple[bool, bool, int]]] = defaultdict(list)
        planted_, false = dict.fromkeys((0.0, 0.2, 1.0), 0), dict.fromkeys((0.0, 0.2, 1.0), 0)
        for number in range(3 * count):
            generator = np.random.default_rng([seed, 1, len(shape), number])
            ends, factors, ratio, scatter, mean = planted(generator, shape)
            planted_[scatter] += len(ends)
            for point in change_points(*series(generator, factors, mean, scatter), FIRST):
                place = matched(point, ends)
                if place is None:
                    false[scatter] += 1
                    continue
                true = FIRST + timedelta(days=ends[place])
                size = ratio if place == 0 else 1 / ratio
                width = (point.last - point.first).days
                told[scatter].append(
                    (point.first <= true <= point.last, point.low <= size <= point.high, width)
                )
        for scatter, rows in sorted(told.items()):
            dated, sized, widths = zip(*rows, strict=True)
            print(
                f"{shape} | {scatter} | {len(rows)}/{planted_[scatter]} | {np.mean(dated):.1%} | "
                f"{np.median(widths):.0f} | {np.mean(sized):.1%} | {false[scatter]}"
            )


def power(count: int, seed: int) -> None:
    """Changes found by their ratio and by the records that they add."""
    print("\nratio | records added in 60 days: 0 to 20 | 20 to 50 | 50 to 200 | 200 or more")
    bins = (0.0, 20.0, 50.0, 200.0, np.inf)
    for low, high in ((1.3, 2.0), (2.0, 3.0), (3.0, 6.0)):
        cells: list[list[bool]] = [[] for _ in bins[1:]]
        for number in range(2 * count):
            generator = np.random.default_rng([seed, 2, int(10 * low), number])
            ratio = float(generator.uniform(low, high))
            mean = float(np.exp(generator.uniform(np.log(0.05), np.log(10))))
            factors = np.where(np.arange(365) >= 305, ratio, 1.0)
            found = change_points(*series(generator, factors, mean, 0.1), FIRST)
            hit = any(matched(point, [305]) is not None for point in found)
            cells[int(np.searchsorted(bins, 60 * mean * (ratio - 1), "right")) - 1].append(hit)
        print(f"{low} to {high} | " + " | ".join(f"{sum(cell)}/{len(cell)}" for cell in cells))


def points(count: int, seed: int) -> Iterator[tuple[np.random.Generator, ChangePoint, int]]:
    """Change points of two years with the day that they were planted on."""
    for number in range(count):
        generator = np.random.default_rng([seed, 3, number])
        begin = int(generator.integers(60, 670))
        factors = np.where(np.arange(730) >= begin, float(generator.uniform(3, 6)), 1.0)
        for point in change_points(*series(generator, factors, 3.0, 0.1), FIRST):
            if matched(point, [begin]) is not None:
                yield generator, point, begin


def logs(count: int, seed: int) -> None:
    """Candidates from logs of random days, with the true change in it or not."""
    print(
        "\nentries in two years | none is true: strong | moderate | listed"
        " | one is true: first | strong | moderate"
    )
    span = (FIRST, FIRST + timedelta(days=729))
    chosen = list(points(count, seed))
    for entries in (1, 4, 8, 24, 52, 104, 300):
        without, with_ = [], []
        for generator, point, begin in chosen:
            days = [int(day) for day in generator.integers(0, 730, entries)]
            true = begin - int(generator.integers(0, 3))
            for told, day in ((without, days), (with_, [true, *days[1:]])):
                log = [
                    Change("release", str(place), FIRST + timedelta(days=each), FIRST + timedelta(days=each))
                    for place, each in enumerate(day)
                ]
                best = next(iter(line_up(point, point.p_value, log, lambda _: None, span)), None)
                told.append(("", False) if best is None else (best.strength, log[best.place].name == "0"))
        total = len(chosen)
        share = {
            (name, level): sum(found == level for found, _ in told) / total
            for name, told in (("none", without), ("one", with_))
            for level in ("strong", "moderate", "weak")
        }
        first = sum(hit for _, hit in with_) / total
        listed = sum(bool(found) for found, _ in without) / total
        print(
            f"{entries} | {share['none', 'strong']:.1%} | {share['none', 'moderate']:.1%} | {listed:.0%} | "
            f"{first:.0%} | {share['one', 'strong']:.0%} | {share['one', 'moderate']:.0%}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    for measure in (steady, covering, power, logs):
        measure(arguments.series, arguments.seed)


if __name__ == "__main__":
    main()
