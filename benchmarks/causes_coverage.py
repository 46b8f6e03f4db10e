"""How often the 95 % intervals of cause candidates cover the true risk ratio.

A table with one planted cause each; the interval is that of the candidate which names it. Causes that are
found only when chance makes them look larger cover less often, so those with fewer than 40 excess records are
shown apart. Against the past, the interval is that of a combination with its own past rate. Run
``python -m benchmarks.causes_coverage [--tables 2000] [--seed 0]``.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.causes_tables import attributes, explained, holds, memory
from issuemine.causes.estimates import against_past
from issuemine.config import CausesSettings

RATE = 0.05


def others(tables: int, seed: int) -> None:
    """Intervals of planted causes that were found."""
    covered: dict[bool, list[bool]] = {True: [], False: []}
    missed = {True: 0, False: 0}
    with memory() as database:
        for number in range(tables):
            generator = np.random.default_rng([seed, number])
            rows = int(np.exp(generator.uniform(np.log(4_000), np.log(40_000))))
            columns = attributes(generator, rows, [2, 4, 8, 16])
            names = generator.choice(list(columns), generator.integers(1, 3), replace=False)
            row = generator.integers(rows)
            cause = {str(name): str(columns[name][row]) for name in names}
            there = holds(columns, cause)
            ratio = float(np.exp(generator.uniform(np.log(1.5), np.log(8))))
            large = there.sum() * RATE * (ratio - 1) >= 40
            chance = np.where(there, RATE * ratio, RATE)
            records = (generator.random(rows) < chance).astype(np.int64)
            found = [
                candidate
                for candidate in explained(database, columns, records, CausesSettings(max_attributes=2))
                if candidate.attributes == cause
            ]
            if found:
                covered[large].append(found[0].low <= ratio <= found[0].high)
            else:
                missed[large] += 1
    for large, name in ((True, ">= 40"), (False, "< 40")):
        print(
            f"against others, {name} excess records: {np.mean(covered[large]):.1%} of {len(covered[large])} "
            f"found ({missed[large]} not found)"
        )
    print(f"against others, all: {np.mean(covered[True] + covered[False]):.1%}")


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
    others(arguments.tables, arguments.seed)


if __name__ == "__main__":
    main()
