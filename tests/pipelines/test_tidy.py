"""What is deleted of encoders that no space lives in any more."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from issuemine.config import Settings
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from pipelines.context import Run
from pipelines.progress import Silent
from pipelines.spaces import lexical_file, vectors_column
from pipelines.steps.tidy import tidy


@pytest.fixture
def run(warehouse: Database, layout: Layout) -> Run:
    """A run over two spaces, one of which has just moved from the encoder ``old`` to ``new``."""
    for dim, encoders in ((4, ("model",)), (8, ("old", "new"))):
        warehouse.execute("vectors/create", dim=dim)
        for encoder in encoders:
            vector = vectors_column(np.full((1, dim), dim, dtype=np.float32))
            rows = pa.table({"text_hash": ["a"], "vector": vector})
            warehouse.execute("vectors/insert", {"encoder": encoder}, tables={"incoming": rows}, dim=dim)
    for space, revision, dim in (("model", "model", 4), ("lexical-ko", "new", 8)):
        warehouse.execute("encoders/insert", {"space": space, "revision": revision, "dim": dim})
    for revision in ("old", "new"):
        lexical_file(layout.models, revision).write_bytes(b"words")
    return Run("r00002", Settings(), layout, warehouse, Silent(), [])


def left(run: Run, dim: int, *encoders: str) -> list[int]:
    """How many vectors of each encoder there are."""
    chosen = {"chosen": pa.table({"text_hash": ["a"]})}
    return [
        run.warehouse.table("vectors/of_texts", {"encoder": name}, tables=chosen, dim=dim).num_rows
        for name in encoders
    ]


def files(run: Run) -> set[Path]:
    return set(run.layout.models.iterdir())


def test_vectors_and_files_of_encoders_of_before_are_deleted(run: Run) -> None:
    stranger = run.layout.models / "notes.txt"
    stranger.write_text("not ours")
    assert left(run, 8, "old", "new") == [1, 1]
    tidy(run)
    assert left(run, 8, "old", "new") == [0, 1]
    assert left(run, 4, "model") == [1]
    assert files(run) == {lexical_file(run.layout.models, "new"), stranger}


def test_there_may_be_nothing_to_tidy(run: Run) -> None:
    tidy(run)
    tidy(run)
    assert left(run, 8, "new") == [1]
