"""Recall and precision of cause candidates on planted causes, by difficulty.

Each table has a topic of 200 to 20,000 records, 6 to 12 attributes (one may be a copy, one a noisy copy, the
rest is noise) and one to three causes of one to three attributes with a risk ratio of 1.5 to 8. A cause is
found if a candidate names exactly its values, or others that are true of the same records (nine in ten, both
ways). Run
``python -m benchmarks.causes_planted [--tables 300] [--seed 0] [--json FILE]``; the picture in
``docs/find-causes.md`` is drawn from that file by ``benchmarks/causes_picture.py``.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.causes_tables import Cause, Planted, attributes, explained, holds, memory
from issuemine.causes import Candidate
from issuemine.config import CausesSettings

RATE = 0.1
SAME = 0.9
RATIOS = ((1.5, 2.0), (2.0, 3.0), (3.0, 5.0), (5.0, 8.01))
EXCESSES = ((0, 20), (20, 50), (50, 200), (200, 10**9))


@dataclass(frozen=True)
class Outcome:
    """A planted cause, and whether it was found and its interval holds the truth."""

    table: int
    ratio: float
    excess: float
    size: int
    found: bool
    exact: bool
    covered: bool | None


def planted(generator: np.random.Generator) -> Planted:
    """A table with causes that hold for at least 20 of its rows."""
    rows = int(np.exp(generator.uniform(np.log(200), np.log(20_000))) / RATE)
    counts = [int(np.exp(generator.uniform(np.log(2), np.log(31)))) for _ in range(generator.integers(6, 13))]
    columns = attributes(generator, rows, counts)
    causes: list[tuple[Cause, float]] = []
    while not causes or (len(causes) < 3 and generator.random() < 0.4):
        names = generator.choice(list(columns), generator.integers(1, 4), replace=False)
        row = generator.integers(rows)
        cause = {str(name): str(columns[name][row]) for name in names}
        if 20 <= holds(columns, cause).sum() <= rows / 2:
            causes.append((cause, float(np.exp(generator.uniform(np.log(1.5), np.log(8))))))
    chance = np.full(rows, RATE)
    for cause, ratio in causes:
        chance[holds(columns, cause)] *= ratio
    records = (generator.random(rows) < np.minimum(chance, 1.0)).astype(np.int64)
    names = list(columns)
    if generator.random() < 0.5:
        columns["copy"] = np.char.add("c", columns[str(generator.choice(names))])
    if generator.random() < 0.5:
        source = columns[str(generator.choice(names))]
        mixed = generator.random(rows) < 0.1
        columns["blurred"] = np.where(mixed, generator.permutation(source), source)
    return Planted(columns, records, causes)


def judged(number: int, table: Planted, found: list[Candidate]) -> tuple[list[Outcome], int, int]:
    """What became of each cause; how many candidates were right, and how many there were."""
    rows = [holds(table.columns, candidate.attributes) for candidate in found]
    right: set[int] = set()
    outcomes = []
    for cause, ratio in table.causes:
        truth = holds(table.columns, cause)
        alike = [float((truth & row).sum() / (truth | row).sum()) for row in rows]
        match = [place for place, share in enumerate(alike) if share >= SAME]
        right.update(match)
        covered = found[match[0]].low <= ratio <= found[match[0]].high if match else None
        exact = any(candidate.attributes == cause for candidate in found)
        excess = float(truth.sum()) * RATE * (ratio - 1)
        outcomes.append(Outcome(number, ratio, excess, len(cause), bool(match), exact, covered))
    return outcomes, len(right), len(found)


def run(first: int, tables: int, seed: int, kept: Path | None) -> dict[str, Any]:
    """Outcomes of some tables; written down after each, so that a run that is cut off is not lost."""
    told: dict[str, Any] = {"tables": 0, "outcomes": [], "right": 0, "named": 0, "firm_right": 0, "firm": 0}
    with memory() as database:
        for number in range(first, first + tables):
            table = planted(np.random.default_rng([seed, number]))
            found = explained(database, table.columns, table.records, CausesSettings())
            results, right, named = judged(number, table, found)
            sure = [candidate for candidate in found if candidate.strength != "weak"]
            _, firm_right, firm = judged(number, table, sure)
            told["tables"] += 1
            told["outcomes"] += [asdict(each) for each in results]
            for name, count in (
                ("right", right),
                ("named", named),
                ("firm_right", firm_right),
                ("firm", firm),
            ):
                told[name] += count
            if kept is not None:
                kept.write_text(json.dumps(told), encoding="utf-8")
    return told


def report(told: dict[str, Any]) -> None:
    """Print recall and precision."""
    outcomes = [Outcome(**each) for each in told["outcomes"]]
    print(f"{len(outcomes)} causes in {told['tables']} tables; recall by risk ratio and excess records")
    names = [f"{low} to {high}" if high < 10**9 else f"{low} or more" for low, high in EXCESSES]
    print("risk ratio  " + "".join(f"{name:>14}" for name in names))
    for low, high in RATIOS:
        cells = []
        for least, most in EXCESSES:
            part = [each for each in outcomes if low <= each.ratio < high and least <= each.excess < most]
            cells.append(f"{sum(each.found for each in part)}/{len(part)}")
        print(f"{low:.1f} to {high:<4.1f} " + "".join(f"{cell:>14}" for cell in cells))
    must = [each for each in outcomes if each.ratio >= 3 and each.excess >= 50]
    found, exact = sum(each.found for each in must), sum(each.exact for each in must)
    print(f"risk ratio >= 3 and >= 50 excess records: {found} of {len(must)} found, {exact} exactly")
    for each in must:
        if not each.found:
            print("  missed:", each)
    print(
        f"precision: {told['right']}/{told['named']}; moderate or better {told['firm_right']}/{told['firm']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--tables", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    report(run(arguments.first, arguments.tables, arguments.seed, arguments.json))


if __name__ == "__main__":
    main()
