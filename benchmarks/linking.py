"""Links between English and Korean topics of the generated sample, against its truth.

The generator writes the same issues in both languages. The true issue of a topic is the one that most of its
records speak of; two topics of different spaces are a true pair if it is the same. Run
``python -m benchmarks.linking [--seed 7] [--days 120] [--per-day 40]``; ``--show`` lists the links.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from issuemine.config import Settings
from issuemine.sample import write_sample
from issuemine.store.connection import Database
from issuemine.store.reading import linked
from pipelines.nightly import nightly
from pipelines.progress import Silent

Pair = frozenset[str]


@dataclass(frozen=True)
class Judged:
    """Links of a snapshot beside the true pairs, and the best proposal of each topic that has one."""

    issues: dict[str, str]
    links: frozenset[Pair]
    pairs: frozenset[Pair]
    top: dict[str, str]

    @property
    def precision(self) -> float:
        """Share of the links that are true pairs."""
        return len(self.links & self.pairs) / max(len(self.links), 1)

    @property
    def recall(self) -> float:
        """Share of the true pairs that are linked."""
        return len(self.links & self.pairs) / max(len(self.pairs), 1)

    @property
    def top_precision(self) -> float:
        """Share of the best proposals that are true pairs."""
        return self._true_tops() / max(len(self.top), 1)

    @property
    def top_recall(self) -> float:
        """Share of the topics with a counterpart whose best proposal is one."""
        return self._true_tops() / max(len({topic for pair in self.pairs for topic in pair}), 1)

    def _true_tops(self) -> int:
        return sum(frozenset(pair) in self.pairs for pair in self.top.items())


def judge(snapshot: Database, truth: Path) -> Judged:
    """Compare the links of a snapshot of the sample with its truth."""
    with truth.open(encoding="utf-8", newline="") as file:
        spoken = {row["external_id"]: row["issues"].split("|") for row in csv.DictReader(file)}
    names = {row["record_id"]: row["external_id"] for row in snapshot.table("read/every/records").to_pylist()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in snapshot.table("read/every/topic_records").to_pylist():
        counts[row["topic_id"]].update(spoken[names[row["record_id"]]])
    spaces = {row["topic_id"]: row["space"] for row in snapshot.table("read/every/topics").to_pylist()}
    issues = {topic: min(found, key=lambda issue: (-found[issue], issue)) for topic, found in counts.items()}
    pairs = frozenset(
        frozenset((one, other))
        for one in issues
        for other in issues
        if issues[one] == issues[other] and spaces[one] != spaces[other]
    )
    proposals = linked(snapshot, sorted(issues))
    links = frozenset(
        frozenset((topic, other["topic_id"])) for topic, found in proposals.items() for other in found
    )
    return Judged(issues, links, pairs, {topic: of[0]["topic_id"] for topic, of in proposals.items() if of})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--per-day", type=int, default=40)
    parser.add_argument("--show", action="store_true", help="list every link with its terms")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        written = write_sample(
            Path(folder) / "sample", days=arguments.days, per_day=arguments.per_day, seed=arguments.seed
        )
        start = time.perf_counter()
        outcome = nightly(
            [str(written.path)], Settings(), Path(folder) / "var", as_of=None, reporter=Silent()
        )
        database = outcome.snapshot.database
        found = judge(database, written.truth)
        print(
            f"seed {arguments.seed}: {written.records} records, {len(found.issues)} topics, "
            f"{len(found.pairs)} true pairs, run {time.perf_counter() - start:.0f} s, of which linking "
            f"{outcome.manifest.seconds['link']:.1f} s"
        )
        print(
            f"links          {len(found.links):4}  precision {found.precision:.3f}  recall {found.recall:.3f}"
        )
        print(
            f"top proposals  {len(found.top):4}  precision {found.top_precision:.3f}  recall "
            f"{found.top_recall:.3f}"
        )
        if arguments.show:
            show(database, found)


def show(database: Database, found: Judged) -> None:
    labels = {row["topic_id"]: row["label"] for row in database.table("read/every/topics").to_pylist()}
    for topic, of in linked(database, sorted(found.issues)).items():
        for other in of:
            if topic < other["topic_id"]:
                mark = " " if frozenset((topic, other["topic_id"])) in found.pairs else "x"
                terms = ", ".join(f"{term['term']} ~ {term['other_term']}" for term in other["terms"])
                print(f"{mark} {other['score']:.2f}  {labels[topic]}  ≈  {other['label']}  ({terms})")


if __name__ == "__main__":
    main()
