"""Nights that follow each other: how steady topics stay, and what they are worth at the end.

Teams reviews are replayed month by month from 2019-01 to 2021-12 (earlier ones come with the first month):
agreement (adjusted Rand index) of each night with the night before, over the mentions that both know,
those without a topic as one class. Banking77 is fed in ten random tenths and compared with one run over
all of it. Run ``python -m benchmarks.replay [--data ../shared/data] [--seeds 2]``.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.discovery_data import DATA
from issuemine.config import Settings
from issuemine.discover import score
from issuemine.store.snapshot import Snapshot
from pipelines.nightly import Outcome, nightly
from pipelines.pace import Step
from pipelines.progress import Silent
from pipelines.replay import nights, replay

STEADY, REDISCOVERED = 0.97, 0.80


def teams(data: Path) -> None:
    days = nights(date(2019, 1, 1), date(2021, 12, 31), Step.MONTH)
    least = {False: 1.0, True: 1.0}
    with tempfile.TemporaryDirectory() as folder:
        path = str(data / "teams_reviews.csv")
        for at, outcome in enumerate(replay([path], Settings(), Path(folder), days, reporter=Silent())):
            reasons = _print(outcome)
            if at:
                ari = outcome.manifest.stability["ari"]
                least[bool(reasons)] = min(least[bool(reasons)], ari)
        ids = outcome.snapshot.database.table("read/every/topics")["topic_id"].to_pylist()
        print(f"ids {len(ids)}, distinct {len(set(ids))}")
    print(f"least ARI without a re-discovery {least[False]:.3f} (bar {STEADY})")
    print(f"least ARI with a re-discovery {least[True]:.3f} (bar {REDISCOVERED})")


def banking(data: Path, seed: int) -> None:
    with (data / "banking77.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    order = np.random.default_rng(seed).permutation(len(rows))
    tenth = np.empty(len(rows), dtype=int)
    tenth[order] = np.arange(len(rows)) * 10 // len(rows)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        first = date(2026, 1, 1)
        exports = []
        for day in range(10):
            export = folder / f"{day}.csv"
            exports.append(str(export))
            _write(export, rows, np.flatnonzero(tenth == day), first + timedelta(days=day))
        settings = Settings(ingest={"source": "desk"}, discover={"residual_days": 30})
        whole = nightly(exports, settings, folder / "whole", as_of=None, reporter=Silent()).snapshot
        for export in exports:
            outcome = nightly([export], settings, folder / "grown", as_of=None, reporter=Silent())
            _print(outcome)
        # Topic quality is that of the partition in force, which a restatement counts by.
        grown = nightly([], settings, folder / "grown", as_of=None, reporter=Silent(), restate=True).snapshot
        told = outcome.snapshot
        labels = np.array([row["label"] for row in rows])
        one, two, three = (score(labels, _topics(snapshot, len(rows))) for snapshot in (whole, grown, told))
        for name, figures in (("one run", one), ("ten nights", two), ("ten nights, as told", three)):
            print(
                f"seed {seed} {name:20} NMI {figures['nmi']:.4f} ARI {figures['ari']:.4f} "
                f"{figures['n_topics']} topics, unassigned {figures['unassigned_share']:.4f}"
            )
        print(f"seed {seed} difference NMI {two['nmi'] - one['nmi']:+.4f} ARI {two['ari'] - one['ari']:+.4f}")


def _print(outcome: Outcome) -> str:
    """Tell of a night; why it discovered anew, if it did."""
    told, info, reasons = outcome.manifest.stability, outcome.snapshot.info, _reasons(outcome.snapshot)
    events = " ".join(f"{name} {told[name]:.0f}" for name in ("born", "split_from", "merged_into", "retired"))
    print(
        f"{outcome.manifest.as_of} {info['mentions']:6} mentions {info['topics']:4} topics "
        f"unassigned {info['unassigned_mentions'] / info['mentions']:.3f} ARI {told['ari']:.3f} "
        f"records changed {told['records_changed_share']:.3f} {events}  {reasons}"
    )
    return reasons


def _write(path: Path, rows: list[dict[str, str]], chosen: np.ndarray, day: date) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "created_at", "text"])
        writer.writerows([str(at), day.isoformat(), rows[at]["text"]] for at in chosen.tolist())


def _topics(snapshot: Snapshot, n: int) -> np.ndarray:
    """Topic of each row, that of its first mention; -1 for none."""
    records = {
        row["record_id"]: int(row["external_id"])
        for row in snapshot.database.table("read/every/records").to_pylist()
    }
    found = np.full(n, -1, dtype=np.int64)
    for row in reversed(snapshot.database.table("read/every/mentions").to_pylist()):
        if row["topic_id"]:
            found[records[row["record_id"]]] = int(row["topic_id"][1:])
    return found


def _reasons(snapshot: Snapshot) -> str:
    rows = snapshot.database.table("read/every/discoveries").to_pylist()
    return ", ".join(
        f"{row['space']}: {row['reason']}" for row in rows if row["run_id"] == snapshot.snapshot_id
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", type=int, default=2)
    arguments = parser.parse_args()
    for seed in range(arguments.seeds):
        banking(arguments.data, seed)
    teams(arguments.data)


if __name__ == "__main__":
    main()
