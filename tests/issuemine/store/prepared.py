"""A warehouse folder with published runs, made without any model."""

from pathlib import Path

from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from issuemine.store.seal import seal
from tests.issuemine.store.test_publish import fill, put


def publish_three(folder: Path) -> Layout:
    """Three published runs over three records, the warehouse closed and sealed."""
    layout = Layout(folder)
    layout.create()
    with Database(layout.warehouse) as database:
        migrate(database)
        fill(database)
        for number in (1, 2, 3):
            put(database, layout, f"r0000{number}")
    seal(layout)
    return layout
