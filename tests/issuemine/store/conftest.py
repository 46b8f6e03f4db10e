"""A small warehouse on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    found = Layout(tmp_path / "var")
    found.create()
    return found


@pytest.fixture
def warehouse(layout: Layout) -> Iterator[Database]:
    with Database(layout.warehouse) as database:
        migrate(database)
        yield database
