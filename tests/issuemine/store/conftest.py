"""A small warehouse on disk, empty or with three published runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from tests.issuemine.store.prepared import publish_three


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
    return publish_three(tmp_path_factory.mktemp("published") / "var")


@pytest.fixture
def three(published: Layout, tmp_path: Path) -> Layout:
    """Three published runs, the test's own."""
    shutil.copytree(published.folder, tmp_path / "three")
    return Layout(tmp_path / "three")
