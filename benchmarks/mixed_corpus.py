"""Korean and English in one file beside each language mined alone.

Two corpora, each as one file and as two: reviews (Teams in English, Shinhan in Korean; no labels, so the
agreement of the topics with those of the part alone is measured), and labelled short texts (Banking77 and
Korean paraphrases that ``benchmarks.lexical_space`` makes; agreement with the labels). Besides, how many
topics hold mentions of both languages. Run ``python -m benchmarks.mixed_corpus [--data ../shared/data]``.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from benchmarks.discovery_data import DATA
from benchmarks.lexical_space import paraphrases
from issuemine.config import Settings
from issuemine.store.snapshot import Snapshot
from pipelines.evaluation import mine_texts
from pipelines.nightly import nightly
from pipelines.progress import Silent

REVIEWS = {"teams": "teams_reviews.csv", "shinhan": "shinhan_reviews_ko.csv"}
LANGUAGE = {"teams": "en", "shinhan": "ko"}
Places = dict[tuple[str, int, int], str]
"""Topic of each mention, by the record's external id and the mention's place in its text."""


def reviews(data: Path) -> None:
    rows = {name: _read(data / file) for name, file in REVIEWS.items()}
    with tempfile.TemporaryDirectory() as folder:
        alone = {name: places(_mine(Path(folder), name, part)) for name, part in rows.items()}
        together = _mine(Path(folder), "mixed", [row for part in rows.values() for row in part])
        both = places(together)
        for name, part in alone.items():
            common = sorted(part.keys() & both.keys())
            agreement = normalized_mutual_info_score(
                [part[key] for key in common], [both[key] for key in common]
            )
            print(
                f"{name:8} {len(common):6} mentions: {len(set(part.values())):4} topics alone, "
                f"{len({both[key] for key in common}):4} in the mixed file; "
                f"NMI between the two {agreement:.4f}"
            )
        topics = languages(together)
        mixed = {
            topic: counts
            for topic, counts in topics.items()
            if min(_two(counts)) > 0.1 * sum(counts.values())
        }
        print(f"{len(topics)} topics, {len(mixed)} with more than a tenth of each language: {dict(mixed)}")


def labelled(data: Path, seed: int) -> None:
    english = _read(data / "banking77.csv")
    korean, groups = paraphrases(1_000, 10, seed)
    texts = [row["text"] for row in english] + korean
    labels = np.array([row["label"] for row in english] + [f"group {group}" for group in groups])
    settings = Settings()
    parts = {"Banking77": slice(0, len(english)), "Korean paraphrases": slice(len(english), len(texts))}
    together = mine_texts(texts, None, settings, None).labels
    for name, part in parts.items():
        alone = mine_texts(texts[part], None, settings, None).labels
        one, two = (normalized_mutual_info_score(labels[part], found) for found in (alone, together[part]))
        print(f"{name:20} NMI alone {one:.4f}, in the mixed file {two:.4f}, difference {two - one:+.4f}")


def places(snapshot: Snapshot) -> Places:
    records = {
        row["record_id"]: row["external_id"]
        for row in snapshot.database.table("read/every/records").to_pylist()
    }
    return {
        (records[row["record_id"]], row["start"], row["end"]): row["topic_id"] or "unassigned"
        for row in snapshot.database.table("read/every/mentions").to_pylist()
    }


def languages(snapshot: Snapshot) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in snapshot.database.table("read/every/mentions").to_pylist():
        if row["topic_id"]:
            found[row["topic_id"]][row["language"]] += 1
    return found


def _two(counts: Counter[str]) -> tuple[int, int]:
    return counts["en"], counts["ko"]


def _mine(folder: Path, name: str, rows: list[dict[str, str]]) -> Snapshot:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["review_id", "date", "rating", "title", "content"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return nightly([str(path)], Settings(), folder / f"var-{name}", as_of=None, reporter=Silent()).snapshot


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line.replace("\0", "") for line in file))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    labelled(arguments.data, arguments.seed)
    reviews(arguments.data)


if __name__ == "__main__":
    main()
