"""How often a cause candidate of strength moderate or better is named where there is nothing to find.

Each table has 2,000 to 20,000 records, 6 attributes of 2 to 50 values that depend on a stratum, and a rate
that depends on the stratum as well. The topic's labels are shuffled within strata, so that no attribute
matters. Run ``python -m benchmarks.causes_null [--tables 500] [--seed 0]``.
"""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np

from benchmarks.causes_tables import Columns, explained, memory
from issuemine.config import CausesSettings

RATES = (0.02, 0.05, 0.15)


def table(generator: np.random.Generator) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Attributes, strata and labels that have only the stratum in common."""
    rows = int(np.exp(generator.uniform(np.log(2_000), np.log(20_000))))
    strata = generator.choice(len(RATES), rows, p=(0.5, 0.3, 0.2))
    columns = {}
    for number in range(6):
        count = int(np.exp(generator.uniform(np.log(2), np.log(51))))
        shares = generator.dirichlet(np.full(count, 1.5), size=len(RATES))
        codes = np.empty(rows, dtype=np.int64)
        for stratum in range(len(RATES)):
            chosen = strata == stratum
            codes[chosen] = generator.choice(count, int(chosen.sum()), p=shares[stratum])
        columns[f"a{number + 1}"] = np.char.add("v", codes.astype(str))
    labels = np.zeros(rows, dtype=np.int64)
    for stratum, rate in enumerate(RATES):
        chosen = np.flatnonzero(strata == stratum)
        labels[generator.permutation(chosen)[: round(rate * len(chosen))]] = 1
    return columns, strata.astype(np.int64), labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    settings = CausesSettings()
    best: Counter[str] = Counter()
    with memory() as database:
        for number in range(arguments.tables):
            columns, strata, labels = table(np.random.default_rng([arguments.seed, number]))
            found = [each.strength for each in explained(database, columns, labels, settings, strata)]
            order = ("strong", "moderate", "weak")
            best[min(found, key=order.index) if found else "none"] += 1
    wrong = best["strong"] + best["moderate"]
    print(f"{arguments.tables} tables: " + ", ".join(f"{name} {count}" for name, count in best.most_common()))
    print(f"moderate or better: {wrong} ({wrong / arguments.tables:.1%}; allowed 5 %)")


if __name__ == "__main__":
    main()
