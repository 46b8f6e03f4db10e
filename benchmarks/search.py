"""How well and how fast the search finds.

Quality: Banking77, a query being a text left out of the corpus and what has its intent being relevant;
and Korean texts of the sample generator, a query being a text of an issue. Precision of the first ten, by
words, meaning and both, over a real run. Recall: of the 10 nearest by exact cosine. Speed: drawn vectors,
384 dimensions around 500 centres, and no encoding unless ``--encode``; 16 threads ask without a pause.

Run ``python -m benchmarks.search [--size 1000000] [--part quality|speed|all] [--data DIR]``.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from benchmarks.night_growth import DIM, drawn
from issuemine.config import Settings
from issuemine.search.vectors import SpaceVectors, append

ASKERS, QUERIES, SECONDS = 16, 200, 10


def banking(data: Path, folder: Path) -> tuple[Path, list[tuple[str, str]], dict[str, str]]:
    """A file of nine tenths of the texts, queries out of the rest, and the intent of each text by its id."""
    with (data / "banking77.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    order = np.random.default_rng(0).permutation(len(rows))
    held = set(order[: len(rows) // 10].tolist())
    kept = [
        {"ticket_id": f"B{at}", "created_at": "2026-01-05", "body": row["text"]}
        for at, row in enumerate(rows)
    ]
    path = folder / "banking.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for at, row in enumerate(kept) if at not in held))
    queries = [(rows[at]["text"], rows[at]["label"]) for at in sorted(held)[:300]]
    return path, queries, {f"B{at}": row["label"] for at, row in enumerate(rows)}


def korean(folder: Path) -> tuple[Path, list[tuple[str, str]], dict[str, str]]:
    """Korean texts of the generator; one in ten is a query, by the issue that it was written of."""
    from issuemine.sample import write_sample

    written = write_sample(folder / "sample", days=120, per_day=40, seed=7)
    records = {row["ticket_id"]: row for row in map(orjson.loads, written.path.read_bytes().splitlines())}
    with written.truth.open(encoding="utf-8", newline="") as file:
        truth = [row for row in csv.DictReader(file) if row["language"] == "ko" and ";" not in row["issues"]]
    issues = {row["external_id"]: row["issues"] for row in truth if row["issues"]}
    ids = [name for name in issues if name in records]
    queries = [(records[name]["body"][:200], issues[name]) for name in ids[::10]][:200]
    path = folder / "korean.jsonl"
    kept = [records[name] for at, name in enumerate(ids) if at % 10]
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in kept))
    return path, queries, issues


def quality(name: str, path: Path, queries: list[tuple[str, str]], truth: dict[str, str]) -> None:
    """Mine the texts and print the precision of the first ten distinct records, by each way."""
    from api.deps import Reading, Window
    from api.search.service import By, Engine, Query, ranked
    from api.segments.saved import Saved
    from issuemine.store.layout import Layout
    from issuemine.store.reading import Filters
    from issuemine.store.searched import told
    from pipelines.nightly import nightly
    from pipelines.progress import Silent

    settings, folder = Settings(), path.parent / name
    outcome = nightly([str(path)], settings, folder, as_of=None, reporter=Silent())
    snapshot, engine = outcome.snapshot, Engine.of(Layout(folder), settings)
    records = snapshot.database.table("read/every/records").to_pylist()
    ids = {row["record_id"]: row["external_id"] for row in records}
    read = Reading(snapshot, snapshot.database, settings, Saved(None))  # type: ignore[arg-type]
    window = Window(snapshot.info["first_day"], snapshot.info["as_of"])
    found: dict[str, list[float]] = defaultdict(list)
    for text, label in queries:
        for by in By:
            rows = ranked(read, engine, Query(text, window, Filters(), by), 60).mentions
            told(read.database, rows)
            first = list(dict.fromkeys(ids[row["record_id"]] for row in rows))[:10]
            found[by].append(sum(truth.get(one) == label for one in first) / 10)
    means = "  ".join(f"{by} {statistics.mean(values):.3f}" for by, values in found.items())
    print(f"precision@10, {name} ({len(truth):,} texts, {len(queries)} queries): {means}")


def speed(size: int, encode: bool) -> None:
    """Print recall, latency and memory over drawn vectors."""
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as name:
        stem, asked = Path(name) / "space", []
        start = time.perf_counter()
        for first in range(0, size, 50_000):
            vectors = drawn(rng, rng.integers(0, 500, min(50_000, size - first)))
            append(stem, first, vectors)
            asked.append(vectors[:: max(1, 50_000 * QUERIES // size)])
        print(f"{size:,} x {DIM} written in {time.perf_counter() - start:.1f} s, drawing included")
        opened = SpaceVectors(stem, DIM, size)
        noise = rng.normal(size=(QUERIES, DIM)) * 0.6 / np.sqrt(DIM)
        queries = np.concatenate(asked)[:QUERIES] + noise
        queries = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype(np.float32)
        shares, best = [], [(np.empty(0), np.empty(0, dtype=int))] * QUERIES
        again = np.random.default_rng(1)
        for first in range(0, size, 50_000):
            vectors = drawn(again, again.integers(0, 500, min(50_000, size - first)))
            cosines = queries @ vectors.T
            for at in range(QUERIES):
                near = np.argpartition(-cosines[at], 10)[:10]
                both = np.r_[best[at][0], cosines[at][near]], np.r_[best[at][1], near + first]
                kept = np.argsort(-both[0])[:10]
                best[at] = both[0][kept], both[1][kept]
        cpu = time.process_time()
        for at, query in enumerate(queries):
            shares.append(len(set(best[at][1].tolist()) & set(opened.nearest(query, 10)[0].tolist())) / 10)
        cpu = (time.process_time() - cpu) / QUERIES
        print(f"recall@10 {statistics.mean(shares):.3f}, {cpu * 1_000:.1f} ms of processor a query")
        _closed_loop(opened, queries, encode)


def _closed_loop(opened: SpaceVectors, queries: np.ndarray, encoding: bool) -> None:
    encode: Any = None
    if encoding:
        from api.search.gathering import Gathering
        from issuemine.embed import load_encoder

        encoder = load_encoder(Settings().embed)
        encoder.serve()
        encode = Gathering(encoder.encode)
    until, took = time.perf_counter() + SECONDS, []

    def ask(number: int) -> None:
        at = number
        while time.perf_counter() < until:
            start = time.perf_counter()
            if encode is not None:
                encode(f"my card payment number {at} was declined abroad")
            opened.nearest(queries[at % len(queries)], 10)
            took.append(time.perf_counter() - start)
            at += ASKERS

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(ASKERS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    p50, p95 = np.percentile(np.array(took) * 1_000, [50, 95])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    told = "with" if encoding else "without"
    rate = len(took) / SECONDS
    print(f"{ASKERS} askers, {told} encoding: {rate:.0f} a second, p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    print(f"peak memory of the process, the benchmark's own arrays included: {peak:.2f} GiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--part", choices=("quality", "speed", "all"), default="all")
    parser.add_argument("--encode", action="store_true")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked = parser.parse_args()
    if asked.part != "speed":
        with tempfile.TemporaryDirectory() as name:
            quality("korean", *korean(Path(name)))
            if (asked.data / "banking77.csv").exists():
                quality("banking77", *banking(asked.data, Path(name)))
            else:
                print(f"no banking77.csv in {asked.data}")
    if asked.part != "quality":
        speed(asked.size, asked.encode)


if __name__ == "__main__":
    main()
