"""What a night of 10,000 new mentions costs on a short and on a long history.

Histories are made by hand: vectors on the sphere around 500 centres, short generated texts, two years of
days, topics that know them. The night is a real one over an export, in a process of its own; its vectors
are there already, so that encoding, which does not depend on the history, costs nothing and hides nothing.
Run ``python -m benchmarks.night_growth [--sizes 100000 1000000] [--rounds 3] [--folder DIR]``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.clean import passages
from issuemine.clean.hashing import text_hash
from issuemine.config import Settings
from issuemine.discover import topic_models
from issuemine.records import RECORD_SCHEMA, TOKEN
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from issuemine.store.publish import publish
from issuemine.store.seal import seal
from pipelines.context import Run
from pipelines.progress import Silent
from pipelines.spaces import model_space, vectors_column
from pipelines.steps.causes import find_entities

TOPICS, DIM, NEW, CHUNK = 500, 384, 10_000, 50_000
FIRST, DAYS = date(2024, 1, 1), 730


def centres() -> np.ndarray:
    found = np.random.default_rng(0).normal(size=(TOPICS, DIM))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def drawn(rng: np.random.Generator, topics: np.ndarray) -> np.ndarray:
    """Unit vectors around the centres of some topics, at a cosine of about 0.75."""
    noise = rng.normal(size=(len(topics), DIM)).astype(np.float32) / np.sqrt(DIM)
    found = centres()[topics] + 0.9 * noise
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def text(topic: int, number: int) -> str:
    return f"the w{topic}a of my w{topic}b fails at w{topic}c again since w{number % 9973}x"


def build(folder: Path, size: int) -> None:
    """A warehouse with a history, and the export of the next night beside it."""
    rng = np.random.default_rng(1)
    layout = Layout(folder)
    layout.create()
    space = model_space(Settings(), None)
    encoder, classifier = space.revision, space.classifier
    with Database(layout.warehouse) as warehouse:
        migrate(warehouse)
        warehouse.execute("vectors/create", dim=DIM)
        warehouse.execute("encoders/insert", {"space": "model", "revision": encoder, "dim": DIM})
        sample: list[tuple[np.ndarray, np.ndarray, list[str]]] = []
        for start in range(0, size, CHUNK):
            topics = rng.integers(0, TOPICS, min(CHUNK, size - start))
            vectors = drawn(rng, topics)
            ids = [f"h{number:09d}" for number in range(start, start + len(topics))]
            with warehouse.transaction():
                _put(warehouse, encoder, classifier, ids, topics, vectors, start, size)
            if start < 4 * CHUNK:
                sample.append((vectors, topics, [f"{name}-0" for name in ids]))
        _topics(warehouse, encoder, *(np.concatenate(part) for part in zip(*sample, strict=True)), size)
        fresh = rng.integers(0, TOPICS, NEW)
        texts = [text(topic, size + at) + f" q{at}" for at, topic in enumerate(fresh.tolist())]
        rows = {
            "text_hash": [text_hash(value) for value in texts],
            "vector": vectors_column(drawn(rng, fresh)),
        }
        with warehouse.transaction():
            warehouse.execute(
                "vectors/insert", {"encoder": encoder}, tables={"incoming": pa.table(rows)}, dim=DIM
            )
        day = FIRST + timedelta(days=DAYS - 1)
        find_entities(Run("r00001", Settings(), layout, warehouse, Silent(), []))
        told_by = {"model": classifier}
        publish(warehouse, layout, Settings().store, run_id="r00001", as_of=day, classifiers=told_by)
        warehouse.checkpoint()
    seal(layout)
    day = FIRST + timedelta(days=DAYS)
    with (folder / "night.jsonl").open("w", encoding="utf-8") as file:
        for at, value in enumerate(texts):
            row = {"id": f"n{at}", "created_at": f"{day}T08:00:00Z", "text": value, "customer_id": f"c{at}"}
            file.write(json.dumps(row) + "\n")


def _put(
    warehouse: Database,
    encoder: str,
    classifier: str,
    ids: list[str],
    topics: np.ndarray,
    vectors: np.ndarray,
    start: int,
    size: int,
) -> None:
    many = len(ids)
    texts = [text(topic, start + at) + f" h{start + at}" for at, topic in enumerate(topics.tolist())]
    hashes = [text_hash(value) for value in texts]
    noon = datetime.combine(FIRST, datetime.min.time(), UTC) + timedelta(hours=12)
    days = [noon + timedelta(days=(start + at) * DAYS // size) for at in range(many)]
    columns: dict[str, object] = {
        "record_id": ids,
        "source": ["desk"] * many,
        "external_id": ids,
        "created_at": days,
        "kind": ["ticket"] * many,
        "channel": ["email"] * many,
        "language": ["en"] * many,
        "customer_ref": [f"c{at % 5000}" for at in range(many)],
        "tags": [[]] * many,
        "attributes": [[]] * many,
        "text": texts,
        "content_hash": hashes,
        "boilerplate": [[]] * many,
        "redactions": [[]] * many,
    }
    records = pa.table(
        {field.name: pa.array(columns.get(field.name, [None] * many), field.type) for field in RECORD_SCHEMA}
    )
    records = records.append_column("position", pa.array(range(many), pa.int64()))
    records = records.append_column("fingerprint", pa.array(hashes))
    warehouse.execute("records/stage", tables={"incoming": records})
    warehouse.execute("records/insert")
    done = records.select(["record_id"])
    warehouse.execute("records/count_passages", tables={"passage_rows": passages(records)})
    warehouse.execute("records/mark_counted", tables={"done": done})
    warehouse.execute("records/settle", tables={"done": done})
    mention_ids = [f"{name}-0" for name in ids]
    tokens = [
        [{"lemma": word, "pos": "NOUN", "start": 0, "end": 1} for word in value.split()] for value in texts
    ]
    mentions = pa.table(
        {
            "mention_id": mention_ids,
            "record_id": ids,
            "ordinal": pa.array([0] * many, pa.int32()),
            "start": pa.array([0] * many, pa.int32()),
            "end": pa.array([len(value) for value in texts], pa.int32()),
            "text": texts,
            "text_hash": hashes,
            "language": ["en"] * many,
            "tokens": pa.array(tokens, pa.list_(TOKEN)),
            "space": ["model"] * many,
        }
    )
    warehouse.execute("mentions/insert", tables={"incoming": mentions})
    rows = pa.table({"text_hash": hashes, "vector": vectors_column(vectors)})
    warehouse.execute("vectors/insert", {"encoder": encoder}, tables={"incoming": rows}, dim=DIM)
    flat = np.full((many, 6), 1 / 6, dtype=np.float32)
    told = pa.table({"text_hash": hashes, "probabilities": vectors_column(flat)})
    warehouse.execute("intents/insert", {"classifier": classifier}, tables={"incoming": told})
    found = pa.table(
        {
            "mention_id": mention_ids,
            "topic_id": [f"T{topic + 1}" for topic in topics.tolist()],
            "similarity": pa.array([0.7] * many, pa.float32()),
            "counts": [True] * many,
        }
    )
    warehouse.execute("topics/insert_members", tables={"found": found})
    warehouse.execute("topics/insert_assignments", tables={"found": found})
    warehouse.execute("mentions/settle", {"as_of": FIRST + timedelta(days=DAYS)})


def _topics(
    warehouse: Database, encoder: str, vectors: np.ndarray, labels: np.ndarray, names: np.ndarray, size: int
) -> None:
    models, rows = topic_models(vectors, labels, TOPICS)
    topic_ids = [f"T{topic + 1}" for topic in range(TOPICS)]
    schema = warehouse.table("topics/schema").schema
    topics = [
        {
            "topic_id": topic_id,
            "space": "model",
            "label": f"W{at}a fails",
            "keywords": [{"word": f"w{at}a", "weight": 1.0}],
            "quotes": [],
            "intents": [("problem", 1.0)],
            "hidden": False,
            "born_run": "r00001",
            "named_run": "r00001",
            "retired": False,
        }
        for at, topic_id in enumerate(topic_ids)
    ]
    share = size / len(labels)
    sums = np.zeros((TOPICS, DIM), dtype=np.float32)
    np.add.at(sums, labels, vectors)
    fresh = pa.table(
        {
            "topic_id": topic_ids,
            "space": ["model"] * TOPICS,
            "encoder": [encoder] * TOPICS,
            "mentions": (np.bincount(labels, minlength=TOPICS) * share).astype(np.int64),
            "total": vectors_column(sums * np.float32(share)),
            "found_centre": vectors_column(models.centres),
            "named_centre": vectors_column(models.centres),
            "radius": models.radii,
            "retired": [False] * TOPICS,
        }
    )
    anchors = pa.table(
        {
            "topic_id": [topic_ids[topic] for topic in models.anchor_topics.tolist()],
            "mention_id": names[rows].tolist(),
            "vector": vectors_column(models.anchors),
        }
    )
    day = FIRST + timedelta(days=DAYS - 1)
    with warehouse.transaction():
        warehouse.execute("topics/insert", tables={"named": pa.Table.from_pylist(topics, schema=schema)})
        warehouse.execute("models/insert", tables={"fresh": fresh})
        warehouse.execute("models/insert_anchors", tables={"fresh": anchors})
        errors = {"accepted": 0.95, "wrong": 0.0, "strangers": 0.0}
        about = {"run_id": "r00001", "space": "model", "day": day, "reason": "first", "resolution": 4.0}
        warehouse.execute("lineage/discovery", about | {"mentions": size, "topics": TOPICS} | errors)
        warehouse.execute(
            "runs/start", {"run_id": "r00001", "started_at": datetime.now(UTC), "manifest": "{}"}
        )
        ended = {"as_of": day, "finished_at": datetime.now(UTC), "outcome": "done", "manifest": "{}"}
        warehouse.execute("runs/finish", {"run_id": "r00001"} | ended)


def night(folder: Path) -> dict[str, float]:
    """Run the night in a process of its own; seconds by the clock and a stage, and peak memory.

    The peak is the kernel's for the program itself: ``ru_maxrss`` begins at that of the parent.
    """
    code = (
        "import json, resource, sys, time; from pathlib import Path; start = time.perf_counter();"
        "from issuemine.config import Settings; from pipelines.nightly import nightly;"
        "from pipelines.progress import Silent;"
        "done = nightly([sys.argv[1] + '/night.jsonl'], Settings(ingest={'source': 'desk'}),"
        "Path(sys.argv[1]), as_of=None, reporter=Silent()).manifest;"
        "wall = time.perf_counter() - start;"
        "used = resource.getrusage(resource.RUSAGE_SELF);"
        "peak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')][0].split()[1];"
        "print(json.dumps({'counts': done.counts, 'seconds': done.seconds, 'wall': wall,"
        "'processor': used.ru_utime + used.ru_stime, 'peak': int(peak) / 2**20}))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True
    )
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if told["counts"]["encoded_texts"]:
        raise RuntimeError("the night's texts were cut otherwise than their vectors expect")
    stages: dict[str, float] = told["seconds"]
    whole = {"wall": told["wall"], "processor": told["processor"], "peak GiB": told["peak"]}
    return stages | {"seals, imports": told["wall"] - sum(stages.values())} | whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = arguments.folder or Path(temporary)
        for size in arguments.sizes:
            if not (base / f"{size}" / "night.jsonl").is_file():
                build(base / f"{size}", size)
        found: dict[int, list[dict[str, float]]] = {size: [] for size in arguments.sizes}
        for _ in range(arguments.rounds):
            for size in arguments.sizes:
                copy = base / "night"
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(base / f"{size}", copy)
                os.sync()
                found[size].append(night(copy))
                print(size, {name: round(value, 2) for name, value in found[size][-1].items()}, flush=True)
        first, last = (
            {name: statistics.median(row[name] for row in found[size]) for name in found[size][0]}
            for size in (arguments.sizes[0], arguments.sizes[-1])
        )
        for name, value in first.items():
            ratio = last[name] / value if value > 0.05 else float("nan")
            print(f"{name:14} {value:8.2f} {last[name]:8.2f}  ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
