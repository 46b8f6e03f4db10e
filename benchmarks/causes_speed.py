"""How long causes take on 10 million records with 12 attributes, and how much memory.

The table is written to a Parquet file first, in a process of its own; what is measured is reading it, the
scan over all combinations of up to three attributes, and the exact figures of the candidates. Run
``python -m benchmarks.causes_speed [--rows 10000000] [--threads 2]``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from issuemine.config import Settings, StoreSettings
from pipelines.explaining import Question, explain_file

VALUES = (2, 3, 5, 8, 10, 12, 20, 30, 40, 50, 50, 200)
RATE = 0.02
CAUSES = (({3: 2, 6: 4}, 4.0), ({8: 5}, 3.0), ({1: 1, 4: 3, 9: 7}, 6.0))


def write(path: Path, rows: int) -> None:
    """A table of records, a million at a time."""
    generator = np.random.default_rng(0)
    shares = [generator.dirichlet(np.full(count, 2.0)) for count in VALUES]
    names = [pa.array([f"v{code}" for code in range(count)]) for count in VALUES]
    writer = None
    for start in range(0, rows, 1_000_000):
        size = min(1_000_000, rows - start)
        codes = [generator.choice(len(share), size, p=share).astype(np.int32) for share in shares]
        chance = np.full(size, RATE)
        for cause, ratio in CAUSES:
            chance[np.all([codes[number] == code for number, code in cause.items()], axis=0)] *= ratio
        columns = {
            f"a{number + 1}": pa.DictionaryArray.from_arrays(code, names[number]).cast(pa.string())
            for number, code in enumerate(codes)
        }
        columns["bad"] = pa.array((generator.random(size) < np.minimum(chance, 1.0)).astype(np.int32))
        columns["total"] = pa.array(np.ones(size, dtype=np.int32))
        table = pa.table(columns)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    pa.set_cpu_count(arguments.threads)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.parquet"
        process = multiprocessing.get_context("spawn").Process(target=write, args=(path, arguments.rows))
        process.start()
        process.join()
        settings = Settings(store=StoreSettings(threads=arguments.threads))
        question = Question("bad", "total", tuple(f"a{number + 1}" for number in range(len(VALUES))))
        start, busy = time.perf_counter(), time.process_time()
        found = explain_file(path, question, settings)
        wall, cpu = time.perf_counter() - start, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{arguments.rows:,} records, {len(VALUES)} attributes: {wall:.1f} s ({cpu:.1f} s of CPU), "
        f"{memory:.1f} GiB"
    )
    for candidate in found:
        interval = f"{candidate.low:.2f} to {candidate.high:.2f}"
        print(f"  {candidate.attributes} {candidate.risk_ratio:.2f} ({interval})")


if __name__ == "__main__":
    main()
