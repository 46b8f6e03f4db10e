"""Time of clustering the Banking77 vectors beside BERTopic's default, fresh and warm, in one run.

Run ``python -m benchmarks.discovery_speed [--data ../shared/data]``. Each method runs in a process of its
own: "fresh" is from its start to its first labels, imports and compilation included, reading the vectors
from a file; "warm" is the second clustering in that process. Processor seconds (of all threads) are given
beside the clock's, because they say more on a machine that has other work.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.discovery_data import DATA, banking77

OURS = """
from issuemine.discover import NeighbourCommunities
def cluster(vectors):
    return NeighbourCommunities().fit_predict(vectors)
"""
THEIRS = """
from bertopic import BERTopic
def cluster(vectors):
    model = BERTopic()
    return model.hdbscan_model.fit(model.umap_model.fit_transform(vectors)).labels_
"""
RUN = """
import sys, time
import numpy as np
vectors = np.load(sys.argv[1])
cluster(vectors)
print(time.process_time(), flush=True)
start, busy = time.perf_counter(), time.process_time()
cluster(vectors)
print(time.perf_counter() - start, time.process_time() - busy, flush=True)
"""


def measure(code: str, file: Path) -> np.ndarray:
    """Seconds of clock and of processor, fresh, then warm."""
    # Compiled functions of an earlier process would be no fresh start.
    with tempfile.TemporaryDirectory() as empty:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-W", "ignore", "-c", code + RUN, str(file)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "NUMBA_CACHE_DIR": empty},
        )
        assert process.stdout is not None  # noqa: S101
        busy = process.stdout.readline()
        fresh = time.perf_counter() - start
        warm = process.stdout.readline()
        if process.wait() != 0:
            sys.exit("A clustering process failed.")
    return np.array([fresh, float(busy), *map(float, warm.split())])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    vectors, _ = banking77(options.data)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vectors.npy"
        np.save(file, vectors)
        ours, theirs = measure(OURS, file), measure(THEIRS, file)
    print(f"{len(vectors)} vectors, {os.cpu_count()} cores")
    print(f"{'seconds':20} {'fresh':>9} {'processor':>9} {'warm':>9} {'processor':>9}")
    for name, row in (
        ("neighbour graph", ours),
        ("UMAP + HDBSCAN", theirs),
        ("times faster", theirs / ours),
    ):
        print(f"{name:20} " + " ".join(f"{value:9.2f}" for value in row))


if __name__ == "__main__":
    main()
