"""Time of clustering the Banking77 vectors beside BERTopic's default, fresh and warm, in one run.

Run ``python -m benchmarks.discovery_speed [--data ../shared/data]``. Each method runs in a process of its
own: "fresh" is from its start to its first labels, imports and compilation included, reading the vectors
from a file; "warm" is the second clustering in that process.
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
print("done", flush=True)
start = time.perf_counter()
cluster(vectors)
print(time.perf_counter() - start, flush=True)
"""


def measure(code: str, file: Path) -> tuple[float, float]:
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
        if process.stdout.readline().strip() != "done":
            sys.exit("A clustering process failed.")
        fresh = time.perf_counter() - start
        warm = float(process.stdout.readline())
        process.wait()
    return fresh, warm


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
    print(f"{'method':20} {'fresh, s':>9} {'warm, s':>9}")
    print(f"{'neighbour graph':20} {ours[0]:9.2f} {ours[1]:9.2f}")
    print(f"{'UMAP + HDBSCAN':20} {theirs[0]:9.2f} {theirs[1]:9.2f}")
    print(f"{'times faster':20} {theirs[0] / ours[0]:9.1f} {theirs[1] / ours[1]:9.1f}")


if __name__ == "__main__":
    main()
