"""Whole nights in a process of its own, with threads and settings of its own."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from tests.pipelines.processes import DEADLINE, environment

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


def start_nights(
    warehouse: Path, nights: Sequence[dict[str, Any]], threads: int, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Run nights one after the other; each gives ``inputs``, and ``days`` or ``rediscover`` where asked for.

    Inputs are named from the folder, so that what is told of them does not tell where they lie.
    """
    told = orjson.dumps({"warehouse": str(warehouse), "nights": nights, "threads": threads}, default=str)
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.pipelines.apart", told.decode()],
        cwd=folder,
        env=environment(**dict.fromkeys(_THREADS, str(threads))),
        stderr=subprocess.PIPE,
    )


def wait(process: subprocess.Popen[bytes]) -> None:
    try:
        _, told = process.communicate(timeout=DEADLINE)
    finally:
        process.kill()
    assert process.returncode == 0, told.decode()


def main() -> None:
    """Run the nights that the argument tells."""
    from issuemine.config import Settings
    from pipelines.progress import Silent
    from pipelines.replay import replay

    asked = orjson.loads(sys.argv[1])
    settings = Settings(
        store={"threads": asked["threads"]}, ingest={"source": "desk"}, clean={"customer_key": "k" * 32}
    )
    for night in asked["nights"]:
        for outcome in replay(
            night["inputs"],
            settings,
            Path(asked["warehouse"]),
            [date.fromisoformat(day) for day in night.get("days", ())] or [None],
            reporter=Silent(),
            rediscover=night.get("rediscover", False),
        ):
            outcome.snapshot.close()


if __name__ == "__main__":
    main()
