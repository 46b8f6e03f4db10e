"""How often the 95 % intervals of cause candidates cover the true risk ratio.

A table with one to three planted causes each; the interval is that of the candidate which names one. Causes
that are found only when chance makes them look larger cover less often, so those with fewer than 40 excess
records are shown apart. Against the past, the interval is that of a combination with its own past rate. Run
``python -m benchmarks.causes_coverage [--tables 2000] [--seed 0]``; so many tables for each number of causes.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.causes_tables import Cause, Columns, attributes, explained, holds, memory
from issuemine.causes.estimates import against_past
from issuemine.config import CausesSettings

RATE = 0.05


def others(tables: int, seed: int, count: int) -> None:
    """Intervals of planted causes that were found, ``count`` of them in a table."""
    covered: dict[bool, list[bool]] = {True: [], False: []}
    missed = {True: 0, False: 0}
    with memory() as database:
        for number in range(tables):
            generator = np.random.default_rng([seed, number] if count == 1 else [seed, number, count])
            rows = int(np.exp(generator.uniform(np.log(4_000), np.log(40_000))))
            columns = attributes(generator, rows, [2, 4, 8, 16])
            causes = planted(generator, columns, rows, count)
            chance = np.full(rows, RATE)
            for cause, ratio in causes:
                chance[holds(columns, cause)] *= ratio
            records = (generator.random(rows) < chance).astype(np.int64)
            found = explained(database, columns, records, CausesSettings(max_attributes=2))
            for cause, ratio in causes:
                large = bool(holds(columns, cause).sum() * RATE * (ratio - 1) >= 40)
                match = [candidate for candidate in found if candidate.attributes == cause]
                if match:
                    covered[large].append(match[0].low <= ratio <= match[0].high)
                else:
                    missed[large] += 1
    for large, name in ((True, ">= 40"), (False, "< 40")):
        print(
            f"against others, causes {count}, {name} excess records: {np.mean(covered[large]):.1%} of "
            f"{len(covered[large])} found ({missed[large]} not found)"
        )
    both = covered[True] + covered[False]
    print(f"against others, causes {count}, all: {np.mean(both):.1%} of {len(both)}", flush=True)


def planted(
    generator: np.random.Generator, columns: Columns, rows: int, count: int
) -> list[tuple[Cause, float]]:
    """Causes of one or two attributes with their risk ratios, such that these can be told from the table.

    No chance is above 1, where a risk ratio could not be what it is said to be, and a third of the rows are
    under no cause, since a cause is told by what is not under it.
    """
    while True:
        causes: list[tuple[Cause, float]] = []
        chance = np.full(rows, RATE)
        while len(causes) < count:
            names = generator.choice(list(columns), generator.integers(1, 3), replace=False)
            row = generator.integers(rows)
            cause = {str(name): str(columns[name][row]) for name in names}
            if all(cause != other for other, _ in causes):
                causes.append((cause, float(np.exp(generator.uniform(np.log(1.5), np.log(8))))))
                chance[holds(columns, cause)] *= causes[-1][1]
        if chance.max() <= 1 and (chance == RATE).mean() >= (1 / 3 if count > 1 else 0):
            return causes


def past(draws: int, seed: int) -> None:
    """Intervals against the past, for every pair of counts drawn."""
    generator = np.random.default_rng(seed)
    covered = []
    for _ in range(draws):
        now, before = np.exp(generator.uniform(np.log((12, 5)), np.log((500, 2_000))))
        records, past_records = generator.poisson(now), generator.poisson(before)
        found = against_past(float(records), 1_000.0, (past_records + 0.1) / 4, past_records + 0.1)
        covered.append(found.low <= now / (before / 4) <= found.high)
    print(f"against the past: {np.mean(covered):.1%} of {draws}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    past(10_000, arguments.seed)
    for count in (1, 2, 3):
        others(arguments.tables, arguments.seed, count)


if __name__ == "__main__":
    main()
