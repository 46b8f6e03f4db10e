"""Where topics lie on the map: near where they lay, and the same when a run is begun again."""

import shutil
from pathlib import Path

from issuemine.config import Settings
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from pipelines.context import Run
from pipelines.progress import Silent
from pipelines.steps.place import place
from tests.conftest import Mined


def test_a_run_that_is_begun_again_draws_the_same_map(mined: Mined, tmp_path: Path) -> None:
    shutil.copytree(mined.warehouse, tmp_path / "var")
    layout = Layout(tmp_path / "var")
    with Database(layout.warehouse) as database:
        first = database.table("snapshot/topic_places")
        assert first.num_rows > 20
        drawn = []
        for run_id in ("r00002", "r00002", "r00003", "r00003"):
            place(
                Run(
                    run_id=run_id,
                    settings=Settings(),
                    layout=layout,
                    warehouse=database,
                    reporter=Silent(),
                    inputs=[],
                    as_of=None,
                )
            )
            drawn.append(database.table("snapshot/topic_places"))
    assert drawn[0].equals(drawn[1])
    assert drawn[2].equals(drawn[3])
    moved = [
        abs(one.as_py() - other.as_py())
        for axis in ("x", "y")
        for one, other in zip(first[axis], drawn[0][axis], strict=True)
    ]
    assert max(moved) < 0.1
