"""The first cause candidate of 68 real incidents against what engineers found.

The incidents are those of a video service published with RobustSpot, with five attributes and counts by the
minute; ``../shared/data/README.md`` says more. F1 counts labelled combinations: the first candidate is right
if it is exactly one of them. The rules were tuned on the incidents at even places of the labels; those at odd
places were held out. Run ``python -m benchmarks.causes_incidents [--data ../shared/data] [--show]``.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from issuemine.causes import Candidate
from issuemine.config import CausesSettings
from pipelines.explaining import Question, explain_table

ATTRIBUTES = ("cdn", "bitrate", "device", "p2p", "isp")
BASELINE = 4

Combination = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Incident:
    """An incident, what was said to have caused it, and what was found."""

    name: str
    causes: frozenset[Combination]
    found: list[Candidate]
    seconds: float
    busy: float

    @property
    def first(self) -> Combination | None:
        """The first candidate's combination."""
        return frozenset(self.found[0].attributes.items()) if self.found else None


def incidents(folder: Path) -> list[Incident]:
    """Explain every incident."""
    table = pq.read_table(folder / "rootcause_cases.parquet")
    with (folder / "rootcause_labels.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    found = []
    for label in labels:
        case = table.filter(pc.equal(table["case"], label["case"]))
        candidates, seconds, busy = explained(case, label["minute"])
        causes = frozenset(frozenset(cause.items()) for cause in json.loads(label["causes"]))
        found.append(Incident(label["case"], causes, candidates, seconds, busy))
    return found


def explained(case: pa.Table, minute: str) -> tuple[list[Candidate], float, float]:
    start, busy = time.perf_counter(), time.process_time()
    question = Question("bad", "total", ATTRIBUTES, at=minute, baseline=BASELINE)
    candidates = explain_table(case, question, CausesSettings(), "minute")
    return candidates, time.perf_counter() - start, time.process_time() - busy


def f1(cases: list[Incident]) -> float:
    """F1 of the first candidates over all labelled combinations."""
    right = sum(case.first in case.causes for case in cases)
    named = sum(case.first is not None for case in cases)
    return 2 * right / (named + sum(len(case.causes) for case in cases))


def shown(combination: Combination | None) -> str:
    return "-" if combination is None else ",".join(f"{name}={value}" for name, value in sorted(combination))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument(
        "--show", action="store_true", help="list the incidents of the tuned half that went wrong"
    )
    arguments = parser.parse_args()
    if not (arguments.data / "rootcause_cases.parquet").is_file():
        sys.exit(
            f"{arguments.data} holds no rootcause_cases.parquet; see the text at the head of this script"
        )
    cases = incidents(arguments.data)
    for name, part in (("all", cases), ("tuned on", cases[::2]), ("held out", cases[1::2])):
        right = sum(case.first in case.causes for case in part)
        print(f"{name:10} {len(part):3} incidents  first right {right:3}  F1 {f1(part):.3f}")
    seconds = [case.seconds for case in cases]
    print(
        f"seconds an incident: mean {np.mean(seconds):.3f}, median {np.median(seconds):.3f}, "
        f"most {max(seconds):.3f}; CPU {np.mean([case.busy for case in cases]):.3f}"
    )
    if arguments.show:
        for case in cases[::2]:
            if case.first not in case.causes:
                print(f"{case.name}: {shown(case.first)}, not {' or '.join(map(shown, case.causes))}")


if __name__ == "__main__":
    main()
