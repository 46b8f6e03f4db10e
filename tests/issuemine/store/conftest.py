"""A small warehouse on disk, empty or with three published runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from issuemine.store.seal import seal


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


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Made once: three published runs, the warehouse closed and sealed."""
    from tests.issuemine.store.test_publish import fill, put

    found = Layout(tmp_path_factory.mktemp("published") / "var")
    found.create()
    with Database(found.warehouse) as database:
        migrate(database)
        fill(database)
        for number in (1, 2, 3):
            put(database, found, f"r0000{number}")
    seal(found)
    return found


@pytest.fixture
def three(published: Layout, tmp_path: Path) -> Layout:
    """Three published runs, the test's own."""
    shutil.copytree(published.folder, tmp_path / "three")
    return Layout(tmp_path / "three")
